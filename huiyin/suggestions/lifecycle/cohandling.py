"""Co-handling (会办): what stands against its steps, and the steps. Guards as in ``guards``.

Beside what every step brings: ``lead_file``, the lead organ's reply file or None;
``countersigned``, whether this organ's name stands under the present text; ``co_parts``, the
co-handling organs' parts of the round; ``unsigned``, organ and day of each whose countersignature
is still awaited.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.rulebook import Rulebook
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import guards, where
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import Assignment, OpinionMark, ReplyFile
from huiyin.suggestions.stages import AssignmentStage
from huiyin.ui.days import plain_day

CQ_20 = "重庆市条例第20条“无实质内容或者未说明相关情况的，可以要求协办单位重新提出协办意见”"
STATED = "上海市规定第17条；山东省条例第21条；河南省办法第18条“说明协办单位意见”"
HEADS_SIGN = "参照《党政机关公文处理工作条例》第22条“由所有联署机关的负责人会签”"
GIVEN = frozenset({str(AssignmentStage.OPINION_GIVEN)})


# --- The opinion


def not_returned_before(case: Assignment, brought: Brought) -> Words | None:
    if case.opinion_returned_on is None:
        return None
    return _("An opinion is returned once; the second one stands as it is.")


def reply_is_written(case: Assignment, brought: Brought) -> Words | None:
    """What the reply says of the opinion is fixed with its text."""
    file: ReplyFile | None = brought["lead_file"]
    if file is None or where.is_drafted(file):
        return None
    return _("The text of the reply is fixed; have it sent back first.")


def mark_is_known(case: Assignment, brought: Brought) -> Words | None:
    if brought["mark"] in OpinionMark.values:
        return None
    return _("Say whether the opinion was adopted.")


def mark_says_why(case: Assignment, brought: Brought) -> Words | None:
    if brought["mark"] == OpinionMark.ADOPTED or brought["reason"].strip():
        return None
    return _("Give the reason why it was not adopted as a whole.")


# --- The lead's reply


def opinions_are_in(case: ReplyFile, brought: Brought) -> Words | None:
    """Whoever lets his time run out is waited for no longer."""
    book: Rulebook = brought["rules"]
    if not book.cohandle.awaited:
        return None
    for part in brought["co_parts"]:
        if is_awaited(part, on=brought["on"]):
            words = {"organ": part.organ.name, "date": plain_day(part.due_on)}
            return _("The opinion of %(organ)s is waited for until %(date)s.") % words
    return None


def is_awaited(part: Assignment, *, on: date) -> bool:
    """Whether its opinion is still to come in its time. Where no day is set, nobody waits."""
    return where.is_owed(part) and part.due_on is not None and part.due_on >= on


def opinions_are_marked(case: ReplyFile, brought: Brought) -> Words | None:
    book: Rulebook = brought["rules"]
    if not book.cohandle.marked:
        return None
    for part in brought["co_parts"]:
        if where.has_given_opinion(part) and not part.opinion_mark:
            words = {"organ": part.organ.name}
            return _("Say of the opinion of %(organ)s whether it was adopted.") % words
    return None


# --- Countersigning


def rules_ask_for_it(case: Assignment, brought: Brought) -> Words | None:
    book: Rulebook = brought["rules"]
    if book.cohandle.countersign:
        return None
    return _("The rules do not ask co-handling organs to countersign.")


def text_is_in_clearance(case: Assignment, brought: Brought) -> Words | None:
    file: ReplyFile | None = brought["lead_file"]
    if file is not None and where.is_in_clearance(file):
        return None
    return _("There is no text to be countersigned now.")


def not_countersigned_yet(case: Assignment, brought: Brought) -> Words | None:
    if brought["countersigned"]:
        return _("Your organ has countersigned this text.")
    return None


def countersigned_first(case: ReplyFile, brought: Brought) -> Words | None:
    """Whoever lets his time run out is waited for no longer."""
    book: Rulebook = brought["rules"]
    if not book.cohandle.countersign:
        return None
    for organ, until in brought["unsigned"]:
        words = {"organ": organ, "date": plain_day(until)}
        return _("The countersignature of %(organ)s is waited for until %(date)s.") % words
    return None


OF_THE_TEXT = (
    guards.suggestion_is_in_handling,
    rules_ask_for_it,
    text_is_in_clearance,
    not_countersigned_yet,
)

MOVES = (
    Move(
        name="return_opinion",
        label=p_("step", "Return the opinion as empty"),
        consequence=_("The organ gives another one; this can be asked for once."),
        sources=GIVEN,
        target=AssignmentStage.HANDLING,
        allowed=rules.leads_beside,
        guards=(guards.suggestion_is_in_handling, not_returned_before, reply_is_written),
        must_say_why=True,
        clock="co-opinion starts anew",
        notice="handlers",
        basis=CQ_20,
    ),
    Move(
        name="mark_opinion",
        label=p_("step", "Say whether the opinion was adopted"),
        consequence=_("The organ and the congress office are told; the reply says so too."),
        sources=GIVEN,
        target=None,
        allowed=rules.leads_beside,
        guards=(
            guards.suggestion_is_in_handling,
            reply_is_written,
            mark_is_known,
            mark_says_why,
        ),
        notice="handlers,clerks",
        basis=STATED,
    ),
    Move(
        name="ask_countersignature",
        label=p_("step", "Countersigning asked for"),
        sources=GIVEN,
        target=None,
        allowed=rules.follows_from_it,
        guards=(rules_ask_for_it,),
        clock="countersigning starts",
        notice="heads,liaisons",
        basis=HEADS_SIGN,
    ),
    Move(
        name="countersign",
        label=p_("step", "Countersign the reply"),
        consequence=_("Your organ's name stands under this text, and under no other."),
        sources=GIVEN,
        target=None,
        allowed=rules.countersigns,
        guards=OF_THE_TEXT,
        primary=True,
        clock="countersigning stops",
        notice="answering_organs",
        basis=HEADS_SIGN,
    ),
    Move(
        name="refuse_countersignature",
        label=p_("step", "Refuse to countersign"),
        consequence=_("The text goes back to the lead organ to be rewritten, with your reason."),
        sources=GIVEN,
        target=None,
        allowed=rules.countersigns,
        guards=OF_THE_TEXT,
        must_say_why=True,
        notice="answering_organs",
        basis=HEADS_SIGN,
    ),
)
