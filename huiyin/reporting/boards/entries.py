"""The entries of charts and boards in the menu."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from huiyin.supervision.rules import OVERSEERS
from huiyin.ui import menu


def register() -> None:
    """Called once, while the rooms start."""
    menu.register(
        menu.MenuItem(
            url_name="reporting:boards:charts",
            label=pgettext_lazy("menu", "Charts"),
            roles=OVERSEERS,
            order=78,
        )
    )
    menu.register(
        menu.MenuItem(
            url_name="reporting:boards:wall",
            label=pgettext_lazy("menu", "Board for the wall"),
            roles=OVERSEERS,
            order=79,
        )
    )
