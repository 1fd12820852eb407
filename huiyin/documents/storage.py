"""Where the bytes of attachments lie: under random names, safe on disk before the row is.

A file belongs to a row of the database. It is written and forced to disk first, and goes again
when the transaction that wanted it does not commit. A process killed in between leaves a file
that no row names; it is never shown.
"""

from __future__ import annotations

import os
import re
import secrets
import weakref
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}", re.ASCII)


def path_of(stored_as: str) -> Path:
    """The file of that name. Raises ``ValueError`` for what is no name of ours."""
    if not _NAME.fullmatch(stored_as):
        raise ValueError(stored_as)
    return Path(settings.MEDIA_ROOT) / stored_as


def store(pieces: Iterable[bytes]) -> str:
    """Write the bytes to disk under a new random name, for the transaction now open."""
    name = secrets.token_hex(16)
    stored_as = f"{name[:2]}/{name}"
    path = path_of(stored_as)
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    # Before the first byte: a full disk leaves nothing behind either.
    written = _Written(path)
    with path.open("xb") as file:
        path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)
    transaction.on_commit(written.belongs_to_a_row)
    return stored_as


class _Written:
    """Removes its file when it is forgotten, which the transaction does on rolling back.

    Django calls nobody then: it drops what waits for the commit, here the only reference.
    """

    def __init__(self, path: Path) -> None:
        self._removal = weakref.finalize(self, path.unlink, missing_ok=True)

    def belongs_to_a_row(self) -> None:
        self._removal.detach()


def _sync_folder(folder: Path) -> None:
    """Make the file's name as lasting as its bytes."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
