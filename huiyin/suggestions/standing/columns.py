"""What is derived, and the facts it is derived from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiyin.suggestions.models import (
    Act,
    Assignment,
    Carried,
    HandingOver,
    Rating,
    Reply,
    SubAssignment,
    Suggestion,
    Version,
)
from huiyin.suggestions.stages import AssignmentStage, Stage


class ReplayError(Exception):
    """An act that the lifecycle table does not allow where it stands."""


@dataclass(slots=True, kw_only=True)
class CaseFacts:
    """Everything one case's standing rests on, in the order it happened."""

    case: Suggestion
    acts: Sequence[Act]
    versions: Sequence[Version]
    assignments: Sequence[Assignment]
    # Delivered replies with the day of delivery, oldest first.
    replies: Sequence[tuple[Reply, date]]
    ratings: Sequence[Rating]
    # Deputy's post key → post id, lead first.
    signers: dict[str, int]
    session_close: date | None
    # The organs' parts that a reform carried to another organ, in order.
    carried: Sequence[Carried] = ()
    # To which offices it was handed, in order.
    handed: Sequence[HandingOver] = ()
    # Organs that were named in a dispute: key → id.
    organs: dict[str, int] = field(default_factory=dict)
    sub_assignments: Sequence[SubAssignment] = ()


@dataclass(slots=True, kw_only=True)
class PartStanding:
    """Where one organ's part stands."""

    stage: str = AssignmentStage.ISSUED
    organ_id: int | None = None
    acknowledged_on: date | None = None
    done_on: date | None = None
    due_on: date | None = None
    extension_until: date | None = None
    extensions: list[dict[str, Any]] = field(default_factory=list)
    opinion_returned_on: date | None = None
    opinion_mark: str = ""
    returning: str = ""
    return_round: int = 0
    arbiter: str = ""
    asked_organ_id: int | None = None
    contested_since: date | None = None
    contests: list[list[str | None]] = field(default_factory=list)
    # How often it was refused to relieve the organ, or those before it in the same charge.
    refusals: int = 0
    division_id: int | None = None
    handler_id: int | None = None
    is_hot: bool = False
    is_hard: bool = False
    is_focus: bool = False
    # Whether the organ has said in this round which marks it bears.
    marked: bool = False
    # The act by which the organ ceased to owe anything.
    stopped_by: int | None = None


@dataclass(slots=True, kw_only=True)
class ClearanceStanding:
    """Where the text of one reply stands among the levels it was sent under."""

    level: int = 0
    level_count: int = 0
    levels: list[dict[str, Any]] = field(default_factory=list)
    waits_role: str = ""
    waits_post: str = ""


@dataclass(slots=True, kw_only=True)
class Standing:
    """The derived columns of a suggestion, and those of its parts."""

    stage: str = Stage.DRAFT
    title: str = ""
    raised: str = ""
    category: str = ""
    number: str | None = None
    number_order: int | None = None
    merge_group_id: int | None = None
    wants_no_reply: bool = False
    round: int = 0
    lead_organ_id: int | None = None
    office_id: int | None = None
    handed_on: date | None = None
    submitted_on: date | None = None
    registered_on: date | None = None
    first_assigned_on: date | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    ordinary_due_on: date | None = None
    first_replied_on: date | None = None
    replied_on: date | None = None
    closed_on: date | None = None
    outcome_class: str = ""
    first_attitude: str = ""
    first_result: str = ""
    attitude: str = ""
    result: str = ""
    first_rated_via: str = ""
    rated_via: str = ""
    rating_open_until: date | None = None
    letter_on: date | None = None
    changed_at: datetime | None = None
    parts: dict[int, PartStanding] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    clearances: dict[int, ClearanceStanding] = field(default_factory=dict)
    signatures: dict[int, str] = field(default_factory=dict)


# The columns that ``Assignment`` copies.
PART_COLUMNS = (
    *("stage", "organ_id", "due_on", "acknowledged_on", "done_on"),
    *("extension_until", "extensions", "opinion_returned_on", "opinion_mark"),
    *("returning", "return_round", "arbiter", "asked_organ_id", "contested_since", "contests"),
    *("division_id", "handler_id", "is_hot", "is_hard", "is_focus"),
)
# The columns that ``ReplyFile`` copies, beside its stage.
FILE_COLUMNS = tuple(ClearanceStanding.__dataclass_fields__)
# The columns that ``Suggestion`` copies.
COLUMNS = tuple(
    name
    for name in Standing.__dataclass_fields__
    if name not in ("parts", "files", "clearances", "signatures")
)
# What an act means beyond the stage it leads to.
Effect = Callable[[Standing, Act, CaseFacts], None]
