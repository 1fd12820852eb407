"""Anything may happen to a clock, in any order that can be: stored = replayed (M3, T056, T057).

By default a few hundred sequences. The ten thousand the project promises (about ten minutes):

    HUIYIN_SEQUENCES=10000 .venv/bin/python -m pytest huiyin/rulebook/tests/test_replay.py
"""

import os
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from huiyin.rulebook import (
    Clock,
    ClockKind,
    ImpossibleEvent,
    Length,
    Period,
    Rulebook,
    StartEvent,
    Unit,
    events,
    load,
    run,
)
from huiyin.rulebook.model import Counting
from huiyin.rulebook.tests.naive import DAY, NaiveCalendar, NaiveClock

SEQUENCES = int(os.environ.get("HUIYIN_SEQUENCES", "300"))
RULES = load("hunan", on=date(2020, 2, 12))
BEGIN = date(2019, 12, 1)
PERIODS = st.one_of(
    st.builds(Length, st.integers(1, 12), st.just(Unit.MONTHS)),
    st.builds(Length, st.integers(1, 90), st.just(Unit.DAYS)),
    st.builds(Length, st.integers(1, 40), st.just(Unit.WORKING_DAYS)),
)
NEAR = st.integers(-20, 500).map(lambda at: BEGIN + DAY * at)
CALENDARS = st.builds(
    NaiveCalendar, st.frozensets(NEAR, max_size=40), st.frozensets(NEAR, max_size=20)
)


def ruled(
    length: Length, *, start: StartEvent, start_day: bool, roll: bool, restart: bool
) -> Rulebook:
    """A rulebook with this reply period, in which everything may be extended without end."""
    return replace(
        RULES,
        reply=replace(
            RULES.reply,
            limit=Period(length.count, length.unit, start, "reply.limit"),
            restarts_on_reassignment=restart,
        ),
        extension=replace(
            RULES.extension,
            needs_consent=False,
            limit=Period(60, Unit.MONTHS, StartEvent.DUE_DATE, "extension.limit"),
            times=9,
        ),
        counting=Counting(start_day_counts=start_day, roll_forward_on_holiday=roll),
    )


class Replayed(RuleBasedStateMachine):
    """Beside the engine a naive clock is kept by hand; they must agree after every step."""

    happened: list[events.Event]
    stored: list[Clock]

    @initialize(
        length=PERIODS,
        start=st.sampled_from([StartEvent.ASSIGNMENT, StartEvent.RECEIPT]),
        start_day=st.booleans(),
        roll=st.booleans(),
        restart=st.booleans(),
        calendar=CALENDARS,
    )
    def issue(
        self,
        length: Length,
        start: StartEvent,
        calendar: NaiveCalendar,
        *,
        start_day: bool,
        roll: bool,
        restart: bool,
    ) -> None:
        self.rulebook = ruled(length, start=start, start_day=start_day, roll=roll, restart=restart)
        self.calendar = calendar.as_work_calendar()
        self.by_receipt, self.restart = start is StartEvent.RECEIPT, restart
        self.unit = length.unit
        self.today = BEGIN
        self.happened, self.stored = [], []
        self.naive = NaiveClock(
            start=BEGIN,
            count=length.count,
            unit=length.unit,
            calendar=calendar,
            start_day_counts=start_day,
            rolls=roll,
        )
        self.added: list[int] = []
        self.received = self.met = False
        self.stands_since: date | None = None
        self.take(events.Issued(on=BEGIN))

    def replay(self, happened: list[events.Event]) -> Clock:
        found = run(ClockKind.REPLY, happened, rules=self.rulebook, calendar=self.calendar)
        assert found is not None
        return found

    def take(self, event: events.Event) -> None:
        self.happened.append(event)
        self.stored.append(self.replay(self.happened))

    def refused(self, event: events.Event) -> bool:
        try:
            self.replay([*self.happened, event])
        except ImpossibleEvent:
            return True
        return False

    def extension(self, count: int) -> events.Extended:
        by = Length(count, self.unit)
        return events.Extended(on=self.today, asked_on=self.today, by=by, asked_by="organ")

    @property
    def runs(self) -> bool:
        return bool(self.happened) and not self.met

    @property
    def is_over(self) -> bool:
        return self.today > self.naive.last_day()

    # --- What may happen

    @precondition(lambda self: self.happened)
    @rule(days=st.integers(0, 25))
    def days_pass(self, days: int) -> None:
        self.today += DAY * days

    @precondition(lambda self: self.runs and not self.received)
    @rule()
    def receive(self) -> None:
        self.take(events.Received(on=self.today))
        self.received = True
        if self.by_receipt:
            self.naive.start = self.today

    @precondition(lambda self: self.runs)
    @rule()
    def ask_for_a_return(self) -> None:
        before = self.stored[-1].date
        self.take(events.Returned(on=self.today))
        assert self.stored[-1].date == before

    @precondition(lambda self: self.runs)
    @rule()
    def reassign(self) -> None:
        self.take(events.Reassigned(on=self.today))
        if self.restart:
            self.naive.start, self.naive.pauses, self.naive.added = self.today, [], 0
            self.added, self.received, self.stands_since = [], False, None

    @precondition(lambda self: self.runs and not self.stands_since and not self.is_over)
    @rule()
    def pause(self) -> None:
        self.take(events.Paused(on=self.today))
        self.stands_since = self.today

    @precondition(lambda self: self.runs and self.stands_since)
    @rule()
    def resume(self) -> None:
        assert self.stands_since is not None
        self.take(events.Resumed(on=self.today))
        self.naive.pauses.append((self.stands_since, self.today))
        self.stands_since = None

    @precondition(lambda self: self.runs and (self.stands_since or self.naive.pauses))
    @rule()
    def take_the_pause_back(self) -> None:
        self.take(events.PauseRemoved(on=self.today))
        if self.stands_since is None:
            self.naive.pauses.pop()
        self.stands_since = None

    @precondition(lambda self: self.runs and (self.stands_since or not self.is_over))
    @rule(count=st.integers(1, 3))
    def extend(self, count: int) -> None:
        if len(self.added) < 9:
            self.take(self.extension(count))
            self.added.append(count)
            self.naive.added += count

    @precondition(lambda self: self.runs and self.added)
    @rule()
    def take_the_extension_back(self) -> None:
        self.take(events.ExtensionRemoved(on=self.today))
        self.naive.added -= self.added.pop()

    @precondition(lambda self: self.runs)
    @rule(calendar=CALENDARS)
    def load_a_notice(self, calendar: NaiveCalendar) -> None:
        self.take(events.CalendarChanged(on=self.today, calendar=calendar.as_work_calendar()))
        self.naive.calendar = calendar

    @precondition(lambda self: self.runs)
    @rule(length=PERIODS)
    def change_the_rules(self, length: Length) -> None:
        if length.unit is self.unit:
            limit = replace(self.rulebook.reply.limit, count=length.count)
            rules = replace(self.rulebook, reply=replace(self.rulebook.reply, limit=limit))
            self.take(events.RulesChanged(on=self.today, rules=rules))
            self.naive.count = length.count

    @precondition(lambda self: self.runs)
    @rule()
    def meet(self) -> None:
        self.take(events.Met(on=self.today))
        self.met = True
        if self.stands_since is not None:
            self.naive.pauses.append((self.stands_since, self.today))
            self.stands_since = None

    # --- What is added and taken back leaves no mark

    @precondition(lambda self: self.runs and (self.stands_since or not self.is_over))
    @rule(count=st.integers(1, 3), days=st.integers(0, 9))
    def an_extension_given_and_taken_back(self, count: int, days: int) -> None:
        if len(self.added) < 9:
            before = self.stored[-1].date
            self.take(self.extension(count))
            self.today += DAY * days
            self.take(events.ExtensionRemoved(on=self.today))
            assert self.stored[-1].date == before

    @precondition(lambda self: self.runs and not self.stands_since and not self.is_over)
    @rule(days=st.integers(0, 9), more=st.integers(0, 9))
    def a_pause_made_and_taken_back(self, days: int, more: int) -> None:
        before = self.stored[-1].date
        self.take(events.Paused(on=self.today))
        self.today += DAY * days
        self.take(events.Resumed(on=self.today))
        self.today += DAY * more
        self.take(events.PauseRemoved(on=self.today))
        assert self.stored[-1].date == before

    # --- What cannot be

    @precondition(lambda self: self.happened)
    @rule()
    def what_cannot_be_is_refused(self) -> None:
        assert self.refused(events.Issued(on=self.today))
        assert self.refused(events.Pushed(on=self.today))
        if self.happened[-1].on > BEGIN:
            assert self.refused(events.Returned(on=BEGIN))
        stands, today = self.stands_since is not None, self.today
        assert self.refused(events.Resumed(on=today)) is (self.met or not stands)
        assert self.refused(events.Paused(on=today)) is (self.met or stands or self.is_over)
        assert self.refused(events.ExtensionRemoved(on=today)) is (self.met or not self.added)
        late = self.is_over and not stands
        full = len(self.added) >= 9
        assert self.refused(self.extension(1)) is (self.met or late or full)
        assert self.refused(events.Received(on=today)) is (self.met or self.received)

    # --- What must hold after every step

    @invariant()
    def it_is_the_day_the_naive_way_finds(self) -> None:
        if self.happened:
            assert self.stored[-1].date == self.naive.last_day()
            assert self.stored[-1].paused_on == self.stands_since

    @invariant()
    def time_since_the_first_assignment_is_not_hidden(self) -> None:
        if self.happened and not self.met:
            elapsed = self.stored[-1].read(self.today).elapsed
            assert elapsed.calendar == (self.today - BEGIN).days

    def teardown(self) -> None:
        """What was stored step by step is what a replay of the events gives."""
        for number, stored in enumerate(self.stored, 1):
            assert self.replay(self.happened[:number]) == stored


Replayed.TestCase.settings = settings(max_examples=SEQUENCES, stateful_step_count=20, deadline=None)
TestReplayed = pytest.mark.slow(Replayed.TestCase)
