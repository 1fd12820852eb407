"""Who may keep the register of a congress."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from huiyin.kernel.acting import Acting
from huiyin.kernel.errors import NotPermitted
from huiyin.organisations.models import Congress, Level

# The role as the accounts room names it; that room lies one floor up.
CLERK = "clerk"
# From the highest down.
_LEVELS = list(Level.values)


class Keeper(Acting, Protocol):
    """Somebody acting for one congress."""

    @property
    def congress_id(self) -> int: ...


def keeps_register(actor: Keeper, congress: Congress) -> bool:
    """A clerk of this very congress; another congress's clerk has no say here."""
    return actor.role == CLERK and actor.congress_id == congress.pk


def require_keeper(actor: Keeper | None, congress: Congress) -> None:
    """Raise ``NotPermitted`` unless ``actor`` keeps the register; None is the command line."""
    if actor is not None and not keeps_register(actor, congress):
        raise NotPermitted(
            _("Only a clerk of %(congress)s keeps its register.") % {"congress": congress.name}
        )


def keeps_calendar(actor: Keeper) -> bool:
    """A clerk of the highest congress in the house: days off are the same for all the others."""
    if actor.role != CLERK:
        return False
    levels = dict(Congress.objects.values_list("pk", "level"))
    highest = min(map(_LEVELS.index, levels.values()))
    return _LEVELS.index(levels[actor.congress_id]) == highest


def require_calendar_keeper(actor: Keeper | None) -> None:
    """Raise ``NotPermitted`` unless ``actor`` keeps the calendar; None is the command line."""
    if actor is not None and not keeps_calendar(actor):
        raise NotPermitted(
            _("Notices on days off are loaded by a clerk of the highest congress in this house."),
            remedy=_("Ask the office there; you can look at the calendar meanwhile."),
        )
