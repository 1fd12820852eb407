"""Working days: every day the notices speak of, and the arithmetic on any calendar."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.rulebook import WorkCalendar, calendar_of, shipped_calendar, shipped_notices
from huiyin.rulebook.festivals import statutory_days
from huiyin.rulebook.tests.strategies import DAYS, calendars

GOLDEN = Path(__file__).with_name("every_day.txt")
DAY = timedelta(days=1)
YEARS = range(2015, 2027)


def golden() -> dict[date, bool]:
    """Whether each day of 2015 to 2026 is worked, from the rows of the table."""
    table: dict[date, bool] = {}
    for row in GOLDEN.read_text("utf-8").splitlines():
        if not row.startswith("#"):
            month, marks = row.split()
            first = date.fromisoformat(f"{month}-01")
            table |= {first + DAY * at: mark == "o" for at, mark in enumerate(marks)}
    return table


def test_every_day_of_2015_to_2026() -> None:
    table = golden()
    assert len(table) == 4383
    assert (min(table), max(table)) == (date(2015, 1, 1), date(2026, 12, 31))
    calendar = shipped_calendar()
    assert [day for day, works in table.items() if calendar.is_working_day(day) != works] == []


def test_every_turned_day_names_its_notice() -> None:
    numbers = {notice.number for notice in shipped_notices()}
    assert "" not in numbers and len(numbers) == len(shipped_notices()) == 15
    calendar = shipped_calendar()
    for day, works in golden().items():
        if works != (day.weekday() < 5):
            noticed = calendar.noticed(day)
            assert noticed is not None and noticed.notice in numbers, day


@pytest.mark.parametrize(
    ("day", "works", "notice"),
    [
        # The Saturday was to be worked; then the Spring Festival was made longer.
        (date(2020, 2, 1), False, "国办发明电〔2020〕1号"),
        (date(2020, 1, 31), False, "国办发明电〔2020〕1号"),
        (date(2020, 1, 30), False, "国办发明电〔2019〕16号"),
        # Labour Day of 2019 was one day until March.
        (date(2019, 5, 1), False, "国办发明电〔2019〕3号"),
        (date(2019, 4, 28), True, "国办发明电〔2019〕3号"),
        # The victory day of 2015, by the State Council itself.
        (date(2015, 9, 4), False, "国发明电〔2015〕1号"),
        (date(2015, 9, 6), True, "国发明电〔2015〕1号"),
        # New Year of 2019 took days of the year before.
        (date(2018, 12, 29), True, "国办发明电〔2018〕15号"),
        (date(2018, 12, 31), False, "国办发明电〔2018〕15号"),
    ],
)
def test_the_later_notice_holds(day: date, works: bool, notice: str) -> None:  # noqa: FBT001
    noticed = shipped_calendar().noticed(day)
    assert noticed is not None
    assert (noticed.works, noticed.notice) == (works, notice)


def test_a_house_that_knew_less_then_has_another_calendar() -> None:
    issued_by = [each for each in shipped_notices() if each.issued < date(2020, 1, 26)]
    before = calendar_of(issued_by)
    assert before.is_working_day(date(2020, 2, 1))
    assert not before.provisional(date(2020, 2, 1))
    assert before.provisional(date(2021, 1, 1))


# --- Years without a notice


def test_the_shipped_years_stay_what_they_are() -> None:
    # A notice added to the program later would move dates no record speaks of: it is loaded.
    assert {notice.year for notice in shipped_notices()} == set(YEARS)


def test_a_year_without_a_notice_is_provisional_with_its_statutory_days() -> None:
    calendar = shipped_calendar()
    assert not calendar.provisional(date(2026, 12, 31))
    assert calendar.provisional(date(2027, 1, 1))
    assert calendar.provisional(date(2014, 12, 31))
    rested = [
        date(2027, 1, 1) + DAY * at
        for at in range(365)
        if not calendar.is_working_day(date(2027, 1, 1) + DAY * at)
    ]
    weekdays = [(day.month, day.day) for day in rested if day.weekday() < 5]
    # 6 and 7 February, 1 and 2 May and 2 and 3 October 2027 are weekend days.
    assert weekdays == [(1, 1), (2, 5), (2, 8), (4, 5), (6, 9), (9, 15), (10, 1)]
    assert all(
        calendar.is_working_day(day) is False
        for day in (date(2027, 2, 6), date(2027, 5, 1), date(2027, 10, 9))
    )


def test_a_statutory_day_names_the_law() -> None:
    noticed = shipped_calendar().noticed(date(2027, 1, 1))
    assert noticed is not None
    assert (noticed.works, noticed.name.zh) == (False, "元旦")
    assert noticed.notice == "全国年节及纪念日放假办法第二条"


@pytest.mark.parametrize("year", YEARS)
def test_every_statutory_day_is_off_in_the_notice_of_its_year(year: int) -> None:
    calendar = shipped_calendar()
    for day, name in statutory_days(year):
        assert not calendar.is_working_day(day), (day, name)


def test_the_revision_of_2024_gave_two_days_more() -> None:
    counted = {year: len(list(statutory_days(year))) for year in (2014, 2024, 2025, 2027, 2050)}
    assert counted == {2014: 11, 2024: 11, 2025: 13, 2027: 13, 2050: 13}


def test_beyond_the_table_of_festivals_only_fixed_days_are_known() -> None:
    assert [f"{day:%m-%d}" for day, _name in statutory_days(2060)] == [
        *("01-01", "05-01", "05-02"),
        *("10-01", "10-02", "10-03"),
    ]


# --- Arithmetic


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2020, 4, 24), 0, date(2020, 4, 24)),
        (date(2020, 4, 24), 1, date(2020, 4, 26)),  # a Sunday, worked
        (date(2020, 4, 24), 7, date(2020, 5, 7)),
        (date(2020, 1, 23), 1, date(2020, 2, 3)),
        (date(2020, 9, 26), 1, date(2020, 9, 27)),  # from a day of rest
        (date(2020, 9, 30), 2, date(2020, 10, 10)),  # a Saturday, worked
    ],
)
def test_working_days_after(start: date, days: int, expected: date) -> None:
    assert shipped_calendar().add_working_days(start, days) == expected


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        shipped_calendar().add_working_days(date(2020, 4, 24), -1)

    with pytest.raises(ValueError, match="negative"):
        shipped_calendar().subtract_working_days(date(2020, 4, 24), -1)


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert shipped_calendar().working_days_between(date(2020, 4, 24), date(2020, 4, 24)) == 0
    assert shipped_calendar().working_days_between(date(2020, 4, 24), date(2020, 4, 20)) == 0


def walked(calendar: WorkCalendar, start: date, days: int, step: timedelta) -> date:
    """Day by day: the naive way."""
    day = start
    while days:
        day += step
        days -= calendar.is_working_day(day)
    return day


def test_two_thousand_additions_and_subtractions_are_the_walk() -> None:
    chance = random.Random(20260221)  # noqa: S311 - the same pairs every time
    calendar, first = shipped_calendar(), date(2015, 1, 1).toordinal()
    for _pair in range(2000):
        start = date.fromordinal(first + chance.randrange(4383))
        days = chance.randrange(0, 120)
        assert calendar.add_working_days(start, days) == walked(calendar, start, days, DAY)
        assert calendar.subtract_working_days(start, days) == walked(calendar, start, days, -DAY)


def test_a_long_range_is_not_walked() -> None:
    # Ten working years, across the notices and beyond them.
    end = shipped_calendar().add_working_days(date(2020, 1, 1), 2500)
    assert shipped_calendar().working_days_between(date(2020, 1, 1), end) == 2500


@pytest.mark.slow
@settings(max_examples=10_000, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(start=st.dates(date(2013, 1, 1), date(2029, 1, 1)), days=st.integers(0, 400))
def test_adding_subtracting_and_counting_are_inverse(start: date, days: int) -> None:
    calendar = shipped_calendar()
    end = calendar.add_working_days(start, days)
    assert calendar.working_days_between(start, end) == days
    if days:
        assert calendar.is_working_day(end)
        assert calendar.working_days_between(start, end - DAY) == days - 1
    back = calendar.subtract_working_days(end, days)
    assert calendar.add_working_days(back, days) == end or not calendar.is_working_day(end)
    if calendar.is_working_day(start):
        assert back == start


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data(), start=DAYS, days=st.integers(1, 120))
def test_adding_is_the_walk_on_any_calendar(data: st.DataObject, start: date, days: int) -> None:
    calendar = data.draw(calendars(start))
    end = calendar.add_working_days(start, days)
    assert end == walked(calendar, start, days, DAY)
    assert calendar.working_days_between(start, end) == days
    assert calendar.subtract_working_days(start, days) == walked(calendar, start, days, -DAY)
