"""CSV lists, in UTF-8 or in the GBK that Chinese Windows writes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from huiyin.documents.workbooks import refusals
from huiyin.documents.workbooks.grid import SparseRow
from huiyin.documents.workbooks.limits import Limits
from huiyin.documents.workbooks.neutral import restore_from_csv
from huiyin.documents.workbooks.sheet import NO_TEXT
from huiyin.documents.workbooks.table import Value, column_letter, row_place

SEPARATORS = ",;\t"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A line is UTF-8 by intention, not by chance, when what it gives is Chinese throughout: two
# bytes of GBK read as UTF-8 give Greek, Cyrillic or Arabic letters.
_CHINESE = re.compile("[\u2010-\u203b\u2460-\u24ff\u2e80-\u9fff\uff00-\uffef]+")
_ASCII = re.compile("[\x00-\x7f]+")
# ="007", by which other programs keep the zeros.
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


def read_grid(file: IO[bytes], *, name: str, limits: Limits) -> list[SparseRow]:
    """Read all records. ``Invalid`` names the line that cannot be read."""
    text = decoded(file.read(), name=name)
    rows: list[SparseRow] = []
    count = 0
    for number, cells in _records(text, name=name, limits=limits):
        if len(rows) > limits.rows + limits.above_headings:
            raise refusals.too_many_rows(name, limits)
        if kept := _kept(cells, number=number, name=name, limits=limits):
            rows.append((number, kept))
            count += len(kept)
        if count > limits.cells:
            raise refusals.too_many_cells(name, limits)
    return rows


def decoded(raw: bytes, *, name: str) -> str:
    """Return the text of ``raw``. ``Invalid`` names the first line that does not fit."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusals.no_encoding(name, 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    lines = raw.removeprefix(BYTE_ORDER_MARK).splitlines()
    in_utf8 = [at for at, line in enumerate(lines, 1) if _is_utf8_by_intention(line)]
    in_gbk = [at for at, line in enumerate(lines, 1) if not _decodes(line, "utf-8")]
    if in_utf8:
        # The fewer are the ones to correct.
        raise refusals.mixed_encodings(name, min(in_utf8, in_gbk, key=len)[0])
    if unreadable := [at for at in in_gbk if not _decodes(lines[at - 1], "gb18030")]:
        raise refusals.no_encoding(name, unreadable[0])
    return raw.decode("gb18030")


def _is_utf8_by_intention(line: bytes) -> bool:
    if line.isascii() or not _decodes(line, "utf-8"):
        return False
    return _CHINESE.fullmatch(_ASCII.sub("", line.decode("utf-8"))) is not None


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _records(text: str, *, name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Number the records as a spreadsheet does: an empty line is a row, a long cell is one."""
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "field larger" in str(error):
                raise refusals.cell_too_long(name, row_place(number), limits) from error
            raise refusals.open_quote(name, number) from error
        if cells is None:
            return
        yield number, cells


def _kept(cells: list[str], *, number: int, name: str, limits: Limits) -> dict[int, Value]:
    kept: dict[int, Value] = {}
    for index, written in enumerate(cells):
        value = _value(written)
        if value is None:
            continue
        place = f"{column_letter(index)}{number}"
        if index >= limits.columns:
            raise refusals.too_many_columns(name, place, limits)
        if len(value) > limits.cell:
            raise refusals.cell_too_long(name, place, limits)
        if NO_TEXT.search(value):
            raise refusals.unreadable_character(name, place)
        kept[index] = value
    return kept


def _value(written: str) -> str | None:
    if match := _KEPT_AS_TEXT.fullmatch(written.strip()):
        written = match[1]
    text = written.replace("\r\n", "\n").replace("\r", "\n")
    return restore_from_csv(text).strip() or None
