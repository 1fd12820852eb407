"""The rows behind the duties of co-handling, as one SQL condition for the actor in his post."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.suggestions.cohandlers import ASKED
from huiyin.suggestions.models import (
    Act,
    Assignment,
    CoStatement,
    Countersignature,
    Reply,
    ReplyFile,
    StatementKind,
)
from huiyin.suggestions.stages import (
    OPEN_ASSIGNMENT,
    AssignmentStage,
    HandlingRole,
    ReplyStage,
    Stage,
)


def _helping(**more: object) -> QuerySet[Assignment]:
    """Co-handling organs' parts of running rounds."""
    return Assignment.objects.filter(
        role=HandlingRole.CO,
        round=F("suggestion__round"),
        suggestion__stage=Stage.IN_HANDLING,
        **more,
    )


def _lead_writes(actor: Actor) -> Q:
    """The actor's organ leads, and its reply is still being written."""
    fixed = ReplyFile.objects.filter(
        assignment__suggestion=OuterRef("pk"),
        assignment__round=OuterRef("round"),
        assignment__role=HandlingRole.LEAD,
    ).exclude(Q(stage=ReplyStage.DRAFTING) | Q(assignment__stage=AssignmentStage.REASSIGNED))
    return Q(~Exists(fixed), lead_organ=actor.organ_id, stage=Stage.IN_HANDLING)


def to_mark(actor: Actor) -> Q:
    """An opinion lies with the actor's organ, which has not said whether it adopts it."""
    given = _helping(stage=AssignmentStage.OPINION_GIVEN, opinion_mark="")
    beside = given.filter(suggestion__lead_organ=actor.organ_id)
    return _lead_writes(actor) & Q(pk__in=beside.values("suggestion"))


def opinion_awaited(actor: Actor) -> Q:
    """The actor's organ leads and another still owes its opinion."""
    owed = _helping(stage__in=OPEN_ASSIGNMENT, suggestion__lead_organ=actor.organ_id)
    return Q(pk__in=owed.values("suggestion"))


def any_opinion_awaited(actor: Actor) -> Q:
    """Any organ still owes its co-handling opinion."""
    return Q(pk__in=_helping(stage__in=OPEN_ASSIGNMENT).values("suggestion"))


def to_countersign(actor: Actor) -> Q:
    """The organ was asked about the text that lies in clearance, and has not signed that text."""
    own = _helping(organ=actor.organ_id, stage=AssignmentStage.OPINION_GIVEN)
    later = Reply.objects.filter(
        file=OuterRef("reply__file"), ordinal__gt=OuterRef("reply__ordinal")
    )
    asked = Act.objects.filter(assignment=OuterRef("assignment"), move=ASKED)
    signed = Countersignature.objects.filter(
        reply=OuterRef("reply"), assignment=OuterRef("assignment")
    )
    stated = CoStatement.objects.exclude(
        reply__file__assignment__stage=AssignmentStage.REASSIGNED
    ).filter(
        Exists(asked),
        ~Exists(later),
        ~Exists(signed),
        kind=StatementKind.GIVEN,
        reply__file__stage=ReplyStage.IN_CLEARANCE,
        assignment__in=own.values("pk"),
    )
    return Q(pk__in=stated.values("assignment__suggestion"), stage=Stage.IN_HANDLING)
