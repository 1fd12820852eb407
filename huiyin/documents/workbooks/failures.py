"""What could not be taken, given back: the rows as they were, marked, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from huiyin.documents.workbooks.grid import heading
from huiyin.documents.workbooks.table import Row, Table
from huiyin.documents.workbooks.writing import Heading, as_file, sheet_writer
from huiyin.kernel.errors import Words

REASON_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not taken. ``row`` is its number; ``column`` the place of the cell, if one."""

    row: int
    message: Words
    column: int | None = None
    remedy: Words = ""

    @property
    def words(self) -> str:
        return f"{self.message} {self.remedy}".strip()


def failed_rows_workbook(
    table: Table, problems: Iterable[Problem], *, out: Path | IO[bytes]
) -> int:
    """Write the rows of ``table`` that have problems, and return their number.

    The columns are those of ``table``, so that the corrected file can be read again; the reason
    stands in one more, which a reader recognises by ``is_reason``.
    """
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    kept = [column for column in table.columns if not is_reason(column.name)]
    headings = [*(Heading(column.name) for column in kept), Heading(_reason(), REASON_WIDTH)]
    with sheet_writer(headings, out=out, sheet_title=_("Rows not taken")) as writer:
        for row in table.rows:
            if found := by_row.get(row.number):
                values = [row.values[column.index] for column in kept]
                places = {column.index: at for at, column in enumerate(kept)}
                writer.write([*values, _reasons(table, row, found)], marked=_marks(found, places))
        return writer.count


def failed_rows_file(table: Table, problems: Iterable[Problem]) -> IO[bytes]:
    """The same as an unnamed file at its start; closing it removes it."""
    return as_file(lambda out: failed_rows_workbook(table, problems, out=out))


def is_reason(name: str) -> bool:
    """Whether a column of this name was added by ``failed_rows_workbook``, in any language."""
    headings = set()
    for code, _language in settings.LANGUAGES:
        with override(code):
            headings.add(heading(_reason()))
    return heading(name) in headings


def _reason() -> str:
    return _("Why this row was not taken")


def _reasons(table: Table, row: Row, found: Iterable[Problem]) -> str:
    return "\n".join(f"{table.place(row, each.column)}: {each.words}" for each in found)


def _marks(found: Iterable[Problem], places: dict[int, int]) -> dict[int, str]:
    marks: dict[int, str] = {}
    for problem in found:
        if problem.column in places:
            at = places[problem.column]
            marks[at] = f"{marks[at]}\n{problem.words}" if at in marks else problem.words
    return marks
