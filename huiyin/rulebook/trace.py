"""The words of a sum: each step from the first act to the due day, with its ground."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.model import Period, Rulebook, StartEvent, Unit
from huiyin.rulebook.parameters import PARAMETERS
from huiyin.rulebook.words import Words

_DAY = dt.timedelta(days=1)

_STARTS = {
    StartEvent.ASSIGNMENT: Words(zh="交办", en="Assigned"),
    StartEvent.RECEIPT: Words(zh="收到", en="Received"),
    StartEvent.SESSION_CLOSE: Words(zh="大会闭会", en="Session closed"),
    StartEvent.DELIVERY: Words(zh="答复送达", en="Reply delivered"),
    StartEvent.ORDER: Words(zh="提出要求", en="Asked for"),
    StartEvent.RETURN_REQUEST: Words(zh="收到退回申请", en="Return asked for"),
    StartEvent.DISPUTE: Words(zh="提请协调", en="Put to arbitration"),
    StartEvent.DUE_DATE: Words(zh="原期限届满", en="Ordinary limit over"),
    StartEvent.URGING: Words(zh="上次催办", en="Last urged"),
    StartEvent.CONTACT: Words(zh="沟通记入", en="Contact recorded"),
    StartEvent.RATING: Words(zh="作出评价", en="Rated"),
    StartEvent.PUSH: Words(zh="上次推动", en="Last pushed on"),
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


def said_day(day: dt.date) -> Words:
    return Words(zh=f"{day.year}年{day.month}月{day.day}日", en=day.isoformat())


def said_length(count: int, unit: Unit) -> Words:
    """``3个月``, ``3 calendar months``."""
    length = _LENGTHS[unit]
    plural = "" if count == 1 else "s"
    return Words(zh=f"{count}{length.zh}", en=f"{count} {length.en}{plural}")


# --- Where it begins, and how long it is


def start_line(start: dt.date, act: StartEvent, rules: Rulebook) -> TraceLine:
    day = said_day(start)
    if rules.counting.start_day_counts:
        how = Words(zh="当日计入", en="that day counts")
    else:
        how = Words(zh="当日不计入，自次日起算", en="that day does not count")
    return TraceLine(
        zh=f"{_STARTS[act].zh}之日为{day.zh}，{how.zh}。",
        en=f"{_STARTS[act].en} on {day.en}; {how.en}.",
        day=start,
        source=rules.cite("counting.start_day_counts").source.citation,
    )


def not_received_line(period: Period, rules: Rulebook) -> TraceLine:
    """The period waits for a receipt that has not been given; the organ gains no time by that."""
    return TraceLine(
        zh="期限自收到之日起算；尚未签收，暂自交办之日起算。",
        en="The period runs from receipt; as it is not acknowledged yet, it is counted from "
        "assignment.",
        source=_cited(_start_key(period), rules),
    )


def _start_key(period: Period) -> str:
    """Where places differ on the start a parameter of its own says so; else the period does."""
    key = f"{period.key.partition('.')[0]}.counts_from"
    return key if key in PARAMETERS else period.key


def session_line(closed: dt.date | None) -> TraceLine:
    """Why a period that runs from the close of the session is counted from assignment."""
    if closed is None:
        return TraceLine(
            zh="期限自大会闭会之日起算；闭会日期尚未登记，暂自交办之日起算。",
            en="The period runs from the close of the session, whose day is not entered yet; "
            "it is counted from assignment.",
        )
    day = said_day(closed)
    return TraceLine(
        zh=f"大会于{day.zh}闭会，交办在其后，自交办之日起算。",
        en=f"The session closed on {day.en}, before the assignment; it is counted from assignment.",
        day=closed,
    )


def length_line(period: Period, rules: Rulebook) -> TraceLine:
    length = said_length(period.count, period.unit)
    return TraceLine(
        zh=f"期限为{length.zh}。",
        en=f"The period is {length.en}.",
        source=_cited(period.key, rules),
    )


def fixed_line(until: dt.date, key: str, rules: Rulebook) -> TraceLine:
    """A promise to be kept by a day that is named, not counted out."""
    day = said_day(until)
    return TraceLine(
        zh=f"承诺在{day.zh}以前办成。",
        en=f"Promised by {day.en}.",
        day=until,
        source=_cited(key, rules),
    )


def _cited(key: str, rules: Rulebook) -> Words | None:
    """The source of a parameter; a period made up by hand has none."""
    return rules.cite(key).source.citation if key else None


# --- How it is counted out


def month_line(start: dt.date, end: dt.date) -> TraceLine:
    day = said_day(end)
    if start.day == end.day:
        return TraceLine(
            zh=f"到期月的对应日是{day.zh}。", en=f"The corresponding day is {day.en}.", day=end
        )
    return TraceLine(
        zh=f"到期月没有{start.day}日，以月末{day.zh}为准。",
        en=f"That month has no day {start.day}, so its last day {day.en} stands.",
        day=end,
    )


def day_before_line(end: dt.date) -> TraceLine:
    day = said_day(end)
    return TraceLine(
        zh=f"起始日已计入，止于前一日{day.zh}。",
        en=f"As the first day counts, the period ends the day before: {day.en}.",
        day=end,
    )


def exceptions(
    first: dt.date, end: dt.date, stood: frozenset[dt.date], calendar: WorkCalendar
) -> Iterator[TraceLine]:
    """Each announced holiday left out, each make-up day counted, and the plain weekends.

    Days on which the clock stood still are left to the line that says so.
    """
    weekend_days = 0
    for day in (first + _DAY * at for at in range((end - first).days + 1)):
        if day in stood:
            continue
        noticed = calendar.noticed(day)
        if noticed is not None and (noticed.works or day.weekday() not in _WEEKEND):
            how = _COUNTED if noticed.works else _LEFT_OUT
            said = said_day(day)
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


def pause_line(since: dt.date, until: dt.date, days: int, unit: Unit, end: dt.date) -> TraceLine:
    """``days`` of the period's own kind were added, which makes ``end``."""
    begun, over, moved = said_day(since), said_day(until), said_day(end)
    kind = Unit.WORKING_DAYS if unit is Unit.WORKING_DAYS else Unit.DAYS
    added = said_length(days, kind)
    return TraceLine(
        zh=f"{begun.zh}中止，{over.zh}恢复，补回{added.zh}，止于{moved.zh}。",
        en=f"Stood still from {begun.en}, ran again from {over.en}: {added.en} added, "
        f"which makes {moved.en}.",
        day=since,
    )


def rest_line(end: dt.date, last: dt.date, rules: Rulebook) -> TraceLine:
    day, later = said_day(end), said_day(last)
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


def provisional_line(years: tuple[int, ...]) -> TraceLine:
    listed = ", ".join(map(str, years))
    return TraceLine(
        zh=f"{'、'.join(map(str, years))}年的放假通知尚未载入，按法定节假日和周末推算，为暂定。",
        en=f"No notice for {listed} is loaded; statutory days off and weekends only: provisional.",
    )


def due_line(last: dt.date) -> TraceLine:
    day = said_day(last)
    return TraceLine(
        zh=f"到期日为{day.zh}（星期{_WEEKDAYS[last.weekday()]}）。",
        en=f"Due on {day.en} ({last:%A}).",
        day=last,
    )


# --- What happened on the way


def first_line(first: dt.date) -> TraceLine:
    day = said_day(first)
    return TraceLine(
        zh=f"首次交办之日为{day.zh}，历时自该日计。",
        en=f"First assigned on {day.en}; the time it has taken is counted from there.",
        day=first,
    )


def reassigned_line(on: dt.date, rules: Rulebook, *, anew: bool) -> TraceLine:
    day = said_day(on)
    how = (
        Words(zh="期限重新起算", en="the period begins again")
        if anew
        else Words(zh="期限继续计算", en="the period runs on")
    )
    return TraceLine(
        zh=f"{day.zh}改交其他单位，{how.zh}。",
        en=f"Assigned to another organ on {day.en}; {how.en}.",
        day=on,
        source=rules.cite("reply.restarts_on_reassignment").source.citation,
    )


def returned_line(on: dt.date) -> TraceLine:
    day = said_day(on)
    return TraceLine(
        zh=f"{day.zh}申请退回；决定以前期限照常计算。",
        en=f"A return was asked for on {day.en}; until it is decided the period runs on.",
        day=on,
    )


def extended_line(on: dt.date, asked_on: dt.date, added: Words, rules: Rulebook) -> TraceLine:
    day, asked = said_day(on), said_day(asked_on)
    return TraceLine(
        zh=f"{asked.zh}申请延期，{day.zh}延长{added.zh}。",
        en=f"An extension was asked for on {asked.en} and given on {day.en}: {added.en} more.",
        day=on,
        source=rules.cite("extension.limit").source.citation,
    )


def extension_removed_line(on: dt.date) -> TraceLine:
    day = said_day(on)
    return TraceLine(
        zh=f"{day.zh}取消延期。", en=f"The extension was taken back on {day.en}.", day=on
    )


def pause_removed_line(on: dt.date) -> TraceLine:
    day = said_day(on)
    return TraceLine(
        zh=f"{day.zh}撤销中止，视为未曾中止。",
        en=f"The pause was taken back on {day.en}, as if it had never been.",
        day=on,
    )


def standing_line(since: dt.date) -> TraceLine:
    day = said_day(since)
    return TraceLine(
        zh=f"{day.zh}起中止；恢复后补回中止的时间。",
        en=f"It stands still since {day.en}; that time will be added when it runs again.",
        day=since,
    )


def changed_line(on: dt.date, what: Words, before: dt.date, after: dt.date) -> TraceLine:
    """The rules or the calendar changed under a running clock."""
    day, old, new = said_day(on), said_day(before), said_day(after)
    if before == after:
        outcome = Words(zh="到期日不变", en="the due day stays")
    else:
        outcome = Words(
            zh=f"到期日由{old.zh}改为{new.zh}", en=f"the due day moves from {old.en} to {new.en}"
        )
    return TraceLine(
        zh=f"{day.zh}{what.zh}，{outcome.zh}。", en=f"{what.en} on {day.en}; {outcome.en}.", day=on
    )


def met_line(on: dt.date, last: dt.date) -> TraceLine:
    day, late = said_day(on), (on - last).days
    if late <= 0:
        return TraceLine(zh=f"{day.zh}完成，在期限内。", en=f"Done on {day.en}, in time.", day=on)
    plural = "" if late == 1 else "s"
    return TraceLine(
        zh=f"{day.zh}完成，逾期{late}日。", en=f"Done on {day.en}, {late} day{plural} late.", day=on
    )
