"""From a day and a period to a due date that explains itself, and to a light.

Pure functions: the rules, the calendar and today are arguments. Articles 201 to 203 of the Civil
Code are followed by analogy, as far as the rulebook says so.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

from huiyin.rulebook import trace
from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.model import Period, Rulebook, Unit
from huiyin.rulebook.trace import TraceLine
from huiyin.rulebook.values import Length

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """``provisional``: the date rests on a year whose holidays are not yet announced."""

    date: dt.date
    trace: tuple[TraceLine, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still on every day from ``since`` up to the day before ``until``."""

    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a due date is summed up from.

    ``start`` is the day of the act that ``period.counted_from`` names. ``more`` are extensions:
    months are added to months and days to days before anything is counted out, so that three
    months and three more are six.
    """

    start: dt.date
    period: Period
    more: tuple[Length, ...] = ()
    pauses: tuple[Pause, ...] = ()


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day ``months`` later; the last of the month when there is none.

    >>> add_months(dt.date(2023, 11, 30), 3)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def due(start: dt.date, period: Period, *, rules: Rulebook, calendar: WorkCalendar) -> Due:
    """The last day of ``period``, counted from ``start``, and how it was found.

    Where the rulebook counts the start day, a period ends one day (one working day) earlier.
    """
    found = sum_up(Span(start=start, period=period), rules=rules, calendar=calendar)
    opening = [
        trace.start_line(start, period.counted_from, rules),
        trace.length_line(period, rules),
    ]
    return Due(found.date, (*opening, *found.trace), found.provisional)


def sum_up(span: Span, *, rules: Rulebook, calendar: WorkCalendar) -> Due:
    """The last day of ``span``, and the steps from its length to it."""
    sum_ = _Sum(span=span, rules=rules, calendar=calendar)
    sum_.count_out()
    for pause in span.pauses:
        sum_.make_up(pause)
    return sum_.closed()


def counted_out(span: Span, *, rules: Rulebook, calendar: WorkCalendar) -> dt.date:
    """The last day before pauses and holidays move it: what a longest time is compared with."""
    sum_ = _Sum(span=span, rules=rules, calendar=calendar)
    sum_.count_out()
    return sum_.end


def light(
    due_on: dt.date | None,
    *,
    today: dt.date,
    threshold: int,
    closed: bool = False,
    paused: bool = False,
) -> Light:
    """Red past the due day, amber from ``threshold`` days before it, green earlier.

    Grey when nothing is due: no date, closed, or paused.
    """
    if due_on is None or closed or paused:
        return Light.GREY
    left = (due_on - today).days
    if left < 0:
        return Light.RED
    return Light.AMBER if left <= threshold else Light.GREEN


@dataclass(slots=True, kw_only=True)
class _Sum:
    """A date on its way through the steps, each of which leaves a line."""

    span: Span
    rules: Rulebook
    calendar: WorkCalendar
    end: dt.date = dt.date.min
    # The first day of what is counted in working days, if anything is.
    walked_from: dt.date | None = None
    stood: set[dt.date] = field(default_factory=set)
    steps: list[TraceLine] = field(default_factory=list)

    @property
    def first(self) -> dt.date:
        """The first day that is counted."""
        return self.span.start if self.rules.counting.start_day_counts else self.span.start + _DAY

    @property
    def last(self) -> dt.date:
        """The end, moved to the next working day where the rulebook moves it."""
        if self.rules.counting.roll_forward_on_holiday and not self.calendar.is_working_day(
            self.end
        ):
            return self.calendar.add_working_days(self.end, 1)
        return self.end

    def count_out(self) -> None:
        lengths = [Length(self.span.period.count, self.span.period.unit)]
        for each in self.span.more:
            if each.unit is lengths[-1].unit:
                lengths[-1] = Length(lengths[-1].count + each.count, each.unit)
            else:
                lengths.append(each)
        start, first = self.span.start, self.first
        for length in lengths:
            self._count(start, first, length)
            start, first = self.end, self.end + _DAY

    def _count(self, start: dt.date, first: dt.date, length: Length) -> None:
        """Count one length out, of which ``first`` is the first day."""
        if length.unit is Unit.MONTHS:
            self.end = add_months(start, length.count)
            self.steps.append(trace.month_line(start, self.end))
            if first == start:
                self.end -= _DAY
                self.steps.append(trace.day_before_line(self.end))
        elif length.unit is Unit.DAYS:
            self.end = first + _DAY * (length.count - 1)
        else:
            self.walked_from = self.walked_from or first
            self.end = self.calendar.add_working_days(first - _DAY, length.count)

    def make_up(self, pause: Pause) -> None:
        """Add the days on which the clock stood still.

        A pause that begins after the last day, as an extension taken back can leave one, comes
        too late to save anything.
        """
        if pause.since > self.last:
            return
        since = max(pause.since, self.first)
        unit = self.span.period.unit
        if unit is Unit.WORKING_DAYS:
            days = self.calendar.working_days_between(since - _DAY, pause.until - _DAY)
            self.end = self.calendar.add_working_days(self.end, days)
        else:
            days = max((pause.until - since).days, 0)
            self.end += _DAY * days
        self.stood |= {since + _DAY * at for at in range((pause.until - since).days)}
        self.steps.append(trace.pause_line(pause.since, pause.until, days, unit, self.end))

    def closed(self) -> Due:
        last = self.last
        if self.walked_from:
            stood = frozenset(self.stood)
            walked = trace.exceptions(self.walked_from, self.end, stood, self.calendar)
            self.steps = list(chain(walked, self.steps))
        if not self.calendar.is_working_day(self.end):
            self.steps.append(trace.rest_line(self.end, last, self.rules))
        guessed = self._guessed_years(last)
        if guessed:
            self.steps.append(trace.provisional_line(guessed))
        self.steps.append(trace.due_line(last))
        return Due(last, tuple(self.steps), provisional=bool(guessed))

    def _guessed_years(self, last: dt.date) -> tuple[int, ...]:
        """The years the date leans on whose holidays are not announced."""
        if self.walked_from:
            first = self.walked_from
        elif self.rules.counting.roll_forward_on_holiday:
            first = self.end
        else:
            return ()
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if self.calendar.provisional(dt.date(year, 1, 1)))
