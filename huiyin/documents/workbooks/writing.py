"""Lists for people to take away: CSV, and workbooks with coloured cells and comments.

Text never becomes a formula, in the file itself or after it is saved anew (see ``neutral``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path
from shutil import copyfile, copyfileobj
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, ClassVar

from django.utils.functional import Promise
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huiyin.documents.workbooks.neutral import neutralise, neutralise_for_csv
from huiyin.documents.workbooks.numbers import EXACT_DIGITS
from huiyin.documents.workbooks.table import Value
from huiyin.kernel.clock import ZONE

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

# What one cell of Excel holds is 32,767; the rest of a longer text would be lost unseen.
LONGEST_CELL = 32_000
ROWS_AT_ONCE = 200
_NOT_IN_SHEET_NAMES = str.maketrans("[]:*?/\\", "（）：＊？／＼")

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

CellValue = Value | Decimal | Promise
CellRow = Sequence[CellValue]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a list that is written; ``width`` in characters of a narrow letter."""

    title: str | Promise
    width: int = 16


def write_csv(headings: Sequence[Heading], rows: Iterable[CellRow], *, out: IO[bytes]) -> int:
    """Write CSV as Excel reads it (see ``csv_lines``) and return the number of rows."""
    count = 0

    def counted() -> Iterator[CellRow]:
        nonlocal count
        for count, row in enumerate(rows, 1):  # noqa: B007 - read by the function around
            yield row

    for lines in csv_lines(headings, counted()):
        out.write(lines)
    return count


def csv_lines(headings: Sequence[Heading], rows: Iterable[CellRow]) -> Iterator[bytes]:
    """Yield the list as CSV, some rows at a time: UTF-8 with its mark, CRLF, all fields quoted.

    Without the mark Excel reads Chinese as GBK. Excel also rounds long numbers of a CSV and
    drops leading zeros, quoted or not: what must keep its digits is better taken as a workbook.
    """
    yield b"\xef\xbb\xbf" + _lines([[heading.title for heading in headings]])
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield _lines(some)


def as_file(write: Callable[[IO[bytes]], object]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the caller's, once it is written
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _lines(rows: Iterable[CellRow]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_csv_text(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _csv_text(value: CellValue) -> str:
    if isinstance(value, str):
        return _harmless(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    return _harmless(str(value))


@lru_cache(maxsize=20_000)
def _harmless(text: str) -> str:
    """Names of organs and stages come again and again."""
    return neutralise_for_csv(clean(text))


def clean(text: str) -> str:
    """``text`` without NUL and halves of characters, which no file of ours could hold."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def local(moment: datetime) -> datetime:
    """``moment`` as clocks in China show it; a sheet knows no zones."""
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment


class SheetWriter:
    """Writes rows under headings into one sheet. Get it from ``sheet_writer``."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.count = 0
        self._sheet = sheet
        self._formats = _Formats(book)

    def head(self, headings: Sequence[Heading]) -> None:
        for index, heading in enumerate(headings):
            title = neutralise(clean(str(heading.title)))
            self._sheet.write_string(0, index, title, self._formats.heading)
            self._sheet.set_column(index, index, heading.width)
        self._sheet.freeze_panes(1, 0)

    def write(self, row: CellRow, *, marked: dict[int, str] | None = None) -> None:
        """Write the next row. ``marked`` cells are coloured and carry the words as a comment."""
        marked = marked or {}
        self.count += 1
        for index, value in enumerate(row):
            self._cell(index, value, marked=index in marked)
        for index, words in marked.items():
            self._sheet.write_comment(self.count, index, words, {"x_scale": 2})

    def finish(self, *, width: int) -> None:
        self._sheet.autofilter(0, 0, max(self.count, 1), max(width - 1, 0))

    def _cell(self, index: int, value: CellValue, *, marked: bool) -> None:
        sheet, at, formats = self._sheet, self.count, self._formats
        if value is None:
            if marked:
                sheet.write_blank(at, index, None, formats.get("text", marked=True))
        elif isinstance(value, bool):
            sheet.write_boolean(at, index, value, formats.get("text", marked=marked))
        elif isinstance(value, date) and value.year >= 1900:
            kind = "moment" if isinstance(value, datetime) else "day"
            shown = local(value) if isinstance(value, datetime) else value
            sheet.write_datetime(at, index, shown, formats.get(kind, marked=marked))
        elif isinstance(value, (int, float, Decimal)) and abs(value) < 10**EXACT_DIGITS:
            sheet.write_number(at, index, value, formats.get("number", marked=marked))
        else:
            sheet.write_string(at, index, _xlsx_text(value), formats.get("text", marked=marked))


class _Formats:
    """Cell formats, each made once."""

    _KINDS: ClassVar[dict[str, dict[str, Any]]] = {
        "text": {"text_wrap": True},
        "number": {},
        "day": {"num_format": "yyyy-mm-dd", "align": "left"},
        "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    }
    _MARK: ClassVar[dict[str, Any]] = {
        "bg_color": "#FCE8E6",
        "border": 1,
        "border_color": "#A61B29",
    }

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#EFEDE6", "border": 1}
        )

    def get(self, kind: str, *, marked: bool) -> Format:
        wanted = (kind, marked)
        if wanted not in self._made:
            look: dict[str, Any] = {"valign": "top", **self._KINDS[kind]}
            self._made[wanted] = self._book.add_format(look | (self._MARK if marked else {}))
        return self._made[wanted]


@contextmanager
def sheet_writer(
    headings: Sequence[Heading], *, out: Path | IO[bytes], sheet_title: str | Promise
) -> Iterator[SheetWriter]:
    """Open a workbook for writing; ``out`` has all of it after the block, or nothing."""
    with TemporaryDirectory(prefix="huiyin-sheet-") as folder:
        whole = Path(folder) / "whole.xlsx"
        book = Workbook(str(whole), {**_OPTIONS, "tmpdir": folder})
        writer = SheetWriter(book, book.add_worksheet(sheet_name(str(sheet_title))))
        try:
            writer.head(headings)
            yield writer
            writer.finish(width=len(headings))
        finally:
            # Also after a failure: it holds temporary files open until then.
            book.close()
        hand_over(whole, out)


def hand_over(whole: Path, out: Path | IO[bytes]) -> None:
    if isinstance(out, Path):
        copyfile(whole, out)
        return
    with whole.open("rb") as file:
        copyfileobj(file, out)


def sheet_name(title: str) -> str:
    """``title`` as Excel allows it: 31 characters, some of them not.

    >>> sheet_name("2020年1/2月")
    '2020年1／2月'
    """
    cleaned = clean(title).translate(_NOT_IN_SHEET_NAMES).strip("' \t\r\n")
    return cleaned[:31].rstrip("' ") or "1"


def _xlsx_text(value: CellValue) -> str:
    text = neutralise(clean(str(value)))
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
