"""What a template finds on a page of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.errors import Words
from huiyin.ui.lists.spec import COUNTED_TO, BulkAct, Column, Rows
from huiyin.ui.models import SavedView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    column: Column
    text: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    key: str
    row: Any
    cells: list[ShownCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFacet:
    label: Words
    url: str
    active: bool
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHeading:
    """``url`` sorts by this column, the other way round when it is already the order."""

    column: Column
    url: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFilter:
    key: str
    label: Words
    kind: str
    values: tuple[str, ...]
    choices: Sequence[tuple[str, Words]]

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    label: Words
    text: Words
    off_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownView:
    view: SavedView
    url: str
    active: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBulk:
    act: BulkAct
    url: str


def count_words(count: int) -> str:
    return f"{COUNTED_TO}+" if count > COUNTED_TO else str(count)


def bounded(rows: Rows) -> int:
    """Count, but read no more rows than it takes to say "more than a thousand"."""
    return rows.order_by()[: COUNTED_TO + 1].count()
