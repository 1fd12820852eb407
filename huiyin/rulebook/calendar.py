"""Working days in China: weekends, the holidays of the notices, and the make-up working days.

A year whose notice is not loaded has weekends only and is *provisional*: whoever shows a date
that depends on it must say so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from huiyin.rulebook.notice_files import shipped_notices
from huiyin.rulebook.notices import Notice
from huiyin.rulebook.words import Words

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class NoticedDay:
    """A day on which a notice changes the ordinary week. ``notice`` is its document number."""

    works: bool
    name: Words
    notice: str


class WorkCalendar:
    """Which days are worked. ``years`` are those whose notice is known."""

    def __init__(self, days: dict[date, NoticedDay], *, years: Iterable[int]) -> None:
        self._days = dict(days)
        self._years = frozenset(years)
        # The days on which a notice turns the ordinary week round, and how many working days
        # they have added (taken, when negative) up to each: years are counted without a walk.
        self._turned = sorted(
            day for day, noticed in days.items() if noticed.works != _is_weekday(day)
        )
        self._added = list(accumulate(1 if days[day].works else -1 for day in self._turned))

    def noticed(self, day: date) -> NoticedDay | None:
        """What a notice says about ``day``, if anything."""
        return self._days.get(day)

    def is_working_day(self, day: date) -> bool:
        noticed = self._days.get(day)
        return _is_weekday(day) if noticed is None else noticed.works

    def provisional(self, day: date) -> bool:
        """Whether ``day`` lies in a year without a notice, so that it may yet change."""
        return day.year not in self._years

    def add_working_days(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``, which is not counted itself.

        >>> shipped_calendar().add_working_days(date(2020, 4, 24), 1)  # 26 April was worked
        datetime.date(2020, 4, 26)
        """
        if days < 0:
            raise ValueError("days must not be negative")
        # Five of seven days are worked, less those the notices take.
        farthest = 7 * ((days + len(self._turned)) // 5 + 2)
        return start + _DAY * bisect_left(
            range(farthest),
            days,
            key=lambda at: self.working_days_between(start, start + _DAY * at),
        )

    def subtract_working_days(self, end: date, days: int) -> date:
        """The ``days``-th working day before ``end``, which is not counted itself.

        >>> shipped_calendar().subtract_working_days(date(2020, 4, 27), 1)  # 26 April was worked
        datetime.date(2020, 4, 26)
        """
        if days < 0:
            raise ValueError("days must not be negative")
        farthest = 7 * ((days + len(self._turned)) // 5 + 2)
        before = end - _DAY
        return end - _DAY * bisect_left(
            range(farthest),
            days,
            key=lambda at: self.working_days_between(end - _DAY * at - _DAY, before),
        )

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` up to and including ``end``.

        >>> shipped_calendar().working_days_between(date(2020, 4, 24), date(2020, 5, 6))
        6
        """
        if end <= start:
            return 0
        weeks, rest = divmod((end - start).days, 7)
        days = sum(_is_weekday(start + _DAY * at) for at in range(1, rest + 1))
        return 5 * weeks + days + self._added_until(end) - self._added_until(start)

    def _added_until(self, day: date) -> int:
        at = bisect_right(self._turned, day)
        return self._added[at - 1] if at else 0


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar of the notices that come with the program."""
    return calendar_of(shipped_notices())


def calendar_of(notices: Iterable[Notice]) -> WorkCalendar:
    """The calendar of these notices. Where two name the same day, the one issued later holds."""
    ordered = sorted(notices, key=lambda each: each.issued)
    days: dict[date, NoticedDay] = {}
    for notice in ordered:
        days |= _days_of(notice)
    return WorkCalendar(days, years=(notice.year for notice in ordered))


def _days_of(notice: Notice) -> dict[date, NoticedDay]:
    cited = notice.cited.zh
    days = {
        day: NoticedDay(works=False, name=rest.name, notice=cited)
        for rest in notice.rests
        for day in rest.days
    }
    making_up = NoticedDay(
        works=True, name=Words(zh="调休上班", en="make-up working day"), notice=cited
    )
    return days | dict.fromkeys(notice.work, making_up)
