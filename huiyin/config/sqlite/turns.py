"""Whose turn it is to write: whoever came first, among threads and among processes.

SQLite has no queue. Whoever happens to ask when the lock is free has it, and who waits asks at
growing intervals: among sixteen busy writers one was still waiting when its twenty seconds were
over. Here the threads of a process stand in line, and processes take turns at two locked files:
who holds the first is next, and lets go of it when it has the second.
"""

from __future__ import annotations

import fcntl
import os
from collections import deque
from pathlib import Path
from threading import Event, Lock
from time import monotonic, sleep

# Seconds between two looks whether the other process is done; an act holds the lock for ten times
# as long.
_LOOK = 0.001


class Turns:
    """The line of one process before one database file."""

    def __init__(self, database: Path) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()
        self._busy = False
        self._next = _FileLock(database.with_name(database.name + "-next"))
        self._now = _FileLock(database.with_name(database.name + "-now"))

    def take(self, patience: float) -> bool:
        """Wait for a turn for so many seconds; False when it did not come."""
        until = monotonic() + patience
        if not self._stand_in_line(patience):
            return False
        if self._next.take(until):
            mine = self._now.take(until)
            self._next.give()
            if mine:
                return True
        self._pass_on()
        return False

    def give(self) -> None:
        """Let the next one have it."""
        self._now.give()
        self._pass_on()

    def _stand_in_line(self, patience: float) -> bool:
        with self._guard:
            if not self._busy:
                self._busy = True
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(patience):
            return True
        with self._guard:
            if mine.is_set():
                return True
            self._waiting.remove(mine)
        return False

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._busy = False


class _FileLock:
    """A lock that the system takes back when its process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, until: float) -> bool:
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if monotonic() >= until:
                    return False
                sleep(_LOOK)
            else:
                return True

    def give(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)


_lines: dict[Path, Turns] = {}
_making = Lock()


def turns_at(database: Path) -> Turns:
    """The line of this process before ``database``."""
    with _making:
        if database not in _lines:
            _lines[database] = Turns(database)
        return _lines[database]


# A child would share the files' locks with its parent, and both would think it their turn.
os.register_at_fork(after_in_child=_lines.clear)
