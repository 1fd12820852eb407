"""The demo's year, built once for a module and taken away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from huiyin.demo.telling import Book
from huiyin.demo.year import write


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Book]:
    """The year as ``huiyin demo`` builds it. Each test sees it; none leaves a trace in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield write(say=lambda _said: None)
        transaction.set_rollback(True)
