"""Rows in memory, given their primary keys and keys before anything is stored.

The demo is written into empty tables by one writer, so it may number its rows itself: they can
name one another before they exist, and come out alike every time.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models

from huiyin.demo.chance import key_of

Row = TypeVar("Row", bound=models.Model)

BATCH = 2000


class Shelf:
    """Everything that will be stored, by model, in the order it was made."""

    def __init__(self, *, seed: str) -> None:
        self.seed = seed
        self._rows: dict[type[models.Model], list[Any]] = {}
        self._keyed: dict[type[models.Model], bool] = {}

    def new(self, model: type[Row], **columns: Any) -> Row:
        """Return a new row of ``model``, numbered and keyed."""
        rows = self._rows.get(model)
        if rows is None:
            rows = self._rows[model] = []
            names = {field.name for field in model._meta.concrete_fields}
            self._keyed[model] = "key" in names
        number = len(rows) + 1
        if self._keyed[model]:
            columns["key"] = key_of(model.__name__, number, seed=self.seed)
        columns.setdefault("pk", number)
        row = model(**columns)
        rows.append(row)
        return row

    def store(self) -> None:
        """Write every row, and have the database number its own rows after ours.

        The order does not matter: foreign keys are checked when the transaction ends.
        """
        for model, rows in self._rows.items():
            model._default_manager.bulk_create(rows, batch_size=BATCH)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self._rows)):
                cursor.execute(statement)
