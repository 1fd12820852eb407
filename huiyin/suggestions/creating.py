"""Writing many rows of one kind at once, as each database takes them in fastest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from huiyin.suggestions.primary_keys import primary_keys

BATCH = 500


def create_many(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write new rows. What they name must have been written before them."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        _copy(model, rows)
    else:
        model._default_manager.bulk_create(rows, batch_size=BATCH)


def _copy(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Write the rows by COPY: INSERT costs PostgreSQL and Django three times as much."""
    columns = model._meta.concrete_fields
    name = connection.ops.quote_name
    named = ", ".join(name(str(each.column)) for each in columns)
    # While it copies, the connection answers no question: the keys are asked for beforehand.
    keys = primary_keys(model)
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="bulk_create")
        row.pk = row.pk or next(keys)
    words = f"COPY {name(model._meta.db_table)} ({named}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(words) as copy:
        for row in rows:
            values = [each.pre_save(row, add=True) for each in columns]
            copy.write_row(
                [
                    each.get_db_prep_save(value, connection)
                    for each, value in zip(columns, values, strict=True)
                ]
            )
            row._state.adding, row._state.db = False, connection.alias
