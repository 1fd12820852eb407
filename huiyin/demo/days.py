"""Working days and office hours of the demo's year."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from huiyin.demo.chance import Chance
from huiyin.kernel.clock import ZONE
from huiyin.rulebook import shipped_calendar

# The stretch of the calendar that any act of the demo may fall in.
FIRST, LAST = date(2018, 1, 1), date(2020, 12, 31)
# Minutes after midnight: from half past eight to noon, from half past two to twenty to six.
_MORNING, _AFTERNOON = (510, 715), (870, 1060)
_EVENING_TOO = (480, 1310)
_STEP = timedelta(minutes=3)


@cache
def working_days() -> tuple[date, ...]:
    """Every working day of the stretch, in order."""
    calendar = shipped_calendar()
    every = (FIRST + timedelta(days=at) for at in range((LAST - FIRST).days + 1))
    return tuple(day for day in every if calendar.is_working_day(day))


def worked(start: date, end: date) -> Sequence[date]:
    """Return the working days from ``start`` to ``end``, both included; never none."""
    days = working_days()
    found = days[bisect_left(days, start) : bisect_right(days, end)]
    return found or [on_or_before(end)]


def on_or_after(day: date) -> date:
    """Return ``day`` itself when it is worked, else the next working day."""
    days = working_days()
    return days[bisect_left(days, day)]


def on_or_before(day: date) -> date:
    """Return ``day`` itself when it is worked, else the last working day before it."""
    days = working_days()
    return days[bisect_right(days, day) - 1]


def shifted(day: date, count: int) -> date:
    """Return the working day ``count`` working days after ``day`` (before it when negative)."""
    days = working_days()
    at = bisect_left(days, day) if count >= 0 else bisect_right(days, day) - 1
    return days[at + count]


def in_office(chance: Chance, day: date) -> datetime:
    """Return a moment of that day's office hours."""
    low, high = _MORNING if chance.falls(0.55) else _AFTERNOON
    return _moment(day, chance.between(low, high), chance.below(60))


def at_home(chance: Chance, day: date) -> datetime:
    """Return a moment when somebody who is no official sits down to it."""
    return _moment(day, chance.between(*_EVENING_TOO), chance.below(60))


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return that moment in China's time zone."""
    return datetime.combine(day, time(hour, minute, second), ZONE)


def in_turn(moments: Sequence[datetime]) -> list[datetime]:
    """Return the moments, each moved just so far that it is later than the one before."""
    ordered: list[datetime] = []
    for moment in moments:
        if ordered and moment <= ordered[-1]:
            moment = ordered[-1] + _STEP
        ordered.append(moment)
    return ordered


def _moment(day: date, minutes: int, second: int) -> datetime:
    return at(day, minutes // 60, minutes % 60, second)
