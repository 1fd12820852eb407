"""Which rules and which calendar a case is under, and the days that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from huiyin.organisations.models import Congress, RuleChoice
from huiyin.organisations.selectors import Rulebooks, work_calendar
from huiyin.rulebook import Period, Rulebook, StartEvent
from huiyin.rulebook.calendar import WorkCalendar
from huiyin.rulebook.clocks import Due, due
from huiyin.suggestions.models import Assignment, Grounds, Redating, RulesApplied, Suggestion
from huiyin.suggestions.stages import ANSWERING, HandlingRole


@dataclass(frozen=True, slots=True)
class Edition:
    """What the calendar was until a notice came; ``last_act`` is the last act before it came."""

    last_act: int
    before: WorkCalendar


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rulebook a case is under, and the calendar its days are counted by.

    ``settled``: organs' parts, by key, that were done before the case was brought under other
    rules; they keep the rules they were done under.
    """

    rules: Rulebook
    calendar: WorkCalendar
    editions: Sequence[Edition] = ()
    settled: Mapping[str, Rulebook] = field(default_factory=dict)
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

    def for_part(self, part: Assignment) -> Self:
        """The ruling of one organ's part: of its own time when that was over already."""
        rules = self.settled.get(part.key)
        return self if rules is None else replace(self, rules=rules, settled={})

    def due(self, start: date, period: Period) -> Due:
        """Return the last day of ``period`` counted from ``start``, and why."""
        if (start, period) not in self._counted:
            found = due(start, period, rules=self.rules, calendar=self.calendar)
            self._counted[start, period] = found
        return self._counted[start, period]


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
    def now(cls, *, case: Suggestion | None = None) -> Self:
        """Under everything this house knows; for ``case`` alone when given."""
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
        return cls(work_calendar(notices=keys), editions, _applied(case))

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
                case, ruling, under=each.choice, on=each.decision.on, settled=each.settled
            )
        return ruling

    def brought(
        self,
        case: Suggestion,
        ruling: Ruling,
        *,
        under: RuleChoice | None,
        on: date,
        settled: Iterable[str],
    ) -> Ruling:
        """Return the ruling of a case brought from ``ruling`` under that choice as it is on a day.

        ``settled`` are the keys of the parts that are done and keep what they were under.
        """
        rules = self._books_of(case.congress).under(under, on=on)
        kept = dict.fromkeys(settled, ruling.rules) | dict(ruling.settled)
        return Ruling(rules, self.calendar, self.editions, kept)

    def choice_for(self, case: Suggestion, *, on: date) -> RuleChoice | None:
        """Return the choice a case submitted on that day would follow."""
        return self._books_of(case.congress).choice_on(on, session=case.session)

    def _books_of(self, congress: Congress) -> Rulebooks:
        if congress.pk not in self._books:
            self._books[congress.pk] = Rulebooks.of(congress)
        return self._books[congress.pk]


def ruling_for(case: Suggestion, *, on: date) -> Ruling:
    """Return the rules of one case. For many build ``Rulings`` once and ask it."""
    return Rulings.now(case=case).of(case, on=on)


def _applied(case: Suggestion | None) -> dict[int, list[RulesApplied]]:
    rows = RulesApplied.objects.select_related("decision", "choice").order_by("pk")
    found: dict[int, list[RulesApplied]] = {}
    for row in rows.filter(suggestion=case.pk) if case else rows:
        found.setdefault(row.suggestion_id, []).append(row)
    return found


def assignment_due(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> Due | None:
    """Return when the organ's part is due and why, or None when it owes nothing by a day.

    A period counted from receipt runs from acknowledgement once there is one, and from assignment
    until then, so that an organ that does not sign gains no time it is shown.
    """
    ruling = ruling.for_part(assignment)
    period = _period(assignment, rules=ruling.rules)
    if period is None:
        return None
    start = assignment.assigned_on
    if period.counted_from == StartEvent.RECEIPT and assignment.acknowledged_on:
        start = assignment.acknowledged_on
    if period.counted_from == StartEvent.SESSION_CLOSE and session_close:
        start = max(session_close, assignment.assigned_on)
    return ruling.due(start, period)


def acknowledgement_due(assignment: Assignment, *, ruling: Ruling) -> Due:
    """Return until when the organ acknowledges receipt."""
    return ruling.due(assignment.assigned_on, ruling.rules.acknowledge.limit)


def feedback_due(case: Suggestion, *, ruling: Ruling) -> Due | None:
    """Return until when the deputy may rate the last reply, or None without one."""
    if case.replied_on is None:
        return None
    return ruling.due(case.replied_on, ruling.rules.feedback.limit)


def _period(assignment: Assignment, *, rules: Rulebook) -> Period | None:
    if assignment.role == HandlingRole.CO:
        return rules.cohandle.limit
    if assignment.role not in ANSWERING:
        return None
    if assignment.round > 1:
        return rules.rehandle.limit
    return rules.reply.limit_wide if assignment.wide else rules.reply.limit
