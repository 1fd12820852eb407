"""Days in words. What is left until a day stands beside the day itself, never alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

NEAR_DAYS = 7
NEAR_WORKING_DAYS = 5


# Lazy: a page names many days, and only the one month it needs is looked up.
_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
_MONTHS = (
    pgettext_lazy("month", "January"),
    pgettext_lazy("month", "February"),
    pgettext_lazy("month", "March"),
    pgettext_lazy("month", "April"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"),
    pgettext_lazy("month", "August"),
    pgettext_lazy("month", "September"),
    pgettext_lazy("month", "October"),
    pgettext_lazy("month", "November"),
    pgettext_lazy("month", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline as a reader sees it: its day, its light, what is left in words."""

    on: date
    light: str
    left: str


def long_day(day: date) -> str:
    """Day, month, year and weekday."""
    return _("%(weekday)s %(day)s %(month)s %(year)s") % _parts(day)


def plain_day(day: date) -> str:
    """Day, month and year, for tables."""
    return pgettext("day", "%(day)s %(month)s %(year)s") % _parts(day)


def short_day(day: date) -> str:
    """Day and month: only where the year is plain from what stands beside it."""
    return pgettext("day", "%(day)s %(month)s") % _parts(day)


def moment(at: datetime) -> str:
    local = localtime(at)
    words = {"day": plain_day(local.date()), "time": f"{local:%H:%M}"}
    return _("%(day)s, %(time)s") % words


def due(
    on: date,
    *,
    today: date,
    working_days: int | None = None,
    stopped: bool = False,
    light: str = "",
) -> Due:
    """``working_days`` left (negative when past) come from the calendar of the case.

    Without them days of the calendar are counted, and said to be such.
    """
    found = light or ("still" if stopped else _light(on, today=today, working_days=working_days))
    left = "" if stopped else left_in_words(on, today=today, working_days=working_days)
    return Due(on=on, light=found, left=left)


def left_in_words(on: date, *, today: date, working_days: int | None = None) -> str:
    days = (on - today).days
    if days == 0:
        return _("due today")
    if working_days is not None and working_days:
        return _working_days(working_days)
    if days > 0:
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}


def _working_days(left: int) -> str:
    if left > 0:
        return ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}
    return ngettext("%(n)s working day late", "%(n)s working days late", -left) % {"n": -left}


def _light(on: date, *, today: date, working_days: int | None) -> str:
    if on < today:
        return "late"
    if working_days is not None:
        return "near" if working_days <= NEAR_WORKING_DAYS else "normal"
    return "near" if (on - today).days <= NEAR_DAYS else "normal"


def _parts(day: date) -> dict[str, object]:
    return {
        "weekday": weekday(day),
        "day": day.day,
        "month": month_name(day),
        "year": day.year,
    }


def weekday(day: date) -> str:
    return str(_WEEKDAYS[day.weekday()])


def month_name(day: date) -> str:
    return str(_MONTHS[day.month - 1])


def local_day(value: date) -> date:
    """The day here of a moment or a day."""
    if isinstance(value, datetime):
        return localtime(value).date()
    return value
