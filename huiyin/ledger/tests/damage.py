"""Damage done to the record behind its back, by raw SQL, as the owner of a database could."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.utils import DatabaseError

from huiyin.ledger.hashing import COLUMNS
from huiyin.ledger.models import Chain, Entry
from huiyin.ledger.services import record_many
from huiyin.ledger.testing import unprotected
from huiyin.ledger.tests.conftest import lines

TABLES = ("ledger_entry", "ledger_sample_deed", "ledger_sample_careless")


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end whatever is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def behind_its_back() -> Iterator[None]:
    """Lift the protection, and undo everything at the end."""
    with undone(), unprotected(*TABLES):
        yield


def run(sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def cut(*, chain: str, down_to: int) -> None:
    """Remove the tail, and set the head back so that nothing inside shows it."""
    run("DELETE FROM ledger_entry WHERE chain_id = %s AND seq > %s", [chain, down_to])
    last = Entry.objects.get(chain=chain, seq=down_to)
    Chain.objects.filter(key=chain).update(head_seq=down_to, head_hash=last.hash, head_at=last.at)


def rebuild(*, chain: str, count: int) -> None:
    """Write the whole chain anew with other contents: consistent in itself."""
    run("DELETE FROM ledger_entry WHERE chain_id = %s", [chain])
    Chain.objects.filter(key=chain).delete()
    told = lines(count)
    record_many(chain=chain, lines=[*told[:3], *reversed(told[3:4]), *told[3:-1]])


class Byte:
    """One byte of one column of one line, to be changed."""

    COLUMNS = (*COLUMNS, "hash")

    def __init__(self, chance: random.Random, *, chain: str, size: int) -> None:
        self.chance = chance
        self.chain = chain
        self.seq = chance.randint(1, size)
        self.column = chance.choice(self.COLUMNS)

    def __str__(self) -> str:
        return f"line {self.seq}, {self.column}"

    def gives_away(self, size: int) -> set[int]:
        """The lines of which one must be named.

        A line whose number or chain was changed is missing where it was: the next one tells, or
        the head.
        """
        if self.column not in ("seq", "chain_id"):
            return {self.seq}
        return {self.seq, self.seq + 1} if self.seq < size else {size - 1, size}

    def change(self) -> bool:
        """Do it; False when the database refuses the value or holds the same as before."""
        try:
            with transaction.atomic():
                before = self._stored()
                self._write(self._mutated(before))
                return self._stored(moved=self.column in ("seq", "chain_id")) != before
        except (DatabaseError, UnicodeDecodeError):
            return False

    def _stored(self, *, moved: bool = False) -> bytes | None:
        column = f'CAST("{self.column}" AS text)'
        cast = {"sqlite": f"CAST({column} AS blob)", "postgresql": f"convert_to({column}, 'UTF8')"}
        rows = run(
            f"SELECT {cast[connection.vendor]} FROM ledger_entry"  # noqa: S608 - from our list
            " WHERE chain_id = %s AND seq = %s",
            [self.chain, self.seq],
        )
        return None if moved and not rows else bytes(rows[0][0])

    def _mutated(self, before: bytes | None) -> bytes:
        raw = bytearray(before or b"")
        if not raw:
            return bytes([self.chance.randrange(1, 128)])
        if self.column == "back_dated" and connection.vendor == "postgresql":
            return {b"false": b"true", b"true": b"false"}[bytes(raw)]
        at = self.chance.randrange(len(raw))
        raw[at] ^= self.chance.randrange(1, 256)
        return bytes(raw)

    def _write(self, value: bytes) -> None:
        if connection.vendor == "sqlite":
            run(
                f'UPDATE ledger_entry SET "{self.column}" = CAST(%s AS text)'  # noqa: S608
                " WHERE chain_id = %s AND seq = %s",
                [value, self.chain, self.seq],
            )
            return
        kind = {
            "seq": "bigint",
            "at": "timestamptz",
            "back_dated": "boolean",
            "facts": "jsonb",
        }.get(self.column, "text")
        run(
            f'UPDATE ledger_entry SET "{self.column}" = CAST(%s AS {kind})'  # noqa: S608
            " WHERE chain_id = %s AND seq = %s",
            [value.decode(), self.chain, self.seq],
        )
