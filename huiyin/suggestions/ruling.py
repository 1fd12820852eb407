"""Which rules and which calendar a case is under, and the days that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, cast

from huiyin.organisations.models import Congress
from huiyin.organisations.selectors import Rulebooks, work_calendar
from huiyin.rulebook import CLOCKS, Clock, ClockKind, Period, Rulebook, WorkCalendar, run
from huiyin.rulebook.events import Event
from huiyin.suggestions import clocks
from huiyin.suggestions.models import Assignment, Grounds, Redating, Suggestion


@dataclass(frozen=True, slots=True)
class Edition:
    """What the calendar was until a notice came; ``last_act`` is the last act before it came."""

    last_act: int
    before: WorkCalendar


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rulebook of the day the case was submitted, and the calendar its days are counted by."""

    rules: Rulebook
    calendar: WorkCalendar
    editions: Sequence[Edition] = ()
    # To many cases the same happens on the same days: each sum is done once.
    _run: dict[tuple[ClockKind, tuple[Event, ...]], Clock | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def known_by(self, act: int | None) -> Self:
        """The ruling for a clock that this act (its primary key) stopped; None: it still runs.

        What was settled stays settled: a notice that came later does not reach it.
        """
        if act is not None:
            for edition in self.editions:
                if act <= edition.last_act:
                    return replace(self, calendar=edition.before, editions=())
        return self

    def clock(self, kind: ClockKind, happened: Sequence[Event]) -> Clock | None:
        """Return what ``happened`` to a clock comes to, or None where no limit is set."""
        known = (kind, tuple(happened))
        if known not in self._run:
            self._run[known] = run(kind, happened, rules=self.rules, calendar=self.calendar)
        return self._run[known]


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings of many cases: choices of rules and calendar are read once."""

    calendar: WorkCalendar
    editions: Sequence[Edition]
    _books: dict[int, Rulebooks] = field(default_factory=dict, init=False, repr=False)
    _kept: dict[tuple[int, int, date], Ruling] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def now(cls) -> Self:
        """Under everything this house knows."""
        loaded = list(
            Redating.objects.filter(grounds=Grounds.CALENDAR)
            .order_by("pk")
            .values_list("cause_key", "last_act")
        )
        keys = [key for key, _last_act in loaded]
        editions = [
            Edition(last_act, work_calendar(notices=keys[:place]))
            for place, (_key, last_act) in enumerate(loaded)
        ]
        return cls(work_calendar(notices=keys), editions)

    def under(self, calendar: WorkCalendar) -> Self:
        """The same, were this the calendar: to see what a notice would change."""
        return type(self)(calendar, self.editions)

    def of(self, case: Suggestion, *, on: date) -> Ruling:
        """Return the rules of ``case``. A later change of rules does not reach it by itself."""
        day = case.submitted_on or on
        known = (case.congress_id, case.session_id, day)
        if known not in self._kept:
            rules = self._books_of(case.congress).on(day, session=case.session)
            self._kept[known] = Ruling(rules, self.calendar, self.editions)
        return self._kept[known]

    def _books_of(self, congress: Congress) -> Rulebooks:
        if congress.pk not in self._books:
            self._books[congress.pk] = Rulebooks.of(congress)
        return self._books[congress.pk]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A deadline with what it was counted from: everything its page tells."""

    start: date
    period: Period
    due: Clock


def ruling_for(case: Suggestion, *, on: date) -> Ruling:
    """Return the rules of one case. For many build ``Rulings`` once and ask it."""
    return Rulings.now().of(case, on=on)


def assignment_due(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> Clock | None:
    """Return when the organ's part is due and why, or None when it owes nothing by a day."""
    return clocks.task(assignment, ruling=ruling, session_close=session_close)


def assignment_reckoning(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> Reckoning | None:
    """Return how the organ's part is counted."""
    found = assignment_due(assignment, ruling=ruling, session_close=session_close)
    return _reckoned(found) if found else None


def acknowledgement_due(assignment: Assignment, *, ruling: Ruling) -> Clock:
    """Return until when the organ acknowledges receipt."""
    return clocks.receipt(assignment, ruling=ruling)


def acknowledgement_reckoning(assignment: Assignment, *, ruling: Ruling) -> Reckoning:
    """Return how the time for acknowledging is counted."""
    return _reckoned(acknowledgement_due(assignment, ruling=ruling))


def feedback_due(case: Suggestion, *, ruling: Ruling) -> Clock | None:
    """Return until when the deputy may rate the last reply, or None without one."""
    return clocks.feedback(case.replied_on, ruling=ruling) if case.replied_on else None


def feedback_reckoning(case: Suggestion, *, ruling: Ruling) -> Reckoning | None:
    """Return how the deputy's time for rating is counted."""
    found = feedback_due(case, ruling=ruling)
    return _reckoned(found) if found else None


def _reckoned(clock: Clock) -> Reckoning:
    period = cast("Period", CLOCKS[clock.kind].limit(clock.rules))
    return Reckoning(start=clock.start, period=period, due=clock)
