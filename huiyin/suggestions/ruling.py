"""Which rules and which calendar a case is under, and the days that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.organisations.selectors import rulebook_for
from huiyin.rulebook import Period, Rulebook, StartEvent
from huiyin.rulebook.calendar import WorkCalendar, shipped_calendar
from huiyin.rulebook.clocks import Due, due
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.stages import ANSWERING, HandlingRole


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rulebook of the day the case was submitted, and the calendar its days are counted by."""

    rules: Rulebook
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A deadline with what it was counted from: everything its page tells."""

    start: date
    period: Period
    due: Due


def ruling_for(case: Suggestion, *, on: date) -> Ruling:
    """Return the rules of ``case``. A later change of rules does not reach it by itself."""
    day = case.submitted_on or on
    rules = rulebook_for(congress=case.congress, session=case.session, on=day)
    return Ruling(rules=rules, calendar=shipped_calendar())


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
    start = assignment.assigned_on
    if period.counted_from == StartEvent.RECEIPT and assignment.acknowledged_on:
        start = assignment.acknowledged_on
    if period.counted_from == StartEvent.SESSION_CLOSE and session_close:
        start = max(session_close, assignment.assigned_on)
    return _reckoned(start, period, ruling=ruling)


def acknowledgement_due(assignment: Assignment, *, ruling: Ruling) -> Due:
    """Return until when the organ acknowledges receipt."""
    return acknowledgement_reckoning(assignment, ruling=ruling).due


def acknowledgement_reckoning(assignment: Assignment, *, ruling: Ruling) -> Reckoning:
    return _reckoned(assignment.assigned_on, ruling.rules.acknowledge.limit, ruling=ruling)


def feedback_due(case: Suggestion, *, ruling: Ruling) -> Due | None:
    """Return until when the deputy may rate the last reply, or None without one."""
    found = feedback_reckoning(case, ruling=ruling)
    return found.due if found else None


def feedback_reckoning(case: Suggestion, *, ruling: Ruling) -> Reckoning | None:
    if case.replied_on is None:
        return None
    return _reckoned(case.replied_on, ruling.rules.feedback.limit, ruling=ruling)


def _reckoned(start: date, period: Period, *, ruling: Ruling) -> Reckoning:
    found = due(start, period, rules=ruling.rules, calendar=ruling.calendar)
    return Reckoning(start=start, period=period, due=found)


def _period(assignment: Assignment, *, rules: Rulebook) -> Period | None:
    if assignment.role == HandlingRole.CO:
        return rules.cohandle.limit
    if assignment.role not in ANSWERING:
        return None
    if assignment.round > 1:
        return rules.rehandle.limit
    return rules.reply.limit_wide if assignment.wide else rules.reply.limit
