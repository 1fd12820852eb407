"""One worksheet, read as a stream of cells.

Nothing is laid out before it is known to fit: a library that builds the whole sheet first can be
made to ask for gigabytes by a file of 150 KB (two cells far apart, or one long shared text named
a hundred thousand times). Here a shared text is one object, and reading stops at the limits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huiyin.documents.workbooks import refusals
from huiyin.documents.workbooks.limits import Limits
from huiyin.documents.workbooks.neutral import restore
from huiyin.documents.workbooks.numbers import Shown, day, number
from huiyin.documents.workbooks.table import Value, column_index, column_letter
from huiyin.documents.xml_parts import Attributes, Listener

_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_", re.ASCII)
# What no database and no page can hold: NUL, and half of a pair of characters.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
# Rows formatted down to the last of the sheet are common; each costs an element.
MOST_ELEMENTS = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sheet needs to know of its workbook."""

    name: str
    strings: Sequence[str | None]
    date_styles: Collection[int]
    from_1904: bool
    limits: Limits
    # Only for who asks for numbers as they are shown; by style.
    shown: Mapping[int, Shown] = field(default_factory=dict)


class Sheet(Listener):
    """Collects the cells that hold something, row by row."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rows: dict[int, dict[int, Value]] = {}
        self.hidden_rows = 0
        self.merged = 0
        self._row = 0
        self._column = -1
        self._row_is_hidden = False
        self._style: str | None = None
        self._type: str | None = None
        self._has_formula = self._listening = False
        self._phonetic = False
        self._pieces: list[str] = []
        self._cells = self._characters = self._elements = 0

    def start(self, name: str, attributes: Attributes, /) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise refusals.too_much_text(self.reading.name)
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"}:
            self._listening = not self._phonetic
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes)

    def end(self, name: str, /) -> None:
        if name in {"v", "t"}:
            self._listening = False
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._phonetic = False

    def text(self, text: str, /) -> None:
        if self._listening:
            self._pieces.append(text)

    def _start_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        self._row = int(written) if written else self._row + 1
        self._column = -1
        self._row_is_hidden = attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes: Attributes) -> None:
        if ref := attributes.get("r"):
            match = _REF.fullmatch(ref)
            if match is None or int(match[2]) != self._row:
                raise ValueError(ref)
            self._column = column_index(match[1])
        else:
            self._column += 1
        self._style, self._type = attributes.get("s"), attributes.get("t")
        self._has_formula = False
        self._pieces = []

    def _end_cell(self) -> None:
        written = "".join(self._pieces)
        if not written and self._has_formula and self._type not in {"str", "s"}:
            raise refusals.never_calculated(self.reading.name, self._place())
        value = self._value(written) if written else None
        if value is None:
            return
        if self._column >= self.reading.limits.columns:
            raise refusals.too_many_columns(self.reading.name, self._place(), self.reading.limits)
        self._count(value)
        self._keep(value)

    def _keep(self, value: Value) -> None:
        limits = self.reading.limits
        self._cells += 1
        if self._cells > limits.cells:
            raise refusals.too_many_cells(self.reading.name, limits)
        cells = self.rows.get(self._row)
        if cells is None:
            if len(self.rows) > limits.rows + limits.above_headings:
                raise refusals.too_many_rows(self.reading.name, limits)
            cells = self.rows[self._row] = {}
            self.hidden_rows += self._row_is_hidden
        cells[self._column] = value

    def _value(self, written: str) -> Value:
        if self._type == "s":
            return self._shared(int(written))
        if self._type in {"str", "inlineStr", "e"}:
            return plain(unescaped(written))
        if self._type == "b":
            return written == "1"
        if self._type == "d":
            return _iso(written)
        value = number(written)
        if self._style and int(self._style) in self.reading.date_styles:
            return day(value, from_1904=self.reading.from_1904)
        shown = self.reading.shown.get(int(self._style or 0))
        return shown.text(value) if shown else value

    def _shared(self, index: int) -> str | None:
        if index < 0:
            raise ValueError(index)
        return self.reading.strings[index]

    def _count(self, value: Value) -> None:
        if not isinstance(value, str):
            return
        reading = self.reading
        if len(value) > reading.limits.cell:
            raise refusals.cell_too_long(reading.name, self._place(), reading.limits)
        if NO_TEXT.search(value):
            raise refusals.unreadable_character(reading.name, self._place())
        self._characters += len(value)
        if self._characters > reading.limits.characters:
            raise refusals.too_much_text(reading.name)

    def _merge(self, attributes: Attributes) -> None:
        first, _colon, last = (attributes.get("ref") or "").partition(":")
        rows = [match[2] for match in map(_REF.fullmatch, (first, last)) if match]
        self.merged += len(set(rows)) > 1

    def _place(self) -> str:
        return f"{column_letter(self._column)}{self._row}"


class SharedStrings(Listener):
    """The texts that cells refer to by number; readings in another script are left out."""

    def __init__(self, *, name: str, limits: Limits) -> None:
        self.strings: list[str | None] = []
        self._name, self._limits = name, limits
        self._pieces: list[str] = []
        self._listening = self._phonetic = False
        self._characters = 0

    def start(self, name: str, _attributes: Attributes, /) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._listening = not self._phonetic

    def end(self, name: str, /) -> None:
        if name == "t":
            self._listening = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.append(plain(unescaped("".join(self._pieces))))

    def text(self, text: str, /) -> None:
        if not self._listening:
            return
        self._characters += len(text)
        if self._characters > self._limits.characters:
            raise refusals.too_much_text(self._name)
        self._pieces.append(text)


def unescaped(text: str) -> str:
    """Undo ``_x000D_``, by which workbooks write characters that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def plain(text: str) -> str | None:
    """The text a person sees: lines end in one way, and blanks around it mean nothing."""
    if "\r" in text or "\x0b" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return restore(text).strip() or None


def _iso(written: str) -> date | datetime:
    moment = datetime.fromisoformat(written).replace(tzinfo=None)
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date() if midnight else moment
