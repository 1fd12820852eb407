"""What the checking has to say: one sentence each, and whether something is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from huiyin.reporting.checking.bases import Tried
from huiyin.reporting.checking.printed import Paper, Table


class Weight(StrEnum):
    """``NOTE``: arithmetic allows it, and a reader should know; ``WRONG``: it does not."""

    RIGHT = "right"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``row`` is the place in the rows of the table; ``expected`` what should stand there."""

    code: str
    weight: Weight
    said: str
    row: int | None = None
    expected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A table and all that was found; ``columns`` explain its percentages, one for each."""

    table: Table
    findings: tuple[Finding, ...]
    columns: tuple[Tried | None, ...] = ()

    @property
    def adds_up(self) -> bool:
        return not any(each.weight is Weight.WRONG for each in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPaper:
    paper: Paper
    tables: tuple[Checked, ...]
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    @property
    def adds_up(self) -> bool:
        own = not any(each.weight is Weight.WRONG for each in self.findings)
        return own and all(table.adds_up for table in self.tables)


def sentences(said: Iterable[str]) -> str:
    """One after the other; after a Chinese full stop there is no blank."""
    return " ".join(said).replace("。 ", "。")


def listed(items: Iterable[str]) -> str:
    return _("; ").join(items)


def number(value: Decimal | int) -> str:
    """A count as a sentence shows it: 1,442; without zeros behind the decimals.

    >>> number(Decimal("1442.0")), number(12)
    ('1,442', '12')
    """
    whole = Decimal(value)
    if whole == whole.to_integral_value():
        return f"{int(whole):,}"
    return f"{whole.normalize():,f}"


def share(value: Decimal | None) -> str:
    """A percentage, or the dash of an empty base."""
    return "—" if value is None else f"{value}%"
