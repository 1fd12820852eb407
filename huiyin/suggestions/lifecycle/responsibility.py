"""Sharing out inside an organ, the organ's own marks, and the sixth fixed item. As in ``guards``.

Beside what every step brings: ``division`` and ``handler``, to whom it is given; ``marks``, those
the item will bear; ``six_fixed``, whether the organ asks for goal and milestones; ``goal`` and
``milestones``, what the plan says of them.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import guards
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.models.responsibility import Mark
from huiyin.suggestions.stages import AssignmentStage


def names_somebody(case: Assignment, brought: Brought) -> Words | None:
    if brought["division"] or brought["handler"]:
        return None
    return _("Choose a division or a handler.")


def is_of_the_organ(case: Assignment, brought: Brought) -> Words | None:
    """Division and handler belong to the organ, and the handler to no other division."""
    division, handler = brought["division"], brought["handler"]
    if division and division.organ_id != case.organ_id:
        return _("This division does not belong to your organ.")
    if handler is None:
        return None
    if handler.organ_id != case.organ_id or handler.role != Role.HANDLER:
        return _("This person is no handler of your organ.")
    if not handler.is_usable(on=brought["on"]):
        return _("This handler's post is not in use any more.")
    if division and handler.inner_division_id not in (None, division.pk):
        return _("This handler belongs to another division.")
    return None


def is_given_to_another(case: Assignment, brought: Brought) -> Words | None:
    division, handler = brought["division"], brought["handler"]
    given = (division.pk if division else None, handler.pk if handler else None)
    if given != (case.division_id, case.handler_id):
        return None
    return _("It has been given to them already.")


def marks_change(case: Assignment, brought: Brought) -> Words | None:
    if set(brought["marks"]) != set(marks_of(case)):
        return None
    return _("It bears these marks already.")


def marks_of(part: Assignment) -> list[Mark]:
    """The marks the organ has put on its part."""
    borne = ((Mark.HOT, part.is_hot), (Mark.HARD, part.is_hard), (Mark.FOCUS, part.is_focus))
    return [mark for mark, is_borne in borne if is_borne]


def sixth_item_is_fixed(case: Assignment, brought: Brought) -> Words | None:
    if not brought["six_fixed"] or (brought["goal"] and brought["milestones"]):
        return None
    return _("Your organ fixes six items: the plan names a goal and at least one milestone.")


MOVES = (
    Move(
        name="sub_assign",
        label=p_("step", "Share out inside the organ"),
        consequence=_("From then on it is handled by whom it was given to, and by you."),
        sources=frozenset({AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING}),
        target=None,
        allowed=rules.shares_it_out,
        guards=(
            guards.suggestion_is_in_handling,
            names_somebody,
            is_of_the_organ,
            is_given_to_another,
        ),
        notice="given_handlers",
        basis="源文000“厅主要领导主持召开交办会”“一个责任处室单位、一名具体经办人”",
    ),
    Move(
        name="mark",
        label=p_("step", "Mark as hot, hard or focus"),
        consequence=_("Your organ's lists show it under its marks; the deputy is not told."),
        sources=frozenset(
            {
                AssignmentStage.ISSUED,
                AssignmentStage.ACKNOWLEDGED,
                AssignmentStage.HANDLING,
                AssignmentStage.OPINION_GIVEN,
                AssignmentStage.REPLIED,
            }
        ),
        target=None,
        allowed=rules.marks_it,
        guards=(marks_change,),
        basis="源文000“热点问题集中办…难点问题重点办…焦点问题主动办”",
    ),
)
