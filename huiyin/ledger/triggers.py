"""Triggers by which the database itself refuses to change or delete a fact."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

PREFIX = "huiyin_fact"

# SQLite fires no trigger for the rows that INSERT OR REPLACE throws out unless
# recursive_triggers is on; the settings switch it on for every connection of ours.
_SQLITE = {
    "update": """
        CREATE TRIGGER {prefix}_update_{table} BEFORE UPDATE ON "{table}"
        BEGIN SELECT RAISE(ABORT, 'facts are never changed: {table}'); END
    """,
    "delete": """
        CREATE TRIGGER {prefix}_delete_{table} BEFORE DELETE ON "{table}"
        BEGIN SELECT RAISE(ABORT, 'facts are never deleted: {table}'); END
    """,
}
_POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION {prefix}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'facts are never %: %',
            CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""
_POSTGRESQL = {
    "update": """
        CREATE TRIGGER {prefix}_update_{table} BEFORE UPDATE ON "{table}"
        FOR EACH ROW EXECUTE FUNCTION {prefix}_refuse()
    """,
    "delete": """
        CREATE TRIGGER {prefix}_delete_{table} BEFORE DELETE ON "{table}"
        FOR EACH ROW EXECUTE FUNCTION {prefix}_refuse()
    """,
    "truncate": """
        CREATE TRIGGER {prefix}_truncate_{table} BEFORE TRUNCATE ON "{table}"
        FOR EACH STATEMENT EXECUTE FUNCTION {prefix}_refuse()
    """,
}


class Protect(Operation):
    """Make tables append-only, on SQLite and on PostgreSQL. Reversible.

    A later migration that alters such a table makes SQLite build it anew, without its triggers:
    it has to name the table in ``Protect`` again. A test compares all facts with the database.
    """

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self.tables), {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        vendor = schema_editor.connection.vendor
        created = (creating(table, vendor=vendor) for table in self.tables)
        for statement in chain(_prelude(vendor), *created):
            schema_editor.execute(statement, None)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's signature
        to_state: ProjectState,  # noqa: ARG002 - Django's signature
    ) -> None:
        vendor = schema_editor.connection.vendor
        for table in self.tables:
            for statement in dropping(table, vendor=vendor):
                schema_editor.execute(statement, None)

    def describe(self) -> str:
        return f"Refuse update and delete on {', '.join(self.tables)}"


def names(table: str, *, vendor: str) -> list[str]:
    """Return the names of the triggers that protect ``table``."""
    return [f"{PREFIX}_{act}_{table}" for act in _statements(vendor)]


def creating(table: str, *, vendor: str) -> list[str]:
    """Return the statements that protect ``table``."""
    return [text.format(prefix=PREFIX, table=table) for text in _statements(vendor).values()]


def dropping(table: str, *, vendor: str) -> list[str]:
    """Return the statements that lift the protection of ``table``, if it has any."""
    on_table = f' ON "{table}"' if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{on_table}" for name in names(table, vendor=vendor)]


def _statements(vendor: str) -> dict[str, str]:
    return {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[vendor]


def _prelude(vendor: str) -> list[str]:
    return [_POSTGRESQL_FUNCTION.format(prefix=PREFIX)] if vendor == "postgresql" else []
