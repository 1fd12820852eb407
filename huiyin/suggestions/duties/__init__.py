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
from huiyin.suggestions.models import Assignment, Suggestion
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
    """Return what waits for the actor, most pressing first; one query for each kind of duty."""
    found = []
    for duty in DUTIES.values():
        if actor.role not in duty.roles:
            continue
        count, due_on = _counted(actor, duty)
        if count:
            found.append(Waiting(duty=duty, count=count, due_on=due_on))
    return sorted(found, key=lambda each: (each.due_on or date.max, each.duty.name))


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
        parts = Assignment.objects.filter(
            suggestion__in=rows.values("pk"), organ=actor.organ_id, stage__in=OPEN_ASSIGNMENT
        )
        earliest = parts.aggregate(on=Min(duty.due))["on"]
        return rows.count(), earliest
    row = rows.aggregate(on=Min(duty.due), n=Count("pk"))
    return row["n"], row["on"]


def others_owe(actor: Actor) -> list[tuple[str, Words, int]]:
    """Return what the actor waits for: name for the list, sentence and count."""
    found = []
    for name, (roles, verb, rows) in WAITS_FOR_OTHERS.items():
        if actor.role in roles:
            count = visible_to(actor).select_related(None).order_by().filter(rows(actor)).count()
            if count:
                found.append((name, verb, count))
    return found


def rows_awaited(actor: Actor, name: str) -> QuerySet[Suggestion]:
    """Return the rows behind a line of ``others_owe``; none for a name that is not the actor's."""
    if name not in WAITS_FOR_OTHERS or actor.role not in WAITS_FOR_OTHERS[name][0]:
        return Suggestion.objects.none()
    return visible_to(actor).filter(WAITS_FOR_OTHERS[name][2](actor))
