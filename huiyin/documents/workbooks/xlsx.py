"""Excel workbooks (.xlsx): which parts they have, and the sheet that is read."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.documents.archives import Archive, damaged
from huiyin.documents.office import refuse_macros
from huiyin.documents.workbooks import refusals
from huiyin.documents.workbooks.grid import SparseRow
from huiyin.documents.workbooks.limits import Limits
from huiyin.documents.workbooks.numbers import (
    BUILT_IN_DATES,
    BUILT_IN_SHOWN,
    Shown,
    shown_by,
    shows_date,
)
from huiyin.documents.workbooks.sheet import Reading, SharedStrings, Sheet
from huiyin.documents.xml_parts import Attributes, Listener, parse


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet as they lie, and what a person should know about them."""

    sheet: str
    sheets: tuple[str, ...]
    rows: list[SparseRow]
    notes: tuple[str, ...]


def read_grid(archive: Archive, *, sheet: str | None, limits: Limits) -> Grid:
    """Read ``sheet``, or the first visible one that holds anything."""
    if archive.find("_rels/.rels") is None:
        raise refusals.other_content(archive.name, ".xlsx")
    refuse_macros(archive)
    book = _Book.of(archive)
    chosen = [each for each in book.sheets if each.name == sheet] if sheet else book.in_order()
    if not chosen:
        raise refusals.no_such_sheet(archive.name, sheet or "")
    reading = _reading(archive, book, limits=limits)
    for each in chosen:
        found = _read_sheet(archive, each, reading=reading)
        if found.rows:
            break
    rows: list[SparseRow] = sorted(found.rows.items())
    names = tuple(each.name for each in book.sheets)
    return Grid(each.name, names, rows, _notes(found, names=names))


def read_shown(archive: Archive, *, limits: Limits) -> list[tuple[str, list[SparseRow]]]:
    """Every visible sheet that holds anything, its numbers as texts as they are shown."""
    if archive.find("_rels/.rels") is None:
        raise refusals.other_content(archive.name, ".xlsx")
    refuse_macros(archive)
    book = _Book.of(archive)
    reading = _reading(archive, book, limits=limits, as_shown=True)
    sheets = [(each.name, _read_sheet(archive, each, reading=reading)) for each in book.in_order()]
    return [(name, sorted(sheet.rows.items())) for name, sheet in sheets if sheet.rows]


@dataclass(frozen=True, slots=True)
class _SheetPart:
    name: str
    part: str
    visible: bool


class _Relations(Listener):
    """Where the parts of a workbook lie: the last word of the kind, and the path, by id."""

    def __init__(self, *, folder: str) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: Attributes, /) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target") or ""
        path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = posixpath.basename(attributes.get("Type") or "")
        self.found[attributes.get("Id") or ""] = (kind, path)

    def part(self, kind: str) -> str:
        return next((path for found, path in self.found.values() if found == kind), "")


class _Workbook(Listener):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Attributes, /) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            visible = attributes.get("state") not in {"hidden", "veryHidden"}
            self.sheets.append((attributes.get("name") or "", relation, visible))


class _Styles(Listener):
    """Numbers of the cell styles that show days, and what the others make of numbers."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self.shown: dict[int, Shown] = {}
        self._formats = set(BUILT_IN_DATES)
        self._shown = dict(BUILT_IN_SHOWN)
        self._in_cells = False
        self._count = 0

    def start(self, name: str, attributes: Attributes, /) -> None:
        if name == "numFmt":
            number = int(attributes.get("numFmtId") or 0)
            self._formats.discard(number)
            code = attributes.get("formatCode") or ""
            if shows_date(code):
                self._formats.add(number)
            elif shown := shown_by(code):
                self._shown[number] = shown
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = int(attributes.get("numFmtId") or 0)
            if number in self._formats:
                self.dates.add(self._count)
            elif number in self._shown:
                self.shown[self._count] = self._shown[number]
            self._count += 1

    def end(self, name: str, /) -> None:
        if name == "cellXfs":
            self._in_cells = False


@dataclass(frozen=True, slots=True)
class _Book:
    sheets: tuple[_SheetPart, ...]
    from_1904: bool
    strings: str
    styles: str

    @classmethod
    def of(cls, archive: Archive) -> _Book:
        root = _Relations(folder="")
        _parse_part(archive, "_rels/.rels", root)
        path = root.part("officeDocument")
        if posixpath.dirname(path).split("/")[0].lower() == "word":
            raise refusals.other_content(archive.name, ".xlsx")
        if path.endswith(".bin"):
            raise refusals.old_workbook(archive.name)
        folder, base = posixpath.split(path)
        relations = _Relations(folder=folder)
        _parse_part(archive, f"{folder}/_rels/{base}.rels", relations)
        book = _Workbook()
        _parse_part(archive, path, book)
        sheets = tuple(
            _SheetPart(name, relations.found[key][1], visible)
            for name, key, visible in book.sheets
            # Charts are sheets too.
            if relations.found.get(key, ("", ""))[0] == "worksheet"
        )
        if not sheets:
            raise refusals.other_content(archive.name, ".xlsx")
        return cls(
            sheets, book.from_1904, relations.part("sharedStrings"), relations.part("styles")
        )

    def in_order(self) -> list[_SheetPart]:
        """Visible sheets; hidden ones hold lists of choices and old copies."""
        return [each for each in self.sheets if each.visible] or list(self.sheets)


def _reading(archive: Archive, book: _Book, *, limits: Limits, as_shown: bool = False) -> Reading:
    shared, styles = SharedStrings(name=archive.name, limits=limits), _Styles()
    if book.strings:
        _parse_part(archive, book.strings, shared)
    if book.styles:
        _parse_part(archive, book.styles, styles)
    return Reading(
        name=archive.name,
        strings=shared.strings,
        date_styles=styles.dates,
        from_1904=book.from_1904,
        limits=limits,
        shown=styles.shown if as_shown else {},
    )


def _read_sheet(archive: Archive, part: _SheetPart, *, reading: Reading) -> Sheet:
    sheet = Sheet(reading)
    _parse_part(archive, part.part, sheet)
    return sheet


def _parse_part(archive: Archive, path: str, listener: Listener) -> None:
    entry = archive.find(path)
    if entry is None:
        raise damaged(archive.name)
    parse(archive, entry, listener)


def _notes(sheet: Sheet, *, names: tuple[str, ...]) -> tuple[str, ...]:
    """What a person would otherwise not notice about the list."""
    notes = []
    if others := len(names) - 1:
        text = ngettext(
            "%(count)d other worksheet was not read.",
            "%(count)d other worksheets were not read.",
            others,
        )
        notes.append(text % {"count": others})
    if sheet.hidden_rows:
        text = ngettext(
            "%(count)d row is hidden in the sheet and was read as well.",
            "%(count)d rows are hidden in the sheet and were read as well.",
            sheet.hidden_rows,
        )
        notes.append(text % {"count": sheet.hidden_rows})
    if sheet.merged:
        notes.append(_("Cells merged over several rows count for the first of these rows only."))
    return tuple(notes)
