"""The month of deadlines."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.organisations.selectors import rulebook_for
from huiyin.suggestions.presenters.calendar import month_page
from huiyin.ui import months
from huiyin.ui.lists import BadAddress


@require_safe
def calendar(request: ActorRequest) -> HttpResponse:
    """A month of what concerns the post in use; ``?day=`` shows one of its days in full."""
    actor, today = request.actor, request.today
    chosen = _day(request.GET.get("day", ""))
    rules = rulebook_for(congress=actor.congress, on=today)
    shown = month_page(
        actor,
        first=_month(request.GET.get("month", ""), around=chosen or today),
        chosen=chosen,
        today=today,
        threshold=rules.lights.near_due_days,
    )
    return render(request, "suggestions/calendar.html", {"shown": shown})


def _month(text: str, *, around: date) -> date:
    if not text:
        return around.replace(day=1)
    first = months.read(text)
    if first is None:
        raise BadAddress(_("A month is written like 2020-07."))
    return first


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadAddress(_("A day is written like 2020-07-15.")) from None
    if months.read(f"{day:%Y-%m}") is None:
        raise BadAddress(_("A day is written like 2020-07-15."))
    return day
