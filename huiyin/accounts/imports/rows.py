"""Rows of a list, and what is said of them before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import Stale, Words
from huiyin.rulebook import BadDate, parse_date


@dataclass(frozen=True, slots=True)
class Given:
    """One cell as it was found: its value, and where, in words for people (“Sheet1!B7”)."""

    value: object
    ref: str = ""

    @property
    def text(self) -> str:
        if isinstance(self.value, datetime):
            return self.value.date().isoformat()
        if isinstance(self.value, date):
            return self.value.isoformat()
        return "" if self.value is None else " ".join(str(self.value).split())


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: its number in the list, and its cells by field name."""

    number: int
    cells: Mapping[str, Given]

    def text(self, name: str) -> str:
        return self.cells[name].text if name in self.cells else ""


class Weight(Enum):
    """How much a cell matters to the person looking at the preview."""

    FINE = "fine"
    NEW = "new"
    CHANGED = "changed"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """What a cell means. ``ref`` names it; an error says how to put it right."""

    weight: Weight
    ref: str = ""
    said: Words = ""
    remedy: Words = ""


class Act(Enum):
    """What a row will do."""

    ENTER = "enter"
    CHANGE = "change"
    KEEP = "keep"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    source: SourceRow
    act: Act
    verdicts: Mapping[str, CellVerdict]
    # What was read from the row, for applying it: rows and values, never shown.
    read: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.source.number

    @property
    def errors(self) -> list[CellVerdict]:
        return [v for v in self.verdicts.values() if v.weight is Weight.ERROR]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a list would do to a congress on a day. Making it writes nothing."""

    congress_key: str
    on: date
    rows: Sequence[PlannedRow]
    proposed: Sequence[str] = ()

    def doing(self, act: Act) -> list[PlannedRow]:
        return [row for row in self.rows if row.act is act]

    def counts(self) -> dict[str, int]:
        """How many rows do what, by the value of ``Act``."""
        return {act.value: len(self.doing(act)) for act in Act}

    @property
    def mark(self) -> str:
        """Stands for the plan: the same list on an unchanged register has the same mark."""
        said = [
            [row.number, row.act.value, [[n, v.weight.value] for n, v in row.verdicts.items()]]
            for row in self.rows
        ]
        return digest("accounts.import", self.congress_key, self.on, said, list(self.proposed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What applying a plan did. ``refused`` rows come back to their author with the reasons."""

    entered: int
    changed: int
    kept: int
    refused: Sequence[PlannedRow]


def require_unchanged(shown: Plan, now: Plan) -> None:
    """Raise ``Stale`` when the register has changed since the plan was shown."""
    if shown.mark != now.mark:
        raise Stale(
            _("The register has changed since this preview; nothing has been written."),
            remedy=_("Look at the new preview, then confirm it."),
        )


def error(row: SourceRow, name: str, said: Words, remedy: Words = "") -> CellVerdict:
    return CellVerdict(Weight.ERROR, _ref(row, name), said, remedy)


def noted(row: SourceRow, name: str, weight: Weight, said: Words = "") -> CellVerdict:
    return CellVerdict(weight, _ref(row, name), said)


def read_day(row: SourceRow, name: str) -> tuple[date | None, dict[str, CellVerdict]]:
    """The day a cell names, if any; a day of no calendar is an error in that cell."""
    if not (said := row.text(name)):
        return None, {}
    try:
        return parse_date(said), {}
    except BadDate as bad:
        language = get_language() or "en"
        return None, {
            name: error(row, name, bad.message.said_in(language), bad.remedy.said_in(language))
        }


def too_long(row: SourceRow, limits: Mapping[str, int]) -> dict[str, CellVerdict]:
    said = _("Too long: at most %(count)d characters.")
    return {
        name: error(row, name, said % {"count": longest})
        for name, longest in limits.items()
        if len(row.text(name)) > longest
    }


def _ref(row: SourceRow, name: str) -> str:
    if name in row.cells and row.cells[name].ref:
        return row.cells[name].ref
    return _("row %(number)d") % {"number": row.number}
