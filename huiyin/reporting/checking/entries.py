"""What other rooms show of checked tables: the entry in the menu."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from huiyin.supervision.rules import OVERSEERS
from huiyin.ui import menu


def register() -> None:
    """Called once, while the rooms start."""
    menu.register(
        menu.MenuItem(
            url_name="reporting:checking:page",
            label=pgettext_lazy("menu", "Check a table"),
            roles=OVERSEERS,
            order=80,
        )
    )
