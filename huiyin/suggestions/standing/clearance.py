"""What acts on a reply mean for its clearance: the level it waits for, and who clears that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.suggestions.clearance import USUAL
from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.standing.columns import CaseFacts, ClearanceStanding, ReplayError, Standing


def _file(act: Act) -> int:
    if act.reply_file_id is None:
        raise ReplayError("an act names no reply")
    return act.reply_file_id


def _at(level: int, levels: list[dict[str, Any]]) -> ClearanceStanding:
    waits = levels[level - 1] if level else {"role": "", "post": ""}
    return ClearanceStanding(
        level=level,
        level_count=len(levels),
        levels=levels,
        waits_role=waits["role"],
        waits_post=waits["post"],
    )


def _sent(standing: Standing, act: Act, facts: CaseFacts) -> None:
    levels = act.data.get("levels") or [each.written() for each in USUAL]
    standing.clearances[_file(act)] = _at(act.data.get("next", 1), levels)


def _passed(standing: Standing, act: Act, facts: CaseFacts) -> None:
    known = standing.clearances[_file(act)]
    following = act.data.get("next", min(known.level + 1, len(known.levels)))
    standing.clearances[_file(act)] = _at(following, known.levels)


def _signed(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.clearances[_file(act)] = _at(0, standing.clearances[_file(act)].levels)


def _sent_back(standing: Standing, act: Act, facts: CaseFacts) -> None:
    """Nothing that was given to the text before holds for the next one."""
    standing.clearances[_file(act)] = ClearanceStanding()


EFFECTS: dict[tuple[str, str], Callable[[Standing, Act, CaseFacts], None]] = {
    (Table.REPLY, "send_to_check"): _sent,
    (Table.REPLY, "pass_check"): _passed,
    (Table.REPLY, "sign"): _signed,
    (Table.REPLY, "send_back"): _sent_back,
}
