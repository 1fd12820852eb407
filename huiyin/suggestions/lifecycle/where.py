"""Where something stands, asked by pages: they name the place and never compare a stage."""

from __future__ import annotations

from typing import Any

from huiyin.kernel.workflow import Move
from huiyin.suggestions.models import Assignment, ReplyFile, Suggestion
from huiyin.suggestions.stages import (
    CONTESTED,
    ENDED,
    OPEN_ASSIGNMENT,
    AssignmentStage,
    HandlingRole,
    ReplyStage,
    ReturnStanding,
    Stage,
)

# It lies with the office before its registration.
REVIEWED = Stage.SUBMITTED


def begins_at(row: Move, subject: Any) -> bool:
    """Whether the step begins where the case, part or reply stands."""
    return bool(subject.stage in row.sources)


def stays_at(row: Move, subject: Any) -> bool:
    """Whether the step would leave it where it stands."""
    return bool(row.target == subject.stage)


# --- Suggestions


def is_with_deputies(case: Suggestion) -> bool:
    """It is being written, for the first time or again."""
    return case.stage in (Stage.DRAFT, Stage.RETURNED)


def is_returned(case: Suggestion) -> bool:
    return case.stage == Stage.RETURNED


def is_reviewed(case: Suggestion) -> bool:
    """It lies with the office before its registration."""
    return case.stage == Stage.SUBMITTED


def is_with_office(case: Suggestion) -> bool:
    """The office's next step is awaited, before assignment."""
    return case.stage in (Stage.SUBMITTED, Stage.REGISTERED)


def is_handled(case: Suggestion) -> bool:
    """The organs are at work."""
    return case.stage == Stage.IN_HANDLING


def is_replied(case: Suggestion) -> bool:
    """Every organ has answered and it is not closed."""
    return case.stage == Stage.REPLIED


def is_ended(case: Suggestion) -> bool:
    """No step leads on from here."""
    return case.stage in ENDED


def is_closed(case: Suggestion) -> bool:
    return case.stage == Stage.CLOSED


def is_for_reference(case: Suggestion) -> bool:
    return case.stage == Stage.REFERENCE_ONLY


# --- Parts of organs


def is_in_work(part: Assignment) -> bool:
    """Acknowledged, and neither its opinion nor its reply is out."""
    return part.stage in (AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING)


def has_replied(part: Assignment) -> bool:
    return part.stage == AssignmentStage.REPLIED


def is_unreceived(part: Assignment) -> bool:
    return part.stage == AssignmentStage.ISSUED


def is_separate(part: Assignment) -> bool:
    """It answers a part of the suggestion of its own."""
    return part.role == HandlingRole.SEPARATE


def is_owed(part: Assignment) -> bool:
    """The organ still owes its reply or opinion."""
    return part.stage in OPEN_ASSIGNMENT


def has_given_opinion(part: Assignment) -> bool:
    """Its opinion lies with the lead organ."""
    return part.stage == AssignmentStage.OPINION_GIVEN


def is_stopped(part: Assignment) -> bool:
    """Its work ended without a result of its own."""
    return part.stage in (AssignmentStage.STOPPED, AssignmentStage.REASSIGNED)


def is_charged(part: Assignment) -> bool:
    """The organ is one of the case; nobody else was charged in its place."""
    return part.stage != AssignmentStage.REASSIGNED


def is_contested(part: Assignment) -> bool:
    """Whose business it is waits for a decision."""
    return part.returning in CONTESTED


def awaits_final_decision(part: Assignment) -> bool:
    return part.returning == ReturnStanding.ESCALATED


def is_decided_finally(part: Assignment) -> bool:
    return part.returning == ReturnStanding.DECIDED


# --- Replies


def is_drafted(file: ReplyFile) -> bool:
    """Its text may still be typed on."""
    return file.stage == ReplyStage.DRAFTING


def is_in_clearance(file: ReplyFile) -> bool:
    return file.stage == ReplyStage.IN_CLEARANCE


def is_delivered(file: ReplyFile) -> bool:
    return file.stage == ReplyStage.DELIVERED
