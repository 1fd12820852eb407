"""A month of deadlines: a grid at a desk, a list of days on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from huiyin.accounts.actor import Actor
from huiyin.organisations.selectors import work_calendar
from huiyin.suggestions import agenda
from huiyin.suggestions.agenda import Agenda
from huiyin.suggestions.presenters.clocks import light_of
from huiyin.ui import months

# How many of a day's deadlines a square holds; the others are one step away.
IN_A_SQUARE = 3
ON_A_DAY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One deadline of a day, and the way to its case."""

    kind: object
    number: str
    title: str
    light: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A day with what is due on it. ``more``: how many are not shown."""

    day: months.Day
    items: Sequence[Item]
    count: int
    is_today: bool
    url: str

    @property
    def more(self) -> int:
        return self.count - len(self.items)

    @property
    def css(self) -> str:
        """What sets the square apart."""
        named = (
            ("is-outside", not self.day.in_month),
            ("is-rest", self.day.rests),
            ("is-worked", self.day.makes_up),
            ("is-today", self.is_today),
            ("is-empty", not self.count),
        )
        return " ".join(name for name, holds in named if holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    month: months.Month
    squares: Sequence[Square]
    chosen: Square | None
    count: int
    today_url: str
    before_url: str
    after_url: str

    @property
    def weekdays(self) -> list[str]:
        return months.weekdays()


def month_page(
    actor: Actor, *, first: date, chosen: date | None, today: date, threshold: int
) -> MonthPage:
    """The month that begins on ``first``; of the ``chosen`` day everything."""
    calendar = work_calendar()
    month = months.month(first, calendar=calendar)
    last = months.after(first) - timedelta(days=1)
    found = agenda.between(actor, first=first, last=last, a_day=ON_A_DAY, calendar=calendar)
    squares = [
        _square(day, found, today=today, threshold=threshold, at_most=IN_A_SQUARE)
        for day in month.days
    ]
    full = [
        _square(day, found, today=today, threshold=threshold, at_most=ON_A_DAY)
        for day in month.days
        if day.in_month and day.on == chosen
    ]
    return MonthPage(
        month=month,
        squares=squares,
        chosen=full[0] if full else None,
        count=sum(found.counts.values()),
        today_url=reverse("suggestions:calendar"),
        before_url=address(months.before(first)),
        after_url=address(months.after(first)),
    )


def address(day: date, *, whole: bool = False) -> str:
    """Where the month of ``day`` is, or with ``whole`` that day in full."""
    asked = f"day={day.isoformat()}#day" if whole else f"month={day:%Y-%m}"
    return f"{reverse('suggestions:calendar')}?{asked}"


def _square(day: months.Day, found: Agenda, *, today: date, threshold: int, at_most: int) -> Square:
    light = light_of(day.on, today=today, threshold=threshold)
    shown = found.on(day.on)[:at_most] if day.in_month else []
    return Square(
        day=day,
        items=[
            Item(
                kind=each.kind.label,
                number=each.case.number or "",
                title=each.case.title,
                light=light,
                url=reverse("suggestions:case", args=[each.case.key]),
            )
            for each in shown
        ],
        count=found.counts.get(day.on, 0) if day.in_month else 0,
        is_today=day.on == today,
        url=address(day.on, whole=True),
    )
