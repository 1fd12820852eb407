"""What the acts of co-handling mean beyond the stage they lead to."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.standing.columns import CaseFacts, PartStanding, ReplayError, Standing


def _part(standing: Standing, act: Act) -> PartStanding:
    if act.assignment_id is None:
        raise ReplayError("an act names no subject")
    return standing.parts[act.assignment_id]


def _given(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = _part(standing, act)
    part.done_on, part.opinion_mark = act.on, ""


def _returned(standing: Standing, act: Act, facts: CaseFacts) -> None:
    """The organ owes an opinion once more, by another clock."""
    part = _part(standing, act)
    part.done_on, part.stopped_by, part.opinion_mark = None, None, ""
    part.opinion_returned_on = act.on


def _marked(standing: Standing, act: Act, facts: CaseFacts) -> None:
    _part(standing, act).opinion_mark = act.data["mark"]


EFFECTS: dict[tuple[str, str], Callable[[Standing, Act, CaseFacts], None]] = {
    (Table.ASSIGNMENT, "give_opinion"): _given,
    (Table.ASSIGNMENT, "return_opinion"): _returned,
    (Table.ASSIGNMENT, "mark_opinion"): _marked,
}
