"""Django's SQLite, whose writers take turns (``turns``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from huiyin.config.sqlite.turns import Turns, turns_at


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for its turn before it begins a transaction.

    The methods it overrides are Django's own; its published types leave them out.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        # Only who takes the write lock at once has to wait for it.
        is_writer = self.transaction_mode is not None  # type: ignore[attr-defined]
        if is_writer and not self.is_in_memory_db():
            self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        turns = turns_at(Path(self.settings_dict["NAME"]))
        # As long as SQLite itself would have waited, and the same words when it was in vain.
        if not turns.take(self.get_connection_params().get("timeout", 5)):
            raise OperationalError("database is locked")
        self._turn = turns

    def _give_turn(self) -> None:
        turns, self._turn = self._turn, None
        if turns is not None:
            turns.give()
