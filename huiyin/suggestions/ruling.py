"""Which rules and which calendar a case is under, and the days that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, cast

from huiyin.organisations.models import Congress, RuleChoice
from huiyin.organisations.selectors import Rulebooks, work_calendar
from huiyin.rulebook import (
    CLOCKS,
    Clock,
    ClockKind,
    Length,
    Period,
    Rulebook,
    Unit,
    WorkCalendar,
    longest,
    run,
)
from huiyin.rulebook.clocks import Span, counted_out
from huiyin.rulebook.events import Event
from huiyin.suggestions import clocks
from huiyin.suggestions.models import Assignment, Grounds, Redating, RulesApplied, Suggestion


@dataclass(frozen=True, slots=True)
class Edition:
    """What the calendar was until a notice came; ``last_act`` is the last act before it came."""

    last_act: int
    before: WorkCalendar


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rulebook a case is under, and the calendar its days are counted by.

    ``settled``: organs' parts, by key, that were done before the case was brought under other
    rules; they keep the rules they were done under. ``extended``: by an organ's part, the rules
    each extension was given by that it had before the case was brought under others.
    """

    rules: Rulebook
    calendar: WorkCalendar
    editions: Sequence[Edition] = ()
    settled: Mapping[str, Rulebook] = field(default_factory=dict)
    extended: Mapping[str, Sequence[Rulebook]] = field(default_factory=dict)
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

    def for_part(self, part: Assignment) -> Self:
        """The ruling of one organ's part: of its own time when that was over already."""
        rules = self.settled.get(part.key)
        return self if rules is None else replace(self, rules=rules, settled={})

    def clock(self, kind: ClockKind, happened: Sequence[Event]) -> Clock | None:
        """Return what ``happened`` to a clock comes to, or None where no limit is set."""
        known = (kind, tuple(happened))
        if known not in self._run:
            self._run[known] = run(kind, happened, rules=self.rules, calendar=self.calendar)
        return self._run[known]

    def longest(self, kind: ClockKind, happened: Sequence[Event]) -> date | None:
        """Return the last day to which the rules let a clock be extended."""
        return longest(kind, happened, rules=self.rules, calendar=self.calendar)


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings of many cases: choices of rules and calendar are read once.

    ``applied``: the decisions that brought a case under other rules, by the case, in order.
    """

    calendar: WorkCalendar
    editions: Sequence[Edition]
    applied: Mapping[int, Sequence[RulesApplied]]
    _books: dict[int, Rulebooks] = field(default_factory=dict, init=False, repr=False)
    _kept: dict[tuple[int, int, date], Ruling] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def now(
        cls, *, cases: Sequence[Suggestion] | None = None, before: datetime | None = None
    ) -> Self:
        """Under everything this house knows; for ``cases`` alone when given.

        ``before``: under what it knew before that moment.
        """
        rows = Redating.objects.filter(grounds=Grounds.CALENDAR).order_by("pk")
        if before is not None:
            rows = rows.filter(at__lt=before)
        loaded = list(rows.values_list("cause_key", "last_act"))
        keys = [key for key, _last_act in loaded]
        editions = [
            Edition(last_act, work_calendar(notices=keys[:place]))
            for place, (_key, last_act) in enumerate(loaded)
        ]
        return cls(work_calendar(notices=keys), editions, _applied(cases, before=before))

    def under(self, calendar: WorkCalendar) -> Self:
        """The same, were this the calendar: to see what a notice would change."""
        return type(self)(calendar, self.editions, self.applied)

    def of(self, case: Suggestion, *, on: date) -> Ruling:
        """Return the rules of ``case``: those of the day it was submitted, until a decision brings
        it under others. A later change of rules does not reach it by itself."""
        day = case.submitted_on or on
        known = (case.congress_id, case.session_id, day)
        if known not in self._kept:
            rules = self._books_of(case.congress).on(day, session=case.session)
            self._kept[known] = Ruling(rules, self.calendar, self.editions)
        ruling = self._kept[known]
        for each in self.applied.get(case.pk, ()):
            ruling = self.brought(
                case,
                ruling,
                under=each.choice,
                on=each.decision.on,
                settled=each.settled,
                extended=each.extended,
            )
        return ruling

    def decided_on(self, case: Suggestion) -> list[RulesApplied]:
        """Return the decisions that brought the case under other rules, in order."""
        return list(self.applied.get(case.pk, ()))

    def brought(
        self,
        case: Suggestion,
        ruling: Ruling,
        *,
        under: RuleChoice | None,
        on: date,
        settled: Iterable[str],
        extended: Mapping[str, int],
    ) -> Ruling:
        """Return the ruling of a case brought from ``ruling`` under that choice as it is on a day.

        ``settled`` are the keys of the parts that are done and keep what they were under;
        ``extended`` says how many extensions each part has been given.
        """
        rules = self._books_of(case.congress).under(under, on=on)
        kept = dict.fromkeys(settled, ruling.rules) | dict(ruling.settled)
        given = dict(ruling.extended)
        for part, count in extended.items():
            before = given.get(part, ())
            given[part] = (*before, *[ruling.rules] * (count - len(before)))
        return Ruling(rules, self.calendar, self.editions, kept, given)

    def choice_for(self, case: Suggestion, *, on: date) -> RuleChoice | None:
        """Return the choice a case submitted on that day would follow."""
        return self._books_of(case.congress).choice_on(on, session=case.session)

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
    more: tuple[Length, ...] = ()

    @property
    def span(self) -> Span:
        return Span(start=self.start, period=self.period, more=self.more)


def provisional_in(congress: Congress) -> Callable[[Suggestion], bool]:
    """Return whether the reply date of a case of ``congress`` rests on a year without a notice.

    Asked of every row of a list: calendar and rules are read when the first row needs them, and
    the sum itself is not done again. Periods in months lean on the calendar only where they roll.
    """
    known: list[Rulings] = []

    def is_provisional(case: Suggestion) -> bool:
        if case.due_on is None:
            return False
        if not known:
            known.append(Rulings.now())
        if not known[0].calendar.provisional(case.due_on):
            return False
        case.congress = congress
        rules = known[0].of(case, on=case.due_on).rules
        limits = (rules.reply.limit, rules.reply.limit_wide)
        if case.round > 1:
            limits = (rules.rehandle.limit, rules.rehandle.limit)
        leans = any(limit.unit is Unit.WORKING_DAYS for limit in limits)
        return leans or rules.counting.roll_forward_on_holiday

    return is_provisional


def ruling_for(case: Suggestion, *, on: date) -> Ruling:
    """Return the rules of one case. For many build ``Rulings`` once and ask it."""
    return Rulings.now(cases=[case]).of(case, on=on)


def _applied(
    cases: Sequence[Suggestion] | None, *, before: datetime | None
) -> dict[int, list[RulesApplied]]:
    rows = RulesApplied.objects.select_related("decision", "choice").defer("values").order_by("pk")
    found: dict[int, list[RulesApplied]] = {}
    if before is not None:
        rows = rows.filter(decision__at__lt=before)
    if cases is not None:
        rows = rows.filter(suggestion__in=[case.pk for case in cases])
    for row in rows:
        found.setdefault(row.suggestion_id, []).append(row)
    return found


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
    if found is None:
        return None
    more = tuple(each.by for each in clocks.extensions(assignment))
    return replace(_reckoned(found), more=more)


def longest_due(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> date | None:
    """Return the last day an extension may reach, or None when the organ owes nothing by a day."""
    return clocks.longest_task(assignment, ruling=ruling, session_close=session_close)


def length_until(until: date, found: Reckoning, *, ruling: Ruling) -> Length:
    """Return how much longer it is until ``until``: in months where they come out even."""

    def end(*more: Length) -> date:
        span = replace(found.span, more=(*found.more, *more))
        return counted_out(span, rules=ruling.rules, calendar=ruling.calendar)

    if found.period.unit is Unit.MONTHS:
        for months in range(1, 13):
            if end(Length(months, Unit.MONTHS)) == until:
                return Length(months, Unit.MONTHS)
    return Length((until - end()).days, Unit.DAYS)


def return_limit(part: Assignment, *, ruling: Ruling, cutoff: date | None) -> date | None:
    """Return the last day on which the organ may ask to return it; None without a limit.

    ``cutoff``: the day of the session until which adjustments are taken by decision. It lengthens
    the organ's own limit and never shortens it.
    """
    own = clocks.return_request(part, ruling=ruling)
    if own is None:
        return None
    return max(own.date, cutoff) if cutoff else own.date


def decision_reckoning(part: Assignment, *, ruling: Ruling) -> Reckoning | None:
    """Return how the time for settling a dispute is counted, where the rules set one."""
    found = clocks.decision(part, ruling=ruling)
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
