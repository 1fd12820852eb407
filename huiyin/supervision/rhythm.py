"""Rhythms, their tasks and the circulars as one reader may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.selectors import BEING_REHANDLED, current_session, overdue
from huiyin.suggestions.stages import ANSWERING, CHARGED
from huiyin.supervision.models import Circular, Rhythm, RhythmEnd, RhythmTask
from huiyin.supervision.rules import ORGAN, OVERSEERS
from huiyin.supervision.standing import of_case

# What a line of the circular counts, after the name of the organ.
COUNTED = ("led", "answered", "late", "dissatisfied", "again")


def rhythms_for(actor: Actor) -> QuerySet[Any]:
    """The rhythms of his congress, for those who oversee, with the tasks that are open."""
    rows = Rhythm.objects.filter(congress=actor.congress_id)
    if actor.role not in OVERSEERS:
        return rows.none()
    waiting = Count("tasks", filter=Q(tasks__minutes__isnull=True))
    held = Max("tasks__minutes__held_on")
    return rows.annotate(open_tasks=waiting, last_held=held)


def rhythm_for(actor: Actor, key: str) -> Any:
    """One rhythm by key."""
    found = rhythms_for(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def is_ended(rhythm: Rhythm) -> bool:
    """Whether it was given up before the day it was planned to end on."""
    return RhythmEnd.objects.filter(rhythm=rhythm).exists()


def open_tasks(rhythm: Rhythm) -> QuerySet[RhythmTask]:
    """Tasks without minutes, the oldest first."""
    return rhythm.tasks.filter(minutes__isnull=True).order_by("due_on")


def circulars_for(actor: Actor) -> QuerySet[Circular]:
    """The circulars of his congress: they are sent to every organ."""
    rows = Circular.objects.filter(congress=actor.congress_id)
    return rows if actor.role in (*OVERSEERS, *ORGAN) else rows.none()


def circular_for(actor: Actor, key: str) -> Circular:
    """One circular by key."""
    found = circulars_for(actor).select_related("congress").filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def circular_lines(actor: Actor, on: date) -> list[list[Any]]:
    """What the circular says of each organ that answers: one query, the most first."""
    session = current_session(actor.congress, on=on)
    parts = Assignment.objects.filter(
        CHARGED, role__in=ANSWERING, suggestion__session=session, round=F("suggestion__round")
    )
    late, again = of_case(overdue(on=on)), of_case(BEING_REHANDLED)
    rows: Any = (
        parts.order_by()
        .values("organ__name")
        .annotate(
            led=Count("pk"),
            answered=Count("pk", filter=Q(suggestion__first_replied_on__isnull=False)),
            late=Count("pk", filter=late),
            dissatisfied=Count("pk", filter=Q(suggestion__result="NS")),
            again=Count("pk", filter=again),
        )
        .order_by("-led", "organ__name")
    )
    return [[row["organ__name"], *(row[name] for name in COUNTED)] for row in rows]
