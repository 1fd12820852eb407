"""What cannot happen to a clock, and what is said about it in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rulebook import ClockKind, ImpossibleEvent, Length, Unit, events, run
from huiyin.rulebook.tests.happened import (
    CALENDAR,
    ISSUED,
    ONE_MONTH,
    RULES,
    clock,
    day,
    extended,
    paused,
)

PROMISES = ClockKind.PROMISE_THIS_YEAR
NO_STEP = "的期限没有这一步。请核对是哪一个期限。"
IMPOSSIBLE: list[tuple[str, ClockKind, list[events.Event], str, str]] = [
    (
        "before anything",
        ClockKind.REPLY,
        [events.Met(on=day(3, 1))],
        "2020-03-01: 期限尚未开始。请先登记起算的一步。",
        "2020-03-01: The clock has not begun. Enter the act it begins with first.",
    ),
    (
        "issued twice",
        ClockKind.REPLY,
        [ISSUED, ISSUED],
        "2020-02-12: 期限已经开始。改交其他单位请用“改交”。",
        "2020-02-12: The clock has begun already. Use a re-assignment for another organ.",
    ),
    (
        "back in time",
        ClockKind.REPLY,
        [ISSUED, events.Returned(on=day(3, 1)), events.Returned(on=day(2, 29))],
        "2020-02-29: 早于上一步（2020年3月1日）。各步须按日期先后排列。",
        "2020-02-29: It lies before the step of 2020-03-01. Steps come in the order of their days.",
    ),
    (
        "after the end",
        ClockKind.REPLY,
        [ISSUED, events.Met(on=day(3, 1)), events.Reassigned(on=day(3, 2))],
        "2020-03-02: 已于2020年3月1日完成。完成以后期限不再变动。",
        "2020-03-02: It was done on 2020-03-01. A clock that has ended does not change.",
    ),
    (
        "an order of nobody",
        ClockKind.FEEDBACK,
        [ISSUED, events.Received(on=day(3, 1))],
        f"2020-03-01: “代表反馈”{NO_STEP}",
        "2020-03-01: “The deputy's rating” is a clock without such a step. "
        "Check which clock is meant.",
    ),
    (
        "an extension of what has none",
        ClockKind.REHANDLE,
        [ISSUED, extended(day(3, 1))],
        f"2020-03-01: “重新办理”{NO_STEP}",
        "2020-03-01: “Handling again” is a clock without such a step. Check which clock is meant.",
    ),
    (
        "a push of what has no rhythm",
        ClockKind.OPINION_MICRO,
        [ISSUED, events.Pushed(on=day(2, 14))],
        f"2020-02-14: “小微事办结”{NO_STEP}",
        "2020-02-14: “Finish a small matter” is a clock without such a step. "
        "Check which clock is meant.",
    ),
    (
        "a day named for what is counted out",
        ClockKind.REPLY,
        [events.Issued(on=day(2, 12), until=day(5, 1))],
        f"2020-02-12: “答复”{NO_STEP}",
        "2020-02-12: “Reply” is a clock without such a step. Check which clock is meant.",
    ),
    (
        "received twice",
        ClockKind.REPLY,
        [ISSUED, events.Received(on=day(2, 13)), events.Received(on=day(2, 14))],
        "2020-02-14: 已经签收。签收只有一次；改交以后另计。",
        "2020-02-14: It has been acknowledged already. That is done once for each assignment.",
    ),
    (
        "paused twice",
        ClockKind.REPLY,
        [ISSUED, events.Paused(on=day(2, 13)), events.Paused(on=day(2, 14))],
        "2020-02-14: 已经中止。请先恢复。",
        "2020-02-14: The clock stands still already. Let it run again first.",
    ),
    (
        "paused after its end",
        ClockKind.REPLY,
        [ISSUED, events.Paused(on=day(5, 13))],
        "2020-05-13: 期限已于2020年5月12日届满。中止须在届满以前。",
        "2020-05-13: The period ended on 2020-05-12. It can stand still only before its end.",
    ),
    (
        "resumed without a pause",
        ClockKind.REPLY,
        [ISSUED, events.Resumed(on=day(2, 14))],
        "2020-02-14: 没有中止，不能恢复或撤销。请先登记中止。",
        "2020-02-14: The clock does not stand still. Enter the pause first.",
    ),
    (
        "a pause taken back that was not made",
        ClockKind.REPLY,
        [ISSUED, events.PauseRemoved(on=day(2, 14))],
        "2020-02-14: 没有中止，不能恢复或撤销。请先登记中止。",
        "2020-02-14: The clock does not stand still. Enter the pause first.",
    ),
    (
        "an extension taken back that was not given",
        ClockKind.REPLY,
        [ISSUED, events.ExtensionRemoved(on=day(2, 14))],
        "2020-02-14: 没有可以取消的延期。请核对是哪一个期限。",
        "2020-02-14: There is no extension to take back. Check which clock is meant.",
    ),
    (
        "an extension of nothing",
        ClockKind.REPLY,
        [ISSUED, extended(day(2, 14), Length(0, Unit.DAYS))],
        "2020-02-14: 延长的时间至少为一日。请写明延长多久。",
        "2020-02-14: The extension adds no day. Say by how long.",
    ),
    (
        "asked for before there was anything to ask",
        ClockKind.REPLY,
        [ISSUED, extended(day(2, 14), asked_on=day(2, 11))],
        "2020-02-14: 申请延期的日期不在交办与批准之间。请核对申请日期。",
        "2020-02-14: The day the extension was asked for is not between assignment and consent. "
        "Check the day.",
    ),
    (
        "granted before it was asked for",
        ClockKind.REPLY,
        [ISSUED, extended(day(2, 14), asked_on=day(2, 15))],
        "2020-02-14: 申请延期的日期不在交办与批准之间。请核对申请日期。",
        "2020-02-14: The day the extension was asked for is not between assignment and consent. "
        "Check the day.",
    ),
    (
        "asked for after the end",
        ClockKind.REPLY,
        [ISSUED, extended(day(5, 13))],
        "2020-05-13: 期限已于2020年5月12日届满，届满后申请的延期不予批准。延期须在届满以前申请。",
        "2020-05-13: The period ended on 2020-05-12, before the extension was asked for. "
        "An extension is asked for before the end.",
    ),
    (
        "granted to himself",
        ClockKind.REPLY,
        [
            ISSUED,
            events.Extended(
                on=day(5, 1), by=ONE_MONTH, asked_on=day(5, 1), asked_by="a", granted_by="a"
            ),
        ],
        "2020-05-01: 申请延期的人不能自己同意。请由有权同意的人办理。",
        "2020-05-01: Who asks for an extension cannot grant it himself. "
        "Have it granted by whom the rules name.",
    ),
    (
        "once too often",
        ClockKind.REPLY,
        [ISSUED, extended(day(5, 1)), extended(day(5, 2))],
        "2020-05-02: 延期最多1次。请在现有期限内答复。",
        "2020-05-02: It may be extended once only. Reply within the period as it stands.",
    ),
    (
        "too long",
        ClockKind.REPLY,
        [ISSUED, extended(day(5, 1), Length(4, Unit.MONTHS))],
        "2020-05-01: 延期超过最长期限，至迟为2020年8月12日。请缩短延长的时间。",
        "2020-05-01: It would go beyond the longest time, which ends on 2020-08-12. Ask for less.",
    ),
    (
        "a plan without a day",
        ClockKind.PROMISE_PLANNED,
        [ISSUED],
        "2020-02-12: 没有写明承诺的日期。请写明规划所定的日期。",
        "2020-02-12: The promise names no day. Name the day the plan gives.",
    ),
    (
        "promised for next year",
        PROMISES,
        [events.Issued(on=day(2, 12), until=date(2021, 1, 1))],
        "2020-02-12: 承诺的日期超过这一类的最长期限2020年12月31日。请改日期，或改答复类别。",
        "2020-02-12: The day promised lies after 2020-12-31, the last this class allows. "
        "Change the day, or the class of the reply.",
    ),
    (
        "promised for yesterday",
        PROMISES,
        [events.Issued(on=day(2, 12), until=day(2, 11))],
        "2020-02-12: 承诺的日期早于作出承诺之日。请核对日期。",
        "2020-02-12: The day promised lies before the promise itself. Check the day.",
    ),
]


@pytest.mark.parametrize(
    ("kind", "happened", "zh", "en"),
    [each[1:] for each in IMPOSSIBLE],
    ids=[each[0] for each in IMPOSSIBLE],
)
def test_what_cannot_be_is_refused_with_its_remedy(
    kind: ClockKind, happened: list[events.Event], zh: str, en: str
) -> None:
    with pytest.raises(ImpossibleEvent) as refusal:
        run(kind, happened, rules=RULES, calendar=CALENDAR)
    assert refusal.value.said_in("zh-hans") == zh
    assert str(refusal.value) == refusal.value.said_in("en") == en
    assert refusal.value.on == happened[-1].on


def test_an_extension_allowed_twice_is_refused_a_third_time() -> None:
    rules = replace(RULES, extension=replace(RULES.extension, times=2))
    two = [extended(day(5, number)) for number in (1, 2)]
    assert clock(*two, rules=rules).date == day(7, 12)
    with pytest.raises(ImpossibleEvent, match="2 times only"):
        clock(*two, extended(day(5, 3)), rules=rules)


def test_a_pause_does_not_shorten_the_longest_time() -> None:
    """Three months more are three months more, however long it stood."""
    found = clock(*paused(day(3, 1), day(3, 11)), extended(day(5, 1), Length(3, Unit.MONTHS)))
    assert found.date == day(8, 22)
