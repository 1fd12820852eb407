"""What a rulebook can say: the parameters, their types, and where each value comes from.

The dataclasses below *are* the schema of the packs: ``Reply.limit`` is the key ``reply.limit``
of a TOML file. To add a parameter, add a field here and a cited value to ``packs/national.toml``.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, NamedTuple

from huiyin.rulebook.choices import (
    Arbiter,
    Assigner,
    Granter,
    PassedBy,
    PromiseEnd,
    PromiseTold,
    PublishTexts,
    RateBase,
    RatedBy,
    ReasonAsked,
    RehandleTrigger,
    ReplyForm,
    ReplySigner,
    ReplyTo,
    Residual,
    Rounding,
    SecondRefusal,
    SessionReport,
    WithdrawalUntil,
)
from huiyin.rulebook.schemes import ClassScheme, Dimension, Reason, Scale
from huiyin.rulebook.sources import Source
from huiyin.rulebook.words import Words


class Unit(StrEnum):
    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working_days"


class StartEvent(StrEnum):
    """The act a period is counted from."""

    ASSIGNMENT = "assignment"
    RECEIPT = "receipt"
    SESSION_CLOSE = "session_close"
    DELIVERY = "delivery"
    ORDER = "order"
    RETURN_REQUEST = "return_request"
    DISPUTE = "dispute"
    DUE_DATE = "due_date"  # the end of the ordinary limit
    URGING = "urging"
    CONTACT = "contact"  # the day the organ put its talk with the deputy on record
    RATING = "rating"
    PUSH = "push"  # the last push an opinion of the people was given


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time and the act it is counted from. ``key`` says which parameter it is."""

    count: int
    unit: Unit
    counted_from: StartEvent
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class Citation:
    """One value in force, with its source, the pack it was found in, and how long it holds."""

    key: str
    value: object
    source: Source
    origin: str
    since: date
    until: date | None  # the first day on which it no longer holds


class CountedFrom(NamedTuple):
    """What starts a period: an act that is the same everywhere, or the neighbouring key that
    names it where places differ."""

    start: StartEvent | str


class Among(NamedTuple):
    """The values a key may take, where its type alone allows more."""

    values: tuple[object, ...]


_HANDED_OVER = Among((StartEvent.ASSIGNMENT, StartEvent.RECEIPT))
_REPLY_STARTS = (*_HANDED_OVER.values, StartEvent.SESSION_CLOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    notice: Annotated[Period | None, CountedFrom(StartEvent.RECEIPT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    by: Assigner
    intersession_limit: Annotated[Period | None, CountedFrom(StartEvent.RECEIPT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    limit: Annotated[Period, CountedFrom(StartEvent.ASSIGNMENT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """An organ's objection that the suggestion is not its business."""

    limit: Annotated[Period | None, CountedFrom("counts_from")]
    counts_from: Annotated[StartEvent, _HANDED_OVER]
    written: bool
    reassign_limit: Annotated[Period | None, CountedFrom(StartEvent.RETURN_REQUEST)]
    deputy_may_object: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arbitration:
    by: Arbiter
    limit: Annotated[Period | None, CountedFrom(StartEvent.DISPUTE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoHandling:
    """``redo_limit``: for an opinion the lead organ has returned as empty. ``awaited``: the reply
    states the opinions, so the lead waits for each until its time has run out. ``marked``: the
    lead says of each whether it was adopted. ``countersign``: whoever gave an opinion signs the
    final text too, within ``countersign_limit``.
    """

    limit: Annotated[Period, CountedFrom("counts_from")]
    counts_from: Annotated[StartEvent, _HANDED_OVER]
    redo_limit: Annotated[Period | None, CountedFrom(StartEvent.ORDER)]
    awaited: bool
    marked: bool
    countersign: bool
    countersign_limit: Annotated[Period, CountedFrom(StartEvent.ORDER)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """``limit_wide`` is for suggestions that are broad and hard: a class, not an extension.

    ``restarts_on_reassignment``: another organ gets the whole period from its own assignment,
    instead of what the first one left over.
    """

    limit: Annotated[Period, CountedFrom("counts_from")]
    limit_wide: Annotated[Period, CountedFrom("counts_from")]
    counts_from: Annotated[StartEvent, Among(_REPLY_STARTS)]
    restarts_on_reassignment: bool
    signer: ReplySigner
    form: ReplyForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """``limit`` is the whole time from ``counts_from``; where that is the due date, what may be
    added to the ordinary limit. ``times``: how often one organ may be given it."""

    needs_consent: bool
    granted_by: Granter
    limit: Annotated[Period, CountedFrom("counts_from")]
    counts_from: Annotated[StartEvent, Among((*_REPLY_STARTS, StartEvent.DUE_DATE))]
    times: Annotated[int, Among(tuple(range(1, 10)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """``before_handling``, ``before_reply``: no handling plan, no reply without having talked with
    the deputy. ``confirm_limit``: how long he has to say whether a recorded talk was so.
    ``face_to_face``: how many talks a reply to a lead item needs that were face to face."""

    limit: Annotated[Period | None, CountedFrom(StartEvent.RECEIPT)]
    before_handling: bool
    before_reply: bool
    confirm_limit: Annotated[Period, CountedFrom(StartEvent.CONTACT)]
    face_to_face: Annotated[int, Among(tuple(range(4)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    reply_to: ReplyTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """``delegation_by``: who rates the reply to a whole delegation.

    ``change_limit``: how long a rating may still be changed; none, it is final when given. What
    calls for handling again is final at once, whatever this says.
    """

    by: RatedBy
    delegation_by: RatedBy
    limit: Annotated[Period, CountedFrom(StartEvent.DELIVERY)]
    scale: Scale
    dimensions: tuple[Dimension, ...]
    reason: ReasonAsked
    change_limit: Annotated[Period | None, CountedFrom(StartEvent.RATING)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehandle:
    """``dimensions``: a lowest grade in any of these calls for handling again."""

    trigger: RehandleTrigger
    dimensions: tuple[Dimension, ...]
    limit: Annotated[Period, CountedFrom(StartEvent.ORDER)]
    second_refusal: SecondRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    until: WithdrawalUntil
    joint_requires_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionRate:
    includes_basic: bool
    base: RateBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """``levels``: the fewest through which a reply goes, the signature included.

    ``text_checks``: a reply with a certain fault (an empty place of a form, another's name in the
    salutation) is not sent on."""

    levels: Annotated[int, Among((2, 3, 4, 5))]
    text_checks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """``proof``: no class without what it claims (evidence, day, plan or ground)."""

    scheme: ClassScheme
    proof: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What a reply owes afterwards. Which class of a scheme promises what, the scheme says:
    ``schemes.Promise`` has a member for each of the three ends given here. ``completion_check``:
    another person of the organ checks what is reported as done before it is confirmed."""

    ledger: bool
    completion_check: bool
    this_year: PromiseEnd
    near_term: Annotated[Period, CountedFrom(StartEvent.ASSIGNMENT)]
    planned: PromiseEnd
    told: PromiseTold
    return_slip: bool
    feedback_limit: Annotated[Period | None, CountedFrom(StartEvent.DELIVERY)]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTopics:
    """``used``: the chairs' meeting decides them. ``plan``: no report without its own plan."""

    used: bool
    plan: bool
    passed_by: PassedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    texts: PublishTexts
    deputy_may_refuse: bool
    organ_site: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReports:
    """``organ_report_by``: the day by which each organ reports to the deputies' body."""

    report: SessionReport
    report_voted: bool
    organ_report_by: MonthDay | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """``interval``: the shortest time between two urgings of one item.

    ``overdue_every``: how often an organ is urged by itself once it is late. ``unread_limit``: by
    when it has to have read that it was charged, before its head and the office hear of it.
    """

    interval: Annotated[Period, CountedFrom(StartEvent.URGING)]
    overdue_every: Annotated[Period, CountedFrom(StartEvent.URGING)]
    unread_limit: Annotated[Period, CountedFrom(StartEvent.ASSIGNMENT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """The cadence of what people tell at the stations: small matters are finished, urgent and
    major ones pushed on, each within its period."""

    micro_limit: Annotated[Period, CountedFrom(StartEvent.RECEIPT)]
    urgent_push: Annotated[Period, CountedFrom(StartEvent.PUSH)]
    major_push: Annotated[Period, CountedFrom(StartEvent.PUSH)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    start_day_counts: bool
    roll_forward_on_holiday: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    near_due_days: Annotated[int, Among(tuple(range(91)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Percent:
    decimals: Annotated[int, Among(tuple(range(5)))]
    rounding: Rounding
    residual: Residual


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The rules of one congress on one day. Rules and guards receive it as an argument."""

    pack: str
    title: Words
    on: date
    acceptance: Acceptance
    assign: Assign
    acknowledge: Acknowledge
    return_: Return
    arbitration: Arbitration
    cohandle: CoHandling
    reply: Reply
    extension: Extension
    contact: Contact
    joint: Joint
    feedback: Feedback
    rehandle: Rehandle
    withdrawal: Withdrawal
    satisfaction_rate: SatisfactionRate
    clearance: Clearance
    classes: Classes
    promise: Promises
    key_topic: KeyTopics
    publish: Publish
    session: SessionReports
    urging: Urging
    opinion: Opinion
    review: Review
    counting: Counting
    lights: Lights
    percent: Percent
    citations: tuple[Citation, ...] = field(repr=False)

    def cite(self, key: str) -> Citation:
        """The citation of ``key``; raises ``KeyError`` for a key no pack knows."""
        for citation in self.citations:
            if citation.key == key:
                return citation
        raise KeyError(key)
