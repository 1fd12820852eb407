"""What is still missing before an organ gets more time (T064). Shaped as in ``guards``.

Beside what every step brings: ``longest``, the last day the rules allow; ``until``, the day asked
for; ``asked_by``, the person who asked.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import Rulebook
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Assignment
from huiyin.ui.days import plain_day


def is_first_round(case: Assignment, brought: Brought) -> Words | None:
    """No text that was read lengthens the time for handling again."""
    return None if case.round == 1 else _("The time for handling again cannot be extended.")


def none_waits(case: Assignment, brought: Brought) -> Words | None:
    if case.extension_until is None:
        return None
    return _("An extension has been asked for and waits for a decision.")


def one_waits(case: Assignment, brought: Brought) -> Words | None:
    return None if case.extension_until else _("No extension waits for a decision.")


def times_are_left(case: Assignment, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if len(case.extensions) < rules.extension.times:
        return None
    return _("The rules allow no further extension.")


def room_is_left(case: Assignment, brought: Brought) -> Words | None:
    longest = brought["longest"]
    if case.due_on and longest and case.due_on < longest:
        return None
    return _("It has the longest time the rules allow already.")


def asked_in_time(case: Assignment, brought: Brought) -> Words | None:
    if case.due_on and brought["on"] <= case.due_on:
        return None
    return _("The due day is past; an extension is asked for before it.")


def day_is_allowed(case: Assignment, brought: Brought) -> Words | None:
    until, longest = brought["until"], brought["longest"]
    if case.due_on and until <= case.due_on:
        return _("Choose a day after %(date)s, when it is due now.") % {
            "date": plain_day(case.due_on)
        }
    if until > longest:
        return _("The rules allow no day after %(date)s.") % {"date": plain_day(longest)}
    return None


def needs_no_consent(case: Assignment, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if rules.extension.needs_consent:
        return _("The congress body has to agree to the extension.")
    return None


def another_asked(case: Assignment, brought: Brought) -> Words | None:
    if brought["asked_by"] == brought["actor"].person_id:
        return _("Whoever asked for an extension does not decide on it.")
    return None
