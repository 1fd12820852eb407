"""What has been read: rows of values that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

Value = str | int | float | date | datetime | bool | None


class Kind(StrEnum):
    """How a list came: as rows of a sheet, lines of text, or one document for each record."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"
    DOCX = "docx"


def column_letter(index: int) -> str:
    """The name a spreadsheet gives the column at ``index``, counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The place of a column counted from 0; the reverse of ``column_letter``.

    >>> column_index("AA")
    26
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column under its heading. Two may have the same heading; ``index`` tells them apart.

    ``part`` names what the reader itself found in a document: "file", "title" or "body".
    """

    index: int
    letter: str
    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One record. ``number`` is the row a person sees: of the sheet, or the line of the file."""

    number: int
    values: tuple[Value, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and where it stands."""

    sheet: str
    row: int
    letter: str
    name: str
    value: Value

    @property
    def ref(self) -> str:
        return f"{self.letter}{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list as it was read. ``sha256`` is of the bytes: the same file has the same."""

    name: str
    kind: Kind
    sha256: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_row: int = 0
    notes: tuple[str, ...] = ()

    def cell(self, row: Row, column: Column | int) -> Cell:
        column = self.columns[column] if isinstance(column, int) else column
        value = row.values[column.index]
        return Cell(self.sheet, row.number, column.letter, column.name, value)

    def place(self, row: Row, column: Column | int | None = None) -> str:
        """Where it stands, in words: “Sheet1” C12, or line 3, “title”."""
        named = self.columns[column] if isinstance(column, int) else column
        where = {
            "sheet": self.sheet,
            "row": row.number,
            "source": row.source,
            "letter": named.letter if named else "",
            "name": named.name if named else "",
        }
        return str(_PLACES[self.kind, named is not None] % where)


_PLACES = {
    (Kind.XLSX, False): _("“%(sheet)s”, row %(row)d"),
    (Kind.XLSX, True): _("“%(sheet)s” %(letter)s%(row)d (%(name)s)"),
    (Kind.CSV, False): _("row %(row)d"),
    (Kind.CSV, True): _("%(letter)s%(row)d (%(name)s)"),
    (Kind.JSONL, False): _("line %(row)d"),
    (Kind.JSONL, True): _("line %(row)d, “%(name)s”"),
    (Kind.DOCX, False): _("“%(source)s”"),
    (Kind.DOCX, True): _("“%(source)s”, %(name)s"),
}


def row_place(number: int) -> str:
    """Where a row of a CSV stands, before its cells can be told apart."""
    return str(_PLACES[Kind.CSV, False] % {"row": number})


def line_place(number: int, key: str) -> str:
    """Where a value of a JSON line stands, before there is a table to ask."""
    return str(_PLACES[Kind.JSONL, True] % {"row": number, "name": key})
