"""What other rooms show of this one: its entries in the menu, its search, where notices lead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts import feeds
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.ledger import words as ledger_words
from huiyin.outbox import links
from huiyin.suggestions import co_table, disputes_list
from huiyin.suggestions.models.clearance import CLEARING
from huiyin.suggestions.responsibility import IN_ORGAN, OVERSEERS
from huiyin.suggestions.services.levels import KEEPERS
from huiyin.ui import menu

LIST, NEW, CALENDAR = "suggestions:list", "suggestions:new", "suggestions:calendar"
CO_HANDLING = "suggestions:co_handling"
CONTACTS, TALKS = "suggestions:contacts", "suggestions:talks"
CALL_BACK = "suggestions:call_back"
ORGANS, TERMS = "suggestions:organs", "suggestions:terms"
SCANS, LETTERS = "suggestions:scans", "suggestions:letters"
MEETINGS = "suggestions:meetings"
TO_CLEAR, LEVELS = "suggestions:to_clear", "suggestions:levels"
RULES, WORKING_DAYS = "suggestions:rules", "suggestions:working_days"
DISPUTES, MANDATES = "suggestions:disputes", "suggestions:mandates"
RESPONSIBILITY = "suggestions:responsibility"
MANDATE_READERS = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.LIAISON)
# What a notice or a line of the record speaks of, and the page it leads to.
LINKS = {
    "suggestion": "suggestions:case",
    "redating": "suggestions:redating",
    "rules_decision": "suggestions:rules_decision",
    "organ_reform": "suggestions:reform",
    "assignment_meeting": "suggestions:meeting",
}
OFFICE = (Role.CLERK, Role.LEADER, Role.COMMITTEE)
MEETING_READERS = (*OFFICE, Role.GOVERNMENT_CLERK, Role.LIAISON)
TALKERS = (Role.ELECTING_LIAISON, Role.CLERK, Role.LEADER)

# Page, its name in the menu, who finds it there, and where it stands.
MENU: tuple[tuple[str, Words, Iterable[str], int], ...] = (
    (TO_CLEAR, p_("menu", "To clear"), CLEARING, 15),
    (LIST, _("Suggestions"), Role, 20),
    (CO_HANDLING, p_("menu", "Co-handling"), co_table.READERS, 25),
    (NEW, _("New suggestion"), (Role.DEPUTY, Role.CLERK), 30),
    (CALENDAR, p_("menu", "Calendar"), Role, 35),
    (DISPUTES, p_("menu", "Disputes"), disputes_list.READERS, 36),
    (RESPONSIBILITY, p_("menu", "Responsibility"), (*IN_ORGAN, *OVERSEERS), 40),
    (MEETINGS, p_("menu", "Assignment meetings"), MEETING_READERS, 40),
    (CONTACTS, p_("menu", "Contacts"), {*Role} - {Role.ELECTING_LIAISON}, 45),
    (TALKS, p_("menu", "Talks"), TALKERS, 61),
    (CALL_BACK, p_("menu", "Ratings to call back"), (Role.CLERK,), 62),
    (ORGANS, p_("menu", "Organs"), OFFICE, 65),
    (TERMS, p_("menu", "Terms"), OFFICE, 67),
    (RULES, p_("menu", "Rules"), OFFICE, 70),
    (LETTERS, p_("menu", "A session's letters"), (Role.CLERK,), 77),
    (SCANS, p_("menu", "Scanned papers"), (Role.CLERK,), 78),
    (LEVELS, p_("menu", "Levels of clearance"), KEEPERS, 75),
    (MANDATES, p_("menu", "Duties of organs"), MANDATE_READERS, 80),
    (WORKING_DAYS, _("Working calendar"), (Role.CLERK,), 85),
)


def register() -> None:
    """Called once, while the rooms start."""
    for url_name, label, roles, order in MENU:
        shown = frozenset(str(role) for role in roles)
        menu.register(menu.MenuItem(url_name=url_name, label=label, roles=shown, order=order))
    menu.search_with(LIST)
    feeds.serve_at("suggestions:feed")
    for subject, url_name in LINKS.items():
        links.register(subject, partial(_address, url_name))
    ledger_words.register(
        {
            "suggestion.attach": _("File attached"),
            "clearance.set_levels": _("Levels of clearance set"),
        }
    )


def _address(url_name: str, key: str) -> str:
    return reverse(url_name, args=[key])
