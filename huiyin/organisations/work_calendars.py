"""The working days this house counts by: the notices shipped, and those loaded since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from huiyin.organisations.models import CalendarNotice
from huiyin.rulebook.calendar import WorkCalendar, calendar_of
from huiyin.rulebook.notice_files import shipped_notices
from huiyin.rulebook.notices import Notice, of_content

# Before any notice was loaded, and after each: nobody keeps more calendars at once.
EDITIONS = 64


def work_calendar(*, notices: Sequence[str] | None = None) -> WorkCalendar:
    """The calendar of all notices; or of those shipped and, by key, these loaded ones alone.

    One small query without ``notices``. What a notice says never changes, so a calendar once made
    is kept in the memory of the process.
    """
    if notices is not None:
        return _calendar(tuple(notices))
    return _calendar(tuple(CalendarNotice.objects.values_list("key", flat=True)))


def known_notices() -> tuple[Notice, ...]:
    """All notices this house knows, the earlier issued first."""
    loaded = [of_content(each.content) for each in CalendarNotice.objects.all()]
    return tuple(sorted((*shipped_notices(), *loaded), key=lambda each: each.issued))


@lru_cache(maxsize=EDITIONS)
def _calendar(keys: tuple[str, ...]) -> WorkCalendar:
    rows = CalendarNotice.objects.filter(key__in=keys) if keys else ()
    return calendar_of([*shipped_notices(), *(of_content(each.content) for each in rows)])
