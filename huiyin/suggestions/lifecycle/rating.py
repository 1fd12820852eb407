"""The deputy's judgement and what follows from it: what is still missing, and the rows.

The guards are shaped as in ``guards``. Beside what every step brings: ``attitude``, ``result`` and
``comment``; ``scan``, the attachment a rating on paper was read from; ``today``, the day of entry.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.rulebook import RatedBy, ReasonAsked, Rulebook
from huiyin.suggestions import rules as who
from huiyin.suggestions.lifecycle import guards
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.stages import Stage
from huiyin.ui.days import plain_day

_SH21 = "上海市规定第21条"
_003 = "源文003“坚决杜绝‘被满意’现象”"
_AGAIN = "河南省办法第22条第三款；重庆市条例第27条第二款；上海市规定第21条第二款"


def grades_are_given(case: Suggestion, brought: Brought) -> Words | None:
    """One grade of the scale for each thing the rules have rated, and for nothing else."""
    rules: Rulebook = brought["rules"]
    asked = {dimension.code for dimension in rules.feedback.dimensions}
    for name in ("attitude", "result"):
        grade = brought[name]
        if name in asked and grade not in rules.feedback.scale.codes:
            return _("Choose a grade for everything that is asked.")
        if name not in asked and grade:
            return _("The rules have this rated with one grade only.")
    return None


def reason_is_given(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if brought["comment"].strip() or rules.feedback.reason == ReasonAsked.NO_GRADE:
        return None
    if rules.feedback.reason == ReasonAsked.EVERY_GRADE:
        return _("Say in a word why you rate it so; the rules ask it of every grade.")
    scale = rules.feedback.scale
    grades = [grade for grade in (brought["attitude"], brought["result"]) if grade]
    if any(scale.find(grade).dissatisfied for grade in grades):
        return _("Say what you are not satisfied with.")
    return None


def rating_is_open(case: Suggestion, brought: Brought) -> Words | None:
    until = case.rating_open_until
    if until is None:
        return _("There is no rating that may still be changed.")
    if brought["on"] > until:
        return _("The rating could be changed until %(date)s; it is final now.") % {
            "date": plain_day(until)
        }
    return None


def deputy_did_not_rate_himself(case: Suggestion, brought: Brought) -> Words | None:
    """Paper never takes the place of what the deputy said in his own session."""
    if case.ratings.filter(round=case.round, counted=True).exists():
        return _("This round has been rated.")
    return None


def scan_opens(case: Suggestion, brought: Brought) -> Words | None:
    if brought["scan"] is None:
        return _("Attach the scan of the signed form.")
    return None


def rated_after_the_reply(case: Suggestion, brought: Brought) -> Words | None:
    on, today = brought["on"], brought["today"]
    if on > today:
        return _("This day has not come yet.")
    if case.replied_on and on < case.replied_on:
        return _("The reply was delivered on %(date)s; it was rated after that.") % {
            "date": plain_day(case.replied_on)
        }
    return None


def each_deputy_rates(case: Suggestion, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if rules.feedback.by == RatedBy.EACH:
        return None
    return _("By the rules the lead deputy rates it for all who signed.")


def not_rated_by_himself(case: Suggestion, brought: Brought) -> Words | None:
    mine = case.ratings.filter(round=case.round, deputy=brought["actor"].post)
    return _("You have rated this round.") if mine.exists() else None


def refused_again(case: Suggestion, brought: Brought) -> Words | None:
    if case.round >= 2:
        return None
    return _("This is for a second reply that does not satisfy.")


def measure_is_recorded(case: Suggestion, brought: Brought) -> Words | None:
    """After a second reply the organ alone has had its turn."""
    if case.round < 2 or case.measures.filter(round=case.round).exists():
        return None
    return _("Record first what the congress body did about the second “not satisfied”.")


def measure_not_in_the_future(case: Suggestion, brought: Brought) -> Words | None:
    if brought["held_on"] > brought["on"]:
        return _("It is recorded after it was held.")
    return None


def _from(*stages: Stage) -> frozenset[str]:
    return frozenset(stages)


_GIVEN = (grades_are_given, reason_is_given)

RATING = (
    Move(
        name="rate",
        label=p_("step", "Rate the handling"),
        consequence=_("You alone rate it. No organ sees the rating before it is final."),
        sources=_from(Stage.REPLIED),
        target=None,
        allowed=who.rates_it,
        guards=(guards.not_rated_this_round, *_GIVEN),
        primary=True,
        clock="feedback stops",
        notice="clerks",
        document="consultation form",
        basis=_SH21 + "；源文004“对办理态度…对办理结果”",
    ),
    Move(
        name="rate_beside",
        label=p_("step", "Rate it as a co-signer"),
        consequence=_("The lead deputy's rating is counted; yours stands beside it."),
        sources=_from(Stage.REPLIED),
        target=None,
        allowed=who.rates_beside,
        guards=(each_deputy_rates, not_rated_by_himself, *_GIVEN),
        notice="clerks",
        basis="上海市规定第20条、第21条；河南省办法第22条",
    ),
    Move(
        name="change_rating",
        label=p_("step", "Change my rating"),
        consequence=_("Both ratings are kept; the new one counts."),
        sources=_from(Stage.REPLIED),
        target=None,
        allowed=who.rates_it,
        guards=(rating_is_open, *_GIVEN),
        notice="clerks",
        basis=_003,
    ),
    Move(
        name="enter_rating",
        label=p_("step", "Enter a rating from paper"),
        consequence=_("It is counted apart, as entered by the office; the deputy is told."),
        sources=_from(Stage.REPLIED),
        target=None,
        allowed=who.is_clerk,
        guards=(deputy_did_not_rate_himself, scan_opens, rated_after_the_reply, *_GIVEN),
        clock="feedback stops",
        notice="lead_deputy",
        basis="山东省条例第23条《征询意见表》；河南省办法第22条“信函等方式”",
    ),
    Move(
        name="settle",
        label=p_("step", "Rating final"),
        sources=_from(Stage.REPLIED),
        target=None,
        allowed=who.follows_from_it,
        guards=(guards.rated_this_round,),
        notice="answering_organs",
        basis=_003,
    ),
    Move(
        name="report_pressure",
        label=p_("step", "Somebody asks me to change my rating"),
        consequence=_("Only the congress office reads this; no organ is told, now or later."),
        sources=_from(Stage.REPLIED, Stage.CLOSED),
        target=None,
        allowed=who.has_signed,
        notice="clerks",
        basis="重庆市条例第38条第三项；" + _003,
    ),
)

AFTERWARDS = (
    Move(
        name="close",
        label=p_("step", "Close"),
        sources=_from(Stage.REPLIED),
        target=Stage.CLOSED,
        allowed=who.follows_from_it,
        guards=(guards.rated_this_round,),
        clock="all clocks stop",
        basis=_003 + "；办结以代表评价为准",
    ),
    Move(
        name="rehandle",
        label=p_("step", "Handled again"),
        sources=_from(Stage.REPLIED),
        target=Stage.IN_HANDLING,
        allowed=who.follows_from_it,
        guards=(guards.result_not_satisfied,),
        clock="handling again starts",
        notice="answering_organs,clerks",
        basis="源文004“再次研究、再次沟通、再次答复”",
    ),
    Move(
        name="take_measure",
        label=p_("step", "Record what the congress body did"),
        consequence=_("The minutes are open to both sides; then it is ordered again or closed."),
        sources=_from(Stage.REPLIED),
        target=None,
        allowed=who.is_clerk,
        guards=(guards.result_not_satisfied, refused_again, measure_not_in_the_future),
        notice="deputies,answering_organs",
        basis=_AGAIN,
    ),
    Move(
        name="order_rehandling",
        label=p_("step", "Order handling again"),
        consequence=_("A new round starts with the same organs; the first reply stays as it is."),
        sources=_from(Stage.REPLIED),
        target=Stage.IN_HANDLING,
        allowed=who.is_clerk,
        guards=(guards.result_not_satisfied, measure_is_recorded),
        must_say_why=True,
        primary=True,
        clock="handling again starts",
        notice="answering_organs,deputies",
        document="order to handle again",
        basis="北京市条例第27条；" + _SH21,
    ),
    Move(
        name="decline_rehandling",
        label=p_("step", "No further handling needed"),
        consequence=_("It is closed as not satisfied; the deputy is told why."),
        sources=_from(Stage.REPLIED),
        target=Stage.CLOSED,
        allowed=who.is_clerk,
        guards=(guards.result_not_satisfied, measure_is_recorded),
        must_say_why=True,
        clock="all clocks stop",
        notice="deputies,answering_organs",
        basis=_SH21,
    ),
    Move(
        name="close_without_feedback",
        label=p_("step", "Close without feedback"),
        consequence=_("It counts as “no answer”, never as satisfied."),
        sources=_from(Stage.REPLIED),
        target=Stage.CLOSED,
        allowed=who.is_clerk,
        guards=(guards.not_rated_this_round, guards.feedback_limit_is_over),
        clock="all clocks stop",
        notice="deputies",
        basis="重庆市条例第29条",
    ),
)

MOVES = (*RATING, *AFTERWARDS)
