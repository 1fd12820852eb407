"""Every way of counting, tried against a second, deliberately naive one (N33, T056, T057)."""

import random
from dataclasses import dataclass, replace
from datetime import date

import pytest

from huiyin.rulebook import (
    CLOCKS,
    ClockKind,
    ImpossibleEvent,
    Length,
    Period,
    Rulebook,
    StartEvent,
    Unit,
    WorkCalendar,
    add_months,
    available,
    due,
    events,
    load,
    run,
)
from huiyin.rulebook.kinds import Rule
from huiyin.rulebook.model import Counting
from huiyin.rulebook.tests.naive import DAY, NaiveCalendar, NaiveClock, naive_months

TRIES = 100_000
CALENDARS = 250
CASES = 500
BEGIN = date(2015, 9, 1)
RULES = load("hunan", on=date(2020, 2, 12))


def some_calendar(chance: random.Random, around: date) -> NaiveCalendar:
    """Holidays of some days on end, each with make-up days near it, over two and a half years."""
    rests: set[date] = set()
    works: set[date] = set()
    for _ in range(chance.randrange(18)):
        begun = around + DAY * chance.randrange(-30, 900)
        rests |= {begun + DAY * at for at in range(chance.randrange(1, 9))}
        works |= {begun + DAY * chance.randrange(-15, 20) for _ in range(chance.randrange(3))}
    return NaiveCalendar(frozenset(rests - works), frozenset(works))


# --- A date, a rule, a calendar


@pytest.mark.slow
def test_a_hundred_thousand_dates_rules_and_calendars_without_a_difference() -> None:
    """N33: 0 differences over 100,000 random (date, rule, calendar)."""
    chance = random.Random(20200212)  # noqa: S311 - repeatable, not secret
    pool = [
        (around, calendar, calendar.as_work_calendar())
        for around in (BEGIN + DAY * chance.randrange(4000) for _ in range(CALENDARS))
        for calendar in [some_calendar(chance, around)]
    ]
    differences = [
        (start, period, rules.counting, found, expected)
        for start, period, rules, naive, calendar in (drawn(chance, pool) for _ in range(TRIES))
        for found in [due(start, period, rules=rules, calendar=calendar).date]
        for expected in [
            NaiveClock(
                start=start,
                count=period.count,
                unit=period.unit,
                calendar=naive,
                start_day_counts=rules.counting.start_day_counts,
                rolls=rules.counting.roll_forward_on_holiday,
            ).last_day()
        ]
        if found != expected
    ]
    assert differences == []


Drawn = tuple[date, Period, Rulebook, NaiveCalendar, WorkCalendar]


def drawn(chance: random.Random, pool: list[tuple[date, NaiveCalendar, WorkCalendar]]) -> Drawn:
    around, naive, calendar = chance.choice(pool)
    start = around + DAY * chance.randrange(300)
    if chance.random() < 0.2:  # the ends of months, where the traps are
        start = start.replace(day=1) - DAY
    unit = chance.choice(list(Unit))
    longest = {Unit.MONTHS: 36, Unit.DAYS: 90, Unit.WORKING_DAYS: 40}[unit]
    return (
        start,
        Period(chance.randint(1, longest), unit, StartEvent.RECEIPT),
        SWITCHED[chance.randrange(4)],
        naive,
        calendar,
    )


SWITCHED = [
    replace(RULES, counting=Counting(start_day_counts=start, roll_forward_on_holiday=roll))
    for start in (False, True)
    for roll in (False, True)
]


def test_months_are_added_as_the_naive_way_adds_them() -> None:
    for start in (date(2019, 12, 1) + DAY * at for at in range(500)):
        for count in range(37):
            assert add_months(start, count) == naive_months(start, count)


# --- One script of 500 cases under every pack


@dataclass(kw_only=True)
class Script:
    """One case: when what happened to it. The same script is played under every pack."""

    issued: date
    session_close: date | None
    received: date | None
    reassigned: date | None
    received_again: date | None
    stands_after: int | None  # days after the last of those; for how long
    stands_for: int
    pushed_after: tuple[int, ...]
    extended: bool
    until: date

    def runs_from(self, rule: Rule) -> date:
        """The last day on which a clock of this kind was handed on."""
        if not rule.of_organ:
            return self.issued
        return self.received_again or self.reassigned or self.received or self.issued

    def stood(self, rule: Rule) -> tuple[date, date] | None:
        if self.stands_after is None or rule.recurs:
            return None
        begun = self.runs_from(rule) + DAY * self.stands_after
        return begun, begun + DAY * self.stands_for

    def pushed(self, rule: Rule) -> list[date]:
        return [self.issued + DAY * after for after in self.pushed_after if rule.recurs]


def script(chance: random.Random) -> Script:
    def maybe(share: float, day: date, most: int) -> date | None:
        return day + DAY * chance.randrange(most) if chance.random() < share else None

    issued = date(2020, 1, 2) + DAY * chance.randrange(2200)
    received = maybe(0.7, issued, 5)
    reassigned = maybe(0.3, received or issued, 6)
    return Script(
        issued=issued,
        session_close=maybe(0.8, issued - DAY * 9, 18),
        received=received,
        reassigned=reassigned,
        received_again=maybe(0.5, reassigned, 3) if reassigned else None,
        stands_after=chance.choice([None, 0, 1, 4, 9, 14]),
        stands_for=chance.randrange(40),
        pushed_after=tuple(range(3, chance.randrange(4, 40), 6)),
        extended=chance.random() < 0.3,
        until=max(issued, date(issued.year, 12, 31) - DAY * chance.randrange(200)),
    )


SCRIPTS = [script(random.Random(seed)) for seed in range(CASES)]  # noqa: S311 - repeatable
ONE_MONTH = Length(1, Unit.MONTHS)


def played(kind: ClockKind, told: Script) -> list[events.Event]:
    """What the script is to this kind of clock, in order."""
    rule = CLOCKS[kind]
    until = told.until if rule.key else None
    happened: list[events.Event] = [
        events.Issued(on=told.issued, session_close=told.session_close, until=until)
    ]
    if rule.of_organ:
        signs = kind is not ClockKind.ACKNOWLEDGE
        if told.received and signs:
            happened.append(events.Received(on=told.received))
        if told.reassigned:
            happened.append(events.Reassigned(on=told.reassigned))
        if told.received_again and signs:
            happened.append(events.Received(on=told.received_again))
    if told.extended and kind is ClockKind.REPLY:
        on = told.runs_from(rule)
        happened.append(
            events.Extended(on=on, asked_on=on, by=ONE_MONTH, asked_by="a", granted_by="b")
        )
    if stood := told.stood(rule):
        happened += [events.Paused(on=stood[0]), events.Resumed(on=stood[1])]
    return happened + [events.Pushed(on=day) for day in told.pushed(rule)]


def expected(
    kind: ClockKind, told: Script, rules: Rulebook, naive: NaiveCalendar
) -> tuple[date, date] | str:
    """Start and last day by the naive way; or that there is no limit, or no such sequence."""
    rule = CLOCKS[kind]
    limit = rule.limit(rules)
    if limit is None:
        return "no limit"
    since = (rule.of_organ and told.reassigned) or told.issued
    stood = told.stood(rule)
    if rule.key:
        return "refused" if stood and stood[0] > told.until else (since, told.until)
    assert isinstance(limit, Period)
    clock = NaiveClock(
        start=_start(limit, rule, told, since),
        count=limit.count,
        unit=limit.unit,
        calendar=naive,
        start_day_counts=rules.counting.start_day_counts,
        rolls=rules.counting.roll_forward_on_holiday,
        added=1 if told.extended and kind is ClockKind.REPLY else 0,
    )
    if stood and stood[0] > clock.last_day():
        return "refused"
    clock.pauses = [stood] if stood else []
    return clock.start, clock.last_day()


def _start(limit: Period, rule: Rule, told: Script, since: date) -> date:
    received = told.received_again if told.reassigned else told.received
    if limit.counted_from == "receipt" and rule.of_organ and received:
        return received
    if limit.counted_from == "session_close" and told.session_close:
        return max(told.session_close, since)
    return told.pushed(rule)[-1] if rule.recurs and told.pushed(rule) else since


def outcome(
    kind: ClockKind, told: Script, rules: Rulebook, calendar: WorkCalendar
) -> tuple[date, date] | str:
    try:
        clock = run(kind, played(kind, told), rules=rules, calendar=calendar)
    except ImpossibleEvent:
        return "refused"
    return (clock.start, clock.date) if clock else "no limit"


@pytest.mark.parametrize("pack", available())
def test_five_hundred_cases_under_every_pack(pack: str) -> None:
    """Every kind of clock of 500 scripted cases; every pack begins anew on re-assignment."""
    naive = some_calendar(random.Random(1), date(2023, 1, 1))  # noqa: S311 - repeatable
    calendar = naive.as_work_calendar()
    years = {told.issued.year for told in SCRIPTS}
    by_year = {year: load(pack, on=date(year, 12, 31)) for year in years}
    assert all(rules.reply.restarts_on_reassignment for rules in by_year.values())
    found = {
        (number, kind): outcome(kind, told, by_year[told.issued.year], calendar)
        for number, told in enumerate(SCRIPTS)
        for kind in ClockKind
    }
    wanted = {
        (number, kind): expected(kind, told, by_year[told.issued.year], naive)
        for number, told in enumerate(SCRIPTS)
        for kind in ClockKind
    }
    assert {at: (found[at], wanted[at]) for at in found if found[at] != wanted[at]} == {}
    assert sum(isinstance(each, tuple) for each in found.values()) > 12 * CASES
    assert "refused" in found.values()
