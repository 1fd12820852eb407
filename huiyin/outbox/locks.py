"""One runner at a time: a lock that the operating system or the database gives back by itself.

It has no time limit, so that no wrong clock can hold it for a year and no long run lose it; when
its holder dies, however suddenly, it is free.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

# Within one process a session's lock would be given a second time.
_here = threading.Lock()
# Any number that no other program in this database uses: "tick" in ASCII.
_NUMBER = 0x7469636B


@contextmanager
def only_runner() -> Iterator[bool]:
    """Yield whether this process is the only one inside; never waits."""
    if not _here.acquire(blocking=False):
        yield False
        return
    try:
        lock = _by_postgres if connection.vendor == "postgresql" else _by_file
        with lock() as held:
            yield held
    finally:
        _here.release()


@contextmanager
def _by_postgres() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_NUMBER])
        (held,) = cursor.fetchone()
    try:
        yield held
    finally:
        # A session that broke meanwhile has given it back already.
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_NUMBER])


@contextmanager
def _by_file() -> Iterator[bool]:
    """A database file of its own that is never written: SQLite locks it on every system alike."""
    guard = sqlite3.connect(settings.HUIYIN_HOME / "tick.lock", timeout=0, isolation_level=None)
    try:
        guard.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        guard.close()
        yield False
        return
    try:
        yield True
    finally:
        guard.close()
