"""The inbox, what a person wishes to be told how, and what did not arrive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Invalid
from huiyin.outbox import selectors, services, undelivered, wishing
from huiyin.outbox.models import ROBOTS
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
        "sees_stranded": request.actor.role == Role.CLERK,
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


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: ActorRequest) -> HttpResponse:
    """By which channels the reader is told, and of what how soon. Nobody else's are shown."""
    person, roles, refusal = request.actor.person, _roles(request), ""
    if request.method == "POST":
        try:
            wishing.save(
                person=person,
                roles=roles,
                at_once=request.POST.getlist("at_once"),
                digest=request.POST.get("digest", ""),
                addresses={each: request.POST.get(each, "") for each in ROBOTS},
                chosen={
                    name.removeprefix("when:"): str(value)
                    for name, value in request.POST.items()
                    if name.startswith("when:")
                },
            )
        except Invalid as refused:
            refusal = " ".join(filter(None, (str(refused), str(refused.remedy))))
        else:
            messages.success(request, _("Kept. It holds for everything you are told from now on."))
            return redirect("outbox:wishes")
    context = _wishes_page(request, roles, refusal=refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "outbox/wishes.html", context, status=status)


def _wishes_page(request: ActorRequest, roles: list[str], *, refusal: str) -> dict[str, Any]:
    """What holds now; after a refusal what was typed stands there again."""
    person, typed = request.actor.person, request.POST if refusal else None
    reach = wishing.reach_of(person)
    at_once = typed.getlist("at_once") if typed else reach.at_once
    digest = typed.get("digest", "") if typed else reach.digest
    channels = [
        {
            "channel": channel,
            "at_once": channel.value in at_once,
            "digest": channel.value == digest,
            "is_robot": channel in ROBOTS,
            "typed": typed.get(channel, "") if typed else "",
            "known": wishing.masked(getattr(reach, channel, "")),
        }
        for channel in wishing.offered()
    ]
    wished = [
        (each, typed.get(f"when:{each.event}", each.now) if typed else each.now)
        for each in wishing.wishes(person, roles)
    ]
    return {"channels": channels, "wishes": wished, "refusal": refusal, "person": person}


def _roles(request: ActorRequest) -> list[str]:
    return sorted({post.role for post in request.actor.person.posts.all()})


@require_safe
def stranded(request: ActorRequest) -> HttpResponse:
    """What did not arrive, for the congress office."""
    context = {"letters": undelivered.stranded(request.actor), "most": undelivered.PAGE}
    return render(request, "outbox/stranded.html", context)


@require_POST
def send_again(request: ActorRequest) -> HttpResponse:
    services.send_again(key=request.POST.get("letter", ""), actor=request.actor, at=request.now)
    messages.success(request, _("It goes out again with the next run."))
    return redirect("outbox:stranded")


def _by_day(lines: Iterable[Line]) -> list[Day]:
    days = groupby(lines, key=lambda line: timezone.localdate(line.at))
    return [Day(on, list(of_day)) for on, of_day in days]
