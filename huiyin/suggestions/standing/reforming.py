"""Whose part it is after organs have been reformed."""

from __future__ import annotations

from huiyin.suggestions.models import Act, Assignment
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.standing.columns import CaseFacts, Effect, ReplayError, Standing


def first_organ(part: Assignment, facts: CaseFacts) -> int:
    """The organ that was charged, before any reform carried its part on."""
    return next(
        (each.was_id for each in facts.carried if each.assignment_id == part.pk), part.organ_id
    )


def _carried(standing: Standing, act: Act, facts: CaseFacts) -> None:
    fact = next((each for each in facts.carried if each.seq == act.seq), None)
    part = standing.parts[fact.assignment_id] if fact else None
    if fact is None or part is None or part.organ_id != fact.was_id:
        raise ReplayError(f"act {act.seq} carries a part that is another organ's")
    part.organ_id = fact.now_id
    running = next(each for each in facts.assignments if each.pk == fact.assignment_id)
    if standing.lead_organ_id == fact.was_id and running.round == standing.round:
        standing.lead_organ_id = fact.now_id


EFFECTS: dict[tuple[str, str], Effect] = {
    (Table.ASSIGNMENT, "carry"): _carried,
}
