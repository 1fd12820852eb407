"""From cells as they lie in a sheet to columns under headings.

Offices put a title, a date and "unit: pieces" above their lists; the headings are the first row
that is filled like the list below it and holds nothing but short words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.documents.workbooks import refusals
from huiyin.documents.workbooks.limits import Limits
from huiyin.documents.workbooks.table import Column, Row, Value, column_letter

LABEL_CHARACTERS = 80
# "Reporting unit: ...": a form's line above the list, not a heading.
_FILLED_IN = re.compile(r"[:：]\s*\S")
_BETWEEN_CHINESE = re.compile(r"(?<=[⺀-鿿（）])\s+(?=[⺀-鿿（）])")

SparseRow = tuple[int, Mapping[int, Value]]


@dataclass(frozen=True, slots=True)
class Headed:
    """A grid that has found its headings."""

    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def headed(
    grid: Sequence[SparseRow], *, name: str, header_row: int | None, limits: Limits
) -> Headed:
    """Divide ``grid``, which has no empty row, into headings and rows.

    Raises ``Invalid`` when there are no headings or nothing below them, ``TooLarge`` when
    there are too many rows.
    """
    if not grid:
        raise refusals.empty(name)
    if header_row is None:
        at = _find(grid, name=name, limits=limits)
    else:
        at = _chosen(grid, name=name, header_row=header_row)
    below = grid[at + 1 :]
    if not below:
        raise refusals.no_rows(name)
    if len(below) > limits.rows:
        raise refusals.too_many_rows(name, limits)
    columns = _columns(grid[at][1], below)
    return Headed(grid[at][0], columns, tuple(_rows(below, width=len(columns))))


def heading(value: Value) -> str:
    """A heading in one line, without the blanks that spread two characters over a cell."""
    return _BETWEEN_CHINESE.sub("", " ".join(str(value).split())) if value is not None else ""


def _find(grid: Sequence[SparseRow], *, name: str, limits: Limits) -> int:
    top = [cells for number, cells in grid if number <= limits.above_headings] or [grid[0][1]]
    width = max(len(cells) for cells in top)
    # A single cell is a title, unless the list has no more than that in any row.
    needed = max(2, (width + 1) // 2) if width > 1 else 1
    for at, cells in enumerate(top):
        if len(cells) >= needed and all(_is_label(value) for value in cells.values()):
            return at
    raise refusals.no_headings(name, limits)


def _is_label(value: Value) -> bool:
    if not isinstance(value, str) or len(value) > LABEL_CHARACTERS:
        return False
    return not _FILLED_IN.search(value) and not value.replace(".", "").isdigit()


def _chosen(grid: Sequence[SparseRow], *, name: str, header_row: int) -> int:
    for at, (number, _cells) in enumerate(grid):
        if number == header_row:
            return at
    raise refusals.no_such_header_row(name, header_row)


def _columns(headings: Mapping[int, Value], below: Sequence[SparseRow]) -> tuple[Column, ...]:
    """One column for each place up to the last that is filled; those without heading are named."""
    width = 1 + max(max(headings), max(max(cells) for _number, cells in below))
    return tuple(_column(index, heading(headings.get(index))) for index in range(width))


def _column(index: int, name: str) -> Column:
    letter = column_letter(index)
    return Column(index, letter, name or _("Column %(letter)s") % {"letter": letter})


def _rows(below: Iterable[SparseRow], *, width: int) -> Iterable[Row]:
    for number, cells in below:
        yield Row(number, tuple(cells.get(index) for index in range(width)))
