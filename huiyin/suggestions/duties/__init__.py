"""What waits for whom: each duty is one condition, counted on the workbench and listed by name.

A duty names the roles it is for, the rows that wait for *this* actor, and the column that holds
the day by which. The list filters by the same name, so that a number opens exactly its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.suggestions.duties.kinds import DUTIES, WAITS_FOR_OTHERS, Duty
from huiyin.suggestions.kept import kept
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.ruling import acknowledgement_due, ruling_for
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.stages import OPEN_ASSIGNMENT

__all__ = [
    "DUTIES",
    "WAITS_FOR_OTHERS",
    "Duty",
    "Waiting",
    "others_owe",
    "rows_awaited",
    "rows_of",
    "waiting_for",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many wait for the actor, and the earliest day by which."""

    duty: Duty
    count: int
    due_on: date | None


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return what waits for the actor, most pressing first."""
    counted = kept("duties", actor=actor, make=lambda: _duties(actor))
    found = [
        Waiting(duty=DUTIES[name], count=count, due_on=due_on) for name, count, due_on in counted
    ]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.duty.name))


def _duties(actor: Actor) -> list[tuple[str, int, date | None]]:
    """Name, number and earliest day of each duty that waits; a query for each kind of duty."""
    mine = [duty for duty in DUTIES.values() if actor.role in duty.roles]
    counted = [(duty.name, *_counted(actor, duty)) for duty in mine]
    return [each for each in counted if each[1]]


def rows_of(actor: Actor, name: str) -> QuerySet[Suggestion]:
    """Return what waits for the actor under a duty's name; nothing for a strange one."""
    duty = DUTIES.get(name)
    if duty is None or actor.role not in duty.roles:
        return Suggestion.objects.none()
    return visible_to(actor).filter(duty.rows(actor))


def _counted(actor: Actor, duty: Duty) -> tuple[int, date | None]:
    rows = rows_of(actor, duty.name).select_related(None).order_by()
    if not duty.due:
        return rows.count(), None
    if duty.on_part:
        # The organ has one open part in each of them: that of the running round.
        parts = Assignment.objects.filter(
            suggestion__in=rows.values("pk"), organ=actor.organ_id, stage__in=OPEN_ASSIGNMENT
        )
        part = parts.aggregate(on=Min(duty.due), n=Count("pk"))
        return part["n"], _receipt_due(parts) if duty.by_receipt else part["on"]
    row = rows.aggregate(on=Min(duty.due), n=Count("pk"))
    return row["n"], row["on"]


def _receipt_due(parts: QuerySet[Assignment]) -> date | None:
    """Return by when the one assigned first is to be acknowledged, by the rules of its case."""
    first = (
        parts.select_related("suggestion__congress", "suggestion__session")
        .order_by("assigned_on", "pk")
        .first()
    )
    if first is None:
        return None
    ruling = ruling_for(first.suggestion, on=first.assigned_on)
    return acknowledgement_due(first, ruling=ruling).date


def others_owe(actor: Actor) -> list[tuple[str, Words, int]]:
    """Return what the actor waits for: name for the list, sentence and count."""
    counted = kept("others_owe", actor=actor, make=lambda: _owed(actor))
    return [(name, WAITS_FOR_OTHERS[name][1], count) for name, count in counted]


def _owed(actor: Actor) -> list[tuple[str, int]]:
    seen = visible_to(actor).select_related(None).order_by()
    counted = [
        (name, seen.filter(rows(actor)).count())
        for name, (roles, _verb, rows) in WAITS_FOR_OTHERS.items()
        if actor.role in roles
    ]
    return [each for each in counted if each[1]]


def rows_awaited(actor: Actor, name: str) -> QuerySet[Suggestion]:
    """Return the rows behind a line of ``others_owe``; none for a name that is not the actor's."""
    if name not in WAITS_FOR_OTHERS or actor.role not in WAITS_FOR_OTHERS[name][0]:
        return Suggestion.objects.none()
    return visible_to(actor).filter(WAITS_FOR_OTHERS[name][2](actor))
