"""What other rooms show of this one: its entries in the menu, where notices lead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.urls import reverse
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.outbox import links
from huiyin.supervision.rules import ORGAN, OVERSEERS
from huiyin.ui import menu

CONCERNED = (*OVERSEERS, *ORGAN)
# Page, its name in the menu, who finds it there, and where it stands.
MENU: tuple[tuple[str, Words, Iterable[str], int], ...] = (
    ("supervision:minute", p_("menu", "One minute"), (Role.LEADER, Role.COMMITTEE), 12),
    ("supervision:board", p_("menu", "Progress board"), OVERSEERS, 63),
    ("supervision:topic_list", p_("menu", "Key topics"), (*CONCERNED, Role.DEPUTY), 50),
    ("supervision:act_list", p_("menu", "Supervision"), (*CONCERNED, Role.DEPUTY), 60),
    ("supervision:fund_list", p_("menu", "Special fund"), OVERSEERS, 64),
    ("supervision:project_list", p_("menu", "Micro-projects"), (*CONCERNED, Role.DEPUTY), 64),
    ("supervision:outcome_list", p_("menu", "Outcomes"), (*CONCERNED, Role.DEPUTY), 66),
    ("supervision:publicity_list", p_("menu", "Publicity"), OVERSEERS, 68),
    ("supervision:paper_list", p_("menu", "Yearly papers"), (*CONCERNED, Role.DEPUTY), 68),
    ("supervision:bulletin_list", p_("menu", "Bulletins"), (*CONCERNED, Role.DEPUTY), 68),
    ("supervision:problem_list", p_("menu", "Problem list"), CONCERNED, 61),
    ("supervision:not_let_go", p_("menu", "Not let go"), CONCERNED, 62),
    ("supervision:catalogue", p_("menu", "Counterpart catalogue"), OVERSEERS, 63),
    ("supervision:rhythm_list", p_("menu", "Rhythms"), OVERSEERS, 63),
    ("supervision:circular_list", p_("menu", "Circulars"), CONCERNED, 64),
)
LINKS = {
    "key_topic": "supervision:topic",
    "supervision_act": "supervision:act",
    "special_fund": "supervision:fund",
    "micro_project": "supervision:project",
    "supervision_problem": "supervision:problem",
}


def register() -> None:
    """Called once, while the rooms start."""
    for url_name, label, roles, order in MENU:
        shown = frozenset(str(role) for role in roles)
        menu.register(menu.MenuItem(url_name=url_name, label=label, roles=shown, order=order))
    for subject, url_name in LINKS.items():
        links.register(subject, partial(_address, url_name))


def _address(url_name: str, key: str) -> str:
    return reverse(url_name, args=[key])
