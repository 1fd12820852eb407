"""The table of a promise: who may take it from where to where, and what must be there first.

Shaped as ``suggestions.lifecycle``. Beside what every step brings (``rules``, ``on``, ``actor``):
``until`` and ``bounds`` of a postponement, ``evidence`` and ``source`` of a claim, ``grade``,
``organ`` that takes it over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.promises import rules
from huiyin.promises.models import Promise
from huiyin.promises.stages import RUNNING, SAID_DONE, PromiseStage
from huiyin.suggestions.rules import follows_from_it
from huiyin.ui.days import plain_day

Brought = Mapping[str, Any]

OPEN = frozenset({PromiseStage.OPEN})
CLAIMED = frozenset({PromiseStage.CLAIMED})
ALIVE = frozenset(RUNNING)
EVERYWHERE = frozenset(PromiseStage)


def day_is_later(case: Promise, brought: Brought) -> Words | None:
    """Also keeps a day before the assignment out, with words of its own."""
    until, assigned_on = brought["until"], brought["assigned_on"]
    if until is None:
        return _("Say by which day it will be fulfilled.")
    if until < assigned_on:
        return _("This day lies before the assignment on %(date)s.") % {
            "date": plain_day(assigned_on)
        }
    if case.due_on and until <= case.due_on:
        return _("Choose a day after %(date)s, when it is due now.") % {
            "date": plain_day(case.due_on)
        }
    if until < brought["on"]:
        return _("This day is past. What has been done is reported as done.")
    return None


def day_is_within_the_rules(case: Promise, brought: Brought) -> Words | None:
    """Three years from the assignment for what is not bound to a plan."""
    longest = brought["longest"]
    if longest and brought["until"] and brought["until"] > longest:
        return _(
            "The rules allow no day after %(date)s. If it cannot be kept, the head explains why."
        ) % {"date": plain_day(longest)}
    return None


def done_is_shown(case: Promise, brought: Brought) -> Words | None:
    if not brought["evidence"].strip():
        return _("Say what was done: where, how much, since when.")
    if not brought["source"].strip():
        return _("Name the document, record or address that shows it, or send it as a file.")
    return None


def another_checks(case: Promise, brought: Brought) -> Words | None:
    """办结复核：“定期提醒、办结复核” (源文003)."""
    if brought["claimed_by_person"] == brought["actor"].person_id:
        return _("Whoever reported it as done does not check it himself.")
    return None


def has_been_checked(case: Promise, brought: Brought) -> Words | None:
    checked = case.stage == PromiseStage.CHECKED
    if checked or not brought["rules"].promise.completion_check:
        return None
    return _("The organ has not checked its own report yet.")


def organ_has_explained(case: Promise, brought: Brought) -> Words | None:
    """“情况发生变化的…作出书面说明” (上海市规定第22条)."""
    if case.explained_on:
        return None
    return _("The head of the organ has not explained in writing why it cannot be kept.")


def is_rated_here(case: Promise, brought: Brought) -> Words | None:
    if brought["rules"].promise.feedback_limit is None:
        return _("The rules in force do not have the keeping of promises rated.")
    return None


def something_was_told(case: Promise, brought: Brought) -> Words | None:
    if case.told_on is None:
        return _("Nobody has told you yet what became of it.")
    if case.rated_on and case.rated_on >= case.told_on:
        return _("You have rated what you were told last.")
    return None


def rated_in_time(case: Promise, brought: Brought) -> Words | None:
    until = brought["rate_until"]
    if until and brought["on"] > until:
        return _("The time for it ended on %(date)s.") % {"date": plain_day(until)}
    return None


def grade_is_known(case: Promise, brought: Brought) -> Words | None:
    if brought["grade"] not in {each.code for each in brought["rules"].feedback.scale.grades}:
        return _("Choose one of the grades of the rules in force.")
    return None


def organ_is_no_more(case: Promise, brought: Brought) -> Words | None:
    if case.organ.exists_on(brought["on"]):
        return _("The organ is still there; its promise stays with it.")
    return None


def heir_is_there(case: Promise, brought: Brought) -> Words | None:
    organ = brought["organ"]
    if organ is None or organ.congress_id != case.congress_id:
        return _("Choose an organ of this congress.")
    if not organ.exists_on(brought["on"]):
        return _("%(organ)s is no more either.") % {"organ": organ.name}
    return None


_WORKING = (
    Move(
        name="progress",
        label=p_("step", "Report progress"),
        consequence=_("The deputies read it on the case; nothing is struck off by it."),
        sources=OPEN,
        target=None,
        allowed=rules.works_on_it,
        must_say_why=True,
        notice="deputies",
        basis="源文000“常态化联系,定期反馈情况,通报工作进展”",
    ),
    Move(
        name="postpone",
        label=p_("step", "Postpone"),
        consequence=_("Every earlier day stays visible; deputies and office are told the reason."),
        sources=OPEN,
        target=None,
        allowed=rules.speaks_for_it,
        guards=(day_is_later, day_is_within_the_rules),
        must_say_why=True,
        notice="deputies,clerks",
        clock="restarts",
        basis="源文004“不向代表打空头支票”；上海市规定第22条",
    ),
    Move(
        name="explain",
        label=p_("step", "Explain why it cannot be kept"),
        consequence=_("It stays open until the deputy or the congress office releases it."),
        sources=OPEN,
        target=None,
        allowed=rules.heads_it,
        must_say_why=True,
        notice="deputies,clerks",
        basis="上海市规定第22条",
    ),
    Move(
        name="claim_done",
        label=p_("step", "Report as done"),
        consequence=_("Another person of the organ checks it; then the deputy or the office."),
        sources=OPEN,
        target=PromiseStage.CLAIMED,
        allowed=rules.works_on_it,
        guards=(done_is_shown,),
        primary=True,
        notice="organ",
        basis="源文004“实行销号管理”",
    ),
    Move(
        name="pass_check",
        label=p_("step", "Checked: it is done"),
        consequence=_("The deputy and the congress office are asked to confirm."),
        sources=CLAIMED,
        target=PromiseStage.CHECKED,
        allowed=rules.checks_it,
        guards=(another_checks,),
        primary=True,
        notice="lead,clerks",
        basis="源文003“办结复核”",
    ),
    Move(
        name="send_back",
        label=p_("step", "Checked: not done"),
        consequence=_("It is open again, with your reason."),
        sources=CLAIMED,
        target=PromiseStage.OPEN,
        allowed=rules.checks_it,
        guards=(another_checks,),
        must_say_why=True,
        notice="organ",
        basis="源文003“办结复核”",
    ),
)
_FROM_OUTSIDE = (
    Move(
        name="confirm",
        label=p_("step", "Confirm and strike off"),
        consequence=_("The promise is struck off the ledger; its whole history stays."),
        sources=SAID_DONE,
        target=PromiseStage.CONFIRMED,
        allowed=rules.confirms_it,
        guards=(has_been_checked,),
        primary=True,
        notice="deputies,organ",
        clock="stops",
        basis="源文004“实行销号管理”；源文000“销号式管理”",
    ),
    Move(
        name="refuse",
        label=p_("step", "Not fulfilled"),
        consequence=_("It is open again; the organ is told your reason."),
        sources=SAID_DONE,
        target=PromiseStage.OPEN,
        allowed=rules.confirms_it,
        must_say_why=True,
        notice="deputies,organ,clerks",
        basis="源文000“承诺事项不解决的不放过”",
    ),
    Move(
        name="release",
        label=p_("step", "Release from the promise"),
        consequence=_("It leaves the ledger as not fulfilled, and is counted so."),
        sources=OPEN,
        target=PromiseStage.RELEASED,
        allowed=rules.confirms_it,
        guards=(organ_has_explained,),
        must_say_why=True,
        notice="deputies,organ",
        clock="stops",
        basis="上海市规定第22条",
    ),
    Move(
        name="reopen",
        label=p_("step", "Put back on the ledger"),
        consequence=_("It is open again with its last day; the organ is told your reason."),
        sources=frozenset({PromiseStage.CONFIRMED, PromiseStage.RELEASED}),
        target=PromiseStage.OPEN,
        allowed=rules.confirms_it,
        must_say_why=True,
        notice="deputies,organ",
        basis="源文000“建立往年 B、C 类件‘回头看’台账”",
    ),
    Move(
        name="rate",
        label=p_("step", "Rate how it is kept"),
        consequence=_("Your grade stands beside what you were told."),
        sources=EVERYWHERE,
        target=None,
        allowed=rules.is_lead_deputy,
        guards=(is_rated_here, something_was_told, rated_in_time, grade_is_known),
        notice="organ,clerks",
        basis="重庆市规定第28条",
    ),
)
_IN_ORDER = (
    Move(
        name="tell",
        label=p_("step", "Tell the deputy how it stands"),
        consequence=_("The deputies get the state of this year and a return slip."),
        sources=EVERYWHERE,
        target=None,
        allowed=rules.tells_of_it,
        notice="deputies",
        document="return_slip",
        basis="重庆市规定第24条第2款",
    ),
    Move(
        name="carry",
        label=p_("step", "Hand to the organ that took over"),
        consequence=_("The promise goes on with its days; the new organ is told."),
        sources=ALIVE,
        target=None,
        allowed=rules.is_clerk,
        guards=(organ_is_no_more, heir_is_there),
        must_say_why=True,
        notice="deputies,organ",
        basis="源文004“把往年承诺解决的事项与本年度建议同安排、同推进、同落实”",
    ),
    Move(
        name="restate",
        label=p_("step", "Promised anew"),
        consequence=_("The reply of a later round names another day; the earlier stay."),
        sources=ALIVE,
        target=PromiseStage.OPEN,
        allowed=follows_from_it,
        basis="源文004“再次研究、再次沟通、再次答复”",
    ),
)

PROMISE = Lifecycle(
    name="promise",
    stages=PromiseStage,
    initial=PromiseStage.OPEN,
    final=frozenset({PromiseStage.CONFIRMED, PromiseStage.RELEASED}),
    moves=(*_WORKING, *_FROM_OUTSIDE, *_IN_ORDER),
)


def is_running(case: Promise) -> bool:
    """Whether it still stands to be fulfilled."""
    return case.stage in RUNNING


def is_kept(case: Promise) -> bool:
    return case.stage == PromiseStage.CONFIRMED


def is_said_done(case: Promise) -> bool:
    return case.stage in SAID_DONE


def is_to_check(case: Promise) -> bool:
    return case.stage == PromiseStage.CLAIMED
