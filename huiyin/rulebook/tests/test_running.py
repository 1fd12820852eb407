"""Clocks one event at a time: what each changes, what cannot be, what the trace tells."""

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rulebook import (
    CLOCKS,
    Clock,
    ClockKind,
    Days,
    ImpossibleEvent,
    Length,
    Light,
    Pause,
    Period,
    PromiseEnd,
    StartEvent,
    Unit,
    WorkCalendar,
    events,
    run,
)
from huiyin.rulebook.model import Counting
from huiyin.rulebook.tests.happened import (
    CALENDAR,
    ISSUED,
    RULES,
    clock,
    day,
    extended,
    paused,
)

WEEK = Period(5, Unit.WORKING_DAYS, StartEvent.ASSIGNMENT, "acknowledge.limit")
BY_WORKING_DAYS = replace(RULES, acknowledge=replace(RULES.acknowledge, limit=WEEK))


def words(found: Clock, language: str = "zh-hans") -> list[str]:
    return [line.said_in(language) for line in found.trace]


# --- Every kind


@pytest.mark.parametrize("kind", list(ClockKind))
def test_every_kind_has_words_and_a_limit_or_none(kind: ClockKind) -> None:
    rule = CLOCKS[kind]
    assert rule.label.zh and rule.label.en.isascii()
    until = day(12, 31) if kind is ClockKind.PROMISE_PLANNED else None
    found = run(kind, [events.Issued(on=ISSUED.on, until=until)], rules=RULES, calendar=CALENDAR)
    assert (found is None) is (rule.limit(RULES) is None)


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (ClockKind.ACKNOWLEDGE, day(2, 19)),
        (ClockKind.RETURN_REQUEST, day(2, 22)),
        (ClockKind.REASSIGNMENT, day(2, 26)),
        (ClockKind.ARBITRATION, day(2, 19)),
        (ClockKind.CONTACT, day(3, 11)),
        (ClockKind.CO_OPINION, day(4, 12)),
        (ClockKind.CO_OPINION_REDO, day(2, 19)),
        (ClockKind.REPLY, day(5, 12)),
        (ClockKind.REPLY_WIDE, day(8, 12)),
        (ClockKind.EXTENSION_REQUEST, day(5, 12)),
        (ClockKind.FEEDBACK, day(2, 22)),
        (ClockKind.REHANDLE, day(3, 12)),
        (ClockKind.PROMISE_THIS_YEAR, day(12, 31)),
        (ClockKind.PROMISE_NEAR_TERM, date(2023, 2, 12)),
        (ClockKind.OPINION_MICRO, day(2, 19)),
        (ClockKind.OPINION_URGENT, day(2, 19)),
        (ClockKind.OPINION_MAJOR, day(3, 12)),
    ],
)
def test_each_kind_takes_its_own_limit(kind: ClockKind, last: date) -> None:
    """With the limits of Chongqing (art. 16, 18, 20) and a week of arbitration put in."""

    def working(count: int, start: StartEvent) -> Period:
        return Period(count, Unit.WORKING_DAYS, start)

    rules = replace(
        RULES,
        return_=replace(RULES.return_, reassign_limit=working(10, StartEvent.RETURN_REQUEST)),
        arbitration=replace(RULES.arbitration, limit=Period(7, Unit.DAYS, StartEvent.DISPUTE)),
        contact=replace(RULES.contact, limit=working(20, StartEvent.RECEIPT)),
        cohandle=replace(RULES.cohandle, redo_limit=working(5, StartEvent.ORDER)),
    )
    assert clock(kind=kind, rules=rules).date == last


def test_nothing_happened_is_no_clock() -> None:
    assert run(ClockKind.REPLY, [], rules=RULES, calendar=CALENDAR) is None


def test_where_the_place_sets_no_limit_nothing_is_late() -> None:
    assert RULES.contact.limit is None
    happened = [
        ISSUED,
        *paused(day(2, 13), day(2, 20)),
        events.RulesChanged(on=day(3, 1), rules=RULES),
    ]
    assert run(ClockKind.CONTACT, happened, rules=RULES, calendar=CALENDAR) is None


# --- Receipt, return, another organ


def test_receipt_moves_the_start_only_where_the_period_runs_from_it() -> None:
    received = events.Received(on=day(2, 20))
    assert clock(received).date == day(5, 12)
    opinion = clock(received, kind=ClockKind.CO_OPINION)
    waiting = clock(kind=ClockKind.CO_OPINION)
    assert (opinion.date, opinion.start) == (day(4, 20), day(2, 20))
    assert (waiting.date, waiting.start) == (day(4, 12), day(2, 12))
    assert words(opinion)[0].startswith("收到之日为2020年2月20日")
    assert words(waiting)[0] == "期限自收到之日起算；尚未签收，暂自交办之日起算。"
    assert waiting.trace[0].source == RULES.cite("cohandle.counts_from").source.citation
    assert words(waiting, "en")[:2] == [
        "The period runs from receipt; as it is not acknowledged yet, it is counted from "
        "assignment.",
        "Assigned on 2020-02-12; that day does not count.",
    ]


def test_a_period_with_one_start_everywhere_is_cited_itself() -> None:
    limit = Period(20, Unit.WORKING_DAYS, StartEvent.RECEIPT, "contact.limit")
    rules = replace(RULES, contact=replace(RULES.contact, limit=limit))
    found = clock(kind=ClockKind.CONTACT, rules=rules)
    assert found.trace[0].source == RULES.cite("contact.limit").source.citation


def test_acknowledging_meets_one_clock_and_a_return_another() -> None:
    received, returned = events.Received(on=day(2, 14)), events.Returned(on=day(2, 17))
    assert clock(received, kind=ClockKind.ACKNOWLEDGE).met_on == day(2, 14)
    asked = clock(received, returned, kind=ClockKind.RETURN_REQUEST)
    assert asked.met_on == day(2, 17)
    assert words(asked)[-1] == "2020年2月17日完成，在期限内。"
    answering = clock(received, returned)
    assert answering.met_on is None
    assert words(answering)[-1] == "2020年2月17日申请退回；决定以前期限照常计算。"
    assert words(answering, "en")[-1] == (
        "A return was asked for on 2020-02-17; until it is decided the period runs on."
    )


def test_another_organ_begins_with_a_clean_slate() -> None:
    happened = [
        events.Received(on=day(2, 14)),
        extended(day(2, 15)),
        *paused(day(2, 16), day(2, 20)),
        events.Paused(on=day(2, 21)),
        events.Reassigned(on=day(3, 2)),
    ]
    found = clock(*happened)
    assert (found.date, found.start, found.first_on) == (day(6, 2), day(3, 2), day(2, 12))
    assert (found.paused_on, found.pauses) == (None, ())
    assert clock(*happened, events.Received(on=day(3, 3))).date == day(6, 2)
    assert words(found)[:3] == [
        "首次交办之日为2020年2月12日，历时自该日计。",
        "2020年3月2日改交其他单位，期限重新起算。",
        "交办之日为2020年3月2日，当日不计入，自次日起算。",
    ]
    assert words(found, "en")[:2] == [
        "First assigned on 2020-02-12; the time it has taken is counted from there.",
        "Assigned to another organ on 2020-03-02; the period begins again.",
    ]
    assert found.trace[1].source == RULES.cite("reply.restarts_on_reassignment").source.citation


def test_where_it_does_not_begin_again_nothing_is_lost() -> None:
    rules = replace(RULES, reply=replace(RULES.reply, restarts_on_reassignment=False))
    happened = [extended(day(2, 15)), *paused(day(2, 16), day(2, 20))]
    found = clock(*happened, events.Reassigned(on=day(3, 2)), rules=rules)
    assert found.date == clock(*happened, rules=rules).date == day(6, 16)
    assert words(found)[1] == "2020年3月2日改交其他单位，期限继续计算。"
    assert words(found, "en")[1] == ("Assigned to another organ on 2020-03-02; the period runs on.")


def test_what_each_organ_owes_by_itself_always_begins_anew() -> None:
    """Another organ acknowledges for itself, even after the first has."""
    rules = replace(RULES, reply=replace(RULES.reply, restarts_on_reassignment=False))
    found = clock(
        events.Received(on=day(2, 13)),
        events.Reassigned(on=day(3, 2)),
        kind=ClockKind.ACKNOWLEDGE,
        rules=rules,
    )
    assert (found.date, found.met_on) == (day(3, 9), None)
    twice = clock(events.Reassigned(on=day(2, 20)), events.Reassigned(on=day(3, 2)))
    assert [line[:4] for line in words(twice)[:3]] == ["首次交办", "2020", "2020"]


# --- Pauses


def test_a_pause_adds_the_days_it_lasted() -> None:
    found = clock(*paused(day(3, 1), day(3, 11)))
    assert (found.date, found.pauses) == (day(5, 22), (Pause(day(3, 1), day(3, 11)),))
    assert words(found)[-2] == "2020年3月1日中止，2020年3月11日恢复，补回10日，止于2020年5月22日。"
    assert words(found, "en")[-2] == (
        "Stood still from 2020-03-01, ran again from 2020-03-11: 10 days added, "
        "which makes 2020-05-22."
    )


def test_a_pause_of_working_days_adds_working_days() -> None:
    """12 February is a Wednesday; the pause takes Friday 14 to Monday 17: two working days."""
    happened = paused(day(2, 14), day(2, 18))
    found = clock(*happened, kind=ClockKind.ACKNOWLEDGE, rules=BY_WORKING_DAYS)
    assert found.date == day(2, 21)
    assert words(found)[-2] == (
        "2020年2月14日中止，2020年2月18日恢复，补回2个工作日，止于2020年2月21日。"
    )
    assert not any("周末" in line for line in words(found))


def test_days_on_which_it_stood_are_not_told_twice() -> None:
    """Labour Day falls into the pause; Sunday 26 April, worked, lies before it."""
    happened = events.Issued(on=day(4, 24)), *paused(day(4, 30), day(5, 7))
    found = run(ClockKind.ACKNOWLEDGE, happened, rules=BY_WORKING_DAYS, calendar=CALENDAR)
    assert found is not None
    assert found.date == day(5, 7)
    assert sum("调休上班" in line for line in words(found)) == 1
    assert not any("劳动节" in line for line in words(found))


def test_days_of_either_pause_are_not_told_twice() -> None:
    """The make-up Sunday falls into the first pause, Labour Day into the second."""
    stood = [*paused(day(4, 25), day(4, 27)), *paused(day(4, 30), day(5, 6))]
    happened = events.Issued(on=day(4, 24)), *stood
    found = run(ClockKind.ACKNOWLEDGE, happened, rules=BY_WORKING_DAYS, calendar=CALENDAR)
    assert found is not None
    assert found.date == day(5, 7)
    assert not any(name in line for line in words(found) for name in ("调休", "劳动节", "周末"))


@pytest.mark.parametrize(
    ("since", "until", "last"),
    [
        (day(2, 12), day(2, 13), day(5, 12)),  # the day of the assignment is not counted anyway
        (day(2, 12), day(2, 14), day(5, 13)),
        (day(5, 12), day(5, 12), day(5, 12)),
        (day(5, 12), day(5, 13), day(5, 13)),  # on the last day there is one left
    ],
)
def test_the_edges_of_a_pause(since: date, until: date, last: date) -> None:
    assert clock(*paused(since, until)).date == last


def test_a_pause_on_a_start_day_that_counts() -> None:
    counting = Counting(start_day_counts=True, roll_forward_on_holiday=False)
    rules = replace(RULES, counting=counting)
    assert clock(*paused(day(2, 12), day(2, 13)), rules=rules).date == day(5, 12)


def test_a_pause_on_the_day_to_which_the_end_was_moved_still_counts() -> None:
    """12 May plus four days is a Saturday, moved to Monday the 18th; a week's pause begins then."""
    counting = Counting(start_day_counts=False, roll_forward_on_holiday=True)
    rules = replace(RULES, counting=counting)
    before = paused(day(3, 1), day(3, 5))
    assert clock(*before, rules=rules).date == day(5, 18)
    assert clock(*before, *paused(day(5, 18), day(5, 25)), rules=rules).date == day(5, 25)


def test_while_it_stands_the_date_waits_and_the_light_is_out() -> None:
    found = clock(events.Paused(on=day(5, 2)))
    assert (found.date, found.paused_on) == (day(5, 12), day(5, 2))
    reading = found.read(day(7, 1))
    assert (reading.light, reading.days_late) == (Light.GREY, 0)
    assert (reading.left.calendar, reading.used.calendar) == (10, 80)
    assert reading.elapsed.calendar == 140
    assert words(found)[-1] == "2020年5月2日起中止；恢复后补回中止的时间。"
    assert words(found, "en")[-1] == (
        "It stands still since 2020-05-02; that time will be added when it runs again."
    )


def test_a_pause_taken_back_was_never_made() -> None:
    removed = events.PauseRemoved(on=day(3, 12))
    plain = clock()
    over = clock(*paused(day(3, 1), day(3, 11)), removed)
    standing = clock(events.Paused(on=day(3, 1)), removed)
    second = clock(*paused(day(3, 1), day(3, 2)), *paused(day(3, 5), day(3, 9)), removed)
    assert over.date == standing.date == plain.date
    assert standing.paused_on is None
    assert second.date == day(5, 13)
    assert words(over)[-1] == "2020年3月12日撤销中止，视为未曾中止。"
    assert words(over, "en")[-1].startswith("The pause was taken back on 2020-03-12")


def test_a_pause_kept_alive_by_an_extension_falls_with_it() -> None:
    happened = [extended(day(5, 1)), *paused(day(5, 20), day(5, 25))]
    assert clock(*happened).date == day(6, 17)
    assert clock(*happened, events.ExtensionRemoved(on=day(5, 26))).date == day(5, 12)


# --- Extensions


def test_months_are_added_to_months_before_they_are_counted_out() -> None:
    """30 November and three months is 29 February; and three more is 30 May, not 29 May."""
    begun = events.Issued(on=date(2023, 11, 30))
    three = extended(date(2024, 2, 1), Length(3, Unit.MONTHS))
    found = run(ClockKind.REPLY, [begun, three], rules=RULES, calendar=CALENDAR)
    assert found is not None
    assert found.date == date(2024, 5, 30)


def test_an_extension_in_days_is_added_to_the_end_of_the_months() -> None:
    ten = clock(extended(day(5, 1), Length(10, Unit.DAYS), asked_on=day(4, 30)))
    assert ten.date == day(5, 22)
    assert words(ten)[2] == "2020年4月30日申请延期，2020年5月1日延长10日。"
    assert words(ten, "en")[2] == (
        "An extension was asked for on 2020-04-30 and given on 2020-05-01: 10 days more."
    )
    assert ten.trace[2].source == RULES.cite("extension.limit").source.citation
    five = clock(extended(day(5, 1), Length(5, Unit.WORKING_DAYS)))
    assert five.date == day(5, 19)
    assert five.date != clock(extended(day(5, 1), Length(5, Unit.DAYS))).date
    assert "其间周末休息2天，不计入。" in words(five)


def test_a_counted_start_day_is_counted_once_with_an_extension_of_another_kind() -> None:
    counting = Counting(start_day_counts=True, roll_forward_on_holiday=False)
    rules = replace(RULES, counting=counting)
    assert clock(extended(day(5, 1), Length(1, Unit.DAYS)), rules=rules).date == day(5, 12)


def test_an_extension_taken_back_was_never_given() -> None:
    removed = clock(extended(day(5, 1)), events.ExtensionRemoved(on=day(5, 4)))
    assert removed.date == clock().date
    assert words(removed)[-1] == "2020年5月4日取消延期。"
    assert words(removed, "en")[-1] == "The extension was taken back on 2020-05-04."
    again = clock(extended(day(5, 1)), events.ExtensionRemoved(on=day(5, 4)), extended(day(5, 5)))
    assert again.date == day(6, 12)


def test_while_it_stands_an_extension_may_be_asked_for_after_the_day_it_shows() -> None:
    found = clock(events.Paused(on=day(5, 12)), extended(day(6, 1)))
    assert found.date == day(6, 12)


def test_the_day_of_asking_may_be_the_day_of_assignment_or_of_consent() -> None:
    assert clock(extended(day(2, 20), asked_on=day(2, 12))).date == day(6, 12)
    assert clock(extended(day(2, 20), asked_on=day(2, 20))).date == day(6, 12)


# --- Rules and calendars


def test_changed_rules_reach_it_by_an_event_alone() -> None:
    two = replace(RULES, reply=replace(RULES.reply, limit=replace(RULES.reply.limit, count=2)))
    found = clock(events.RulesChanged(on=day(3, 1), rules=two))
    assert (found.date, found.rules) == (day(4, 12), two)
    assert words(found)[-1] == (
        "2020年3月1日按决定改用新的规则，到期日由2020年5月12日改为2020年4月12日。"
    )
    assert words(found, "en")[-1] == (
        "By decision other rules were applied on 2020-03-01; "
        "the due day moves from 2020-05-12 to 2020-04-12."
    )


def test_a_notice_that_changes_nothing_says_so() -> None:
    other = WorkCalendar({}, years=[])
    found = clock(events.CalendarChanged(on=day(3, 1), calendar=other))
    assert found.calendar is other
    assert words(found)[-1] == "2020年3月1日载入放假安排，到期日不变。"
    assert words(found, "en")[-1] == "A holiday notice was loaded on 2020-03-01; the due day stays."


def test_rules_may_give_a_clock_to_what_had_none() -> None:
    limit = Period(20, Unit.WORKING_DAYS, StartEvent.RECEIPT, "contact.limit")
    limited = replace(RULES, contact=replace(RULES.contact, limit=limit))
    found = clock(events.RulesChanged(on=day(2, 20), rules=limited), kind=ClockKind.CONTACT)
    assert found.date == day(3, 11)
    assert not any("改用" in line for line in words(found))


# --- Promises and rhythms


def test_a_promise_says_until_when_and_by_what() -> None:
    named = events.Issued(on=day(7, 1), until=day(9, 30))
    found = run(ClockKind.PROMISE_THIS_YEAR, [named], rules=RULES, calendar=CALENDAR)
    assert found is not None
    assert (found.start, found.provisional) == (day(7, 1), False)
    assert words(found) == ["承诺在2020年9月30日以前办成。", "到期日为2020年9月30日（星期三）。"]
    assert words(found, "en")[0] == "Promised by 2020-09-30."
    assert found.trace[0].source == RULES.cite("promise.this_year").source.citation


def test_a_promise_may_be_for_the_day_itself() -> None:
    named = events.Issued(on=day(12, 31), until=day(12, 31))
    found = run(ClockKind.PROMISE_THIS_YEAR, [named], rules=RULES, calendar=CALENDAR)
    assert found is not None
    assert found.read(day(12, 31)).days_late == 0


def test_where_this_year_means_the_plans_day_one_is_named() -> None:
    promise = replace(RULES.promise, this_year=PromiseEnd.PLAN_DATE)
    rules = replace(RULES, promise=promise)
    with pytest.raises(ImpossibleEvent, match="names no day"):
        run(ClockKind.PROMISE_THIS_YEAR, [ISSUED], rules=rules, calendar=CALENDAR)


def test_a_push_ends_a_pause() -> None:
    happened = [*paused(day(2, 13), day(2, 15)), events.Paused(on=day(2, 16))]
    found = clock(*happened, events.Pushed(on=day(2, 20)), kind=ClockKind.OPINION_URGENT)
    assert (found.date, found.paused_on, found.pauses) == (day(2, 27), None, ())


# --- How it reads


@pytest.mark.parametrize(
    ("on", "light", "left", "late"),
    [
        (day(4, 26), Light.GREEN, 16, 0),
        (day(4, 27), Light.AMBER, 15, 0),
        (day(5, 12), Light.AMBER, 0, 0),
        (day(5, 13), Light.RED, -1, 1),
    ],
)
def test_how_it_reads_from_day_to_day(on: date, light: Light, left: int, late: int) -> None:
    reading = clock().read(on)
    assert (reading.light, reading.left.calendar, reading.days_late) == (light, left, late)
    assert reading.used == reading.elapsed
    assert reading.used.calendar == (on - ISSUED.on).days


def test_days_are_counted_both_ways() -> None:
    """From Friday 24 April to 6 May 2020: twelve days, six of them worked."""
    begun = events.Issued(on=day(4, 24))
    found = run(ClockKind.ACKNOWLEDGE, [begun], rules=BY_WORKING_DAYS, calendar=CALENDAR)
    assert found is not None
    assert found.date == day(4, 30)
    reading = found.read(day(5, 6))
    assert (reading.used, reading.left) == (Days(12, 6), Days(-6, -1))
    assert found.read(day(4, 24)).left == Days(6, 5)


def test_used_days_leave_out_those_on_which_it_stood() -> None:
    found = clock(*paused(day(2, 12), day(2, 15)), *paused(day(3, 1), day(3, 11)))
    assert found.read(day(3, 11)).used == Days(16, 11)
    assert found.read(day(3, 11)).elapsed == Days(28, 20)
    assert found.read(day(2, 12)).used == Days(0, 0)
    same_day = clock(*paused(day(3, 1), day(3, 1)))
    assert same_day.read(day(3, 2)).used == Days(19, 13)


def test_what_is_met_is_read_on_the_day_it_was_met() -> None:
    in_time, late = (clock(events.Met(on=day(5, number))) for number in (12, 14))
    for found, left, days_late, said in (
        (in_time, 0, 0, "2020年5月12日完成，在期限内。"),
        (late, -2, 2, "2020年5月14日完成，逾期2日。"),
    ):
        reading = found.read(day(9, 1))
        assert reading.light is Light.GREY
        assert (reading.left.calendar, reading.days_late) == (left, days_late)
        assert reading.elapsed.calendar == 90 - left
        assert words(found)[-1] == said
    assert words(in_time, "en")[-1] == "Done on 2020-05-12, in time."
    assert words(late, "en")[-1] == "Done on 2020-05-14, 2 days late."
    assert words(clock(events.Met(on=day(5, 13))), "en")[-1] == "Done on 2020-05-13, 1 day late."


def test_what_is_met_while_it_stands_is_met_in_time() -> None:
    found = clock(events.Paused(on=day(5, 2)), events.Met(on=day(6, 1)))
    assert (found.date, found.met_on, found.paused_on) == (day(6, 11), day(6, 1), None)
    assert found.read(day(6, 1)).days_late == 0


def test_a_right_lapses_and_is_never_late() -> None:
    found = clock(kind=ClockKind.RETURN_REQUEST)
    assert found.read(day(2, 22)).light is Light.AMBER
    after = found.read(day(2, 23))
    assert (after.light, after.days_late, after.left.calendar) == (Light.GREY, 0, -1)


def test_the_thresholds_are_those_of_the_rulebook() -> None:
    rules = replace(RULES, lights=replace(RULES.lights, near_due_days=3))
    assert clock(rules=rules).read(day(5, 8)).light is Light.GREEN
    assert clock(rules=rules).read(day(5, 9)).light is Light.AMBER


def test_an_extension_is_judged_by_the_rules_it_was_given_by() -> None:
    never = replace(RULES, extension=replace(RULES.extension, times=0))
    given = extended(day(5, 1))
    with pytest.raises(ImpossibleEvent):
        clock(given, rules=never)
    kept = clock(replace(given, under=RULES), rules=never)
    assert (kept.date, kept.rules) == (clock(given).date, never)
    # What comes later has only the rules of its own time.
    with pytest.raises(ImpossibleEvent):
        clock(replace(given, under=RULES), extended(day(5, 2)), rules=never)


def test_what_is_on_record_is_not_undone_by_days_that_moved_since() -> None:
    """A holiday announced later may end the period before the day more time was asked for."""
    late, long = extended(day(5, 13)), extended(day(5, 1), Length(4, Unit.MONTHS))
    for given, until in ((late, day(6, 12)), (long, day(9, 12))):
        with pytest.raises(ImpossibleEvent):
            clock(given)
        assert clock(replace(given, judged=True)).date == until
