"""Months as grids of days, with what each day is to those who work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, pgettext

from huiyin.rulebook import WorkCalendar
from huiyin.ui.days import month_name, weekday

_WRITTEN = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])", re.ASCII)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One square of a grid. ``name``: the holiday. ``makes_up``: a weekend day that is worked."""

    on: date
    in_month: bool
    rests: bool
    makes_up: bool = False
    name: str = ""

    @property
    def mark(self) -> str:
        """What Chinese wall calendars print beside an unusual day."""
        if self.makes_up:
            return pgettext("calendar mark", "on")
        return pgettext("calendar mark", "off") if self.rests and self.name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """``provisional``: its holidays are not announced yet."""

    first: date
    weeks: Sequence[Sequence[Day]]
    provisional: bool

    @property
    def label(self) -> str:
        return label_of(self.first)

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]


def month(first: date, *, calendar: WorkCalendar) -> Month:
    """The month that begins on ``first``, in whole weeks from Monday to Sunday."""
    begin = first - _DAY * first.weekday()
    rows = []
    while begin < after(first):
        rows.append([_day(begin + _DAY * at, first=first, calendar=calendar) for at in range(7)])
        begin += _DAY * 7
    return Month(first=first, weeks=rows, provisional=calendar.provisional(first))


def _day(on: date, *, first: date, calendar: WorkCalendar) -> Day:
    noticed = calendar.noticed(on)
    return Day(
        on=on,
        in_month=on.month == first.month,
        rests=not calendar.is_working_day(on),
        makes_up=noticed is not None and noticed.works,
        name=noticed.name.said_in(get_language() or "") if noticed else "",
    )


def weekdays() -> list[str]:
    """The heads of a grid's columns."""
    monday = date(2018, 1, 1)
    return [weekday(monday + _DAY * at) for at in range(7)]


def label_of(first: date) -> str:
    return pgettext("month of a year", "%(month)s %(year)s") % {
        "month": month_name(first),
        "year": first.year,
    }


def read(text: str) -> date | None:
    """The first day of a month written like 2020-07; None for anything else."""
    written = _WRITTEN.fullmatch(text)
    return date(int(written[1]), int(written[2]), 1) if written else None


def after(first: date) -> date:
    """The first day of the month after the one of ``first``."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def before(first: date) -> date:
    """The first day of the month before the one of ``first``."""
    return (first.replace(day=1) - _DAY).replace(day=1)
