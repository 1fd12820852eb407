"""Taking a list from outside, whatever program wrote it."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from huiyin.documents.archives import MAGIC, open_archive
from huiyin.documents.office import OLE_MAGIC, carries_program, ole_refusal
from huiyin.documents.workbooks import csv_text, documents, jsonl, refusals, sources, xlsx
from huiyin.documents.workbooks.grid import SparseRow, headed
from huiyin.documents.workbooks.limits import LIMITS, Limits
from huiyin.documents.workbooks.table import Kind, Table

_READ = {".xlsx", ".csv", ".jsonl", ".zip", ".docx"}
_PACKED = {".xlsx", ".zip", ".docx"}
# Formats that Excel and WPS can save anew, and those that are programs by their name.
_OTHER_WORKBOOKS = {".xls", ".xlt", ".xlsb", ".et", ".ett", ".ods"}
_PROGRAMS = {".xlsm", ".xltm", ".xlam", ".docm", ".dotm"}
_BLANK = b"\xef\xbb\xbf \t\r\n"


def read(
    source: Path | IO[bytes],
    *,
    name: str,
    sheet: str | None = None,
    header_row: int | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """Read the whole list, or raise ``Invalid`` or ``TooLarge`` and read none of it.

    ``name`` is what the person calls the file; its ending says what it should be and its bytes
    must agree. ``sheet`` and ``header_row`` (counted from 1) are his choices, found otherwise.
    """
    if isinstance(source, Path) and source.is_dir():
        digest, (columns, rows) = documents.read_folder(source, name=name, limits=limits)
        return Table(name=name, kind=Kind.DOCX, sha256=digest, columns=columns, rows=rows)
    with sources.opened(source, name=name, limits=limits) as file:
        ending = _ending(file, name=name)
        digest = sources.sha256(file)
        if ending in {".csv", ".xlsx"}:
            return _sheet(file, name, digest, sheet=sheet, header_row=header_row, limits=limits)
        columns, rows = _RECORDS[ending](file, name=name, limits=limits)
        kind = Kind.JSONL if ending == ".jsonl" else Kind.DOCX
        return Table(name=name, kind=kind, sha256=digest, columns=columns, rows=rows)


_RECORDS = {
    ".jsonl": jsonl.read_records,
    ".zip": documents.read_zip,
    ".docx": documents.read_one,
}


def read_shown(
    source: Path | IO[bytes], *, name: str, limits: Limits = LIMITS
) -> list[tuple[str, list[SparseRow]]]:
    """Every sheet of a workbook, or the rows of a CSV, as cells as they are shown.

    For tables that are looked at, not imported. Raises what ``read`` raises.
    """
    with sources.opened(source, name=name, limits=limits) as file:
        ending = _ending(file, name=name)
        file.seek(0)
        if ending == ".csv":
            return [("", csv_text.read_grid(file, name=name, limits=limits))]
        if ending != ".xlsx":
            raise refusals.unknown_kind(name)
        archive = open_archive(file, name=name, limits=limits.archive)
        return xlsx.read_shown(archive, limits=limits)


def _ending(file: IO[bytes], *, name: str) -> str:
    """What kind of list it is. ``Invalid`` when its name and its bytes disagree."""
    head = file.read(512)
    ending = Path(name).suffix.lower()
    if ending in _PROGRAMS:
        raise carries_program(name)
    if head.startswith(OLE_MAGIC):
        raise ole_refusal(file, name=name)
    if head.lstrip(_BLANK).startswith(b"<"):
        raise refusals.web_page(name)
    if ending in _OTHER_WORKBOOKS:
        raise refusals.old_workbook(name)
    if ending not in _READ:
        raise refusals.unknown_kind(name)
    if head.startswith(MAGIC) is not (ending in _PACKED):
        raise refusals.other_content(name, ending)
    return ending


def _sheet(
    file: IO[bytes],
    name: str,
    digest: str,
    *,
    sheet: str | None,
    header_row: int | None,
    limits: Limits,
) -> Table:
    if name.lower().endswith(".csv"):
        rows = csv_text.read_grid(file, name=name, limits=limits)
        grid = xlsx.Grid("", (), rows, ())
    else:
        archive = open_archive(file, name=name, limits=limits.archive)
        grid = xlsx.read_grid(archive, sheet=sheet, limits=limits)
    found = headed(grid.rows, name=name, header_row=header_row, limits=limits)
    return Table(
        name=name,
        kind=Kind(Path(name).suffix.lower()[1:]),
        sha256=digest,
        columns=found.columns,
        rows=found.rows,
        sheet=grid.sheet,
        sheets=grid.sheets,
        header_row=found.header_row,
        notes=grid.notes,
    )
