"""The dated cases the sources hand down, each named after its source.

"§15 no. N" are the traps and acceptance tests derived from the seeds and laws; T056 to T059 and
T064 the cases of the project's test catalogue. Laws and reports are quoted where they decide.
"""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from huiyin.rulebook import (
    BadDate,
    Clock,
    ClockKind,
    ImpossibleEvent,
    Length,
    Light,
    NoticedDay,
    Period,
    Rulebook,
    StartEvent,
    Unit,
    Words,
    WorkCalendar,
    due,
    events,
    load,
    parse_date,
    run,
    shipped_calendar,
)
from huiyin.rulebook.model import Counting
from huiyin.rulebook.tests.naive import DAY, NaiveCalendar, NaiveClock

HUNAN = load("hunan", on=date(2020, 2, 12))
CALENDAR = shipped_calendar()
THREE_MONTHS = Length(3, Unit.MONTHS)


def clock(
    kind: ClockKind,
    *happened: events.Event,
    rules: Rulebook = HUNAN,
    calendar: WorkCalendar = CALENDAR,
) -> Clock:
    found = run(kind, happened, rules=rules, calendar=calendar)
    assert found is not None
    return found


def issued(on: date, *, closes: date | None = None, until: date | None = None) -> events.Issued:
    return events.Issued(on=on, session_close=closes, until=until)


def extended(
    on: date, by: Length = THREE_MONTHS, *, asked_on: date | None = None, granted_by: str = "office"
) -> events.Extended:
    return events.Extended(
        on=on, by=by, asked_on=asked_on or on, asked_by="organ", granted_by=granted_by
    )


def reply_rules(
    limit: Period, wide: Period | None = None, *, needs_consent: bool = False
) -> Rulebook:
    return replace(
        HUNAN,
        reply=replace(HUNAN.reply, limit=limit, limit_wide=wide or HUNAN.reply.limit_wide),
        extension=replace(HUNAN.extension, needs_consent=needs_consent),
    )


# --- §15 no. 1: three calendar months are not ninety days


@pytest.mark.parametrize(
    ("kind", "start", "last"),
    [
        # Report of Hunan, 2020: assigned on 12 February, 「到8月12日法定时限」.
        (ClockKind.REPLY, date(2020, 2, 12), date(2020, 5, 12)),
        (ClockKind.REPLY_WIDE, date(2020, 2, 12), date(2020, 8, 12)),
        # Beijing 2024: assigned by 31 March, replies by 30 June.
        (ClockKind.REPLY, date(2024, 3, 31), date(2024, 6, 30)),
        (ClockKind.REPLY, date(2023, 11, 30), date(2024, 2, 29)),
    ],
)
def test_no_1_three_months_are_three_calendar_months(
    kind: ClockKind, start: date, last: date
) -> None:
    """§15 no. 1; 代表法 art. 51 「自交办之日起三个月内答复」, 「六个月内答复」."""
    assert clock(kind, issued(start)).date == last


def test_no_1_three_months_are_not_ninety_days() -> None:
    """§15 no. 1: a program of a county had 90 days; Beijing's deputies would lose the last one."""
    assert date(2024, 3, 31) + 90 * DAY == date(2024, 6, 29)
    assert clock(ClockKind.REPLY, issued(date(2024, 3, 31))).date == date(2024, 6, 30)


# --- §15 no. 2: working days follow the notices, calendar days do not


def test_no_2_working_days_follow_shifted_weekends_and_calendar_days_do_not() -> None:
    """§15 no. 2; 上海 art. 14 seven working days, 浙江 art. 14 ten days from receipt."""
    seven = Period(7, Unit.WORKING_DAYS, StartEvent.RECEIPT)
    ten = Period(10, Unit.DAYS, StartEvent.RECEIPT)
    shanghai, zhejiang = (
        replace(HUNAN, return_=replace(HUNAN.return_, limit=limit)) for limit in (seven, ten)
    )
    happened = issued(date(2020, 4, 22)), events.Received(on=date(2020, 4, 24))
    # Sunday 26 April and Saturday 9 May 2020 were worked; 1 to 5 May were days off.
    assert clock(ClockKind.RETURN_REQUEST, *happened, rules=shanghai).date == date(2020, 5, 7)
    assert clock(ClockKind.RETURN_REQUEST, *happened, rules=zhejiang).date == date(2020, 5, 4)


# --- §15 no. 3: where it starts


@pytest.mark.parametrize(
    ("start", "last"),
    [
        # 北京 art. 21 「自……交办之日起」; 河南 art. 20 counts from receipt.
        (StartEvent.ASSIGNMENT, date(2020, 5, 12)),
        (StartEvent.RECEIPT, date(2020, 5, 17)),
    ],
)
def test_no_3_it_starts_at_assignment_or_receipt_by_jurisdiction(
    start: StartEvent, last: date
) -> None:
    """§15 no. 3: assigned on 12 February 2020, acknowledged on 17 February."""
    rules = reply_rules(Period(3, Unit.MONTHS, start, "reply.limit"))
    found = clock(
        ClockKind.REPLY,
        issued(date(2020, 2, 12)),
        events.Received(on=date(2020, 2, 17)),
        rules=rules,
    )
    assert found.date == last


def test_no_3_a_township_has_two_months_and_four_at_most() -> None:
    """§15 no. 3; 重庆市乡镇人大工作条例 art. 16 「从交办之日起两个月内」「最迟不得超过四个月」."""
    two, four = (
        Period(count, Unit.MONTHS, StartEvent.ASSIGNMENT, key)
        for count, key in ((2, "reply.limit"), (4, "reply.limit_wide"))
    )
    rules = reply_rules(two, four)
    rules = replace(rules, extension=replace(rules.extension, limit=four))
    begun = issued(date(2026, 1, 31))
    assert clock(ClockKind.REPLY, begun, rules=rules).date == date(2026, 3, 31)
    assert clock(ClockKind.REPLY_WIDE, begun, rules=rules).date == date(2026, 5, 31)
    longer = clock(
        ClockKind.REPLY, begun, extended(date(2026, 3, 1), Length(2, Unit.MONTHS)), rules=rules
    )
    assert longer.date == date(2026, 5, 31)
    with pytest.raises(ImpossibleEvent, match="2026-05-31"):
        clock(ClockKind.REPLY, begun, extended(date(2026, 3, 1)), rules=rules)


def test_no_3_in_shandong_a_township_counts_from_the_close_of_the_session() -> None:
    """§15 no. 3; 山东省乡镇人大工作若干规定 art. 15 「在大会闭会之日起两个月内」."""
    rules = reply_rules(Period(2, Unit.MONTHS, StartEvent.SESSION_CLOSE, "reply.limit"))
    closes = date(2026, 1, 16)
    in_session = clock(ClockKind.REPLY, issued(date(2026, 1, 15), closes=closes), rules=rules)
    on_the_day = clock(ClockKind.REPLY, issued(closes, closes=closes), rules=rules)
    afterwards = clock(ClockKind.REPLY, issued(date(2026, 2, 9), closes=closes), rules=rules)
    unknown = clock(ClockKind.REPLY, issued(date(2026, 1, 15)), rules=rules)
    assert in_session.date == on_the_day.date == date(2026, 3, 16)
    for found in (in_session, on_the_day):
        assert "大会闭会之日为2026年1月16日" in found.trace[0].zh
    assert afterwards.date == date(2026, 4, 9)
    assert "大会于2026年1月16日闭会，交办在其后" in afterwards.trace[0].zh
    assert unknown.date == date(2026, 3, 15)
    assert "whose day is not entered yet" in unknown.trace[0].en


# --- §15 no. 12: a refused return, a re-assignment


def test_no_12_a_refused_return_stops_nothing() -> None:
    """§15 no. 12; 青岛 art. 19 「未同意退回的，承办单位应当继续办理」; nor does asking again."""
    begun = issued(date(2020, 2, 12))
    asked = [events.Returned(on=date(2020, 2, day)) for day in (14, 18, 24)]
    found = clock(ClockKind.REPLY, begun, *asked)
    assert found.date == clock(ClockKind.REPLY, begun).date
    assert sum("申请退回" in line.zh for line in found.trace) == 3


@pytest.mark.parametrize(
    ("restart", "last"), [(True, date(2020, 6, 1)), (False, date(2020, 5, 12))]
)
def test_no_12_the_period_restarts_from_reassignment_unless_configured(
    *, restart: bool, last: date
) -> None:
    """§15 no. 12: no text answers; default restart, and the first assignment stays in sight."""
    assert HUNAN.reply.restarts_on_reassignment
    rules = replace(HUNAN, reply=replace(HUNAN.reply, restarts_on_reassignment=restart))
    moved = events.Reassigned(on=date(2020, 3, 1))
    found = clock(ClockKind.REPLY, issued(date(2020, 2, 12)), moved, rules=rules)
    assert found.date == last
    assert found.first_on == date(2020, 2, 12)
    assert found.read(date(2020, 5, 12)).elapsed.calendar == 90
    assert "首次交办之日为2020年2月12日" in found.trace[0].zh


# --- §15 no. 14: promises


def test_no_14_what_is_promised_for_this_year_ends_with_it() -> None:
    """§15 no. 14; Hunan's A2 「所提问题在本年度内能够基本解决的」."""
    assert clock(ClockKind.PROMISE_THIS_YEAR, issued(date(2020, 7, 1))).date == date(2020, 12, 31)


def test_no_14_what_is_planned_has_three_years_from_assignment_at_most() -> None:
    """§15 no. 14; Hunan's B1 「自交办之日起三年内能够基本解决的」."""
    begun = date(2020, 2, 29)
    assert clock(ClockKind.PROMISE_NEAR_TERM, issued(begun)).date == date(2023, 2, 28)
    named = issued(begun, until=date(2023, 2, 28))
    assert clock(ClockKind.PROMISE_NEAR_TERM, named).date == date(2023, 2, 28)
    with pytest.raises(ImpossibleEvent, match="lies after 2023-02-28"):
        clock(ClockKind.PROMISE_NEAR_TERM, issued(begun, until=date(2023, 3, 1)))


def test_no_14_what_is_in_a_long_term_plan_has_the_plans_own_day() -> None:
    """§15 no. 14; Hunan's B2 「所提问题已经列入工作规划的」."""
    planned = issued(date(2020, 2, 12), until=date(2035, 12, 31))
    assert clock(ClockKind.PROMISE_PLANNED, planned).date == date(2035, 12, 31)
    with pytest.raises(ImpossibleEvent, match="names no day"):
        clock(ClockKind.PROMISE_PLANNED, issued(date(2020, 2, 12)))


# --- §15 no. 22: handling again


@pytest.mark.parametrize(
    ("months", "last"),
    [
        (1, date(2021, 2, 28)),  # 山东 art. 24, 河南 art. 22, 浙江 art. 24
        (2, date(2021, 3, 31)),  # 北京 art. 27, 重庆 art. 27
        (3, date(2021, 4, 30)),  # 四川
    ],
)
def test_no_22_handling_again_counts_from_the_order(months: int, last: date) -> None:
    """§15 no. 22: the first round is kept; the second runs from the day it is ordered."""
    limit = Period(months, Unit.MONTHS, StartEvent.ORDER, "rehandle.limit")
    rules = replace(HUNAN, rehandle=replace(HUNAN.rehandle, limit=limit))
    first = clock(ClockKind.REPLY, issued(date(2020, 2, 12)), events.Met(on=date(2020, 5, 8)))
    again = clock(ClockKind.REHANDLE, issued(date(2021, 1, 31)), rules=rules)
    assert (first.date, first.met_on) == (date(2020, 5, 12), date(2020, 5, 8))
    assert again.date == last
    assert again.trace[0].zh.startswith("提出要求之日为2021年1月31日")


# --- §15 no. 24: a day that does not exist


def test_no_24_an_impossible_date_is_refused() -> None:
    """§15 no. 24: a real document names 31 September 2008."""
    with pytest.raises(BadDate, match="has 30 days, no day 31"):
        parse_date("2008-09-31")


# --- §15 no. 25: what people tell at the stations


@pytest.mark.parametrize(
    ("kind", "matters", "last"),
    [
        (ClockKind.OPINION_MICRO, 25, date(2024, 2, 7)),  # 「小微事实行一周一办结」
        (ClockKind.OPINION_URGENT, 14, date(2024, 2, 7)),  # 「急难事一周一推动」
        (ClockKind.OPINION_MAJOR, 12, date(2024, 2, 29)),  # 「大要事一月一促进」
    ],
)
def test_no_25_the_cadence_of_small_urgent_and_major_matters(
    kind: ClockKind, matters: int, last: date
) -> None:
    """§15 no. 25; 雨湖区窑湾街道: 25 small, 14 urgent and 12 major matters, taken in together."""
    taken_in = [clock(kind, issued(date(2024, 1, 31))) for _ in range(matters)]
    assert {each.date for each in taken_in} == {last}


def test_no_25_every_push_begins_the_week_again() -> None:
    """§15 no. 25: 「一周一推动」 is a rhythm, not one deadline; 25 + 14 + 12 = 51 matters."""
    pushes = [events.Pushed(on=date(2024, 2, day)) for day in (6, 13, 19)]
    begun = issued(date(2024, 1, 31))
    weeks = [clock(ClockKind.OPINION_URGENT, begun, *pushes[:n]).date for n in range(4)]
    assert weeks == [date(2024, 2, day) for day in (7, 13, 20, 26)]
    pushed = clock(ClockKind.OPINION_URGENT, begun, *pushes)
    assert pushed.read(date(2024, 2, 27)).days_late == 1
    assert pushed.trace[0].zh.startswith("上次推动之日为2024年2月19日")
    assert 25 + 14 + 12 == 51


# --- T056: an independent oracle, sixty pairs, both values of the switch

STARTS = [date(2019, 11, 30), date(2019, 12, 31), date(2020, 1, 31), date(2020, 2, 28)]
STARTS += [date(2020, 2, 29), date(2023, 11, 30), date(2024, 2, 29), date(2024, 3, 31)]
STARTS += [date(2023, 2, 28), date(2020, 6, 24)]


@pytest.mark.parametrize("roll", [False, True])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 12])
@pytest.mark.parametrize("start", STARTS)
def test_t056_sixty_pairs_of_day_and_rule_against_an_oracle(
    start: date, count: int, *, roll: bool
) -> None:
    """T056: 民法典 arts. 201-203, including 30 November, 31 December and leap years."""
    naive = NaiveCalendar(frozenset(date(2020, 5, day) for day in range(1, 6)), frozenset())
    counting = Counting(start_day_counts=False, roll_forward_on_holiday=roll)
    rules = replace(HUNAN, counting=counting)
    period = Period(count, Unit.MONTHS, StartEvent.ASSIGNMENT)
    oracle = NaiveClock(start=start, count=count, unit="months", calendar=naive, rolls=roll)
    found = due(start, period, rules=rules, calendar=naive.as_work_calendar())
    assert found.date == oracle.last_day()


# --- T057: working days across a festival, a make-up Saturday, an unannounced year


def test_t057_working_days_cross_the_spring_festival_and_a_make_up_day() -> None:
    """T057; notices of 21 November 2019 and 26 January 2020: off from 24 January to 2 February."""
    ten = Period(10, Unit.WORKING_DAYS, StartEvent.ASSIGNMENT, "acknowledge.limit")
    rules = replace(HUNAN, acknowledge=replace(HUNAN.acknowledge, limit=ten))
    found = clock(ClockKind.ACKNOWLEDGE, issued(date(2020, 1, 17)), rules=rules)
    # 19 January (a Sunday, worked), 20 to 23, then 3 to 7 February.
    assert found.date == date(2020, 2, 7)
    assert any("2020年1月19日（星期日）调休上班，计入" in line.zh for line in found.trace)
    assert any("国办发明电〔2020〕1号" in str(line.source) for line in found.trace)


def test_t057_an_unannounced_year_is_provisional_until_its_notice_is_loaded() -> None:
    """T057: the year is flagged, and recomputed when the notice comes; the trace says both days."""
    ten = Period(10, Unit.WORKING_DAYS, StartEvent.ASSIGNMENT, "acknowledge.limit")
    rules = replace(HUNAN, acknowledge=replace(HUNAN.acknowledge, limit=ten))
    off = NoticedDay(works=False, name=Words(zh="元旦", en="New Year"), notice="号")
    known = WorkCalendar({date(2031, 1, 1): off}, years=[2030, 2031])
    begun, loaded = date(2030, 12, 24), date(2030, 12, 26)
    before = clock(
        ClockKind.ACKNOWLEDGE, issued(begun), rules=rules, calendar=WorkCalendar({}, years=[2030])
    )
    after = clock(
        ClockKind.ACKNOWLEDGE,
        issued(begun),
        events.CalendarChanged(on=loaded, calendar=known),
        rules=rules,
        calendar=WorkCalendar({}, years=[2030]),
    )
    assert (before.date, before.provisional) == (date(2031, 1, 7), True)
    assert (after.date, after.provisional) == (date(2031, 1, 8), False)
    assert after.trace[-1].zh == (
        "2030年12月26日载入放假安排，到期日由2031年1月7日改为2031年1月8日。"
    )


# --- T058: the last day is a holiday


@pytest.mark.parametrize(("roll", "last"), [(False, date(2020, 10, 1)), (True, date(2020, 10, 9))])
def test_t058_a_last_day_on_a_holiday_moves_only_where_configured(
    *, roll: bool, last: date
) -> None:
    """T058; 民法典 art. 203: 1 October 2020 began eight days off."""
    counting = Counting(start_day_counts=False, roll_forward_on_holiday=roll)
    rules = replace(HUNAN, counting=counting)
    assert clock(ClockKind.REPLY, issued(date(2020, 7, 1)), rules=rules).date == last


# --- T059: the host's time zone

ASKED_ABROAD = """
from datetime import date
from huiyin.rulebook import ClockKind, events, load, run, shipped_calendar
rules = load("hunan", on=date(2020, 2, 12))
found = run(ClockKind.REPLY, [events.Issued(on=date(2020, 2, 12))], rules=rules,
            calendar=shipped_calendar())
for day in (12, 13):
    reading = found.read(date(2020, 5, day))
    print(found.date, reading.light, *reading.left, *reading.elapsed)
"""


@pytest.mark.parametrize(
    "zone", ["UTC", "America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati"]
)
def test_t059_the_time_zone_of_the_host_does_not_matter(zone: str) -> None:
    """T059: days come in as days; the last day and the day after read alike everywhere."""
    told = subprocess.run(  # noqa: S603 - our own words to our own interpreter
        [sys.executable, "-c", ASKED_ABROAD],
        env={"TZ": zone, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "2020-05-12 amber 0 0 90 62\n2020-05-12 red -1 -1 91 63\n"


# --- T064: extensions


def test_t064_an_extension_asked_for_after_expiry_is_refused() -> None:
    """T064; on the last day it may still be asked for, and be granted later."""
    begun = issued(date(2020, 2, 12))
    in_time = extended(date(2020, 5, 20), asked_on=date(2020, 5, 12))
    assert clock(ClockKind.REPLY, begun, in_time).date == date(2020, 8, 12)
    with pytest.raises(ImpossibleEvent) as refusal:
        clock(ClockKind.REPLY, begun, extended(date(2020, 5, 20), asked_on=date(2020, 5, 13)))
    assert refusal.value.said_in("zh-hans") == (
        "2020-05-20: 期限已于2020年5月12日届满，届满后申请的延期不予批准。延期须在届满以前申请。"
    )


def test_t064_an_extension_granted_by_the_asker_is_refused() -> None:
    """T064; 上海 art. 19 「经同意，可以适当延长」: consent is another's."""
    rules = reply_rules(HUNAN.reply.limit, needs_consent=True)
    begun = issued(date(2020, 2, 12))
    with pytest.raises(ImpossibleEvent, match="cannot grant it"):
        clock(ClockKind.REPLY, begun, extended(date(2020, 5, 1), granted_by="organ"), rules=rules)
    with pytest.raises(ImpossibleEvent) as refusal:
        clock(ClockKind.REPLY, begun, extended(date(2020, 5, 1), granted_by=""), rules=rules)
    assert refusal.value.said_in("en") == (
        "2020-05-01: The extension needs consent. Say who has agreed."
    )
    assert refusal.value.said_in("zh-hans") == "2020-05-01: 延期须经同意。请写明由谁同意。"
    given = clock(ClockKind.REPLY, begun, extended(date(2020, 5, 1)), rules=rules)
    assert given.date == date(2020, 8, 12)


def test_t064_an_extension_beyond_six_months_is_refused() -> None:
    """T064; 北京 art. 21 「至迟不得超过六个月」; 上海 art. 19 「不得超过三个月」."""
    begun = issued(date(2020, 2, 12))
    for longer in (Length(4, Unit.MONTHS), Length(93, Unit.DAYS)):
        with pytest.raises(ImpossibleEvent, match="2020-08-12"):
            clock(ClockKind.REPLY, begun, extended(date(2020, 5, 1), longer))
    with pytest.raises(ImpossibleEvent, match="2020-08-12"):
        clock(ClockKind.REPLY_WIDE, begun, extended(date(2020, 5, 1), Length(1, Unit.DAYS)))
    ninety_two = clock(ClockKind.REPLY, begun, extended(date(2020, 5, 1), Length(92, Unit.DAYS)))
    assert ninety_two.date == date(2020, 8, 12)


def test_t064_an_extension_by_one_month_more_is_refused_a_second() -> None:
    """T064: one place allows one month over the ordinary limit (X08 in the notes on practice)."""
    one_more = Period(1, Unit.MONTHS, StartEvent.DUE_DATE, "extension.limit")
    rules = replace(HUNAN, extension=replace(HUNAN.extension, limit=one_more))
    begun = issued(date(2020, 2, 12))
    once = extended(date(2020, 5, 1), Length(1, Unit.MONTHS))
    assert clock(ClockKind.REPLY, begun, once, rules=rules).date == date(2020, 6, 12)
    with pytest.raises(ImpossibleEvent, match="2020-06-12"):
        clock(
            ClockKind.REPLY, begun, extended(date(2020, 5, 1), Length(2, Unit.MONTHS)), rules=rules
        )
    with pytest.raises(ImpossibleEvent, match="extended once only"):
        clock(ClockKind.REPLY, begun, once, once, rules=rules)


def test_lateness_is_red_however_often_it_changes_hands() -> None:
    """Threat M2: return and re-assignment cannot hide how long the deputy has waited."""
    begun = issued(date(2020, 2, 12))
    moves = [events.Reassigned(on=date(2020, month, 1)) for month in (3, 4, 5)]
    found = clock(ClockKind.REPLY, begun, *moves)
    reading = found.read(date(2020, 8, 2))
    assert (found.date, reading.light, reading.days_late) == (date(2020, 8, 1), Light.RED, 1)
    assert reading.elapsed.calendar == 172
