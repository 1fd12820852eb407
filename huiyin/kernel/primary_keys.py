"""Primary keys for rows that are written many at once and name one another."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, models

KEYS_AT_ONCE = 1000


def primary_keys(model: type[models.Model]) -> Iterator[int]:
    """Yield primary keys nobody else is given.

    PostgreSQL's sequence hands them out. On SQLite the caller's transaction is the only writer, so
    counting on from the highest is safe; outside one, two imports would be given the same.
    """
    if connection.vendor == "postgresql":
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [model._meta.db_table, KEYS_AT_ONCE],
                )
                yield from (row[0] for row in cursor.fetchall())
    highest = model._default_manager.aggregate(highest=models.Max("pk"))["highest"] or 0
    while True:
        highest += 1
        yield highest
