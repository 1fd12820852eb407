"""Where a room above takes part in a step of a case, within the step's own transaction.

What such a room writes then can no more be lost than the step itself; an event would be told after
the commit. A room registers once, while the rooms start; this one does not know it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huiyin.accounts.actor import Actor
from huiyin.ledger.services import Line
from huiyin.suggestions.models import Act, Suggestion
from huiyin.suggestions.ruling import Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A step just written, with the rules it was taken under; ``back_dated`` as on its line."""

    act: Act
    case: Suggestion
    ruling: Callable[[], Ruling]
    actor: Actor
    via: str
    back_dated: bool


# Given steps of one congress in their order, it returns the lines of the record it adds.
Join = Callable[[Sequence[Joined]], Sequence[Line]]

_joins: dict[str, tuple[frozenset[str], Join]] = {}


def register(name: str, moves: frozenset[str], join: Join) -> None:
    """Have ``join`` told of steps called ``table.move``; registering a name again replaces it."""
    _joins[name] = (moves, join)


def concerns_any(act: Act) -> bool:
    """Whether any room takes part in such a step."""
    return any(f"{act.table}.{act.move}" in moves for moves, _join in _joins.values())


def lines_for(taken: Sequence[Joined]) -> list[Line]:
    """Let every room write what follows for it from these steps."""
    lines: list[Line] = []
    for moves, join in _joins.values():
        of_its_own = [each for each in taken if f"{each.act.table}.{each.act.move}" in moves]
        if of_its_own:
            lines += join(of_its_own)
    return lines
