"""Working days: the notices of 2020 day by day, and the arithmetic on any calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rulebook import shipped_calendar
from huiyin.rulebook.tests.strategies import DAYS, calendars

# 国办发明电〔2019〕16号, and 国办发明电〔2020〕1号 for 31 January to 2 February, copied by hand:
# the weekdays that were not worked and the weekend days that were.
RESTED = [
    *((1, day) for day in (1, 24, 27, 28, 29, 30, 31)),
    (4, 6),
    *((5, day) for day in (1, 4, 5)),
    *((6, day) for day in (25, 26)),
    *((10, day) for day in (1, 2, 5, 6, 7, 8)),
]
WORKED = [(1, 19), (4, 26), (5, 9), (6, 28), (9, 27), (10, 10)]


def test_every_day_of_2020() -> None:
    calendar = shipped_calendar()
    day = date(2020, 1, 1)
    while day.year == 2020:
        plain = day.strftime("%a") not in ("Sat", "Sun")
        moved = (day.month, day.day) in (RESTED if plain else WORKED)
        assert calendar.is_working_day(day) is (plain is not moved), day
        day += timedelta(days=1)


def test_the_later_notice_holds() -> None:
    # The Saturday was to be worked; then the Spring Festival was made longer.
    noticed = shipped_calendar().noticed(date(2020, 2, 1))
    assert noticed is not None
    assert noticed.notice == "国办发明电〔2020〕1号"
    assert not noticed.works


def test_a_year_without_a_notice_is_weekdays_and_provisional() -> None:
    calendar = shipped_calendar()
    assert not calendar.provisional(date(2020, 12, 31))
    assert calendar.provisional(date(2021, 1, 1))
    assert calendar.is_working_day(date(2021, 1, 1))
    assert not calendar.is_working_day(date(2021, 1, 2))
    assert calendar.noticed(date(2021, 1, 1)) is None


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


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert shipped_calendar().working_days_between(date(2020, 4, 24), date(2020, 4, 24)) == 0
    assert shipped_calendar().working_days_between(date(2020, 4, 24), date(2020, 4, 20)) == 0


@given(data=st.data(), start=DAYS, days=st.integers(1, 120))
def test_adding_and_counting_are_inverse(data: st.DataObject, start: date, days: int) -> None:
    calendar = data.draw(calendars(start))
    end = calendar.add_working_days(start, days)
    assert calendar.is_working_day(end)
    assert calendar.working_days_between(start, end) == days
    assert calendar.working_days_between(start, end - timedelta(days=1)) == days - 1
