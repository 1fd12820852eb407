"""Workbooks of any length, written row by row.

The rows go into the packed file as they come, so that memory does not grow with them. The library
that writes the small workbooks with coloured cells and comments takes 0.2 ms for a row of a list of
twenty columns, six times as long: half a minute for 150,000 rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from huiyin.documents.workbooks.neutral import neutralise
from huiyin.documents.workbooks.numbers import EXACT_DIGITS
from huiyin.documents.workbooks.table import column_letter
from huiyin.documents.workbooks.writing import (
    LONGEST_CELL,
    ROWS_AT_ONCE,
    CellRow,
    CellValue,
    Heading,
    Progress,
    as_file,
    clean,
    hand_over,
    local,
    sheet_name,
)
from huiyin.kernel.errors import TooLarge

# What Excel opens: so many rows, and no part of a packed file beyond two gigabytes.
MOST_ROWS = 1_048_575
MOST_BYTES = 2_000_000_000
# Of 1 to 9: one more costs a fifth of the time and saves a fiftieth of the size.
_COMPRESSION = 3
# Before March 1900 a sheet's days are off by one (see ``numbers``); such a day is text.
_FIRST_DAY = date(1900, 3, 1)
_DAY_ZERO = date(1899, 12, 30).toordinal()
_MOMENT_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a reading on a sheet
_TEXT, _NUMBER, _DAY, _MOMENT, _HEADING = range(1, 6)
# ``_x000D_`` as it was typed must not become a line end when the workbook is read.
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")

_NAMES = "http://schemas.openxmlformats.org"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = f'xmlns="{_NAMES}/spreadsheetml/2006/main"'
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class About:
    """A second sheet that says what the first one holds; ``lines`` is told how many rows it has."""

    title: str | Promise
    lines: Callable[[int], Iterable[CellRow]]


def write_xlsx(
    headings: Sequence[Heading],
    rows: Iterable[CellRow],
    *,
    out: Path | IO[bytes],
    sheet_title: str | Promise,
    progress: Progress | None = None,
    about: About | None = None,
) -> int:
    """Write a workbook and return the number of rows. Holds some rows in memory.

    ``out`` has all of it afterwards, or nothing. ``progress`` is told the number of rows written,
    every 200 and at the end. Raises ``TooLarge`` for what no spreadsheet opens.
    """
    with TemporaryDirectory(prefix="huiyin-sheet-") as folder:
        whole = Path(folder) / "whole.xlsx"
        with ZipFile(whole, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as book:
            sheets = [_Sheet(sheet_name(str(sheet_title)), len(headings))]
            sheets[0].write(book, 1, headings, rows, progress or _unheard)
            if about is not None:
                sheets.append(_Sheet(sheet_name(str(about.title)), 2))
                lines = about.lines(sheets[0].count)
                sheets[1].write(book, 2, _ABOUT_WIDTHS, lines, _unheard)
            _write_frame(book, sheets)
        hand_over(whole, out)
        return sheets[0].count


def xlsx_file(
    headings: Sequence[Heading],
    rows: Iterable[CellRow],
    *,
    sheet_title: str | Promise,
    about: About | None = None,
) -> IO[bytes]:
    """The workbook as an unnamed file at its start; closing it removes it."""
    return as_file(
        lambda out: write_xlsx(headings, rows, out=out, sheet_title=sheet_title, about=about)
    )


def _unheard(_count: int) -> None:
    """For who does not ask how far it is."""


# Two columns without headings: what is said, and of what.
_ABOUT_WIDTHS = (Heading("", 24), Heading("", 90))


class _Sheet:
    """One sheet on its way into the file."""

    def __init__(self, name: str, width: int) -> None:
        self.name = name
        self.count = 0
        self.headed = False
        self._letters = [column_letter(index) for index in range(width)]

    @property
    def area(self) -> str:
        """From the headings to the last row; an empty list has one row to filter."""
        last = self._letters[-1] if self._letters else "A"
        return f"A1:{last}{max(self.count, 1) + 1}"

    @property
    def area_fixed(self) -> str:
        """The same as a name of the workbook writes it."""
        last = self._letters[-1] if self._letters else "A"
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!$A$1:${last}${max(self.count, 1) + 1}"

    def write(
        self,
        book: ZipFile,
        number: int,
        headings: Sequence[Heading],
        rows: Iterable[CellRow],
        progress: Progress,
    ) -> None:
        self.headed = any(str(heading.title) for heading in headings)
        size = 0
        with book.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
            part.write(self._beginning(headings).encode())
            left = iter(rows)
            while some := list(islice(left, ROWS_AT_ONCE)):
                made = "".join([self._row(row) for row in some]).encode()
                size += len(made)
                if self.count > MOST_ROWS or size > MOST_BYTES:
                    raise _too_large()
                part.write(made)
                if len(some) == ROWS_AT_ONCE:
                    progress(self.count)
            progress(self.count)
            part.write(self._ending().encode())

    def _row(self, values: CellRow) -> str:
        self.count += 1
        number = self.count + self.headed
        cells = [
            f'<c r="{letter}{number}"{_content(value)}</c>'
            for letter, value in zip(self._letters, values, strict=False)
            if value is not None and value != ""
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _beginning(self, headings: Sequence[Heading]) -> str:
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{heading.width}" customWidth="1"/>'
            for at, heading in enumerate(headings, 1)
        )
        frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        return (
            f'{_XML}<worksheet {_MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{frozen if self.headed else ""}'
            f"</sheetView></sheetViews>"
            f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{self._head(headings)}"
        )

    def _head(self, headings: Sequence[Heading]) -> str:
        if not self.headed:
            return ""
        cells = "".join(
            f'<c r="{letter}1" s="{_HEADING}" t="inlineStr">{_text(str(heading.title))}</c>'
            for letter, heading in zip(self._letters, headings, strict=True)
        )
        return f'<row r="1">{cells}</row>'

    def _ending(self) -> str:
        filtered = f'<autoFilter ref="{self.area}"/>' if self.headed else ""
        page = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        return f"</sheetData>{filtered}{page}</worksheet>"


def _too_large() -> TooLarge:
    return TooLarge(
        _("A workbook holds at most %(most)s rows.") % {"most": f"{MOST_ROWS:,}"},
        remedy=_("Take the table as CSV, or narrow the list with its filters."),
    )


def _content(value: CellValue) -> str:
    """A cell from its style on, without its end. The commonest kinds come first."""
    if isinstance(value, str):
        return f' s="{_TEXT}" t="inlineStr">{_text(value)}'
    if isinstance(value, bool):
        return f' s="{_TEXT}" t="b"><v>{value:d}</v>'
    if isinstance(value, datetime):
        moment = local(value)
        if moment.date() >= _FIRST_DAY:
            return f' s="{_MOMENT}"><v>{(moment - _MOMENT_ZERO) / timedelta(days=1):.10f}</v>'
    elif isinstance(value, date):
        if value >= _FIRST_DAY:
            return f' s="{_DAY}"><v>{value.toordinal() - _DAY_ZERO}</v>'
    elif isinstance(value, (int, float, Decimal)) and abs(value) < 10**EXACT_DIGITS:
        return f' s="{_NUMBER}"><v>{value}</v>'
    return f' s="{_TEXT}" t="inlineStr">{_text(str(value))}'


@lru_cache(maxsize=20_000)
def _text(text: str) -> str:
    """A text as a cell holds it; names of organs and stages come again and again."""
    kept = neutralise(clean(text))
    if len(kept) > LONGEST_CELL:
        kept = f"{kept[:LONGEST_CELL]}…"
    kept = _LIKE_ESCAPED.sub("_x005F_", escape(kept))
    kept = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", kept)
    spaces = ' xml:space="preserve"' if kept != kept.strip() else ""
    return f"<is><t{spaces}>{kept}</t></is>"


# --- The parts around the sheets


def _write_frame(book: ZipFile, sheets: Sequence[_Sheet]) -> None:
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/workbook.xml": _workbook(sheets),
        "xl/styles.xml": _STYLES,
    }
    for name, content in parts.items():
        book.writestr(name, content)


def _content_types(numbers: Iterable[int]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        f' ContentType="{_BOOK_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    return (
        f'{_XML}<Types xmlns="{_NAMES}/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_BOOK_TYPE}.styles+xml"/>'
        f"{sheets}</Types>"
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Target="{target}"'
        f' Type="{_NAMES}/officeDocument/2006/relationships/{kind}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'{_XML}<Relationships xmlns="{_NAMES}/package/2006/relationships">{rows}</Relationships>'
    )


def _workbook(sheets: Sequence[_Sheet]) -> str:
    listed, names = [], []
    for at, sheet in enumerate(sheets):
        named: Any = escape(sheet.name, {'"': "&quot;"})
        listed.append(f'<sheet name="{named}" sheetId="{at + 1}" r:id="rId{at + 1}"/>')
        if sheet.headed:
            quoted = escape(sheet.name.replace("'", "''"))
            names.append(
                f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
                f"{escape(sheet.area_fixed)}</definedName>"
                f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">'
                f"'{quoted}'!$1:$1</definedName>"
            )
    defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    return (
        f'{_XML}<workbook {_MAIN} xmlns:r="{_NAMES}/officeDocument/2006/relationships">'
        f"<bookViews><workbookView/></bookViews><sheets>{''.join(listed)}</sheets>"
        f"{defined}</workbook>"
    )


def _format(font: int = 0, fill: int = 0, border: int = 0, shown: int = 0, look: str = "") -> str:
    return (
        f'<xf numFmtId="{shown}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        f' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment vertical="top"{look}/></xf>'
    )


_FONT = '<sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/>'
_SIDES = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
_STYLES = (
    f'{_XML}<styleSheet {_MAIN}><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/></numFmts>'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="3"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEFEDE6"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f"<border>{_SIDES}<diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    + _format(look=' wrapText="1"')
    + _format()
    + _format(shown=164, look=' horizontal="left"')
    + _format(shown=165, look=' horizontal="left"')
    + _format(font=1, fill=2, border=1, look=' wrapText="1"')
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    + "</cellStyles></styleSheet>"
)
