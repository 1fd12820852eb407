"""The first page after signing in, and the overview."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting import counting
from huiyin.reporting.figures import FIGURES
from huiyin.suggestions.selectors import current_session
from huiyin.ui.parts import Tile
from huiyin.web import overview, workbench

# Who looks for one minute and mostly has no step to take.
OVERSEERS = frozenset({Role.LEADER, Role.COMMITTEE})
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
            "tiles": _minute(request) if actor.role in OVERSEERS else [],
        },
    )


def _minute(request: ActorRequest) -> list[Tile]:
    """The few numbers of the current session, for those who oversee and have no duties here."""
    session = current_session(request.actor.congress, on=request.today)
    return overview.minute(_counted(request, session, FEW)) if session else []


@require_safe
def overview_page(request: ActorRequest) -> HttpResponse:
    """The figures of one session, as of today, within what the reader may see."""
    actor = request.actor
    session = _session(request)
    if session is None:
        return render(request, "web/no_session.html", {})
    view = _counted(request, session, FIGURES)
    # A session that has not opened has nothing to show, except when its days are unknown.
    opened = Q(opens_on__isnull=True) | Q(opens_on__lte=request.today)
    sessions = actor.congress.sessions.filter(opened, assembly=session.assembly)
    return render(request, "web/overview.html", {**overview.context(view), "sessions": sessions})


def _counted(request: ActorRequest, session: Session, codes: Iterable[str]) -> overview.Overview:
    actor, on = request.actor, request.today
    rules = rulebook_for(congress=actor.congress, session=session, on=session.opens_on or on)
    counted = counting.count(actor=actor, session=session, as_of=on, rules=rules, codes=codes)
    return overview.Overview(actor=actor, counted=counted)


def _session(request: ActorRequest) -> Session | None:
    """Return the session asked for by key, or the current one. ``NotFound`` for a strange key."""
    if key := request.GET.get("session"):
        found = request.actor.congress.sessions.filter(key=key).first()
        if found is None:
            raise NotFound(_("There is no such session."))
        return found
    return current_session(request.actor.congress, on=request.today)
