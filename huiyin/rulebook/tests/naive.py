"""A second way of counting, written for plainness alone: every day is walked, nothing is shared.

It knows days of rest and of work as two plain sets, does its own arithmetic of months, and reads
of the rulebook only counts, units and switches.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from huiyin.rulebook import NoticedDay, Words, WorkCalendar

DAY = timedelta(days=1)
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class NaiveCalendar:
    """Days on which a notice lets people rest, and days on which it makes them work."""

    rests: frozenset[date]
    works: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        if day in self.works:
            return True
        if day in self.rests:
            return False
        # 1 January 2001 was a Monday.
        return (day - date(2001, 1, 1)).days % 7 < 5

    def as_work_calendar(self, years: Iterable[int] = ()) -> WorkCalendar:
        days = {
            day: NoticedDay(works=works, name=Words(zh="调", en="moved"), notice="号")
            for chosen, works in ((self.rests, False), (self.works, True))
            for day in chosen
        }
        return WorkCalendar(days, years=years)


def naive_months(start: date, count: int) -> date:
    """The Civil Code's words: the same number in the month it ends in, or that month's last day."""
    year, month = start.year, start.month
    while count > 0:
        month += 1
        if month == 13:
            year, month = year + 1, 1
        count -= 1
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 29 if leap else LENGTHS[month - 1]
    return date(year, month, start.day if start.day < longest else longest)


@dataclass(kw_only=True)
class NaiveClock:
    """One period, counted out by walking. ``pauses``: from a day until the day it runs again."""

    start: date
    count: int
    unit: str
    calendar: NaiveCalendar
    start_day_counts: bool = False
    rolls: bool = False
    added: int = 0
    pauses: list[tuple[date, date]] = field(default_factory=list)

    def last_day(self) -> date:
        first = self.start if self.start_day_counts else self.start + DAY
        end = self._counted_out(first)
        for begun, over in self.pauses:
            if begun > self._rolled(end):
                continue
            day = begun
            while day < over:
                if day >= first:
                    end = self._one_more(end, day)
                day += DAY
        return self._rolled(end)

    def _counted_out(self, first: date) -> date:
        count = self.count + self.added
        if self.unit == "months":
            end = naive_months(self.start, count)
            return end - DAY if self.start_day_counts else end
        day = first - DAY
        while count > 0:
            day += DAY
            if self.unit == "days" or self.calendar.is_working_day(day):
                count -= 1
        return day

    def _one_more(self, end: date, stood: date) -> date:
        """The end, one day of the period's kind later, for a day on which the clock stood."""
        if self.unit != "working_days":
            return end + DAY
        if not self.calendar.is_working_day(stood):
            return end
        end += DAY
        while not self.calendar.is_working_day(end):
            end += DAY
        return end

    def _rolled(self, end: date) -> date:
        while self.rolls and not self.calendar.is_working_day(end):
            end += DAY
        return end
