"""The only writers of this room. Each writes its line on record in the same transaction.

``actor`` is a clerk of the congress, or None for the command line (``via="command"``).
"""

from huiyin.organisations.services.assemblies import (
    add_delegation,
    add_electing_unit,
    date_session,
    found_congress,
    open_session,
    open_term,
)
from huiyin.organisations.services.calendars import keep_notice
from huiyin.organisations.services.organs import (
    abolish_organ,
    add_inner_division,
    add_organ,
    change_organ,
    rename_organ,
)
from huiyin.organisations.services.places import ensure_division
from huiyin.organisations.services.reforms import (
    Decision,
    living_named,
    reform_organs,
    require_sound,
)
from huiyin.organisations.services.rule_choices import choose_rules
from huiyin.organisations.services.terms import (
    NextTerm,
    latest_term,
    next_term,
    open_following_session,
    open_next_term,
)

__all__ = [
    "Decision",
    "NextTerm",
    "abolish_organ",
    "add_delegation",
    "add_electing_unit",
    "add_inner_division",
    "add_organ",
    "change_organ",
    "choose_rules",
    "date_session",
    "ensure_division",
    "found_congress",
    "keep_notice",
    "latest_term",
    "living_named",
    "next_term",
    "open_following_session",
    "open_next_term",
    "open_session",
    "open_term",
    "reform_organs",
    "rename_organ",
    "require_sound",
]
