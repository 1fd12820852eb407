"""A workbook of several sheets, each with what it counts above it: the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from huiyin.documents.workbooks.neutral import neutralise
from huiyin.documents.workbooks.writing import Heading, clean, sheet_name

# A file says nothing of when it was made: it is the same whenever it is.
_MADE = datetime(2012, 7, 1)  # noqa: DTZ001 - the library writes it as it stands
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table. ``above`` are the lines over its head: title, base, day. Numbers are numbers."""

    name: str
    above: Sequence[str]
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Value]]


def book(sheets: Sequence[Sheet]) -> bytes:
    """The workbook; sheets whose names clash are told apart by a number."""
    made = io.BytesIO()
    workbook = Workbook(made, _OPTIONS)
    workbook.set_properties({"created": _MADE, "author": "", "comments": ""})
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 13}),
        "base": workbook.add_format({"font_color": "#57606A"}),
        "head": workbook.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#EFEDE6", "border": 1}
        ),
        "cell": workbook.add_format({"text_wrap": True, "valign": "top"}),
    }
    for name, sheet in zip(_names(sheets), sheets, strict=True):
        _write(workbook.add_worksheet(name), sheet, formats)
    workbook.close()
    return made.getvalue()


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """As Excel allows them, each once."""
    found: list[str] = []
    for sheet in sheets:
        name = sheet_name(sheet.name)
        if name in found:
            name = f"{name[:27]} {len(found) + 1}"
        found.append(name)
    return found


def _write(out: Worksheet, sheet: Sheet, formats: dict[str, object]) -> None:
    for at, line in enumerate(sheet.above):
        out.write_string(at, 0, _text(line), formats["title" if at == 0 else "base"])
    top = len(sheet.above)
    for column, heading in enumerate(sheet.headings):
        out.write_string(top, column, _text(str(heading.title)), formats["head"])
        out.set_column(column, column, heading.width)
    for at, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                out.write_string(at, column, _text(value), formats["cell"])
            elif value is not None:
                out.write_number(at, column, value, formats["cell"])
    out.freeze_panes(top + 1, 1)


def _text(said: str) -> str:
    return neutralise(clean(said))
