"""Several at once, on real transactions: each race with a control that has its guard removed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction

from huiyin.kernel.ids import new_key
from huiyin.ledger import services
from huiyin.ledger.models import Chain, Entry, IdempotencyKey
from huiyin.ledger.services import HOUSE, once, record_many
from huiyin.ledger.tests.conftest import LIN, MORNING, deed, lines
from huiyin.ledger.tests.sample.models import Deed
from huiyin.ledger.verify import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run all at once, each on a connection of its own; return results or what was raised."""

    def run(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except DatabaseError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def write(count: int) -> Callable[[], list[str]]:
    def work() -> list[str]:
        hashes = []
        for line in lines(count, begin=MORNING)[:1] * count:
            with transaction.atomic():
                hashes.append(record_many(chain=HOUSE, lines=[line])[0].hash)
        return hashes

    return work


def test_writers_at_once_neither_fork_a_chain_nor_leave_a_gap() -> None:
    written = together(*[write(15)] * 4)

    assert sorted(hashed for one in written for hashed in one) == sorted(
        Entry.objects.values_list("hash", flat=True)
    )
    assert Chain.objects.get().head_seq == 60
    assert verify_chain(HOUSE) == []


def test_without_the_lock_on_the_head_a_writer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_read = Barrier(2, timeout=PATIENCE)
    Chain.objects.create(key=HOUSE)

    def unlocked(chain: str) -> Chain:
        head = Chain.objects.get(key=chain)
        both_have_read.wait()
        return head

    def deferred() -> list[str]:
        # What IMMEDIATE guards on SQLite is what FOR UPDATE guards on PostgreSQL.
        connection.ensure_connection()
        connection.transaction_mode = None  # type: ignore[attr-defined]
        return write(1)()

    monkeypatch.setattr(services, "_locked_head", unlocked)
    answers = together(deferred, deferred)

    assert [isinstance(answer, DatabaseError) for answer in answers].count(True) == 1
    assert Entry.objects.count() == 1


def send_twice_at_once() -> list[tuple[str, bool]]:
    first_is_at_work = Event()

    def slow() -> str:
        first_is_at_work.set()
        # Long enough for the second to arrive while this is not committed.
        second_has_asked.wait(0.3)
        return str(deed().key)

    second_has_asked = Event()

    def first() -> tuple[str, bool]:
        return once(key="form", actor=LIN, action="sample.done", at=MORNING, do=slow)

    def second() -> tuple[str, bool]:
        first_is_at_work.wait(PATIENCE)
        return once(key="form", actor=LIN, action="sample.done", at=MORNING, do=lambda: deed().key)

    return together(first, second)


def test_of_two_equal_requests_at_once_one_works_and_both_get_its_answer() -> None:
    (one, fresh), (other, fresh_too) = send_twice_at_once()

    assert one == other == Deed.objects.get().key
    assert (fresh, fresh_too) == (True, False)
    assert IdempotencyKey.objects.get().result == one


def test_without_the_claim_both_would_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def unguarded(**columns: Any) -> IdempotencyKey:
        return IdempotencyKey.objects.create(**{**columns, "key": new_key()})

    monkeypatch.setattr(services, "_claim", unguarded)
    send_twice_at_once()

    assert Deed.objects.count() == 2


def test_when_the_first_is_undone_the_second_does_the_work() -> None:
    first_is_at_work = Event()

    def doomed() -> tuple[str, bool]:
        with transaction.atomic():
            sent = once(
                key="form", actor=LIN, action="sample.done", at=MORNING, do=lambda: deed().key
            )
            first_is_at_work.set()
            transaction.set_rollback(True)
        return sent

    def second() -> tuple[str, bool]:
        first_is_at_work.wait(PATIENCE)
        return once(key="form", actor=LIN, action="sample.done", at=MORNING, do=lambda: deed().key)

    _lost, (result, fresh) = together(doomed, second)

    assert fresh
    assert Deed.objects.get().key == result


def test_after_a_test_with_real_transactions_the_tables_are_empty_again() -> None:
    """The tests above have left facts and lines; emptying them needed the triggers lifted."""
    close_old_connections()
    assert not Deed.objects.exists()
    assert not Entry.objects.exists()
