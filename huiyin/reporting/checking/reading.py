"""Any file that may hold a published table."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from huiyin.documents import workbooks
from huiyin.documents.workbooks.csv_text import decoded
from huiyin.kernel.errors import Invalid, TooLarge
from huiyin.reporting.checking import annual, pasted
from huiyin.reporting.checking.blocks import Line
from huiyin.reporting.checking.printed import Paper

TEXTS = frozenset({".json", ".txt", ".md", ".tsv", ".csv"})
WORKBOOK = ".xlsx"
MOST_BYTES = 20 * 1024 * 1024


def read(file: IO[bytes], *, name: str) -> list[Paper]:
    """Return what ``file`` prints. ``Invalid`` or ``TooLarge`` when it cannot be read."""
    ending = Path(name).suffix.lower()
    if ending in TEXTS:
        return _text(file, name=name, ending=ending)
    if ending == WORKBOOK:
        return _workbook(file, name=name)
    raise Invalid(
        _("“%(name)s” is no kind of file that can hold a table to check.") % {"name": name},
        remedy=_("Give .xlsx, .csv, .json or .txt, or paste the table as text."),
    )


def _text(file: IO[bytes], *, name: str, ending: str) -> list[Paper]:
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooLarge(
            _("“%(name)s” is larger than %(limit)d MB.")
            % {"name": name, "limit": MOST_BYTES // 1024 // 1024},
            remedy=_("Check the tables one after the other."),
        )
    if b"\x00" in raw[:4096]:
        raise Invalid(
            _("“%(name)s” is no text.") % {"name": name},
            remedy=_("Give .xlsx, .csv, .json or .txt, or paste the table as text."),
        )
    text = decoded(raw, name=name)
    if not text.strip():
        raise pasted.no_table(name)
    if ending == ".json":
        return annual.papers(pasted.parsed(text, name=name))
    return pasted.read(text, name=Path(name).stem)


def _workbook(file: IO[bytes], *, name: str) -> list[Paper]:
    """Each sheet is a paper of its own; sheets without a table are passed over."""
    found = []
    for sheet, rows in workbooks.read_shown(file, name=name):
        lines = [
            Line(
                str(number),
                tuple(
                    "" if cells.get(at) is None else str(cells[at])
                    for at in range(max(cells, default=-1) + 1)
                ),
            )
            for number, cells in rows
        ]
        paper = pasted.of_lines(lines, name=sheet or Path(name).stem)
        if paper:
            found.append(paper)
    if not found:
        raise pasted.no_table(name)
    return found
