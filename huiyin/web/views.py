"""The first page after signing in, and the overview."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.reporting import counting
from huiyin.suggestions.selectors import current_session
from huiyin.web import overview, workbench


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
        },
    )


@require_safe
def overview_page(request: ActorRequest) -> HttpResponse:
    """The figures of one session, as of today, within what the reader may see."""
    actor, on = request.actor, request.today
    session = _session(request)
    if session is None:
        return render(request, "web/no_session.html", {})
    rules = rulebook_for(congress=actor.congress, session=session, on=session.opens_on or on)
    counted = counting.count(actor=actor, session=session, as_of=on, rules=rules)
    view = overview.Overview(actor=actor, counted=counted)
    sessions = actor.congress.sessions.filter(assembly=session.assembly)
    return render(request, "web/overview.html", {**overview.context(view), "sessions": sessions})


def _session(request: ActorRequest) -> Session | None:
    """Return the session asked for by key, or the current one. ``NotFound`` for a strange key."""
    if key := request.GET.get("session"):
        found = request.actor.congress.sessions.filter(key=key).first()
        if found is None:
            raise NotFound(_("There is no such session."))
        return found
    return current_session(request.actor.congress, on=request.today)
