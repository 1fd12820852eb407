"""The migration operation that makes a table append-only, forwards and backwards."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from huiyin.ledger.testing import is_protected
from huiyin.ledger.triggers import Protect

pytestmark = pytest.mark.django_db

TABLE = "ledger_sample_deed"


def apply(operation: Protect, *, backwards: bool = False) -> None:
    state = ProjectState()
    # No transaction of its own: the test's is running, and SQLite's editor would refuse it.
    editor = connection.schema_editor(atomic=False)
    editor.deferred_sql = []
    run = operation.database_backwards if backwards else operation.database_forwards
    run("ledger_sample", editor, state, state)


def test_it_can_be_taken_back_and_done_again() -> None:
    operation = Protect(TABLE)
    assert is_protected(TABLE)

    apply(operation, backwards=True)
    assert not is_protected(TABLE)
    apply(operation)
    assert is_protected(TABLE)


def test_it_can_be_repeated_after_the_table_was_built_anew() -> None:
    apply(Protect(TABLE))

    assert is_protected(TABLE)


def test_it_changes_no_model_and_says_what_it_does() -> None:
    operation = Protect("one", "two")
    state = ProjectState()
    operation.state_forwards("ledger_sample", state)

    assert state == ProjectState()
    assert operation.describe() == "Refuse update and delete on one, two"
    assert operation.reversible
    assert operation.deconstruct() == ("Protect", ["one", "two"], {})
