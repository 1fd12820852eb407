"""What a class must bring with it, and how it is corrected before the deputy rates (M9, T070).

Shaped as in ``guards``. Beside what every step brings: ``claim`` and ``outcome_class`` as typed,
``ground`` by which they are judged, ``present_class`` the reply bears now, ``taken_over`` whether
it comes from paper or a list, which knew no proofs.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.rulebook import Rulebook
from huiyin.suggestions import claims, rules
from huiyin.suggestions.lifecycle import guards
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import ReplyFile
from huiyin.suggestions.stages import ReplyStage, Stage


def class_is_proven(case: ReplyFile, brought: Brought) -> Words | None:
    """A refusal names the rule of the class, and where it is written."""
    in_force: Rulebook = brought["rules"]
    if brought["taken_over"] or not in_force.classes.proof:
        return None
    found = claims.faults(
        brought["claim"], outcome_class=brought["outcome_class"], ground=brought["ground"]
    )
    return next((said for _field, said in found), None)


def not_rated_yet(case: ReplyFile, brought: Brought) -> Words | None:
    """After the rating a class is what it was rated as."""
    suggestion = case.assignment.suggestion
    if suggestion.stage == Stage.REPLIED and case.assignment.round == suggestion.round:
        return guards.not_rated_this_round(suggestion, brought)
    if suggestion.stage == Stage.IN_HANDLING and case.assignment.round == suggestion.round:
        return None
    return _("The round is over; its class stays as it was rated.")


def is_another_class(case: ReplyFile, brought: Brought) -> Words | None:
    if brought["outcome_class"] != brought["present_class"]:
        return None
    return _("The reply bears this class already.")


MOVES = (
    Move(
        name="reclassify",
        label=p_("step", "Correct the class"),
        consequence=_("Both classes stay on record with your reason; the deputies are told."),
        sources=frozenset({ReplyStage.DELIVERED}),
        target=None,
        allowed=rules.signs_reply,
        guards=(not_rated_yet, guards.class_fits, is_another_class, class_is_proven),
        must_say_why=True,
        notice="deputies,clerks",
        basis="源文004“完善代表建议答复分类标注”",
    ),
)
