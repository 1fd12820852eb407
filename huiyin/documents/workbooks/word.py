"""Word documents (.docx), each one record: title, text, and the fields of its forms.

Read as a stream like a worksheet. Text that was deleted under revision, field codes and the
second copy of text boxes are not part of what the author sees and are left out; numbers that
Word gives paragraphs by itself are not in the file and cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from huiyin.documents.archives import Archive
from huiyin.documents.workbooks import refusals
from huiyin.documents.workbooks.grid import heading
from huiyin.documents.workbooks.limits import Limits
from huiyin.documents.workbooks.sheet import NO_TEXT
from huiyin.documents.xml_parts import Attributes, Listener, parse

MAIN_PART = "word/document.xml"
KEY_CHARACTERS = 20
TITLE_CHARACTERS = 120
# Style names are in the file's language only on screen; inside they are English, in any case.
_TITLE_STYLES = {"title", "heading 1"}
# Words of text that is not shown: moved away, or repeated for old programs.
_UNSEEN = {"moveFrom", "Fallback"}


@dataclass(slots=True)
class Paragraph:
    text: str = ""
    style: str = ""
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What one document says. ``fields`` are the keys and values of its tables."""

    title: str
    body: str
    fields: dict[str, str]


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


def read_document(archive: Archive, *, limits: Limits) -> Document:
    """Read the main part of ``archive``. Raises ``Invalid`` or ``TooLarge``."""
    main = archive.find(MAIN_PART)
    if main is None:
        raise refusals.other_content(archive.name, ".docx")
    content = _Content(name=archive.name, limits=limits)
    parse(archive, main, content)
    top = [each for each in content.paragraphs[:10] if len(each.text) <= TITLE_CHARACTERS]
    title = _title(top, _style_names(archive) if any(each.style for each in top) else {})
    texts = [each.text for each in content.paragraphs if each is not title]
    fields, loose = _fields(content.tables)
    body = "\n".join(text for text in [*texts, *loose] if text.strip()).strip()
    document = Document(title.text.strip(), body, fields)
    _check(document, name=archive.name, limits=limits)
    return document


def _check(document: Document, *, name: str, limits: Limits) -> None:
    if len(document.body) > limits.cell:
        raise refusals.document_too_long(name, limits)
    texts = {"": document.body, **document.fields}
    for key, text in texts.items():
        if len(text) > limits.cell:
            raise refusals.cell_too_long(name, f"“{key}”", limits)
        if NO_TEXT.search(text):
            raise refusals.unreadable_character(name, f"“{key}”")


def _style_names(archive: Archive) -> dict[str, str]:
    styles = _StyleNames()
    if part := archive.find("word/styles.xml"):
        parse(archive, part, styles)
    return styles.names


class _StyleNames(Listener):
    """The built-in name of each paragraph style, by the id that paragraphs use."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._current = ""

    def start(self, name: str, attributes: Attributes, /) -> None:
        if name == "style":
            self._current = attributes.get("w:styleId") or ""
        elif name == "name" and self._current:
            self.names[self._current] = (attributes.get("w:val") or "").lower()
            self._current = ""


class _Content(Listener):
    """Paragraphs outside tables in ``paragraphs``; each outer table's rows of cell texts."""

    def __init__(self, *, name: str, limits: Limits) -> None:
        self.paragraphs: list[Paragraph] = []
        self.tables: list[list[list[str]]] = []
        self._open_tables: list[_Table] = []
        self._open: list[tuple[Paragraph, list[str]]] = []
        self._name, self._limits = name, limits
        self._listening = False
        self._runs = self._unseen = self._characters = 0

    def start(self, name: str, attributes: Attributes, /) -> None:
        if name in _UNSEEN:
            self._unseen += 1
        elif name == "t":
            self._listening = not self._unseen
        elif name == "p":
            self._open.append((Paragraph(), []))
        elif name == "r":
            self._runs += 1
        elif name in {"tbl", "tr", "tc"}:
            self._start_table(name)
        elif self._open:
            self._in_paragraph(name, attributes)

    def _in_paragraph(self, name: str, attributes: Attributes) -> None:
        paragraph, pieces = self._open[-1]
        if name == "pStyle":
            paragraph.style = attributes.get("w:val") or ""
        elif name == "jc":
            paragraph.centred = attributes.get("w:val") == "center"
        elif self._runs and not self._unseen and name in {"br", "cr"}:
            pieces.append("\n")
        elif self._runs and not self._unseen and name == "tab":
            pieces.append("\t")

    def _start_table(self, name: str) -> None:
        if name == "tbl":
            self._open_tables.append(_Table())
        elif self._open_tables and name == "tr":
            self._open_tables[-1].cells = []
        elif self._open_tables:
            self._open_tables[-1].cell = []

    def end(self, name: str, /) -> None:
        if name in _UNSEEN:
            self._unseen -= 1
        elif name == "t":
            self._listening = False
        elif name == "r":
            self._runs -= 1
        elif name == "p" and self._open:
            self._end_paragraph()
        elif self._open_tables:
            self._end_table(name)

    def _end_paragraph(self) -> None:
        paragraph, pieces = self._open.pop()
        paragraph.text = "".join(pieces)
        if self._open_tables:
            self._open_tables[-1].cell.append(paragraph.text)
        elif paragraph.text.strip():
            self.paragraphs.append(paragraph)

    def _end_table(self, name: str) -> None:
        table = self._open_tables[-1]
        if name == "tc":
            table.cells.append("\n".join(text for text in table.cell if text.strip()).strip())
        elif name == "tr":
            table.rows.append(table.cells)
        elif name == "tbl":
            self._open_tables.pop()
            if self._open_tables:
                # A table within a cell: its words are the cell's.
                self._open_tables[-1].cell += [" ".join(filter(None, row)) for row in table.rows]
            else:
                self.tables.append(table.rows)

    def text(self, text: str, /) -> None:
        if not (self._listening and self._open):
            return
        self._characters += len(text)
        if self._characters > self._limits.characters // 10:
            raise refusals.document_too_long(self._name, self._limits)
        self._open[-1][1].append(text)


def _title(top: list[Paragraph], styles: dict[str, str]) -> Paragraph:
    """The paragraph styled as a title; else one that begins 关于, else centred, else the first."""
    tests: tuple[Callable[[Paragraph], bool], ...]
    tests = (
        lambda each: styles.get(each.style, "") in _TITLE_STYLES,
        lambda each: each.text.strip().startswith("关于"),
        lambda each: each.centred,
        lambda _each: True,
    )
    for test in tests:
        for each in top:
            if test(each):
                return each
    return Paragraph()


def _fields(tables: list[list[list[str]]]) -> tuple[dict[str, str], list[str]]:
    """Pairs of key and value found in ``tables``, and texts that belong to no key."""
    fields: dict[str, str] = {}
    loose: list[str] = []
    for rows in tables:
        filled = [row for row in rows if any(row)]
        if _is_list(filled):
            _take_list(filled, fields)
        else:
            _take_form(filled, fields, loose)
    return fields, loose


def _is_list(rows: list[list[str]]) -> bool:
    """Whether the first row holds the headings of the others, as in a list of signatures."""
    if len(rows) < 2 or len(rows[0]) < 3 or any(len(row) != len(rows[0]) for row in rows):
        return False
    odd = len(rows[0]) % 2 == 1
    return all(_is_key(text) for text in rows[0]) and (odd or _key(rows[0][0]) in {"序号", "姓名"})


def _take_list(rows: list[list[str]], fields: dict[str, str]) -> None:
    for at, name in enumerate(rows[0]):
        _put(fields, _key(name), "；".join(row[at] for row in rows[1:] if row[at]))


def _take_form(rows: list[list[str]], fields: dict[str, str], loose: list[str]) -> None:
    waiting = ""
    for row in rows:
        if len(row) == 1:
            # One cell across: the words before it, alone in their row, say what it is.
            if waiting:
                _put(fields, waiting, row[0])
                waiting = ""
            elif _is_key(row[0]):
                waiting = _key(row[0])
            else:
                loose.append(row[0])
            continue
        for at in range(0, len(row) - 1, 2):
            if _is_key(row[at]):
                _put(fields, _key(row[at]), row[at + 1])
        if len(row) % 2 and row[-1]:
            loose.append(row[-1])


def _put(fields: dict[str, str], key: str, value: str) -> None:
    """Keep both when a form asks for the same thing twice, as for each signatory."""
    if value:
        fields[key] = f"{fields[key]}；{value}" if key in fields else value


def _is_key(text: str) -> bool:
    return 0 < len(_key(text)) <= KEY_CHARACTERS


def _key(text: str) -> str:
    return re.sub(r"[:：]+$", "", heading(text)).strip()
