"""Who may keep the register of a congress."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from huiyin.kernel.acting import Acting
from huiyin.kernel.errors import NotPermitted
from huiyin.organisations.models import Congress

# The role as the accounts room names it; that room lies one floor up.
CLERK = "clerk"


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
