"""Whichever statement fails, either all of an act is there or nothing, and it can be repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from huiyin.ledger.models import Entry, IdempotencyKey
from huiyin.ledger.services import HOUSE, Line, once, record_many
from huiyin.ledger.tests.conftest import LIN, MORNING, deed
from huiyin.ledger.tests.sample.models import Deed
from huiyin.ledger.verify import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)


class FailAt:
    """Fails the n-th statement, and only that one."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise OperationalError("the disk is full")
        return execute(sql, *rest)


def act() -> tuple[str, bool]:
    def work() -> str:
        road = deed()
        line = Line(
            at=MORNING, action="sample.done", subject=("sample", "case"), actor=LIN, facts=[road]
        )
        record_many(chain=HOUSE, lines=[line])
        return str(road.key)

    return once(key="form", actor=LIN, action="sample.done", at=MORNING, do=work)


def left_behind() -> tuple[int, int, int]:
    return Deed.objects.count(), Entry.objects.count(), IdempotencyKey.objects.count()


def test_an_act_is_done_whole_or_not_at_all() -> None:
    for nth in range(1, 50):
        fault = FailAt(nth)
        with connection.execute_wrapper(fault):
            try:
                act()
            except OperationalError:
                assert left_behind() == (0, 0, 0), f"statement {nth} left something behind"
                continue
        break

    assert fault.left > 0
    assert nth > 6, "hardly a statement was made to fail"
    assert left_behind() == (1, 1, 1)
    assert act()[1] is False
    assert left_behind() == (1, 1, 1)
    assert verify_chain(HOUSE) == []
