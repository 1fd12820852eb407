"""Charts as a list of marked rows: words stay HTML, marks are SVG with lengths in per cent.

No style attribute is needed, so they hold under a strict content policy, grow with the type and
print. Every chart carries the table behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huiyin.kernel.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One number of a chart. ``url`` leads to exactly the rows it counts."""

    label: Words
    value: float
    url: str = ""
    series: str = "1"
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """``base`` says what was counted and on which day; it stands under the title."""

    title: Words
    base: Words
    parts: Sequence[Part]
    unit: Words = ""
    label: Words = ""

    @property
    def total(self) -> float:
        return sum(part.value for part in self.parts)

    @property
    def bars(self) -> list[Mark]:
        """Lengths against the longest."""
        longest = max((part.value for part in self.parts), default=0)
        return [Mark(part=part, length=_percent(part.value, longest)) for part in self.parts]

    @property
    def slices(self) -> list[Mark]:
        """Lengths against the sum, each beginning where the one before ends."""
        marks = []
        begun = 0.0
        for part in self.parts:
            marks.append(
                Mark(
                    part=part,
                    start=_percent(begun, self.total),
                    length=_percent(part.value, self.total),
                    share=100 * part.value / self.total if self.total else 0,
                )
            )
            begun += part.value
        return marks


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRow:
    label: Words
    parts: Sequence[Part]
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacks:
    """Several rows divided alike, such as organs by class of reply."""

    title: Words
    base: Words
    rows: Sequence[StackRow]
    unit: Words = ""
    label: Words = ""

    @property
    def series(self) -> list[Part]:
        """The parts of the first row name the series of all."""
        return list(self.rows[0].parts) if self.rows else []

    @property
    def drawn(self) -> list[DrawnRow]:
        sums = [sum(part.value for part in row.parts) for row in self.rows]
        longest = max(sums, default=0)
        return [
            DrawnRow(row=row, total=total, marks=_laid_end_to_end(row.parts, longest))
            for row, total in zip(self.rows, sums, strict=True)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    part: Part
    length: str
    start: str = "0%"
    share: float = 0

    @property
    def rest(self) -> str:
        """Where a column that stands on the ground begins."""
        return f"{100 - float(self.length.rstrip('%')):.2f}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    row: StackRow
    total: float
    marks: list[Mark] = field(default_factory=list)


def _laid_end_to_end(parts: Sequence[Part], longest: float) -> list[Mark]:
    marks = []
    begun = 0.0
    for part in parts:
        marks.append(
            Mark(
                part=part,
                start=_percent(begun, longest),
                length=_percent(part.value, longest),
            )
        )
        begun += part.value
    return marks


def _percent(value: float, whole: float) -> str:
    return f"{100 * value / whole if whole else 0:.2f}%"
