"""Which urging is due: the ladder of the rulebook, as a question without consequences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from huiyin.rulebook import Period
from huiyin.rulebook.clocks import due
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.models.urging import URGED, Rung, Urging
from huiyin.suggestions.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Urged:
    """One urging so far, as the ladder looks at it."""

    rung: str
    on: date
    due_on: date | None


def last_day(part: Assignment) -> date | None:
    """When the organ was urged last, by the calendar or by hand."""
    found: QuerySet[Urging] = Urging.objects.filter(URGED, assignment=part)
    last: date | None = found.aggregate(last=Max("on"))["last"]
    return last


def rung_due(
    due_on: date, *, assigned_on: date, urged: Sequence[Urged], ruling: Ruling, on: date
) -> Rung | None:
    """Return the rung on which an organ is to be urged on this day, or None.

    Soon and today are said once of one due day, overdue again and again; nothing sooner after the
    urging before than the interval of the rules. A part due sooner than the notice before it is
    not urged on the day it is assigned: that it is due soon was said by the assignment itself.
    """
    rung = _rung(due_on, near_days=ruling.rules.lights.near_due_days, on=on)
    if rung is None or on <= assigned_on:
        return None
    if rung != Rung.OVERDUE and any((each.rung, each.due_on) == (rung, due_on) for each in urged):
        return None
    if not urged:
        return rung
    urging = ruling.rules.urging
    late = rung == Rung.OVERDUE and urged[-1].rung == Rung.OVERDUE
    pauses = [urging.interval, urging.overdue_every] if late else [urging.interval]
    again = max(_after(urged[-1].on, pause, ruling=ruling) for pause in pauses)
    return rung if on >= again else None


def _rung(due_on: date, *, near_days: int, on: date) -> Rung | None:
    if on > due_on:
        return Rung.OVERDUE
    if on == due_on:
        return Rung.DUE
    return Rung.NEAR if on >= due_on - timedelta(days=near_days) else None


def _after(day: date, period: Period, *, ruling: Ruling) -> date:
    return due(day, period, rules=ruling.rules, calendar=ruling.calendar).date


def read_by(assigned_on: date, *, ruling: Ruling) -> date:
    """The last day on which an organ may read that it was charged."""
    return _after(assigned_on, ruling.rules.urging.unread_limit, ruling=ruling)
