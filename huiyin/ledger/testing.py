"""For tests only: triggers lifted while a test database is emptied or damaged on purpose.

Named in the root ``conftest.py``. A test that needs real transactions leaves its rows behind and
Django then empties every table, which the triggers of the facts would refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from huiyin.ledger import triggers
from huiyin.ledger.models import Entry, Fact


def protected_tables() -> list[str]:
    """Return the tables that must be append-only: the record, and every kind of fact."""
    facts = {model._meta.db_table for model in apps.get_models() if issubclass(model, Fact)}
    return sorted(facts | {Entry._meta.db_table})


@contextmanager
def unprotected(*tables: str) -> Iterator[None]:
    """Lift the triggers of ``tables``, and put back those that were there."""
    standing = [table for table in tables if is_protected(table)]
    _run([sql for table in standing for sql in triggers.dropping(table, vendor=connection.vendor)])
    try:
        yield
    finally:
        created = (triggers.creating(table, vendor=connection.vendor) for table in standing)
        _run([sql for statements in created for sql in statements])


def is_protected(table: str) -> bool:
    """Whether every trigger that protects a fact stands on ``table``."""
    return set(triggers.names(table, vendor=connection.vendor)) <= _triggers_on(table)


def _triggers_on(table: str) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        # 'D' is a trigger that somebody has disabled.
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)"
        " AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return {name for (name,) in cursor.fetchall()}


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(autouse=True, scope="session")
def _flushing_lifts_protection() -> Iterator[None]:
    plain = BaseDatabaseOperations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: Any) -> None:
        with transaction.atomic(), unprotected(*protected_tables()):
            plain(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lifted)
        yield
