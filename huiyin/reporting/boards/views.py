"""The page of charts, and the board that hangs on a wall."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound, NotPermitted
from huiyin.organisations.models import Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting import counting
from huiyin.reporting.boards import numbers, presenting, wall
from huiyin.reporting.boards.numbers import View
from huiyin.suggestions.selectors import current_session
from huiyin.supervision.rules import OVERSEERS

# Organs with most late that stand in the matrix at once; the others open.
ORGANS_SHOWN = 15
# Seconds after which the wall asks again.
ASK_AGAIN = 60


@require_safe
def charts(request: ActorRequest) -> HttpResponse:
    """Time, classes, satisfaction, organs by light, cities, and the way to the promise."""
    view = _view(request)
    if view is None:
        return render(request, "reporting/boards.html", {"session": None})
    lines = numbers.by_light(view)
    opened = Q(opens_on__isnull=True) | Q(opens_on__lte=request.today)
    sessions = request.actor.congress.sessions.filter(opened, assembly=view.session.assembly)
    context: dict[str, Any] = {
        "session": view.session,
        "sessions": sessions,
        "course": presenting.course(view),
        "months": presenting.months(view),
        "classes": presenting.classes(view),
        "satisfaction": presenting.satisfaction(view),
        "matrix": presenting.matrix(view, lines[:ORGANS_SHOWN]),
        "others": presenting.matrix(view, lines[ORGANS_SHOWN:]),
        "cities": presenting.city_tiles(view),
        "cities_base": presenting.base(view, _("answered of received, by the lead deputy's city")),
    }
    return render(request, "reporting/boards.html", context)


@require_safe
def on_the_wall(request: ActorRequest) -> HttpResponse:
    """Few numbers in large type; it asks again by itself and needs no hand."""
    view = _view(request)
    context = wall.context(view) if view else {"session": None}
    response = render(request, "reporting/wall.html", context | {"at": request.now})
    response["Refresh"] = ASK_AGAIN
    return response


def _view(request: ActorRequest) -> View | None:
    """The session asked for, or the current one. ``NotFound`` for a strange key."""
    actor, on = request.actor, request.today
    if actor.role not in OVERSEERS:
        raise NotPermitted(_("This page is kept for those who oversee the handling."))
    session = _session(request)
    if session is None:
        return None
    rules = rulebook_for(congress=actor.congress, session=session, on=session.opens_on or on)
    # The light turns as in the lists: by the rules in force today.
    near = rulebook_for(congress=actor.congress, on=on).lights.near_due_days
    counted = counting.count(actor=actor, session=session, as_of=on, rules=rules)
    return View(actor=actor, counted=counted, near=near)


def _session(request: ActorRequest) -> Session | None:
    key = request.GET.get("session")
    if not key:
        return current_session(request.actor.congress, on=request.today)
    found = request.actor.congress.sessions.filter(key=key).first()
    if found is None:
        raise NotFound(_("There is no such session."))
    return found
