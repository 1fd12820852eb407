"""The page of charts, and the board that hangs on a wall."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotPermitted
from huiyin.reporting.boards import numbers, presenting, wall
from huiyin.reporting.boards.numbers import View, view_of
from huiyin.suggestions.asked import session_asked, sessions_to_choose
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
    context: dict[str, Any] = {
        "session": view.session,
        "sessions": sessions_to_choose(request, view.session),
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
    if request.actor.role not in OVERSEERS:
        raise NotPermitted(_("This page is kept for those who oversee the handling."))
    session = session_asked(request)
    return view_of(request.actor, session, on=request.today) if session else None
