"""What cannot happen to a clock where it stands, and what to do instead."""

import datetime as dt

from huiyin.rulebook.errors import ImpossibleEvent
from huiyin.rulebook.trace import said_day
from huiyin.rulebook.words import Words


def never_issued(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="期限尚未开始。", en="The clock has not begun."),
        Words(zh="请先登记起算的一步。", en="Enter the act it begins with first."),
    )


def issued_twice(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="期限已经开始。", en="The clock has begun already."),
        Words(zh="改交其他单位请用“改交”。", en="Use a re-assignment for another organ."),
    )


def before_the_last(on: dt.date, last: dt.date) -> ImpossibleEvent:
    day = said_day(last)
    return ImpossibleEvent(
        on,
        Words(zh=f"早于上一步（{day.zh}）。", en=f"It lies before the step of {day.en}."),
        Words(zh="各步须按日期先后排列。", en="Steps come in the order of their days."),
    )


def over(on: dt.date, met_on: dt.date) -> ImpossibleEvent:
    day = said_day(met_on)
    return ImpossibleEvent(
        on,
        Words(zh=f"已于{day.zh}完成。", en=f"It was done on {day.en}."),
        Words(zh="完成以后期限不再变动。", en="A clock that has ended does not change."),
    )


def not_of_this_kind(on: dt.date, label: Words) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(
            zh=f"“{label.zh}”的期限没有这一步。", en=f"“{label.en}” is a clock without such a step."
        ),
        Words(zh="请核对是哪一个期限。", en="Check which clock is meant."),
    )


def received_already(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="已经签收。", en="It has been acknowledged already."),
        Words(zh="签收只有一次；改交以后另计。", en="That is done once for each assignment."),
    )


def paused_already(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="已经中止。", en="The clock stands still already."),
        Words(zh="请先恢复。", en="Let it run again first."),
    )


def not_paused(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="没有中止，不能恢复或撤销。", en="The clock does not stand still."),
        Words(zh="请先登记中止。", en="Enter the pause first."),
    )


def run_out(on: dt.date, due_on: dt.date) -> ImpossibleEvent:
    day = said_day(due_on)
    return ImpossibleEvent(
        on,
        Words(zh=f"期限已于{day.zh}届满。", en=f"The period ended on {day.en}."),
        Words(zh="中止须在届满以前。", en="It can stand still only before its end."),
    )


def asked_too_late(on: dt.date, due_on: dt.date) -> ImpossibleEvent:
    day = said_day(due_on)
    return ImpossibleEvent(
        on,
        Words(
            zh=f"期限已于{day.zh}届满，届满后申请的延期不予批准。",
            en=f"The period ended on {day.en}, before the extension was asked for.",
        ),
        Words(zh="延期须在届满以前申请。", en="An extension is asked for before the end."),
    )


def asked_at_no_time(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(
            zh="申请延期的日期不在交办与批准之间。",
            en="The day the extension was asked for is not between assignment and consent.",
        ),
        Words(zh="请核对申请日期。", en="Check the day."),
    )


def adds_nothing(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="延长的时间至少为一日。", en="The extension adds no day."),
        Words(zh="请写明延长多久。", en="Say by how long."),
    )


def consent_lacks(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="延期须经同意。", en="The extension needs consent."),
        Words(zh="请写明由谁同意。", en="Say who has agreed."),
    )


def own_consent(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(
            zh="申请延期的人不能自己同意。", en="Who asks for an extension cannot grant it himself."
        ),
        Words(zh="请由有权同意的人办理。", en="Have it granted by whom the rules name."),
    )


def extended_enough(on: dt.date, times: int) -> ImpossibleEvent:
    often = "once" if times == 1 else f"{times} times"
    return ImpossibleEvent(
        on,
        Words(zh=f"延期最多{times}次。", en=f"It may be extended {often} only."),
        Words(zh="请在现有期限内答复。", en="Reply within the period as it stands."),
    )


def too_long(on: dt.date, longest: dt.date) -> ImpossibleEvent:
    day = said_day(longest)
    return ImpossibleEvent(
        on,
        Words(
            zh=f"延期超过最长期限，至迟为{day.zh}。",
            en=f"It would go beyond the longest time, which ends on {day.en}.",
        ),
        Words(zh="请缩短延长的时间。", en="Ask for less."),
    )


def not_extended(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="没有可以取消的延期。", en="There is no extension to take back."),
        Words(zh="请核对是哪一个期限。", en="Check which clock is meant."),
    )


def no_day_named(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(zh="没有写明承诺的日期。", en="The promise names no day."),
        Words(zh="请写明规划所定的日期。", en="Name the day the plan gives."),
    )


def promised_too_late(on: dt.date, longest: dt.date) -> ImpossibleEvent:
    day = said_day(longest)
    return ImpossibleEvent(
        on,
        Words(
            zh=f"承诺的日期超过这一类的最长期限{day.zh}。",
            en=f"The day promised lies after {day.en}, the last this class allows.",
        ),
        Words(zh="请改日期，或改答复类别。", en="Change the day, or the class of the reply."),
    )


def promised_before(on: dt.date) -> ImpossibleEvent:
    return ImpossibleEvent(
        on,
        Words(
            zh="承诺的日期早于作出承诺之日。", en="The day promised lies before the promise itself."
        ),
        Words(zh="请核对日期。", en="Check the day."),
    )
