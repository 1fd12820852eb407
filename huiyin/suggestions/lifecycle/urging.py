"""Urging by hand: not more often than the rules say. Guards are shaped as in ``guards``.

Beside what every step brings: ``last``, the day on which the organ was urged last, by whomever;
``answer_by``, by when it is to say how far it is.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.rulebook.clocks import due
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import guards
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.stages import OPEN_ASSIGNMENT
from huiyin.ui.days import plain_day


def owes_by_a_day(case: Assignment, brought: Brought) -> Words | None:
    return None if case.due_on else _("This organ owes nothing by a day.")


def not_urged_lately(case: Assignment, brought: Brought) -> Words | None:
    last, book = brought["last"], brought["rules"]
    if last is None:
        return None
    again = due(last, book.urging.interval, rules=book, calendar=brought["calendar"]).date
    if brought["on"] >= again:
        return None
    return _("It was urged on %(last)s; by the rules it may be urged again on %(again)s.") % {
        "last": plain_day(last),
        "again": plain_day(again),
    }


def answer_lies_ahead(case: Assignment, brought: Brought) -> Words | None:
    if brought["answer_by"] > brought["on"]:
        return None
    return _("Leave the organ time: choose a day after today.")


MOVES = (
    Move(
        name="urge",
        label=p_("step", "Urge"),
        consequence=_("The organ is told at once, and the urging is counted."),
        sources=frozenset(stage.value for stage in OPEN_ASSIGNMENT),
        target=None,
        allowed=rules.urges_it,
        guards=(
            guards.suggestion_is_in_handling,
            owes_by_a_day,
            not_urged_lately,
            answer_lies_ahead,
        ),
        must_say_why=True,
        notice="handlers,heads",
        document="urging slip",
        basis="源文000“催办考核清单”；源文004“一周一电话督办”",
    ),
)
