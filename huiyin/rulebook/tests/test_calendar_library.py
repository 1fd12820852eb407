"""Day by day against a library kept by others, for every year both know."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from huiyin.rulebook import shipped_calendar


@pytest.mark.parametrize("year", range(2015, 2027))
def test_every_day_is_worked_or_not_as_the_library_has_it(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=at) for at in range((date(year + 1, 1, 1) - first).days)]
    ours = [shipped_calendar().is_working_day(day) for day in days]
    assert ours == [chinese_calendar.is_workday(day) for day in days]
