"""What other rooms show of this one: its entries in the menu, its search, where notices lead."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts import feeds
from huiyin.accounts.models import Role
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
ORGANS, TERMS = "suggestions:organs", "suggestions:terms"
MEETINGS = "suggestions:meetings"
TO_CLEAR, LEVELS = "suggestions:to_clear", "suggestions:levels"
RULES, WORKING_DAYS = "suggestions:rules", "suggestions:working_days"


def register() -> None:
    """Called once, while the rooms start."""
    everyone = frozenset(role.value for role in Role)
    writers = frozenset({Role.DEPUTY.value, Role.CLERK.value})
    menu.register(menu.MenuItem(url_name=LIST, label=_("Suggestions"), roles=everyone, order=20))
    menu.register(menu.MenuItem(url_name=NEW, label=_("New suggestion"), roles=writers, order=30))
    helping = menu.MenuItem(
        url_name=CO_HANDLING, label=p_("menu", "Co-handling"), roles=co_table.READERS, order=25
    )
    menu.register(helping)
    calendar = menu.MenuItem(
        url_name=CALENDAR, label=p_("menu", "Calendar"), roles=everyone, order=35
    )
    menu.register(calendar)
    _register_contacts()
    feeds.serve_at("suggestions:feed")
    menu.register(
        menu.MenuItem(
            url_name=WORKING_DAYS,
            label=_("Working calendar"),
            roles=frozenset({Role.CLERK.value}),
            order=85,
        )
    )
    menu.register(
        menu.MenuItem(
            url_name="suggestions:responsibility",
            label=p_("menu", "Responsibility"),
            roles=frozenset(role.value for role in (*IN_ORGAN, *OVERSEERS)),
            order=40,
        )
    )
    office = frozenset({Role.CLERK.value, Role.LEADER.value, Role.COMMITTEE.value})
    menu.register(menu.MenuItem(url_name=RULES, label=p_("menu", "Rules"), roles=office, order=70))
    menu.register(
        menu.MenuItem(url_name=ORGANS, label=p_("menu", "Organs"), roles=office, order=65)
    )
    meeting_readers = frozenset(
        role.value
        for role in (
            Role.CLERK,
            Role.GOVERNMENT_CLERK,
            Role.LEADER,
            Role.COMMITTEE,
            Role.LIAISON,
        )
    )
    menu.register(
        menu.MenuItem(
            url_name=MEETINGS,
            label=p_("menu", "Assignment meetings"),
            roles=meeting_readers,
            order=40,
        )
    )
    links.register("assignment_meeting", lambda key: reverse("suggestions:meeting", args=[key]))
    settlers = frozenset(role.value for role in disputes_list.READERS)
    menu.register(
        menu.MenuItem(
            url_name="suggestions:disputes",
            label=p_("menu", "Disputes"),
            roles=settlers,
            order=36,
        )
    )
    organs = frozenset({Role.CLERK.value, Role.GOVERNMENT_CLERK.value, Role.LIAISON.value})
    menu.register(
        menu.MenuItem(
            url_name="suggestions:mandates",
            label=p_("menu", "Duties of organs"),
            roles=organs,
            order=80,
        )
    )
    clearing = frozenset(role.value for role in CLEARING)
    keepers = frozenset(role.value for role in KEEPERS)
    menu.register(
        menu.MenuItem(url_name=TO_CLEAR, label=p_("menu", "To clear"), roles=clearing, order=15)
    )
    menu.register(
        menu.MenuItem(
            url_name=LEVELS, label=p_("menu", "Levels of clearance"), roles=keepers, order=75
        )
    )
    menu.register(menu.MenuItem(url_name=TERMS, label=p_("menu", "Terms"), roles=office, order=67))
    menu.search_with(LIST)
    links.register("organ_reform", lambda key: reverse("suggestions:reform", args=[key]))
    links.register("rules_decision", lambda key: reverse("suggestions:rules_decision", args=[key]))
    links.register("suggestion", lambda key: reverse("suggestions:case", args=[key]))
    links.register("redating", lambda key: reverse("suggestions:redating", args=[key]))
    ledger_words.register(
        {
            "suggestion.attach": _("File attached"),
            "clearance.set_levels": _("Levels of clearance set"),
        }
    )


def _register_contacts() -> None:
    everyone = {role.value for role in Role}
    own_talks = {Role.ELECTING_LIAISON.value}
    for url_name, label, roles, order in (
        (CONTACTS, p_("menu", "Contacts"), everyone - own_talks, 45),
        (TALKS, p_("menu", "Talks"), own_talks | {Role.CLERK.value, Role.LEADER.value}, 46),
    ):
        item = menu.MenuItem(url_name=url_name, label=label, roles=frozenset(roles), order=order)
        menu.register(item)
