"""A clock as a pure function of what happened to it.

``run`` replays the events from the first. Nothing is remembered between two runs, so what is
stored of a clock can always be compared with what its events say.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from huiyin.rulebook import events, impossible, trace
from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.choices import PromiseEnd
from huiyin.rulebook.clocks import Due, Pause, Span, counted_out, sum_up
from huiyin.rulebook.events import Event
from huiyin.rulebook.kinds import CLOCKS, ClockKind, Rule
from huiyin.rulebook.model import Period, Rulebook, StartEvent
from huiyin.rulebook.reading import Clock
from huiyin.rulebook.trace import TraceLine
from huiyin.rulebook.values import Length
from huiyin.rulebook.words import Words

_RULES = Words(zh="按决定改用新的规则", en="By decision other rules were applied")
_CALENDAR = Words(zh="载入放假安排", en="A holiday notice was loaded")


def run(
    kind: ClockKind, happened: Iterable[Event], *, rules: Rulebook, calendar: WorkCalendar
) -> Clock | None:
    """Replay what happened to one clock, oldest first.

    Returns None where the rulebook sets no such limit, or nothing has happened. Raises
    ``ImpossibleEvent`` for what cannot have happened where the clock stood: nothing is skipped,
    nothing repaired.
    """
    running = _replayed(kind, happened, rules=rules, calendar=calendar)
    return running.clock() if running else None


def longest(
    kind: ClockKind, happened: Iterable[Event], *, rules: Rulebook, calendar: WorkCalendar
) -> dt.date | None:
    """The last day to which a clock can be extended, before holidays and pauses move it."""
    running = _replayed(kind, happened, rules=rules, calendar=calendar)
    return running.longest() if running else None


def _replayed(
    kind: ClockKind, happened: Iterable[Event], *, rules: Rulebook, calendar: WorkCalendar
) -> "_Running | None":
    running: _Running | None = None
    for event in happened:
        if running is None:
            running = _begin(kind, event, rules=rules, calendar=calendar)
        else:
            running.take(event)
    return running


@dataclass(slots=True, kw_only=True)
class _Running:
    """A clock while its events are replayed."""

    kind: ClockKind
    rules: Rulebook
    calendar: WorkCalendar
    issued: events.Issued
    since: dt.date  # the assignment that counts
    last_on: dt.date
    received_on: dt.date | None = None
    pushed_on: dt.date | None = None
    paused_on: dt.date | None = None
    met_on: dt.date | None = None
    extended: list[events.Extended] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    moved: list[TraceLine] = field(default_factory=list)  # told before the sum
    noted: list[TraceLine] = field(default_factory=list)  # told after it

    @property
    def rule(self) -> Rule:
        return CLOCKS[self.kind]

    def take(self, event: Event) -> None:
        if isinstance(event, events.Issued):
            raise impossible.issued_twice(event.on)
        if event.on < self.last_on:
            raise impossible.before_the_last(event.on, self.last_on)
        handed_on = isinstance(event, events.Reassigned) and self.rule.each_anew
        if self.met_on is not None and not handed_on:
            raise impossible.over(event.on, self.met_on)
        if not self._knows(event):
            raise impossible.not_of_this_kind(event.on, self.rule.label)
        _EFFECTS[type(event)](self, event)
        self.last_on = event.on

    def _knows(self, event: Event) -> bool:
        """Whether this kind of clock can meet with such an event at all."""
        rule = self.rule
        if isinstance(event, events.Received | events.Returned | events.Reassigned):
            return rule.of_organ
        if isinstance(event, events.Extended | events.ExtensionRemoved):
            return rule.extendable
        return rule.recurs or not isinstance(event, events.Pushed)

    # --- What it comes to

    def clock(self) -> Clock | None:
        due = self.due()
        if due is None:
            return None
        return Clock(
            kind=self.kind,
            date=due.date,
            trace=(*self._opening(), *due.trace, *self._ending(due.date)),
            provisional=due.provisional,
            first_on=self.issued.on,
            start=self._start(),
            paused_on=self.paused_on,
            met_on=self.met_on,
            pauses=tuple(self.pauses),
            rules=self.rules,
            calendar=self.calendar,
        )

    def due(self) -> Due | None:
        limit = self.rule.limit(self.rules)
        promised = self._promised(limit)
        if promised:
            line = trace.fixed_line(promised, self.rule.key, self.rules)
            return Due(promised, (line, trace.due_line(promised)), provisional=False)
        if not isinstance(limit, Period):
            return None
        return sum_up(self.span(limit), rules=self.rules, calendar=self.calendar)

    def _promised(self, limit: Period | PromiseEnd | None) -> dt.date | None:
        """The day a promise is to be kept by, where it is named and not counted out."""
        if limit is PromiseEnd.YEAR_END:
            return self.issued.until or dt.date(self.issued.on.year, 12, 31)
        return self.issued.until

    def span(self, period: Period, *, more: tuple[Length, ...] | None = None) -> Span:
        added = tuple(each.by for each in self.extended) if more is None else more
        start = self._begun(period)[0]
        return Span(start=start, period=period, more=added, pauses=tuple(self.pauses))

    def longest(self) -> dt.date:
        """The last day the rules let extensions reach."""
        limit = self.rules.extension.limit
        if limit.counted_from is StartEvent.DUE_DATE:
            added = (Length(limit.count, limit.unit),)
            return self.counted_out(self.span(self.rules.reply.limit, more=added))
        return self.counted_out(self.span(limit, more=()))

    def counted_out(self, span: Span) -> dt.date:
        return counted_out(span, rules=self.rules, calendar=self.calendar)

    def _start(self) -> dt.date:
        limit = self.rule.limit(self.rules)
        return self._begun(limit)[0] if isinstance(limit, Period) else self.since

    def _begun(self, period: Period) -> tuple[dt.date, StartEvent, list[TraceLine]]:
        """The day a period begins, the act that begins it, and why it is not another."""
        start = period.counted_from
        if start is StartEvent.RECEIPT and self.rule.of_organ:
            if self.received_on:
                return self.received_on, start, []
            line = trace.not_received_line(period, self.rules)
            return self.since, StartEvent.ASSIGNMENT, [line]
        if start is StartEvent.SESSION_CLOSE:
            closed = self.issued.session_close
            if closed and closed >= self.since:
                return closed, start, []
            return self.since, StartEvent.ASSIGNMENT, [trace.session_line(closed)]
        if start is StartEvent.PUSH:
            if self.pushed_on:
                return self.pushed_on, start, []
            return self.since, StartEvent.RECEIPT, []
        return self.since, start, []

    def _opening(self) -> list[TraceLine]:
        limit = self.rule.limit(self.rules)
        if not isinstance(limit, Period):
            return list(self.moved)
        start, act, why = self._begun(limit)
        return [
            *self.moved,
            *why,
            trace.start_line(start, act, self.rules),
            trace.length_line(limit, self.rules),
            *(
                trace.extended_line(
                    each.on,
                    each.asked_on,
                    trace.said_length(each.by.count, each.by.unit),
                    each.under or self.rules,
                )
                for each in self.extended
            ),
        ]

    def _ending(self, last: dt.date) -> list[TraceLine]:
        ending = list(self.noted)
        if self.paused_on:
            ending.append(trace.standing_line(self.paused_on))
        if self.met_on:
            ending.append(trace.met_line(self.met_on, last))
        return ending


# --- What each event does


def _begin(kind: ClockKind, event: Event, *, rules: Rulebook, calendar: WorkCalendar) -> _Running:
    if not isinstance(event, events.Issued):
        raise impossible.never_issued(event.on)
    running = _Running(
        kind=kind, rules=rules, calendar=calendar, issued=event, since=event.on, last_on=event.on
    )
    _refuse_promise(running, event)
    return running


def _refuse_promise(running: _Running, event: events.Issued) -> None:
    """A promise names a day where its class leaves it open, and none later than it allows."""
    limit = running.rule.limit(running.rules)
    if limit is PromiseEnd.PLAN_DATE and event.until is None:
        raise impossible.no_day_named(event.on)
    if event.until is None:
        return
    if not running.rule.key:
        raise impossible.not_of_this_kind(event.on, running.rule.label)
    if event.until < event.on:
        raise impossible.promised_before(event.on)
    longest = event.until
    if limit is PromiseEnd.YEAR_END:
        longest = dt.date(event.on.year, 12, 31)
    elif isinstance(limit, Period):
        longest = running.counted_out(running.span(limit))
    if event.until > longest:
        raise impossible.promised_too_late(event.on, longest)


def _received(running: _Running, event: events.Received) -> None:
    if running.received_on is not None:
        raise impossible.received_already(event.on)
    running.received_on = event.on
    if running.rule.met_by is events.Received:
        _met(running, event)


def _returned(running: _Running, event: events.Returned) -> None:
    if running.rule.met_by is events.Returned:
        _met(running, event)
    else:
        running.noted.append(trace.returned_line(event.on))


def _reassigned(running: _Running, event: events.Reassigned) -> None:
    anew = running.rule.each_anew or running.rules.reply.restarts_on_reassignment
    if not running.moved:
        running.moved.append(trace.first_line(running.issued.on))
    running.moved.append(trace.reassigned_line(event.on, running.rules, anew=anew))
    if anew:
        running.since = event.on
        running.received_on = running.paused_on = running.met_on = None
        running.extended.clear()
        running.pauses.clear()


def _pushed(running: _Running, event: events.Pushed) -> None:
    running.pushed_on, running.paused_on = event.on, None
    running.pauses.clear()


def _paused(running: _Running, event: events.Paused) -> None:
    if running.paused_on is not None:
        raise impossible.paused_already(event.on)
    due = running.due()
    if due and event.on > due.date:
        raise impossible.run_out(event.on, due.date)
    running.paused_on = event.on


def _resumed(running: _Running, event: Event) -> None:
    if running.paused_on is None:
        raise impossible.not_paused(event.on)
    running.pauses.append(Pause(running.paused_on, event.on))
    running.paused_on = None


def _pause_removed(running: _Running, event: events.PauseRemoved) -> None:
    if running.paused_on is not None:
        running.paused_on = None
    elif running.pauses:
        running.pauses.pop()
    else:
        raise impossible.not_paused(event.on)
    running.noted.append(trace.pause_removed_line(event.on))


def _extended(running: _Running, event: events.Extended) -> None:
    now, running.rules = running.rules, event.under or running.rules
    _refuse_extension(running, event)
    running.extended.append(event)
    if not event.judged:
        _refuse_too_long(running, event)
    running.rules = now


def _refuse_extension(running: _Running, event: events.Extended) -> None:
    due, rules = running.due(), running.rules.extension
    if event.by.count < 1:
        raise impossible.adds_nothing(event.on)
    if not running.since <= event.asked_on <= event.on:
        raise impossible.asked_at_no_time(event.on)
    is_late = due and running.paused_on is None and event.asked_on > due.date
    if due and is_late and not event.judged:
        raise impossible.asked_too_late(event.on, due.date)
    if rules.needs_consent and not event.granted_by:
        raise impossible.consent_lacks(event.on)
    if event.granted_by and event.granted_by == event.asked_by:
        raise impossible.own_consent(event.on)
    if len(running.extended) >= rules.times:
        raise impossible.extended_enough(event.on, rules.times)


def _refuse_too_long(running: _Running, event: events.Extended) -> None:
    """Compared before pauses and holidays move either day."""
    ordinary = cast("Period", running.rule.limit(running.rules))
    allowed = running.longest()
    if running.counted_out(running.span(ordinary)) > allowed:
        raise impossible.too_long(event.on, allowed)


def _extension_removed(running: _Running, event: events.ExtensionRemoved) -> None:
    if not running.extended:
        raise impossible.not_extended(event.on)
    running.extended.pop()
    running.noted.append(trace.extension_removed_line(event.on))


def _rules_changed(running: _Running, event: events.RulesChanged) -> None:
    before, running.rules = running.due(), event.rules
    _note_change(running, event.on, _RULES, before)


def _calendar_changed(running: _Running, event: events.CalendarChanged) -> None:
    before, running.calendar = running.due(), event.calendar
    _note_change(running, event.on, _CALENDAR, before)


def _note_change(running: _Running, on: dt.date, what: Words, before: Due | None) -> None:
    after = running.due()
    if before and after:
        running.noted.append(trace.changed_line(on, what, before.date, after.date))


def _met(running: _Running, event: Event) -> None:
    if running.paused_on is not None:
        _resumed(running, event)
    running.met_on = event.on


_EFFECTS: dict[type[Event], Callable[[_Running, Any], None]] = {
    events.Received: _received,
    events.Returned: _returned,
    events.Reassigned: _reassigned,
    events.Paused: _paused,
    events.Resumed: _resumed,
    events.PauseRemoved: _pause_removed,
    events.Extended: _extended,
    events.ExtensionRemoved: _extension_removed,
    events.Pushed: _pushed,
    events.RulesChanged: _rules_changed,
    events.CalendarChanged: _calendar_changed,
    events.Met: _met,
}
