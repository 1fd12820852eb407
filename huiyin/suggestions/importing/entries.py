"""What importing adds to the menu and to the words of the record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Role
from huiyin.ledger import words
from huiyin.ui import menu


def register() -> None:
    """Called once, while the rooms start."""
    clerks = frozenset({Role.CLERK.value})
    menu.register(
        menu.MenuItem(url_name="suggestions:imports", label=_("Import"), roles=clerks, order=80)
    )
    words.register({"import.apply": _("List imported")})
