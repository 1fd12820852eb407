"""When something is due, from stage, round and parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiyin.suggestions.models import Assignment
from huiyin.suggestions.ruling import Ruling, assignment_due
from huiyin.suggestions.stages import ANSWERING, AssignmentStage, Stage
from huiyin.suggestions.standing.columns import ReplayError, Standing


def set_dues(
    standing: Standing,
    assignments: Iterable[Assignment],
    *,
    ruling: Ruling,
    session_close: date | None,
) -> None:
    """Set every date something is due from what ``standing`` says of stage, round and parts."""
    running: list[date] = []
    first: list[date] = []
    ordinary: list[date] = []
    for part in assignments:
        known = standing.parts[part.pk]
        part.acknowledged_on, part.extensions = known.acknowledged_on, known.extensions
        part.opinion_returned_on = known.opinion_returned_on
        under = ruling.known_by(known.stopped_by)
        day = assignment_due(part, ruling=under, session_close=session_close)
        known.due_on = day.date if day else None
        if day is None or part.role not in ANSWERING or known.stage == AssignmentStage.REASSIGNED:
            continue
        if part.round == standing.round:
            running.append(day.date)
        if part.round == 1:
            first.append(day.date)
            ordinary.append(
                _ordinary_due(part, ruling=under, session_close=session_close)
                if part.wide or part.extensions
                else day.date
            )
    standing.first_due_on = min(first, default=None)
    standing.ordinary_due_on = min(ordinary, default=None)
    if standing.stage == Stage.IN_HANDLING:
        standing.due_on = min(running, default=None)


def _ordinary_due(part: Assignment, *, ruling: Ruling, session_close: date | None) -> date:
    """When it would be due were it not wide and had it no extension: the “within three months”."""
    plain = Assignment(
        key=part.key,
        round=part.round,
        role=part.role,
        assigned_on=part.assigned_on,
        acknowledged_on=part.acknowledged_on,
        before=part.before,
    )
    day = assignment_due(plain, ruling=ruling, session_close=session_close)
    if day is None:
        raise ReplayError("an answering organ has no limit")
    return day.date
