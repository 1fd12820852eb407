"""The demo's year, built once for all that look at it and taken away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from huiyin.demo.telling import Book
from huiyin.demo.year import write


@pytest.fixture(scope="package")
def year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Book]:
    """The year as ``huiyin demo`` builds it. Each test sees it; none leaves a trace in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        book = write(say=lambda _said: None)
        # As a database knows its rows a minute after they came.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield book
        transaction.set_rollback(True)
