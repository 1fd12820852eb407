"""What happens to clocks in tests: all of it in Hunan, from 12 February 2020 on."""

from datetime import date

from huiyin.rulebook import (
    Clock,
    ClockKind,
    Length,
    Rulebook,
    Unit,
    events,
    load,
    run,
    shipped_calendar,
)

RULES = load("hunan", on=date(2020, 2, 12))
CALENDAR = shipped_calendar()
ISSUED = events.Issued(on=date(2020, 2, 12))
ONE_MONTH = Length(1, Unit.MONTHS)


def day(month: int, number: int) -> date:
    return date(2020, month, number)


def clock(
    *happened: events.Event, kind: ClockKind = ClockKind.REPLY, rules: Rulebook = RULES
) -> Clock:
    found = run(kind, [ISSUED, *happened], rules=rules, calendar=CALENDAR)
    assert found is not None
    return found


def extended(on: date, by: Length = ONE_MONTH, *, asked_on: date | None = None) -> events.Extended:
    return events.Extended(
        on=on, by=by, asked_on=asked_on or on, asked_by="organ", granted_by="office"
    )


def paused(since: date, until: date) -> list[events.Event]:
    return [events.Paused(on=since), events.Resumed(on=until)]
