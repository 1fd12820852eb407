"""From a day and a period to a due date that explains itself, and to a light.

Pure functions: the rules, the calendar and today are arguments. Articles 201 to 203 of the Civil
Code are followed by analogy, as far as the rulebook says so.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.model import Period, Rulebook, StartEvent, Unit
from huiyin.rulebook.words import Words

_DAY = dt.timedelta(days=1)

_STARTS = {
    StartEvent.ASSIGNMENT: Words(zh="交办", en="Assigned"),
    StartEvent.RECEIPT: Words(zh="收到", en="Received"),
    StartEvent.SESSION_CLOSE: Words(zh="大会闭会", en="Session closed"),
    StartEvent.DELIVERY: Words(zh="答复送达", en="Reply delivered"),
    StartEvent.ORDER: Words(zh="提出要求", en="Asked for"),
}
_LENGTHS = {
    Unit.MONTHS: Words(zh="个月", en="calendar month"),
    Unit.DAYS: Words(zh="日", en="day"),
    Unit.WORKING_DAYS: Words(zh="个工作日", en="working day"),
}
_COUNTED = Words(zh="计入", en="counted")
_LEFT_OUT = Words(zh="不计入", en="left out")
_WEEKDAYS = "一二三四五六日"
_WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One step of the sum, in words. ``day`` is the day it speaks of, ``source`` its ground."""

    zh: str
    en: str
    day: dt.date | None = None
    source: Words | None = None

    def said_in(self, language: str) -> str:
        return Words(zh=self.zh, en=self.en).said_in(language)


@dataclass(frozen=True, slots=True)
class Due:
    """``provisional``: the date rests on a year whose holidays are not yet announced."""

    date: dt.date
    trace: tuple[TraceLine, ...]
    provisional: bool


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day ``months`` later; the last of the month when there is none.

    >>> add_months(dt.date(2023, 11, 30), 3)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def due(start: dt.date, period: Period, *, rules: Rulebook, calendar: WorkCalendar) -> Due:
    """The last day of ``period``, counted from ``start``, and how it was found.

    ``start`` is the day of the act that ``period.counted_from`` names. Where the rulebook counts
    the start day, a period ends one day (one working day) earlier.
    """
    first = start if rules.counting.start_day_counts else start + _DAY
    end, steps = _counted_out(start, first, period, calendar)
    last = end
    if not calendar.is_working_day(end):
        if rules.counting.roll_forward_on_holiday:
            last = calendar.add_working_days(end, 1)
        steps.append(_rest_line(end, last, rules))
    guessed: tuple[int, ...] = ()
    if period.unit is Unit.WORKING_DAYS:
        guessed = _guessed_years(first, last, calendar)
    elif rules.counting.roll_forward_on_holiday:
        guessed = _guessed_years(end, last, calendar)
    if guessed:
        steps.append(_provisional_line(guessed))
    opening = [_start_line(start, period, rules), _length_line(period, rules)]
    return Due(last, (*opening, *steps, _due_line(last)), provisional=bool(guessed))


def _counted_out(
    start: dt.date, first: dt.date, period: Period, calendar: WorkCalendar
) -> tuple[dt.date, list[TraceLine]]:
    """The last day of the period when ``first`` is the first day counted, and the steps to it."""
    if period.unit is Unit.MONTHS:
        end = add_months(start, period.count)
        steps = [_month_line(start, end)]
        if first == start:
            end -= _DAY
            steps.append(_day_before_line(end))
        return end, steps
    if period.unit is Unit.DAYS:
        return first + _DAY * (period.count - 1), []
    end = calendar.add_working_days(first - _DAY, period.count)
    return end, list(_exceptions(first, end, calendar))


def light(
    due_on: dt.date | None,
    *,
    today: dt.date,
    threshold: int,
    closed: bool = False,
    paused: bool = False,
) -> Light:
    """Red past the due day, amber from ``threshold`` days before it, green earlier.

    Grey when nothing is due: no date, closed, or paused.
    """
    if due_on is None or closed or paused:
        return Light.GREY
    left = (due_on - today).days
    if left < 0:
        return Light.RED
    return Light.AMBER if left <= threshold else Light.GREEN


def _guessed_years(first: dt.date, last: dt.date, calendar: WorkCalendar) -> tuple[int, ...]:
    """The years from ``first`` to ``last`` whose holidays are not announced."""
    years = range(first.year, last.year + 1)
    return tuple(year for year in years if calendar.provisional(dt.date(year, 1, 1)))


# --- The words of the trace


def _start_line(start: dt.date, period: Period, rules: Rulebook) -> TraceLine:
    act, day = _STARTS[period.counted_from], _said(start)
    if rules.counting.start_day_counts:
        how = Words(zh="当日计入", en="that day counts")
    else:
        how = Words(zh="当日不计入，自次日起算", en="that day does not count")
    return TraceLine(
        zh=f"{act.zh}之日为{day.zh}，{how.zh}。",
        en=f"{act.en} on {day.en}; {how.en}.",
        day=start,
        source=rules.cite("counting.start_day_counts").source.citation,
    )


def _length_line(period: Period, rules: Rulebook) -> TraceLine:
    length = _LENGTHS[period.unit]
    plural = "" if period.count == 1 else "s"
    return TraceLine(
        zh=f"期限为{period.count}{length.zh}。",
        en=f"The period is {period.count} {length.en}{plural}.",
        source=rules.cite(period.key).source.citation if period.key else None,
    )


def _month_line(start: dt.date, end: dt.date) -> TraceLine:
    day = _said(end)
    if start.day == end.day:
        return TraceLine(
            zh=f"到期月的对应日是{day.zh}。", en=f"The corresponding day is {day.en}.", day=end
        )
    return TraceLine(
        zh=f"到期月没有{start.day}日，以月末{day.zh}为准。",
        en=f"That month has no day {start.day}, so its last day {day.en} stands.",
        day=end,
    )


def _day_before_line(end: dt.date) -> TraceLine:
    day = _said(end)
    return TraceLine(
        zh=f"起始日已计入，止于前一日{day.zh}。",
        en=f"As the first day counts, the period ends the day before: {day.en}.",
        day=end,
    )


def _exceptions(first: dt.date, end: dt.date, calendar: WorkCalendar) -> Iterator[TraceLine]:
    """Each announced holiday left out, each make-up day counted, and the plain weekends."""
    weekend_days = 0
    for day in (first + _DAY * at for at in range((end - first).days + 1)):
        noticed = calendar.noticed(day)
        if noticed is not None and (noticed.works or day.weekday() not in _WEEKEND):
            how = _COUNTED if noticed.works else _LEFT_OUT
            said = _said(day)
            yield TraceLine(
                zh=f"{said.zh}（星期{_WEEKDAYS[day.weekday()]}）{noticed.name.zh}，{how.zh}。",
                en=f"{said.en} ({day:%A}), {noticed.name.en}: {how.en}.",
                day=day,
                source=Words(zh=noticed.notice, en=noticed.notice),
            )
        elif not calendar.is_working_day(day):
            weekend_days += 1
    if weekend_days:
        yield TraceLine(
            zh=f"其间周末休息{weekend_days}天，不计入。",
            en=f"Weekend days left out: {weekend_days}.",
        )


def _rest_line(end: dt.date, last: dt.date, rules: Rulebook) -> TraceLine:
    day, later = _said(end), _said(last)
    if last > end:
        how = Words(
            zh=f"顺延至{later.zh}", en=f"so the next working day, {later.en}, takes its place"
        )
    else:
        how = Words(zh="按规则不顺延", en="by the rules it stays")
    return TraceLine(
        zh=f"{day.zh}是休息日，{how.zh}。",
        en=f"{day.en} is a day of rest; {how.en}.",
        day=end,
        source=rules.cite("counting.roll_forward_on_holiday").source.citation,
    )


def _provisional_line(years: tuple[int, ...]) -> TraceLine:
    listed = ", ".join(map(str, years))
    return TraceLine(
        zh=f"{'、'.join(map(str, years))}年的放假通知尚未载入，按法定节假日和周末推算，为暂定。",
        en=f"No notice for {listed} is loaded; statutory days off and weekends only: provisional.",
    )


def _due_line(last: dt.date) -> TraceLine:
    day = _said(last)
    return TraceLine(
        zh=f"到期日为{day.zh}（星期{_WEEKDAYS[last.weekday()]}）。",
        en=f"Due on {day.en} ({last:%A}).",
        day=last,
    )


def _said(day: dt.date) -> Words:
    return Words(zh=f"{day.year}年{day.month}月{day.day}日", en=day.isoformat())
