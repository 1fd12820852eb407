"""What other rooms show of this one: its entries in the menu, its search, where notices lead."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts import feeds
from huiyin.accounts.models import Role
from huiyin.ledger import words as ledger_words
from huiyin.outbox import links
from huiyin.ui import menu

LIST, NEW, CALENDAR = "suggestions:list", "suggestions:new", "suggestions:calendar"
ORGANS, TERMS = "suggestions:organs", "suggestions:terms"
RULES, WORKING_DAYS = "suggestions:rules", "suggestions:working_days"


def register() -> None:
    """Called once, while the rooms start."""
    everyone = frozenset(role.value for role in Role)
    writers = frozenset({Role.DEPUTY.value, Role.CLERK.value})
    menu.register(menu.MenuItem(url_name=LIST, label=_("Suggestions"), roles=everyone, order=20))
    menu.register(menu.MenuItem(url_name=NEW, label=_("New suggestion"), roles=writers, order=30))
    calendar = menu.MenuItem(
        url_name=CALENDAR, label=p_("menu", "Calendar"), roles=everyone, order=35
    )
    menu.register(calendar)
    feeds.serve_at("suggestions:feed")
    menu.register(
        menu.MenuItem(
            url_name=WORKING_DAYS,
            label=_("Working calendar"),
            roles=frozenset({Role.CLERK.value}),
            order=85,
        )
    )
    office = frozenset({Role.CLERK.value, Role.LEADER.value, Role.COMMITTEE.value})
    menu.register(menu.MenuItem(url_name=RULES, label=p_("menu", "Rules"), roles=office, order=70))
    menu.register(
        menu.MenuItem(url_name=ORGANS, label=p_("menu", "Organs"), roles=office, order=65)
    )
    menu.register(menu.MenuItem(url_name=TERMS, label=p_("menu", "Terms"), roles=office, order=67))
    menu.search_with(LIST)
    links.register("organ_reform", lambda key: reverse("suggestions:reform", args=[key]))
    links.register("rules_decision", lambda key: reverse("suggestions:rules_decision", args=[key]))
    links.register("suggestion", lambda key: reverse("suggestions:case", args=[key]))
    links.register("redating", lambda key: reverse("suggestions:redating", args=[key]))
    ledger_words.register({"suggestion.attach": _("File attached")})
