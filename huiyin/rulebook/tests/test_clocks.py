"""Due dates against dated cases and against a second, deliberately naive way of counting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rulebook import (
    Light,
    Period,
    Rulebook,
    StartEvent,
    Unit,
    WorkCalendar,
    add_months,
    calendar_of,
    due,
    light,
    load,
    shipped_calendar,
    shipped_notices,
)
from huiyin.rulebook.model import Counting
from huiyin.rulebook.tests.naive import naive_months
from huiyin.rulebook.tests.strategies import DAYS, calendars

HUNAN = load("hunan", on=date(2020, 2, 12))
SEVEN_WORKING_DAYS = Period(7, Unit.WORKING_DAYS, StartEvent.RECEIPT)
DAY = timedelta(days=1)


def counting(*, start_day: bool = False, roll: bool = False) -> Rulebook:
    switches = Counting(start_day_counts=start_day, roll_forward_on_holiday=roll)
    return replace(HUNAN, counting=switches)


def months(count: int) -> Period:
    return Period(count, Unit.MONTHS, StartEvent.ASSIGNMENT)


def days(count: int) -> Period:
    return Period(count, Unit.DAYS, StartEvent.RECEIPT)


# --- Calendar months are not multiples of thirty days


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2020, 2, 12), 3, date(2020, 5, 12)),  # Hunan 2020
        (date(2020, 2, 12), 6, date(2020, 8, 12)),  # 「到8月12日法定时限」
        (date(2024, 3, 31), 3, date(2024, 6, 30)),  # Beijing 2024: 31 March to 30 June
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2020, 12, 31), 2, date(2021, 2, 28)),
        (date(2020, 10, 31), 2, date(2020, 12, 31)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 1, 1), 11, date(2020, 12, 1)),
    ],
)
def test_months(start: date, count: int, expected: date) -> None:
    assert add_months(start, count) == expected
    assert due(start, months(count), rules=HUNAN, calendar=shipped_calendar()).date == expected


def test_three_months_are_not_ninety_days() -> None:
    start, calendar = date(2020, 3, 1), shipped_calendar()
    three_months = due(start, months(3), rules=HUNAN, calendar=calendar).date
    ninety_days = due(start, days(90), rules=HUNAN, calendar=calendar).date
    assert (three_months, ninety_days) == (date(2020, 6, 1), date(2020, 5, 30))


def test_calendar_days_pay_no_heed_to_holidays() -> None:
    found = due(date(2020, 4, 22), HUNAN.return_.limit or days(0), rules=HUNAN, calendar=_none())
    assert found.date == date(2020, 5, 2)
    assert not found.provisional


def test_working_days_cross_a_holiday_and_its_make_up_sunday() -> None:
    found = due(date(2020, 4, 24), SEVEN_WORKING_DAYS, rules=HUNAN, calendar=shipped_calendar())
    assert found.date == date(2020, 5, 7)


# --- The two switches


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (months(1), date(2020, 3, 31)),
        (days(10), date(2020, 3, 10)),
        (Period(5, Unit.WORKING_DAYS, StartEvent.RECEIPT), date(2020, 3, 6)),
    ],
)
def test_the_start_day_counts_where_the_rulebook_says_so(period: Period, expected: date) -> None:
    rules = counting(start_day=True)
    found = due(date(2020, 3, 1), period, rules=rules, calendar=shipped_calendar())
    assert found.date == expected
    assert "当日计入" in found.trace[0].zh


def test_a_working_start_day_is_the_first_of_its_period() -> None:
    monday = date(2020, 3, 2)
    one = Period(1, Unit.WORKING_DAYS, StartEvent.RECEIPT)
    counted = due(monday, one, rules=counting(start_day=True), calendar=shipped_calendar())
    not_counted = due(monday, one, rules=counting(), calendar=shipped_calendar())
    assert (counted.date, not_counted.date) == (monday, date(2020, 3, 3))


@pytest.mark.parametrize(
    ("roll", "expected"), [(False, date(2020, 5, 2)), (True, date(2020, 5, 6))]
)
def test_a_last_day_on_a_holiday(*, roll: bool, expected: date) -> None:
    rules = counting(roll=roll)
    found = due(date(2020, 4, 2), months(1), rules=rules, calendar=shipped_calendar())
    assert found.date == expected
    (line,) = (line for line in found.trace if "休息日" in line.zh)
    assert ("顺延至2020年5月6日" in line.zh) is roll
    assert ("2020-05-06" in line.en) is roll
    assert ("按规则不顺延" in line.zh) is not roll


def test_a_last_day_that_is_worked_stays_and_goes_without_saying() -> None:
    found = due(date(2020, 4, 9), months(1), rules=counting(roll=True), calendar=shipped_calendar())
    assert found.date == date(2020, 5, 9)  # a Saturday, worked
    assert not any("休息日" in line.zh for line in found.trace)


# --- What is provisional


def _none() -> WorkCalendar:
    return WorkCalendar({}, years=())


def _only_2020() -> WorkCalendar:
    return calendar_of(each for each in shipped_notices() if each.year == 2020)


def test_a_working_day_count_that_enters_an_unannounced_year_is_provisional() -> None:
    calendar = _only_2020()
    eight = Period(8, Unit.WORKING_DAYS, StartEvent.RECEIPT)
    within = due(date(2020, 12, 21), eight, rules=HUNAN, calendar=calendar)
    beyond = due(date(2020, 12, 22), eight, rules=HUNAN, calendar=calendar)
    assert (within.date, within.provisional) == (date(2020, 12, 31), False)
    assert (beyond.date, beyond.provisional) == (date(2021, 1, 4), True)
    assert any("2021年" in line.zh and "暂定" in line.zh for line in beyond.trace)
    assert any("2021" in line.en and "provisional" in line.en for line in beyond.trace)
    assert not any("暂定" in line.zh for line in within.trace)


def test_a_start_in_an_unannounced_year_does_not_matter_when_it_is_not_counted() -> None:
    calendar = _only_2020()
    one = Period(1, Unit.WORKING_DAYS, StartEvent.RECEIPT)
    start = date(2019, 12, 31)
    assert not due(start, one, rules=counting(), calendar=calendar).provisional
    assert due(start, one, rules=counting(start_day=True), calendar=calendar).provisional


def test_every_unannounced_year_on_the_way_is_named() -> None:
    period = Period(300, Unit.WORKING_DAYS, StartEvent.RECEIPT)
    found = due(date(2020, 12, 22), period, rules=HUNAN, calendar=_only_2020())
    assert any("2021、2022年" in line.zh for line in found.trace)


def test_months_lean_on_the_calendar_only_where_the_last_day_may_roll() -> None:
    calendar = _only_2020()
    start = date(2020, 12, 30)
    assert not due(start, months(1), rules=counting(), calendar=calendar).provisional
    assert due(start, months(1), rules=counting(roll=True), calendar=calendar).provisional
    # 30 September 2020 lies in the year that is known, however the months before.
    known = due(date(2019, 9, 30), months(12), rules=counting(roll=True), calendar=calendar)
    assert not known.provisional


# --- The trace


def test_a_trace_of_months_in_both_languages() -> None:
    found = due(date(2023, 11, 30), HUNAN.reply.limit, rules=HUNAN, calendar=shipped_calendar())
    assert [line.zh for line in found.trace] == [
        "交办之日为2023年11月30日，当日不计入，自次日起算。",
        "期限为3个月。",
        "到期月没有30日，以月末2024年2月29日为准。",
        "到期日为2024年2月29日（星期四）。",
    ]
    assert [line.en for line in found.trace] == [
        "Assigned on 2023-11-30; that day does not count.",
        "The period is 3 calendar months.",
        "That month has no day 30, so its last day 2024-02-29 stands.",
        "Due on 2024-02-29 (Thursday).",
    ]
    assert [line.day for line in found.trace] == [
        date(2023, 11, 30), None, date(2024, 2, 29), date(2024, 2, 29)
    ]  # fmt: skip


def test_a_trace_names_the_article() -> None:
    found = due(date(2020, 2, 12), HUNAN.reply.limit, rules=HUNAN, calendar=shipped_calendar())
    sources = [line.source for line in found.trace]
    assert [str(source) for source in sources[:2]] == ["本系统默认", "《代表法》第四十二条第一款"]
    assert sources[1] is not None
    assert sources[1].said_in("en") == "Deputies Law, art. 42, para. 1"
    assert sources[2:] == [None, None]


def test_a_trace_of_working_days_shows_each_day_that_a_notice_moved() -> None:
    found = due(date(2020, 4, 24), SEVEN_WORKING_DAYS, rules=HUNAN, calendar=shipped_calendar())
    assert [line.said_in("zh-hans") for line in found.trace] == [
        "收到之日为2020年4月24日，当日不计入，自次日起算。",
        "期限为7个工作日。",
        "2020年4月26日（星期日）调休上班，计入。",
        "2020年5月1日（星期五）劳动节，不计入。",
        "2020年5月4日（星期一）劳动节，不计入。",
        "2020年5月5日（星期二）劳动节，不计入。",
        "其间周末休息3天，不计入。",
        "到期日为2020年5月7日（星期四）。",
    ]
    assert found.trace[2].said_in("en") == "2020-04-26 (Sunday), make-up working day: counted."
    assert found.trace[3].said_in("en") == "2020-05-01 (Friday), Labour Day: left out."
    assert str(found.trace[3].source) == "国办发明电〔2019〕16号"
    assert found.trace[1].source is None


def test_a_trace_without_exceptions_is_silent_about_them() -> None:
    one = Period(1, Unit.WORKING_DAYS, StartEvent.ORDER)
    found = due(date(2020, 3, 2), one, rules=HUNAN, calendar=shipped_calendar())
    assert [line.en for line in found.trace] == [
        "Asked for on 2020-03-02; that day does not count.",
        "The period is 1 working day.",
        "Due on 2020-03-03 (Tuesday).",
    ]


def test_a_trace_ends_with_the_last_day_and_not_beyond() -> None:
    one, four = (Period(count, Unit.WORKING_DAYS, StartEvent.RECEIPT) for count in (1, 4))
    sunday = due(date(2020, 4, 24), one, rules=HUNAN, calendar=shipped_calendar())
    assert "2020年4月26日（星期日）调休上班，计入。" in [line.zh for line in sunday.trace]
    friday = due(date(2020, 3, 2), four, rules=HUNAN, calendar=shipped_calendar())
    assert friday.date == date(2020, 3, 6)
    assert not any("周末" in line.zh for line in friday.trace)


def test_a_counted_start_day_ends_a_month_the_day_before() -> None:
    rules = counting(start_day=True)
    found = due(date(2020, 3, 1), months(1), rules=rules, calendar=shipped_calendar())
    assert found.trace[0].en == "Assigned on 2020-03-01; that day counts."
    assert found.trace[3].zh == "起始日已计入，止于前一日2020年3月31日。"
    assert found.trace[3].en.endswith("the day before: 2020-03-31.")


@pytest.mark.parametrize("start", list(StartEvent))
@pytest.mark.parametrize("unit", list(Unit))
def test_every_start_and_unit_has_words(start: StartEvent, unit: Unit) -> None:
    found = due(date(2020, 3, 2), Period(2, unit, start), rules=HUNAN, calendar=shipped_calendar())
    assert found.trace[0].zh.endswith("之日为2020年3月2日，当日不计入，自次日起算。")
    assert found.trace[-1].day == found.date


# --- Against a naive second way


def naive_due(start: date, period: Period, rules: Rulebook, calendar: WorkCalendar) -> date:
    """Writes down every day and strikes out what does not count."""
    if period.unit is Unit.MONTHS:
        last = naive_months(start, period.count)
        last = last - DAY if rules.counting.start_day_counts else last
    else:
        every = [start + DAY * at for at in range(period.count * 4 + 700)]
        if not rules.counting.start_day_counts:
            every = every[1:]
        if period.unit is Unit.WORKING_DAYS:
            every = [day for day in every if calendar.is_working_day(day)]
        last = every[period.count - 1]
    while rules.counting.roll_forward_on_holiday and not calendar.is_working_day(last):
        last += DAY
    return last


@given(
    data=st.data(),
    start=DAYS,
    unit=st.sampled_from(Unit),
    count=st.integers(1, 130),
    start_day=st.booleans(),
    roll=st.booleans(),
)
def test_due_agrees_with_the_naive_way(
    data: st.DataObject,
    start: date,
    unit: Unit,
    count: int,
    *,
    start_day: bool,
    roll: bool,
) -> None:
    calendar = data.draw(calendars(start))
    rules = counting(start_day=start_day, roll=roll)
    period = Period(count, unit, StartEvent.RECEIPT)
    found = due(start, period, rules=rules, calendar=calendar)
    assert found.date == naive_due(start, period, rules, calendar)
    assert found.trace[-1].day == found.date


@given(start=DAYS, count=st.integers(0, 400))
def test_adding_months_agrees_with_the_naive_way(start: date, count: int) -> None:
    assert add_months(start, count) == naive_months(start, count)


# --- Lights


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2020, 7, 27), Light.GREEN),  # 16 days left
        (date(2020, 7, 28), Light.AMBER),  # 15
        (date(2020, 8, 12), Light.AMBER),  # the due day itself
        (date(2020, 8, 13), Light.RED),
    ],
)
def test_lights_change_on_these_days(today: date, expected: Light) -> None:
    threshold = HUNAN.lights.near_due_days
    assert light(date(2020, 8, 12), today=today, threshold=threshold) is expected


@pytest.mark.parametrize(
    ("due_on", "closed", "paused"),
    [(None, False, False), (date(2020, 8, 12), True, False), (date(2020, 8, 12), False, True)],
)
def test_no_light_where_nothing_runs(due_on: date | None, *, closed: bool, paused: bool) -> None:
    today = date(2020, 9, 10)
    shown = light(due_on, today=today, threshold=15, closed=closed, paused=paused)
    assert shown is Light.GREY
