"""What handing over and sending back mean beyond the stage, which stays."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.standing.columns import CaseFacts, Standing


def _handed_over(standing: Standing, act: Act, facts: CaseFacts) -> None:
    earlier = [each for each in facts.acts if each.move == act.move and each.seq < act.seq]
    standing.office_id = facts.handed[len(earlier)].office_id
    standing.handed_on = standing.handed_on or act.on


def _handed_back(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.office_id = None


EFFECTS: dict[tuple[str, str], Callable[[Standing, Act, CaseFacts], None]] = {
    (Table.SUGGESTION, "hand_over"): _handed_over,
    (Table.SUGGESTION, "hand_back"): _handed_back,
}
