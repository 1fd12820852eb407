"""What other rooms show of this one: its entries in the menu, its block on a case, its links."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.outbox import links
from huiyin.promises import case_block
from huiyin.suggestions import blocks
from huiyin.ui import menu

LIST = "promises:list"
LINKS = {
    "promise": "promises:promise",
    "look_back": "promises:look_back",
    "look_back_item": "promises:item",
}


def register() -> None:
    """Called once, while the rooms start."""
    roles = frozenset(str(role) for role in Role)
    menu.register(menu.MenuItem(url_name=LIST, label=p_("menu", "Promises"), roles=roles, order=33))
    for subject, url_name in LINKS.items():
        links.register(subject, partial(_address, url_name))
    links.register("promise_roll", lambda _key: reverse(LIST))
    blocks.register("promises", case_block.block)


def _address(url_name: str, key: str) -> str:
    return reverse(url_name, args=[key])
