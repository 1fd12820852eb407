"""What the events of a clock come to, and how it reads on a day."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.clocks import Light, Pause, light
from huiyin.rulebook.kinds import CLOCKS, ClockKind
from huiyin.rulebook.model import Rulebook
from huiyin.rulebook.trace import TraceLine

_DAY = dt.timedelta(days=1)


class Days(NamedTuple):
    """A length of time, counted both ways."""

    calendar: int
    working: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a clock reads on a day. ``left`` is negative once it is late.

    ``elapsed`` runs from the very first assignment and never stops before the clock is met:
    neither another organ nor a pause hides how long the deputy has waited.
    """

    light: Light
    used: Days
    left: Days
    elapsed: Days
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the events of one clock come to. It does not depend on the day it is looked at."""

    kind: ClockKind
    date: dt.date
    trace: tuple[TraceLine, ...]
    provisional: bool
    first_on: dt.date  # the first assignment, or the act that began it
    start: dt.date  # the day the period is counted from now
    paused_on: dt.date | None
    met_on: dt.date | None
    pauses: tuple[Pause, ...]
    rules: Rulebook = field(repr=False, compare=False)
    calendar: WorkCalendar = field(repr=False, compare=False)

    def read(self, on: dt.date) -> Reading:
        """How it reads at the end of ``on``, a day not before its last event."""
        is_right = CLOCKS[self.kind].is_right
        now = self.met_on or self.paused_on or on
        left = self._between(now, self.date)
        return Reading(
            light=light(
                self.date,
                today=on,
                threshold=self.rules.lights.near_due_days,
                closed=self.met_on is not None or (is_right and on > self.date),
                paused=self.paused_on is not None,
            ),
            used=self._used(now),
            left=left,
            elapsed=self._between(self.first_on, self.met_on or on),
            days_late=0 if is_right else max(-left.calendar, 0),
        )

    def _used(self, now: dt.date) -> Days:
        """From the start to ``now``, without the days on which it stood still."""
        days, working = self._between(self.start, now)
        for pause in self.pauses:
            # The day of a pause is not used, that of running again is.
            since = max(pause.since, self.start + _DAY) - _DAY
            until = min(pause.until - _DAY, now)
            if until > since:
                still = self._between(since, until)
                days, working = days - still.calendar, working - still.working
        return Days(max(days, 0), max(working, 0))

    def _between(self, start: dt.date, end: dt.date) -> Days:
        """Days after ``start`` up to ``end``; negative when ``end`` comes first."""
        if end < start:
            return Days((end - start).days, -self.calendar.working_days_between(end, start))
        return Days((end - start).days, self.calendar.working_days_between(start, end))
