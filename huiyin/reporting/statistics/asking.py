"""What an address of a statistic asks for: session, day, line of the record, groups."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Session
from huiyin.reporting.standpoint import Standpoint, standpoint
from huiyin.reporting.statistics.dimensions import DIMENSIONS
from huiyin.suggestions.asked import session_asked
from huiyin.ui.lists import BadAddress

_LONGEST_LINE = 18


def standpoint_of(request: ActorRequest) -> Standpoint:
    """From where the address looks; today's, of the current session, where it does not say."""
    return standpoint(
        actor=request.actor,
        session=session_of(request),
        as_of=day_of(request),
        known=line_of(request),
    )


def session_of(request: ActorRequest) -> Session:
    """Raises ``NotFound`` for a strange key, and where there is no session yet."""
    found = session_asked(request)
    if found is None:
        raise NotFound(_("There is no such session."))
    return found


def day_of(request: ActorRequest) -> date:
    """Raises ``BadAddress`` for what is no day, and for one that has not come yet."""
    said = request.GET.get("as_of", "").strip()
    if not said:
        return request.today
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = date.max
    if day > request.today:
        raise BadAddress(
            _("Statistics are counted as of today or a past day."),
            remedy=_("Write the day like 2020-09-30."),
        )
    return day


def line_of(request: ActorRequest) -> int | None:
    """Raises ``BadAddress`` for what is no number of a line."""
    said = request.GET.get("known", "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= _LONGEST_LINE):
        raise BadAddress(_("The lines of the record are counted 1, 2, 3."))
    return int(said)


def groups_of(request: ActorRequest) -> dict[str, str]:
    """The groups asked for, by their dimension."""
    asked = {key: request.GET.get(key, "").strip() for key in DIMENSIONS}
    return {key: value for key, value in asked.items() if value}
