"""What a rulebook can say: the parameters, their types, and where each value comes from.

The dataclasses below *are* the schema of the packs: ``Reply.limit`` is the key ``reply.limit``
of a TOML file. To add a parameter, add a field here and a cited value to ``packs/national.toml``.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

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


class ReplySigner(StrEnum):
    HEAD = "head"
    MAIN_HEAD = "main_head"


class ReplyForm(StrEnum):
    WRITTEN = "written"
    WRITTEN_AND_PLATFORM = "written_and_platform"
    WRITTEN_AND_FACE = "written_and_face"
    FACE_OR_WRITTEN = "face_or_written"
    FACE_FIRST = "face_first"


class ReplyTo(StrEnum):
    """Whom the reply to a joint suggestion is delivered to."""

    EACH = "each"
    LEAD = "lead"
    EACH_OR_LEAD = "each_or_lead"  # each, unless the lead deputy agrees to pass it on


class RatedBy(StrEnum):
    """Whose rating counts; one counted rating per suggestion and round."""

    LEAD = "lead"
    EACH = "each"
    GROUP_LEADER = "group_leader"


class RehandleTrigger(StrEnum):
    AUTOMATIC = "automatic"
    BY_BODY = "by_body"


class WithdrawalUntil(StrEnum):
    ASSIGNED = "assigned"
    REPLIED = "replied"


class Rounding(StrEnum):
    HALF_UP = "half_up"
    TRUNCATE = "truncate"


class Residual(StrEnum):
    """Which row absorbs what rounding leaves over, so that the parts print as 100."""

    NONE = "none"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time and the act it is counted from. ``key`` says which parameter it is."""

    count: int
    unit: Unit
    counted_from: StartEvent
    key: str = field(default="", compare=False)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    notice: Annotated[Period | None, CountedFrom(StartEvent.RECEIPT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CoHandling:
    limit: Annotated[Period, CountedFrom("counts_from")]
    counts_from: Annotated[StartEvent, _HANDED_OVER]
    redo_limit: Annotated[Period | None, CountedFrom(StartEvent.ORDER)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """``limit_wide`` is for suggestions that are broad and hard: a class, not an extension."""

    limit: Annotated[Period, CountedFrom("counts_from")]
    limit_wide: Annotated[Period, CountedFrom("counts_from")]
    counts_from: Annotated[StartEvent, Among((*_HANDED_OVER.values, StartEvent.SESSION_CLOSE))]
    signer: ReplySigner
    form: ReplyForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    needs_consent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    limit: Annotated[Period | None, CountedFrom(StartEvent.RECEIPT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    reply_to: ReplyTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    by: RatedBy
    limit: Annotated[Period, CountedFrom(StartEvent.DELIVERY)]
    scale: Scale
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehandle:
    """``dimensions``: a lowest grade in any of these calls for handling again."""

    trigger: RehandleTrigger
    dimensions: tuple[Dimension, ...]
    limit: Annotated[Period, CountedFrom(StartEvent.ORDER)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    until: WithdrawalUntil
    joint_requires_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionRate:
    includes_basic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    scheme: ClassScheme


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
    cohandle: CoHandling
    reply: Reply
    extension: Extension
    contact: Contact
    joint: Joint
    feedback: Feedback
    rehandle: Rehandle
    withdrawal: Withdrawal
    satisfaction_rate: SatisfactionRate
    classes: Classes
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


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of a pack, as the dataclasses above declare it.

    ``start`` is a ``StartEvent``, or the key that names one; empty for anything but a period.
    """

    key: str
    group: str  # attribute of Rulebook
    name: str  # attribute of the group
    type: Any
    start: StartEvent | str
    among: tuple[object, ...]


GROUPS: dict[str, type] = {
    name: kind
    for name, kind in get_type_hints(Rulebook).items()
    if name not in ("pack", "title", "on", "citations")
}


def _parameter(group: str, name: str, declared: Any) -> Parameter:
    section = group.rstrip("_")
    start: StartEvent | str = ""
    among: tuple[object, ...] = ()
    for mark in getattr(declared, "__metadata__", ()):
        if isinstance(mark, CountedFrom):
            fixed = isinstance(mark.start, StartEvent)
            start = mark.start if fixed else f"{section}.{mark.start}"
        else:
            among = mark.values
    kind = get_args(declared)[0] if get_origin(declared) is Annotated else declared
    return Parameter(f"{section}.{name}", group, name, kind, start, among)


PARAMETERS: dict[str, Parameter] = {
    each.key: each
    for each in (
        _parameter(group, name, declared)
        for group, kind in GROUPS.items()
        for name, declared in get_type_hints(kind, include_extras=True).items()
    )
}
