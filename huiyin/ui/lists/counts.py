"""Counting without reading everything: tabs, and what a search finds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models.expressions import RawSQL

from huiyin.ui.lists.spec import COUNTED_TO, Rows


def count_words(count: int) -> str:
    return f"{COUNTED_TO}+" if count > COUNTED_TO else str(count)


def bounded(rows: Rows) -> int:
    """Count, but read no more rows than it takes to say "more than a thousand"."""
    return bounded_counts([rows])[0]


def bounded_counts(queries: Sequence[Rows]) -> list[int]:
    """Count several queries so, in one statement."""
    parts: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(queries):
        try:
            sql, asked = rows.order_by().values("pk")[: COUNTED_TO + 1].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        # Compiled by Django; what anybody typed is among the values.
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS part_{number})")  # noqa: S608
        values += asked
    if not parts:
        return []
    with connections[queries[0].db].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


def found(rows: Rows) -> list[int] | None:
    """The row ids of what was searched for; None when they are more than are ever counted."""
    hits = list(rows.order_by().values_list("pk", flat=True)[: COUNTED_TO + 1])
    return hits if len(hits) <= COUNTED_TO else None


def among(rows: Rows, ids: Sequence[int]) -> Rows:
    """Of ``rows`` those with these ids, given as one value: a list of a thousand is bound slowly,
    and again for every tab."""
    return rows.filter(pk__in=listed(ids, using=rows.db))


def listed(ids: Sequence[int], *, using: str) -> RawSQL:
    """These ids as what ``IN`` is asked for."""
    if connections[using].vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)])
