"""A file somebody hands us: measured before it is read, and named by the digest of its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from huiyin.documents.workbooks import refusals
from huiyin.documents.workbooks.limits import Limits

PIECE = 1024 * 1024


@contextmanager
def opened(source: Path | IO[bytes], *, name: str, limits: Limits) -> Iterator[IO[bytes]]:
    """Yield the file at its start. ``TooLarge`` or ``Invalid`` before a byte of it is read."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            _measure(file, name=name, limits=limits)
            yield file
    else:
        _measure(source, name=name, limits=limits)
        yield source


def sha256(file: IO[bytes]) -> str:
    """The digest of the whole file in hex; the file is at its start again."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _measure(file: IO[bytes], *, name: str, limits: Limits) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise refusals.empty(name)
    if size > limits.size:
        raise refusals.too_big(name, limits)
