"""The house stands for all tests of this folder; what one of them does is undone afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from huiyin.accounts.tests.town import TODAY
from tests.security.house import House


@pytest.fixture(scope="package")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with django_db_blocker.unblock(), override_settings(HUIYIN_TODAY=TODAY), transaction.atomic():
        yield House()
        transaction.set_rollback(True)


@pytest.fixture
def house(_built: House, db: None) -> House:
    return _built
