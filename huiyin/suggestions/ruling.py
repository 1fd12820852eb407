"""Which rules and which calendar a case is under, and the days that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from huiyin.organisations.models import Congress
from huiyin.organisations.selectors import Rulebooks, work_calendar
from huiyin.rulebook import Length, Period, Rulebook, StartEvent, Unit, trace
from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.clocks import Due, Span, counted_out, due, sum_up
from huiyin.suggestions.models import Assignment, Grounds, Redating, Suggestion
from huiyin.suggestions.stages import ANSWERING, HandlingRole


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
    # Many cases start on the same day and have the same time: each sum is done once.
    _counted: dict[tuple[date, Period], Due] = field(
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

    def due(self, start: date, period: Period) -> Due:
        """Return the last day of ``period`` counted from ``start``, and why."""
        if (start, period) not in self._counted:
            found = due(start, period, rules=self.rules, calendar=self.calendar)
            self._counted[start, period] = found
        return self._counted[start, period]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An extension: how much longer, and the days on which it was asked for and given."""

    by: Length
    asked_on: date
    on: date

    @classmethod
    def of(cls, said: dict[str, Any]) -> Self:
        """Read one as a column or an act keeps it."""
        return cls(
            by=Length(said["count"], Unit(said["unit"])),
            asked_on=date.fromisoformat(said["asked_on"]),
            on=date.fromisoformat(said["on"]),
        )

    def kept(self) -> dict[str, Any]:
        """Return it as a column or an act keeps it."""
        return {
            "count": self.by.count,
            "unit": self.by.unit.value,
            "asked_on": self.asked_on.isoformat(),
            "on": self.on.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A deadline with what it was counted from: everything its page tells."""

    start: date
    period: Period
    due: Due
    more: tuple[Length, ...] = ()

    @property
    def span(self) -> Span:
        return Span(start=self.start, period=self.period, more=self.more)


def ruling_for(case: Suggestion, *, on: date) -> Ruling:
    """Return the rules of one case. For many build ``Rulings`` once and ask it."""
    return Rulings.now().of(case, on=on)


def assignment_due(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> Due | None:
    """Return when the organ's part is due and why, or None when it owes nothing by a day."""
    found = assignment_reckoning(assignment, ruling=ruling, session_close=session_close)
    return found.due if found else None


def assignment_reckoning(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> Reckoning | None:
    """Return how the organ's part is counted.

    A period counted from receipt runs from acknowledgement once there is one, and from assignment
    until then, so that an organ that does not sign gains no time it is shown.
    """
    period = _period(assignment, rules=ruling.rules)
    if period is None:
        return None
    start = _begun(assignment, period, session_close=session_close)
    given = [Given.of(said) for said in assignment.extensions]
    if not given:
        return _reckoned(start, period, ruling=ruling)
    more = tuple(each.by for each in given)
    return Reckoning(start, period, _extended(start, period, given, ruling=ruling), more)


def longest_due(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> date | None:
    """Return the last day an extension may reach, or None when the organ owes nothing by a day."""
    rules, ordinary = ruling.rules, _period(assignment, rules=ruling.rules)
    if ordinary is None:
        return None
    limit = rules.extension.limit
    if limit.counted_from == StartEvent.DUE_DATE:
        start = _begun(assignment, ordinary, session_close=session_close)
        more = Length(limit.count, limit.unit)
        span = Span(start=start, period=rules.reply.limit, more=(more,))
    else:
        start = _begun(assignment, limit, session_close=session_close)
        span = Span(start=start, period=limit)
    return counted_out(span, rules=rules, calendar=ruling.calendar)


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


def _begun(assignment: Assignment, period: Period, *, session_close: date | None) -> date:
    if period.counted_from == StartEvent.RECEIPT and assignment.acknowledged_on:
        return assignment.acknowledged_on
    if period.counted_from == StartEvent.SESSION_CLOSE and session_close:
        return max(session_close, assignment.assigned_on)
    return assignment.assigned_on


def _extended(start: date, period: Period, given: Sequence[Given], *, ruling: Ruling) -> Due:
    rules = ruling.rules
    span = Span(start=start, period=period, more=tuple(each.by for each in given))
    found = sum_up(span, rules=rules, calendar=ruling.calendar)
    told = [
        trace.extended_line(
            each.on, each.asked_on, trace.said_length(each.by.count, each.by.unit), rules
        )
        for each in given
    ]
    opening = (
        trace.start_line(start, period.counted_from, rules),
        trace.length_line(period, rules),
    )
    return Due(found.date, (*opening, *told, *found.trace), found.provisional)


def acknowledgement_due(assignment: Assignment, *, ruling: Ruling) -> Due:
    """Return until when the organ acknowledges receipt."""
    return acknowledgement_reckoning(assignment, ruling=ruling).due


def acknowledgement_reckoning(assignment: Assignment, *, ruling: Ruling) -> Reckoning:
    """Return how the time for acknowledging is counted."""
    return _reckoned(assignment.assigned_on, ruling.rules.acknowledge.limit, ruling=ruling)


def feedback_due(case: Suggestion, *, ruling: Ruling) -> Due | None:
    """Return until when the deputy may rate the last reply, or None without one."""
    found = feedback_reckoning(case, ruling=ruling)
    return found.due if found else None


def feedback_reckoning(case: Suggestion, *, ruling: Ruling) -> Reckoning | None:
    """Return how the deputy's time for rating is counted."""
    if case.replied_on is None:
        return None
    return _reckoned(case.replied_on, ruling.rules.feedback.limit, ruling=ruling)


def _reckoned(start: date, period: Period, *, ruling: Ruling) -> Reckoning:
    return Reckoning(start=start, period=period, due=ruling.due(start, period))


def _period(assignment: Assignment, *, rules: Rulebook) -> Period | None:
    if assignment.role == HandlingRole.CO:
        return rules.cohandle.limit
    if assignment.role not in ANSWERING:
        return None
    if assignment.round > 1:
        return rules.rehandle.limit
    return rules.reply.limit_wide if assignment.wide else rules.reply.limit
