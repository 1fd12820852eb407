"""Where an import's files lie while it is under way: beside the database, named by its key.

The list itself goes when the import is done or given up; the workbook of rows that were not
taken stays for the person to fetch.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.conf import settings

_ENDINGS = (".xlsx", ".csv", ".jsonl", ".zip", ".docx")


def folder() -> Path:
    return Path(settings.HUIYIN_HOME) / "imports"


def keep(file: IO[bytes], *, key: str, name: str) -> None:
    """Keep the list as it came; its ending is one the reader has accepted."""
    folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    file.seek(0)
    with _list_path(key, name).open("wb") as kept:
        shutil.copyfileobj(file, kept)


def list_file(key: str, name: str) -> Path:
    """Return where the list lies; it may be gone."""
    return _list_path(key, name)


def failed_rows(key: str) -> Path:
    """Return where the rows that were not taken lie, if there were any."""
    return folder() / f"{key}.failed.xlsx"


def forget_list(key: str) -> None:
    """Remove the list and what was said of its progress."""
    for ending in (*_ENDINGS, ".progress"):
        (folder() / f"{key}{ending}").unlink(missing_ok=True)


def forget(keys: Iterable[str]) -> None:
    """Remove everything of these imports."""
    for key in keys:
        forget_list(key)
        failed_rows(key).unlink(missing_ok=True)


def say_progress(key: str, done: int, whole: int) -> None:
    """Note how far it is, outside the database: the transaction that writes is not over yet."""
    path = _progress_path(key)
    folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    fresh = path.with_suffix(".progress-new")
    fresh.write_text(json.dumps([done, whole]), encoding="ascii")
    fresh.replace(path)


def progress(key: str) -> tuple[int, int] | None:
    """Return how far it is; None when nothing has been said of it."""
    try:
        done, whole = json.loads(_progress_path(key).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return int(done), int(whole)


def silence(key: str) -> float | None:
    """Return for how many seconds nothing has been said of it.

    The clock of the files, not of the office: a rehearsed day says nothing of a dead process.
    """
    try:
        return time.time() - _progress_path(key).stat().st_mtime
    except OSError:
        return None


def _progress_path(key: str) -> Path:
    return folder() / f"{key}.progress"


def _list_path(key: str, name: str) -> Path:
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS:
        raise ValueError(name)
    return folder() / f"{key}{ending}"
