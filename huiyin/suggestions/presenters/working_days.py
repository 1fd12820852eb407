"""The working days of a year as pages and the command line show them, and what a notice moved."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, pgettext

from huiyin.rulebook import Notice, WorkCalendar
from huiyin.suggestions.models import ClockName, Redated
from huiyin.suggestions.running import Changed
from huiyin.ui import days

# Years that are shown: those the calendar is worked out for.
FIRST, LAST = 2001, 2100
_WEEKDAY = 5
_A_WEEK = [date(2024, 1, day) for day in range(1, 8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """``mark`` is the word on a day that is not what the ordinary week makes of it."""

    on: date
    works: bool
    mark: str
    name: str
    notice: str

    @property
    def weekday(self) -> str:
        return days.weekday(self.on)

    @property
    def kind(self) -> str:
        """How the cell of the grid looks; the mark says the same in words."""
        if self.mark:
            return "makeup" if self.works else "off"
        return "plain" if self.works else "weekend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    first: date
    # None where the week belongs to another month.
    weeks: Sequence[Sequence[Day | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    year: int
    provisional: bool
    state: str
    notices: Sequence[Notice]
    months: Sequence[Month]
    turned: Sequence[Day]
    worked: int
    # Monday first.
    weekdays: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One changed date in a list: of which case, from when to when, who was told."""

    key: str
    number: str
    title: str
    clock: str
    organ: str
    was: date | None
    now: date | None
    provisional: bool
    told: Sequence[str]


def state_of(*, provisional: bool) -> str:
    return pgettext("calendar", "provisional") if provisional else pgettext("calendar", "announced")


def year_of(year: int, *, calendar: WorkCalendar, notices: Iterable[Notice]) -> Year:
    """Every day of the year, and the notices it rests on."""
    months = [_month(date(year, month, 1), calendar) for month in range(1, 13)]
    every = [day for month in months for week in month.weeks for day in week if day]
    provisional = calendar.provisional(date(year, 1, 1))
    return Year(
        year=year,
        provisional=provisional,
        state=state_of(provisional=provisional),
        notices=[each for each in notices if each.year == year],
        months=months,
        turned=[day for day in every if day.mark],
        worked=sum(day.works for day in every),
        weekdays=[days.weekday(day) for day in _A_WEEK],
    )


def _month(first: date, calendar: WorkCalendar) -> Month:
    weeks = [
        [_day(day, calendar) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(first=first, weeks=weeks)


def _day(on: date, calendar: WorkCalendar) -> Day:
    works, noticed = calendar.is_working_day(on), calendar.noticed(on)
    mark = ""
    if noticed is not None and (works != (on.weekday() < _WEEKDAY) or not works):
        mark = pgettext("day", "work") if works else pgettext("day", "off")
    return Day(
        on=on,
        works=works,
        mark=mark,
        name=noticed.name.said_in(get_language() or "") if noticed else "",
        notice=noticed.notice if noticed else "",
    )


# --- What a notice or a change of rules moved


def changed_line(each: Changed) -> Line:
    """A change as it is foretold or as it has just been made."""
    return Line(
        key=each.case.key,
        number=each.case.number or "—",
        title=each.case.title,
        clock=str(ClockName(each.clock).label),
        organ=each.part.organ.name if each.part else "",
        was=each.was,
        now=each.now,
        provisional=each.provisional,
        told=[post.person.name for post in each.told],
    )


def redated_line(fact: Redated, *, names: dict[str, str]) -> Line:
    """A change as it is on record; ``names`` gives the person behind each post's key."""
    return Line(
        key=fact.suggestion.key,
        number=fact.suggestion.number or "—",
        title=fact.suggestion.title,
        clock=str(ClockName(fact.clock).label),
        organ=fact.assignment.organ.name if fact.assignment else "",
        was=fact.was,
        now=fact.now,
        provisional=fact.provisional,
        told=[names[key] for key in fact.told.split() if key in names],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A year in the list of years."""

    year: int
    provisional: bool
    state: str
    notices: Sequence[tuple[str, str]]


def row_of(year: int, *, calendar: WorkCalendar, notices: Iterable[Notice]) -> Row:
    """The year with the number and title of each of its notices."""
    provisional = calendar.provisional(date(year, 1, 1))
    return Row(
        year=year,
        provisional=provisional,
        state=state_of(provisional=provisional),
        notices=[
            (each.cited.said_in(get_language() or ""), each.title)
            for each in notices
            if each.year == year
        ],
    )
