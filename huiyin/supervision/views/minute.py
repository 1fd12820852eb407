"""The leader's minute, and the progress board."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.organisations.selectors import rulebook_for
from huiyin.suggestions.duties import waiting_for
from huiyin.suggestions.selectors import current_session, sessions_of
from huiyin.supervision import minute, services
from huiyin.supervision.rules import OVERSEERS
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Tile


def _require_overseer(actor: Actor) -> None:
    if actor.role not in OVERSEERS:
        raise NotPermitted(_("This page is kept for those who oversee the handling."))


def _near(actor: Actor, on: date) -> int:
    return rulebook_for(congress=actor.congress, on=on).lights.near_due_days


def suggestions(**asked: str) -> str:
    """The list that shows exactly what a number counts."""
    return f"{reverse('suggestions:list')}?{urlencode(asked)}"


@require_safe
def one_minute(request: ActorRequest) -> HttpResponse:
    """Red and yellow, what waits for him, what he leads, what changed: one page."""
    actor, on = request.actor, request.today
    _require_overseer(actor)
    near, since = _near(actor, on), minute.last_look(actor)
    lit = minute.lights(actor, on=on, near_days=near)
    base = _("in handling, as of %(day)s") % {"day": plain_day(on)}
    changed = minute.changed_since(actor, since)
    duties = waiting_for(actor)
    context = {
        "tiles": [
            _tile(
                _("Overdue"), lit["red"], suggestions(tab="overdue"), base, weighty=bool(lit["red"])
            ),
            _tile(_("Near due"), lit["amber"], suggestions(tab="near"), base),
        ],
        "duties": [(each, _duty_url(each.duty)) for each in duties],
        "topics": minute.my_topics(actor, on=on, near_days=near),
        "since": since,
        "changed": changed[: minute.CHANGES],
        "changed_count": changed.count() if since else None,
    }
    return render(request, "supervision/minute.html", context)


def _duty_url(duty: object) -> str:
    page = getattr(duty, "page", "")
    return reverse(page) if page else suggestions(duty=str(getattr(duty, "name", "")))


def _tile(label: str, count: int, url: str, base: str, *, weighty: bool = False) -> Tile:
    unit = pgettext("unit", "items")
    return Tile(label=label, number=str(count), url=url, base=base, unit=unit, weighty=weighty)


@require_POST
def looked(request: ActorRequest) -> HttpResponse:
    """He has seen it: from now on only later changes are new."""

    def mark() -> str:
        services.mark_looked(actor=request.actor, at=request.now)
        return str(request.actor.post_key)

    key = request.POST.get("once", "")
    once(key=key, actor=request.actor, action="minute.look", at=request.now, do=mark)
    return redirect("supervision:minute")


@require_safe
def board(request: ActorRequest) -> HttpResponse:
    """How far each organ and each city has come with one session (挂图作战)."""
    actor, on = request.actor, request.today
    _require_overseer(actor)
    sessions = sessions_of(actor)
    asked = request.GET.get("session", "")
    if asked and asked not in {each.key for each in sessions}:
        raise NotFound(asked)
    session = next((each for each in sessions if each.key == asked), None)
    session = session or current_session(actor.congress, on=on)
    near = _near(actor, on)
    groups: list[Any] = []
    if session is not None:
        groups = [
            (_("By organ"), "leading", minute.by_organ(actor, session, on=on, near_days=near)),
            (_("By city"), "delegation", minute.by_city(actor, session, on=on, near_days=near)),
        ]
    context = {
        "session": session,
        "sessions": [each for each in sessions if each.opens_on and each.opens_on <= on],
        "groups": [
            (title, [(tally, _tally_url(session, name, tally)) for tally in tallies])
            for title, name, tallies in groups
        ],
    }
    return render(request, "supervision/board.html", context)


def _tally_url(session: object, name: str, tally: minute.Tally) -> str:
    key = str(getattr(session, "key", ""))
    return suggestions(**{"session": key, "set": "received", name: tally.key})
