"""The entry of the statistics in the menu."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy as p_

from huiyin.supervision.rules import OVERSEERS
from huiyin.ui import menu


def register() -> None:
    """Called once, while the rooms start. Others come to them from the numbers they see."""
    menu.register(
        menu.MenuItem(
            url_name="reporting:statistics:catalogue",
            label=p_("menu", "Statistics"),
            roles=OVERSEERS,
            order=62,
        )
    )
