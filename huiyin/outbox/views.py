"""The inbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.outbox import selectors, services
from huiyin.outbox.selectors import PAGE, Line


@dataclass(frozen=True, slots=True)
class Day:
    """The notices of one day."""

    on: date
    lines: list[Line]


@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    """Show what is unread, then page by page what has been read, each by its day."""
    person = request.actor.person
    key = request.GET.get("before", "")
    before = selectors.own(person, key=key) if key else None
    unread = [] if before else list(selectors.unread(person)[: PAGE + 1])
    already = list(selectors.read(person, before=before)[: PAGE + 1])
    context = {
        "unread_days": _by_day(selectors.in_words(unread[:PAGE])),
        "unread_goes_on": len(unread) > PAGE,
        "read_days": _by_day(selectors.in_words(already[:PAGE])),
        "older": already[PAGE - 1].key if len(already) > PAGE else "",
        "before": before,
    }
    return render(request, "outbox/inbox.html", context)


@require_POST
def read(request: ActorRequest) -> HttpResponse:
    services.mark_read(key=request.POST.get("notice", ""), actor=request.actor, at=request.now)
    return redirect("outbox:inbox")


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    services.mark_all_read(actor=request.actor, at=request.now)
    return redirect("outbox:inbox")


def _by_day(lines: Iterable[Line]) -> list[Day]:
    days = groupby(lines, key=lambda line: timezone.localdate(line.at))
    return [Day(on, list(of_day)) for on, of_day in days]
