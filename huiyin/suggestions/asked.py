"""The session an address asks for."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Session
from huiyin.suggestions.selectors import current_session


def session_asked(request: ActorRequest) -> Session | None:
    """The session named by its key, else the present one. Raises ``NotFound`` for a strange key."""
    congress = request.actor.congress
    key = request.GET.get("session", "").strip()
    if not key:
        return current_session(congress, on=request.today)
    found = congress.sessions.filter(key=key).first()
    if found is None:
        raise NotFound(_("There is no such session."))
    return found


def sessions_to_choose(request: ActorRequest, beside: Session) -> QuerySet[Session]:
    """Sessions of the same assembly that have opened, or whose days nobody knows."""
    opened = Q(opens_on__isnull=True) | Q(opens_on__lte=request.today)
    return request.actor.congress.sessions.filter(opened, assembly=beside.assembly)
