"""What a page asks the database: how many statements, and how long they take without the page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client

from huiyin.accounts.models import Person

REPEATS = 15
Statement = tuple[str, Any]


@dataclass(kw_only=True)
class Heard:
    """The statements that went to the database while it listened."""

    statements: list[Statement] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.statements.append((sql, params))
        return execute(sql, params, many, context)

    @property
    def count(self) -> int:
        """Statements of the pages; what opens and ends transactions is not counted."""
        words = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
        return sum(1 for sql, _params in self.statements if not sql.startswith(words))


@contextmanager
def listening() -> Iterator[Heard]:
    heard = Heard()
    with connection.execute_wrapper(heard):
        yield heard


def reader(login: str) -> Client:
    """A signed-in client within this process."""
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=True)
    client.force_login(Person.objects.get(login=login))
    return client


def asked_by(client: Client, path: str) -> Heard:
    """The statements of one page, asked for a second time: the first fills what is kept."""
    client.get(path)
    with listening() as heard:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return heard


def bare_seconds(heard: Heard) -> float:
    """The time of the same statements through the driver alone, rows fetched and thrown away."""
    connection.ensure_connection()
    taken = []
    for _ in range(REPEATS):
        with connection.cursor() as wrapped:
            cursor = wrapped.cursor
            began = time.perf_counter()
            for sql, params in heard.statements:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
            taken.append(time.perf_counter() - began)
    return median(taken)
