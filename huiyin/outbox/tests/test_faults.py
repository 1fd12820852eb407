"""Whichever statement fails while people are told, the act is undone with the telling."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger import words
from huiyin.ledger.models import Entry
from huiyin.ledger.services import record
from huiyin.ledger.tests.test_faults import FailAt
from huiyin.ledger.verify import verify_chain
from huiyin.outbox.models import Delivery, Notice
from huiyin.outbox.tests.conftest import CASE, told, with_address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_words", {**words._words, "sample.moved": "moved"})


@transaction.atomic
def act(town: Town) -> None:
    told(town, "lin", "zhao")
    line: dict[str, Any] = {"action": "sample.moved", "subject": CASE, "at": NOW}
    record(chain=town.congress.key, actor=town.actor("clerk"), **line)


def left_behind() -> tuple[int, int, int]:
    return Notice.objects.count(), Delivery.objects.count(), Entry.objects.count()


def test_people_are_told_of_what_happened_and_of_nothing_else(town: Town) -> None:
    with_address(town, "zhao")
    for nth in range(1, 50):
        fault = FailAt(nth)
        with connection.execute_wrapper(fault):
            try:
                act(town)
            except OperationalError:
                assert left_behind() == (0, 0, 0), f"statement {nth} left something behind"
                continue
        break

    assert fault.left > 0
    assert nth > 5, "hardly a statement was made to fail"
    assert left_behind() == (2, 3, 1)
    assert verify_chain(town.congress.key) == []
