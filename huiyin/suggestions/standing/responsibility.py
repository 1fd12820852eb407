"""To whom inside an organ a part was given, and which marks it bears."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.models.responsibility import Mark
from huiyin.suggestions.standing.columns import CaseFacts, ReplayError, Standing


def _marked(standing: Standing, act: Act, _facts: CaseFacts) -> None:
    if act.assignment_id is None:
        raise ReplayError("a mark names no part")
    part, marks = standing.parts[act.assignment_id], act.data["marks"]
    part.marked = True
    part.is_hot = Mark.HOT in marks
    part.is_hard = Mark.HARD in marks
    part.is_focus = Mark.FOCUS in marks


EFFECTS: dict[tuple[str, str], Callable[[Standing, Act, CaseFacts], None]] = {
    (Table.ASSIGNMENT, "mark"): _marked,
}


def read_responsibility(standing: Standing, facts: CaseFacts) -> None:
    """Read who was given each part last, and let marks last into the organ's next round."""
    for given in facts.sub_assignments:
        part = standing.parts[given.assignment_id]
        part.division_id, part.handler_id = given.division_id, given.handler_id
    for row in sorted(facts.assignments, key=lambda each: each.round):
        part = standing.parts[row.pk]
        before = [
            standing.parts[each.pk]
            for each in facts.assignments
            if (each.organ_id, each.round) == (row.organ_id, row.round - 1)
        ]
        if before and not part.marked:
            part.is_hot, part.is_hard = before[0].is_hot, before[0].is_hard
            part.is_focus = before[0].is_focus
