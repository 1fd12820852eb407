"""The days of a rhythm: pure arithmetic on the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from huiyin.supervision.stages import RhythmKind

_MONTHS = {
    RhythmKind.MONTH: 1,
    RhythmKind.QUARTER: 3,
    RhythmKind.HALF_YEAR: 6,
    RhythmKind.YEAR: 12,
}
_WEEK = timedelta(days=7)


def turns(kind: str, *, begins_on: date, until: date) -> Iterator[date]:
    """Yield the days on which a turn is due, from the first one on until ``until``.

    A week's falls on the same weekday; a half month's on the 15th and the last day; a longer
    one's on the same day of the month, or its last where the month is shorter.
    """
    day, number = begins_on, 0
    if kind == RhythmKind.HALF_MONTH:
        yield from _half_months(begins_on, until)
        return
    while day <= until:
        yield day
        number += 1
        if kind == RhythmKind.WEEK:
            day = begins_on + number * _WEEK
        else:
            day = _months_later(begins_on, number * _MONTHS[RhythmKind(kind)])


def _half_months(begins_on: date, until: date) -> Iterator[date]:
    month = begins_on.replace(day=1)
    while month <= until:
        last = month.replace(day=monthrange(month.year, month.month)[1])
        for day in (month.replace(day=15), last):
            if begins_on <= day <= until:
                yield day
        month = last + timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
