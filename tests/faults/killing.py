"""A process of one's own for one piece of work, killed at a chosen place as by ``kill -9``."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db import connection

_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Killed:
    """Where the process was killed, and whether it was.

    ``place`` counts the writes before the one it was killed at; beyond the last write stand the
    moment before the commit and the one after it. ``after`` is a time in seconds instead.
    """

    place: int | None = None
    after: float | None = None


def places(work: Callable[[], object]) -> int:
    """How many places there are to be killed at: every write, before the commit, after it.

    The work is done in a process of its own, and stays done.
    """
    reader, writer = os.pipe()

    def counted() -> None:
        counter = _Counter(stop_at=None)
        counter.watch(work)
        os.write(writer, str(counter.count).encode())

    status = _in_a_child(counted)
    os.close(writer)
    said = os.read(reader, 16)
    os.close(reader)
    assert status == 0, "the work itself failed"
    return int(said)


def kill(work: Callable[[], object], at: Killed) -> bool:
    """Do ``work`` in a process of its own and kill it; whether it died before it was done."""

    def doomed() -> None:
        if at.after is not None:
            threading.Timer(at.after, _die).start()
            work()
        else:
            _Counter(stop_at=at.place).watch(work)

    return os.WIFSIGNALED(_in_a_child(doomed))


class _Counter:
    """Counts what a piece of work writes, and dies at the place it was told."""

    def __init__(self, *, stop_at: int | None) -> None:
        self.count, self.stop_at = 0, stop_at

    def watch(self, work: Callable[[], object]) -> None:
        connection.ensure_connection()
        wrapper: Any = connection
        commit = wrapper._commit

        def committed() -> None:
            self.pass_by()
            commit()
            self.pass_by()

        wrapper._commit = committed
        with connection.execute_wrapper(self._written):
            work()

    def _written(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django passes it so
        if sql.lstrip().upper().startswith(_WRITES):
            self.pass_by()
        return execute(sql, params, many, context)

    def pass_by(self) -> None:
        if self.count == self.stop_at:
            _die()
        self.count += 1


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def _in_a_child(work: Callable[[], object]) -> int:
    """Run ``work`` in a child on a connection of its own; return how the child ended."""
    # A connection two processes share would be closed by the first of them to end.
    connection.close()
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        work()
    except BaseException:  # noqa: BLE001 - the child must never return into the test
        os._exit(1)
    os._exit(0)
