"""Many documents at once: a zip file or a folder of .docx, each one row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

from django.utils.translation import pgettext

from huiyin.documents.archives import open_archive, swells
from huiyin.documents.office import OLE_MAGIC, ole_refusal, refuse_macros
from huiyin.documents.workbooks import refusals, sources
from huiyin.documents.workbooks.limits import Limits
from huiyin.documents.workbooks.table import Column, Row, column_letter
from huiyin.documents.workbooks.word import Document, read_document

# What systems leave beside the documents without anybody having put it there.
_LITTER = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini", "~$")


Records = tuple[tuple[Column, ...], tuple[Row, ...]]


def read_one(file: IO[bytes], *, name: str, limits: Limits) -> Records:
    """Read a single document as a list of one."""
    return _table(name, [(name, _document(file, name=name, limits=limits))], limits=limits)


def read_zip(file: IO[bytes], *, name: str, limits: Limits) -> Records:
    """Read every document of a zip file; its entries' names are texts only."""
    archive = open_archive(file, name=name, limits=limits.archive)
    if archive.find("[Content_Types].xml"):
        raise refusals.other_content(name, ".zip")
    wanted = [entry for entry in archive.entries if not _is_litter(entry.name)]
    _refuse_others(name, [entry.name for entry in wanted])
    spent = 0
    found = []
    for entry in sorted(wanted, key=lambda entry: entry.name):
        base = entry.name.rpartition("/")[2]
        spent += entry.size
        if entry.size > limits.size or spent > limits.archive.expanded:
            raise swells(name)
        document = _document(BytesIO(archive.read(entry)), name=base, limits=limits)
        found.append((base, document))
    return _table(name, found, limits=limits)


def read_folder(folder: Path, *, name: str, limits: Limits) -> tuple[str, Records]:
    """Read every document below ``folder``, and the digest over all. Links are not followed."""
    paths = sorted(_files(folder))
    if len(paths) > limits.archive.entries:
        raise refusals.too_many_documents(name, limits)
    _refuse_others(name, [path.name for path in paths])
    digest = hashlib.sha256()
    found = []
    for path in paths:
        with sources.opened(path, name=path.name, limits=limits) as file:
            digest.update(f"{sources.sha256(file)} {path.relative_to(folder)}\n".encode())
            found.append((path.name, _document(file, name=path.name, limits=limits)))
    return digest.hexdigest(), _table(name, found, limits=limits)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and not _is_litter(path.name):
            yield path


def _is_litter(name: str) -> bool:
    return name.endswith("/") or any(step.lower().startswith(_LITTER) for step in name.split("/"))


def _refuse_others(name: str, names: list[str]) -> None:
    if not names:
        raise refusals.empty(name)
    if others := [each for each in names if not each.lower().endswith(".docx")]:
        raise refusals.not_documents(name, others)


def _document(file: IO[bytes], *, name: str, limits: Limits) -> Document:
    head = file.read(8)
    if not head:
        raise refusals.empty(name)
    if head == OLE_MAGIC:
        raise ole_refusal(file, name=name)
    archive = open_archive(file, name=name, limits=limits.archive)
    refuse_macros(archive)
    return read_document(archive, limits=limits)


def _table(name: str, found: Sequence[tuple[str, Document]], *, limits: Limits) -> Records:
    keys = list(dict.fromkeys(key for _name, document in found for key in document.fields))
    if len(keys) + 3 > limits.columns:
        raise refusals.too_many_columns(name, f"“{keys[limits.columns - 3]}”", limits)
    parts: list[tuple[str, str]] = [
        (pgettext("column", "File"), "file"),
        (pgettext("column", "Title"), "title"),
        (pgettext("column", "Text"), "body"),
        *((key, "") for key in keys),
    ]
    columns = tuple(
        Column(index, column_letter(index), label, part)
        for index, (label, part) in enumerate(parts)
    )
    rows = tuple(
        Row(
            number,
            (
                source,
                document.title or None,
                document.body or None,
                *(document.fields.get(key) for key in keys),
            ),
            source,
        )
        for number, (source, document) in enumerate(found, 1)
    )
    return columns, rows
