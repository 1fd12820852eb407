"""The first page after signing in, and the overview."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.reporting.boards.numbers import view_of
from huiyin.suggestions.asked import session_asked, sessions_to_choose
from huiyin.suggestions.selectors import current_session
from huiyin.ui.parts import Tile
from huiyin.web import overview, workbench

# Who looks for one minute and mostly has no step to take.
LOOKING_ON = frozenset({Role.LEADER, Role.COMMITTEE})
# The figures of ``overview.minute``, and those its rates rest on.
FEW = ("R001", "R010", "R013", "R030", "R031", "R042", "result_VS", "result_S")


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """The workbench of the post in use."""
    actor, on = request.actor, request.today
    return render(
        request,
        "web/workbench.html",
        {
            "duties": workbench.duties(actor, on=on),
            "waiting": workbench.waiting(actor),
            "changes": workbench.changes(actor),
            "greeting_note": workbench.working_days_left(on),
            "tiles": _minute(request) if actor.role in LOOKING_ON else [],
        },
    )


def _minute(request: ActorRequest) -> list[Tile]:
    """The few numbers of the current session, for those who oversee and have no duties here."""
    session = current_session(request.actor.congress, on=request.today)
    if session is None:
        return []
    return overview.minute(view_of(request.actor, session, on=request.today, codes=FEW))


@require_safe
def overview_page(request: ActorRequest) -> HttpResponse:
    """The figures of one session, as of today, within what the reader may see."""
    session = session_asked(request)
    if session is None:
        return render(request, "web/no_session.html", {})
    view = view_of(request.actor, session, on=request.today)
    sessions = sessions_to_choose(request, session)
    return render(request, "web/overview.html", {**overview.context(view), "sessions": sessions})
