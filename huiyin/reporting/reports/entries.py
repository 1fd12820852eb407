"""What other rooms show of reports: the entry in the menu, the words of the record."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from huiyin.ledger import words as ledger_words
from huiyin.reporting.reports import words
from huiyin.reporting.reports.rules import CONCERNED
from huiyin.ui import menu


def register() -> None:
    """Called once, while the rooms start."""
    ledger_words.register(words.RECORDED)
    menu.register(
        menu.MenuItem(
            url_name="reporting:reports:list",
            label=pgettext_lazy("menu", "Reports"),
            roles=frozenset(str(role) for role in CONCERNED),
            order=67,
        )
    )
