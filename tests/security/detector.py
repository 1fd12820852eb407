"""Sees every statement that would change the database, and what the database holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP)\b", re.IGNORECASE
)
# The reader's own session holds the messages he has not seen yet: showing them removes them.
_OWN = re.compile(r'\s*(UPDATE|INSERT INTO|DELETE FROM) "django_session"', re.IGNORECASE)


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that wrote, or took a lock to write, anything but the reader's session."""
    seen: list[str] = []

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if (_WRITES.match(sql) and not _OWN.match(sql)) or "FOR UPDATE" in sql:
            seen.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(execute):
        yield seen


def lasting(written: list[str]) -> list[str]:
    """A refused form takes its lock, claims its mark and lets go of both: that is no trace."""
    passing = ("FOR UPDATE", '"ledger_idempotencykey"')
    return [sql for sql in written if not any(part in sql for part in passing)]


# --- What the database holds

_ROOMS = ("accounts", "documents", "ledger", "organisations", "outbox", "suggestions", "ui")
# Made by chance or by the number of tries, or a sum over what was made so.
_PASSING = frozenset({"id", "hash", "prev", "head_hash", "facts", "replays", "stored_as"})
# The password nobody has set yet, and the login nobody has chosen yet.
_BY_CHANCE = re.compile(r"!\w{40}|\bp-[0-9a-f]{16}\b")

Told = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Held:
    """Every row of every room as a line of text, and every key there is."""

    lines: Counter[str]
    keys: frozenset[str]


def held() -> Held:
    """A row is named by its place among its kind: the number that a second run gives it again."""
    models = [each for room in _ROOMS for each in apps.get_app_config(room).get_models()]
    tables = {each: _table(each) for each in models}
    places = {
        each: {row[pk.attname]: place for place, row in enumerate(tables[each])}
        for each in models
        # Nothing points to a row that is named by several columns.
        if (pk := each._meta.pk).concrete
    }
    lines: Counter[str] = Counter()
    keys: set[str] = set()
    for model, rows in tables.items():
        links = [
            (link.attname, places[link.related_model])
            for link in model._meta.concrete_fields
            if link.is_relation and link.related_model in places
        ]
        for row in rows:
            for name, known in links:
                row[name] = known.get(row[name])
            keys.add(str(row.get("key")))
            said = {name: value for name, value in row.items() if name not in _PASSING}
            lines[f"{model._meta.label} {said}"] += 1
    return Held(lines, frozenset(keys))


def _table(model: type[Model]) -> list[dict[str, Any]]:
    """All rows as the database gives them, in the order they were made."""
    table, key = model._meta.db_table, model._meta.pk
    order = f' ORDER BY "{key.column}"' if key.concrete else ""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"{order}')  # noqa: S608 - our own names
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def changes(before: Held, after: Held) -> Told:
    """What was added and what is gone; a changed row is both.

    Keys made by chance are masked: two runs of one step from one state tell the same.
    """
    made = sorted(after.keys - before.keys)
    mask = re.compile("|".join([*map(re.escape, made), _BY_CHANCE.pattern]))
    told: Told = Counter()
    for sign, lines in (("+", after.lines - before.lines), ("-", before.lines - after.lines)):
        told.update({(sign, mask.sub("KEY", line)): count for line, count in lines.items()})
    return told
