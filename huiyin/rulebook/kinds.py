"""Which clocks there are, and what the rulebook lets each do."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from huiyin.rulebook.choices import PromiseEnd
from huiyin.rulebook.events import Event, Met, Received, Returned
from huiyin.rulebook.model import Period, Rulebook
from huiyin.rulebook.words import Words


class ClockKind(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    RETURN_REQUEST = "return_request"
    REASSIGNMENT = "reassignment"
    ARBITRATION = "arbitration"
    CONTACT = "contact"
    CO_OPINION = "co_opinion"
    CO_OPINION_REDO = "co_opinion_redo"
    REPLY = "reply"
    REPLY_WIDE = "reply_wide"
    EXTENSION_REQUEST = "extension_request"
    FEEDBACK = "feedback"
    REHANDLE = "rehandle"
    PROMISE_THIS_YEAR = "promise_this_year"
    PROMISE_NEAR_TERM = "promise_near_term"
    PROMISE_PLANNED = "promise_planned"
    OPINION_MICRO = "opinion_micro"
    OPINION_URGENT = "opinion_urgent"
    OPINION_MAJOR = "opinion_major"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``limit``: the period, or how a promise ends; none where the place sets no limit.

    ``of_organ``: it runs for an organ charged with the case, which acknowledges, asks for a return
    and may lose the charge to another. ``met_by``: what ends it, beside ``Met``.
    ``extendable``: extensions reach it. ``each_anew``: another organ always has the whole of it.
    ``is_right``: something that may be done rather than must; it lapses and is never late.
    ``recurs``: every push begins it again.
    """

    label: Words
    limit: Callable[[Rulebook], Period | PromiseEnd | None]
    key: str = ""  # what the end of a promise is cited by
    of_organ: bool = False
    met_by: type[Event] = Met
    extendable: bool = False
    each_anew: bool = False
    is_right: bool = False
    recurs: bool = False


CLOCKS: dict[ClockKind, Rule] = {
    ClockKind.ACKNOWLEDGE: Rule(
        label=Words(zh="签收", en="Acknowledge receipt"),
        limit=lambda rules: rules.acknowledge.limit,
        of_organ=True,
        met_by=Received,
        each_anew=True,
    ),
    ClockKind.RETURN_REQUEST: Rule(
        label=Words(zh="申请退回", en="Ask for a return"),
        limit=lambda rules: rules.return_.limit,
        of_organ=True,
        met_by=Returned,
        each_anew=True,
        is_right=True,
    ),
    ClockKind.REASSIGNMENT: Rule(
        label=Words(zh="重新交办", en="Assign again"),
        limit=lambda rules: rules.return_.reassign_limit,
    ),
    ClockKind.ARBITRATION: Rule(
        label=Words(zh="协调交办分歧", en="Settle the dispute"),
        limit=lambda rules: rules.arbitration.limit,
    ),
    ClockKind.CONTACT: Rule(
        label=Words(zh="与代表沟通", en="Speak with the deputy"),
        limit=lambda rules: rules.contact.limit,
        of_organ=True,
        each_anew=True,
    ),
    ClockKind.CO_OPINION: Rule(
        label=Words(zh="会办意见", en="Co-handling opinion"),
        limit=lambda rules: rules.cohandle.limit,
        of_organ=True,
    ),
    ClockKind.CO_OPINION_REDO: Rule(
        label=Words(zh="重新提出会办意见", en="Co-handling opinion again"),
        limit=lambda rules: rules.cohandle.redo_limit,
    ),
    ClockKind.REPLY: Rule(
        label=Words(zh="答复", en="Reply"),
        limit=lambda rules: rules.reply.limit,
        of_organ=True,
        extendable=True,
    ),
    ClockKind.REPLY_WIDE: Rule(
        label=Words(zh="答复（涉及面广、处理难度大）", en="Reply (broad and hard)"),
        limit=lambda rules: rules.reply.limit_wide,
        of_organ=True,
        extendable=True,
    ),
    ClockKind.EXTENSION_REQUEST: Rule(
        label=Words(zh="申请延期", en="Ask for an extension"),
        limit=lambda rules: rules.reply.limit,
        of_organ=True,
        is_right=True,
    ),
    ClockKind.FEEDBACK: Rule(
        label=Words(zh="代表反馈", en="The deputy's rating"),
        limit=lambda rules: rules.feedback.limit,
    ),
    ClockKind.REHANDLE: Rule(
        label=Words(zh="重新办理", en="Handling again"),
        limit=lambda rules: rules.rehandle.limit,
        of_organ=True,
    ),
    ClockKind.PROMISE_THIS_YEAR: Rule(
        label=Words(zh="年内办成的承诺", en="Promise for this year"),
        limit=lambda rules: rules.promise.this_year,
        key="promise.this_year",
    ),
    ClockKind.PROMISE_NEAR_TERM: Rule(
        label=Words(zh="近期计划的承诺", en="Promise of a near-term plan"),
        limit=lambda rules: rules.promise.near_term,
        key="promise.near_term",
    ),
    ClockKind.PROMISE_PLANNED: Rule(
        label=Words(zh="列入规划的承诺", en="Promise of a long-term plan"),
        limit=lambda rules: rules.promise.planned,
        key="promise.planned",
    ),
    ClockKind.OPINION_MICRO: Rule(
        label=Words(zh="小微事办结", en="Finish a small matter"),
        limit=lambda rules: rules.opinion.micro_limit,
    ),
    ClockKind.OPINION_URGENT: Rule(
        label=Words(zh="急难事推动", en="Push an urgent matter on"),
        limit=lambda rules: rules.opinion.urgent_push,
        recurs=True,
    ),
    ClockKind.OPINION_MAJOR: Rule(
        label=Words(zh="大要事促进", en="Push a major matter on"),
        limit=lambda rules: rules.opinion.major_push,
        recurs=True,
    ),
}
