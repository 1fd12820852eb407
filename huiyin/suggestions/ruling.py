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


def ruling_for(case: Suggestion, *, on: date) -> Ruling:
    """Return the rules of ``case``. A later change of rules does not reach it by itself."""
    day = case.submitted_on or on
    rules = rulebook_for(congress=case.congress, session=case.session, on=day)
    return Ruling(rules=rules, calendar=shipped_calendar())


def assignment_due(
    assignment: Assignment, *, ruling: Ruling, session_close: date | None
) -> Due | None:
    """Return when the organ's part is due and why, or None when it owes nothing by a day.

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
    return due(start, period, rules=ruling.rules, calendar=ruling.calendar)


def acknowledgement_due(assignment: Assignment, *, ruling: Ruling) -> Due:
    """Return until when the organ acknowledges receipt."""
    period = ruling.rules.acknowledge.limit
    return due(assignment.assigned_on, period, rules=ruling.rules, calendar=ruling.calendar)


def feedback_due(case: Suggestion, *, ruling: Ruling) -> Due | None:
    """Return until when the deputy may rate the last reply, or None without one."""
    if case.replied_on is None:
        return None
    return due(
        case.replied_on, ruling.rules.feedback.limit, rules=ruling.rules, calendar=ruling.calendar
    )


def _period(assignment: Assignment, *, rules: Rulebook) -> Period | None:
    if assignment.role == HandlingRole.CO:
        return rules.cohandle.limit
    if assignment.role not in ANSWERING:
        return None
    if assignment.round > 1:
        return rules.rehandle.limit
    return rules.reply.limit_wide if assignment.wide else rules.reply.limit
