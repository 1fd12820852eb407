"""A published table as it was printed, whatever file it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum


class About(StrEnum):
    """How exactly a number claims to be meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as printed. ``decimals`` are those that stand on the paper: 39 has none."""

    written: str
    value: Decimal
    decimals: int = 0
    about: About = About.EXACT

    @property
    def exact(self) -> bool:
        return self.about is About.EXACT


class Role(StrEnum):
    PART = "part"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    OF_WHICH = "of_which"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line. ``counts`` and ``shares`` stand in the order of the columns of its table."""

    label: str
    place: str
    counts: tuple[Figure | None, ...]
    shares: tuple[Figure | None, ...]
    role: Role = Role.PART
    code: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareColumn:
    """A column of percentages; ``after`` is how many columns of counts stand before it."""

    label: str
    after: int = 1
    growth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of the report that may be a base, and what the report calls it."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``stated`` is the base printed with it; ``selection``: said to be no whole by itself."""

    name: str
    counts: tuple[str, ...]
    shares: tuple[ShareColumn, ...]
    rows: tuple[Row, ...]
    stated: Number | None = None
    selection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A percentage that stands outside a table; ``beside`` are the numbers it stands with."""

    label: str
    share: Figure
    beside: tuple[Number, ...] = ()
    growth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One report: its tables, the numbers named outside them, and its text, read for days."""

    name: str
    tables: tuple[Table, ...]
    numbers: tuple[Number, ...] = ()
    loose: tuple[Loose, ...] = ()
    texts: Sequence[str] = field(default_factory=tuple)

    def selected(self) -> Paper:
        """The same, said to hold selections: parts that need not make the whole."""
        return replace(self, tables=tuple(replace(table, selection=True) for table in self.tables))
