"""Lines and heads as the database holds them, past every converter.

A model would smooth over what verifying must see: on SQLite a changed byte in the text of a time,
or in a flag, can read back as the same value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from huiyin.ledger.hashing import COLUMNS

PAGE = 2000
BEFORE_ALL = -(2**63)

# Both databases spell these as text that keeps every digit.
_AS_TEXT = ("at", "back_dated")
_SELECTED = ", ".join(
    f'CAST("{name}" AS text)' if name in _AS_TEXT else f'"{name}"' for name in (*COLUMNS, "hash")
)
_LINES = (
    f"SELECT {_SELECTED} FROM ledger_entry"  # noqa: S608 - made of the names above
    " WHERE chain_id = %s AND seq > %s ORDER BY seq LIMIT %s OFFSET %s"
)
_HEAD = "SELECT head_seq, head_hash, CAST(head_at AS text) FROM ledger_chain WHERE key = %s"
_SEQ, _AT, _BACK_DATED, _FACTS = map(COLUMNS.index, ("seq", "at", "back_dated", "facts"))
_ALG, _PREV = map(COLUMNS.index, ("alg", "prev"))
_TEXTS = [at for at, name in enumerate(COLUMNS) if name not in ("seq", "at", "back_dated", "facts")]
_FLAGS = {"0": False, "1": True, "false": False, "true": True}

Row = Sequence[Any]


@dataclass(slots=True)
class Stored:
    """One line, read back into the values that were hashed."""

    values: list[Any]
    hash: str

    @property
    def at(self) -> datetime:
        moment: datetime = self.values[_AT]
        return moment

    @property
    def back_dated(self) -> bool:
        return bool(self.values[_BACK_DATED])

    @property
    def facts(self) -> list[list[str]]:
        named: list[list[str]] = self.values[_FACTS]
        return named

    @property
    def alg(self) -> str:
        return str(self.values[_ALG])

    @property
    def prev(self) -> str:
        return str(self.values[_PREV])


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a chain, read back."""

    seq: int
    hash: str
    at: datetime | None


def pages(chain: str) -> Iterator[list[Row]]:
    """Yield the rows of a chain in the order of their numbers, some at a time."""
    last, skipped = BEFORE_ALL, 0
    while rows := _query(_LINES, [chain, last, PAGE, skipped]):
        yield rows
        # SQLite may hold anything in a number's place; the next page is asked for by numbers.
        for row in rows:
            seq = number(row)
            last, skipped = (seq, 0) if isinstance(seq, int) else (last, skipped + 1)


def number(row: Row) -> Any:
    """Return what stands where a line has its number."""
    return row[_SEQ]


def read(row: Row) -> Stored:
    """Return the line in ``row``. Raises ``ValueError`` where no line was ever written so."""
    values = list(row[:-1])
    if not all(isinstance(values[at], str) for at in _TEXTS) or not isinstance(row[-1], str):
        raise ValueError("not text")
    if values[_BACK_DATED] not in _FLAGS:
        raise ValueError("not a flag")
    values[_AT] = moment(values[_AT])
    values[_BACK_DATED] = _FLAGS[values[_BACK_DATED]]
    values[_FACTS] = _facts(values[_FACTS])
    return Stored(values=values, hash=row[-1])


def head_of(chain: str) -> Head | None:
    """Return the head of a chain; None when it has none. Raises ``ValueError`` like ``read``."""
    rows = _query(_HEAD, [chain])
    if not rows:
        return None
    seq, hashed, at = rows[0]
    if not isinstance(seq, int):
        raise ValueError("not a number of lines")
    return Head(seq=seq, hash=hashed, at=None if at is None else moment(at))


def moment(text: str) -> datetime:
    """Return the time that is stored as ``text``. Raises ``ValueError`` for any other spelling."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is not None:
        # PostgreSQL keeps a number, and shows it with its zone.
        return found
    if str(found) != text:
        raise ValueError("not a time as SQLite is given it")
    return found.replace(tzinfo=UTC)


def lenient() -> AbstractContextManager[None]:
    """Let SQLite hand over text that is not UTF-8, so that the damaged line can be named."""
    return _undecoded() if connection.vendor == "sqlite" else nullcontext()


@contextmanager
def _undecoded() -> Iterator[None]:
    connection.ensure_connection()
    database = connection.connection
    strict = database.text_factory
    database.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        database.text_factory = strict


def _facts(text: str) -> list[list[str]]:
    loaded: Any = json.loads(text)
    if json.dumps(loaded) != text:
        raise ValueError("not as it was written")
    # Label, key and digest each.
    if isinstance(loaded, list) and all(_is_named(one) for one in loaded):
        return loaded
    raise ValueError("not facts")


def _is_named(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one)


def _query(sql: str, parameters: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[Row] = cursor.fetchall()
        return rows
