"""The organs' parts of one case, with all that a page shows of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from huiyin.suggestions import cohandlers, held
from huiyin.suggestions.models import (
    Assignment,
    ClassClaim,
    Contact,
    ContactDeputy,
    CoOpinion,
    Delivery,
    HandlingPlan,
    ItemCharge,
    Reply,
    ReplyFile,
    ReplyPoint,
    Suggestion,
)
from huiyin.suggestions.stages import HandlingRole


def file_of(part: Assignment) -> ReplyFile | None:
    """The organ's reply file, if it has begun one. No query when it was prefetched."""
    try:
        begun: ReplyFile = part.reply_file
    except ReplyFile.DoesNotExist:
        return None
    # A scene puts an empty one beside a part that has none yet.
    return begun if begun.pk else None


def parts_of(case: Suggestion, moves: set[str], kinds: frozenset[str]) -> list[Assignment]:
    """The organs' parts with what belongs to each. What left no act is not asked for."""

    def left_by(move: str, facts: QuerySet[Any]) -> QuerySet[Any]:
        return facts if move in moves else facts.none()

    def if_any(kind: str, facts: QuerySet[Any]) -> QuerySet[Any]:
        return facts if kind in kinds else facts.none()

    replies = Reply.objects.select_related("face_to_face").order_by("ordinal")
    points = ReplyPoint.objects.select_related("request").order_by("request__ordinal")
    inside = ("division", "handler__person")
    parts = list(case.assignments.select_related("organ", "reply_file", *inside))
    stated = cohandlers.stated()
    if not any(part.role == HandlingRole.CO for part in parts):
        stated = stated.none()
    prefetch_related_objects(
        parts,
        Prefetch("plans", left_by("plan", HandlingPlan.objects.all())),
        "plans__milestones",
        Prefetch("contacts", left_by("contact", Contact.objects.all())),
        Prefetch("opinions", left_by("give_opinion", CoOpinion.objects.all())),
        "opinions__marks",
        Prefetch("contacts__deputies", ContactDeputy.objects.select_related("deputy__person")),
        Prefetch("item_charges", if_any("item charges", ItemCharge.objects.all())),
        Prefetch("reply_file__replies", replies),
        Prefetch("reply_file__replies__points", points),
        Prefetch("reply_file__replies__deliveries", Delivery.objects.select_related("receipt")),
        Prefetch("reply_file__replies__co_statements", stated),
        "organ__former_names",
        Prefetch("carried", left_by("carry", held.carried())),
        "carried__was__former_names",
        Prefetch(
            "reply_file__replies__claims",
            if_any("class claims", ClassClaim.objects.order_by("ordinal")),
        ),
    )
    for part in parts:
        part.suggestion = case
        if own := file_of(part):
            own.assignment = part
    return parts
