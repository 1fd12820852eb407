"""What rooms above show on the page of a case: each registers once what makes its block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huiyin.suggestions.presenters.file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A partial template, and what it finds under ``block``."""

    template: str
    shown: dict[str, Any] = field(default_factory=dict)


# None where the room has nothing to show this reader.
Maker = Callable[["CaseFile"], Block | None]

_makers: dict[str, Maker] = {}


def register(name: str, function: Maker) -> None:
    """Called while the rooms start; registering a name again replaces the block."""
    _makers[name] = function


def of(file: CaseFile) -> list[Block]:
    """The blocks of one case for one reader, in the order of their names."""
    made = (_makers[name](file) for name in sorted(_makers))
    return [block for block in made if block is not None]
