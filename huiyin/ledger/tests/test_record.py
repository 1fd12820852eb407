"""Lines of record: what they hold, in which order, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from pytest_django.fixtures import Settings

from huiyin.kernel.creating import BATCH
from huiyin.kernel.errors import Conflict
from huiyin.ledger import services
from huiyin.ledger.hashing import reason_digest
from huiyin.ledger.models import GENESIS, Chain, Entry
from huiyin.ledger.services import HOUSE, Line, record, record_many
from huiyin.ledger.tests.conftest import LIN, MORNING, deed, lines
from huiyin.ledger.tests.sample.models import Deed

pytestmark = pytest.mark.django_db

DONE = Line(at=MORNING, action="sample.done", subject=("sample", "case"), actor=LIN)


def test_a_line_says_who_did_what_when_and_what_it_left() -> None:
    road = deed()

    entry = record(
        chain=HOUSE,
        actor=LIN,
        at=MORNING,
        action="sample.done",
        subject=("sample", "case"),
        before="draft",
        after="submitted",
        why="因为路坏了",
        facts=[road],
        on_behalf_of="person-zhao",
        via="paper",
    )

    kept = Entry.objects.get(chain=HOUSE, seq=1)
    assert kept.at == MORNING
    assert (kept.person_key, kept.post_key, kept.role) == ("person-lin", "post-deputy", "deputy")
    assert (kept.action, kept.subject_type, kept.subject_key) == ("sample.done", "sample", "case")
    assert (kept.before, kept.after, kept.on_behalf_of) == ("draft", "submitted", "person-zhao")
    assert kept.why_digest == reason_digest("因为路坏了")
    assert kept.facts == [["ledger_sample.Deed", road.key, road.fact_digest()]]
    assert (kept.via, kept.alg, kept.prev, kept.back_dated) == ("paper", "sha256", GENESIS, False)
    assert kept.hash == entry.hash
    assert str(kept) == "house 1 sample.done"


def test_a_line_nobody_caused_is_the_systems() -> None:
    entry = record_many(chain=HOUSE, lines=[replace(DONE, actor=None)])[0]

    assert (entry.person_key, entry.post_key, entry.role) == ("", "", "system")
    assert entry.why_digest == ""


def test_each_line_continues_from_the_one_before_and_the_head_follows() -> None:
    first, second = record_many(chain=HOUSE, lines=lines(2))
    third = record_many(chain=HOUSE, lines=[replace(DONE, at=second.at)])[0]

    assert (first.seq, second.seq, third.seq) == (1, 2, 3)
    assert (second.prev, third.prev) == (first.hash, second.hash)
    head = Chain.objects.get()
    assert (head.head_seq, head.head_hash, head.head_at) == (3, third.hash, second.at)
    assert str(head) == "house 3"


def test_chains_are_apart() -> None:
    record_many(chain="yuechuan", lines=[DONE])
    elsewhere = record_many(chain="another", lines=[DONE])[0]

    assert (elsewhere.seq, elsewhere.prev) == (1, GENESIS)
    assert elsewhere.hash != Entry.objects.get(chain="yuechuan").hash


def test_lines_written_one_by_one_and_in_bulk_are_the_same_lines() -> None:
    told = lines(2 * BATCH + 1)
    columns = ("seq", "at", "prev", "hash")

    with transaction.atomic():
        record_many(chain=HOUSE, lines=told)
        in_bulk = list(Entry.objects.order_by("seq").values_list(*columns))
        transaction.set_rollback(True)
    for line in told[:100]:
        record_many(chain=HOUSE, lines=[line])

    assert len(in_bulk) == len(told)
    assert list(Entry.objects.order_by("seq").values_list(*columns)) == in_bulk[:100]


def test_nothing_is_written_for_no_lines() -> None:
    assert record_many(chain=HOUSE, lines=[]) == []
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_record_is_refused_outside_a_transaction() -> None:
    with pytest.raises(TransactionManagementError):
        record_many(chain=HOUSE, lines=[DONE])
    assert not Chain.objects.exists()


def test_an_action_without_words_is_refused() -> None:
    with pytest.raises(LookupError, match=r"sample\.unheard"):
        record_many(chain=HOUSE, lines=[replace(DONE, action="sample.unheard")])


def test_a_fact_that_is_not_saved_is_refused() -> None:
    with pytest.raises(ValueError, match="not saved"):
        record_many(chain=HOUSE, lines=[replace(DONE, facts=[Deed()])])


@pytest.mark.parametrize(("behind", "refused"), [(2.0, False), (2.000001, True)])
def test_time_in_a_chain_does_not_go_back(behind: float, *, refused: bool) -> None:
    record_many(chain=HOUSE, lines=[DONE])
    late = replace(DONE, at=MORNING - timedelta(seconds=behind))

    if refused:
        with pytest.raises(Conflict):
            record_many(chain=HOUSE, lines=[late])
        assert Entry.objects.count() == 1
    else:
        assert record_many(chain=HOUSE, lines=[late])[0].at == late.at
        assert Chain.objects.get().head_at == MORNING


def test_history_entered_later_says_so_and_does_not_take_the_clock_back() -> None:
    record_many(chain=HOUSE, lines=[DONE])
    earlier = replace(DONE, at=MORNING - timedelta(days=30), back_dated=True)

    entry = record_many(chain=HOUSE, lines=[earlier])[0]

    assert entry.back_dated
    assert Chain.objects.get().head_at == MORNING
    with pytest.raises(Conflict):
        record_many(chain=HOUSE, lines=[replace(DONE, at=MORNING - timedelta(days=1))])


def test_only_a_line_that_lies_behind_is_marked_back_dated() -> None:
    assert not record_many(chain=HOUSE, lines=[replace(DONE, back_dated=True)])[0].back_dated


def test_a_rehearsed_day_may_begin_anew(settings: Settings) -> None:
    record_many(chain=HOUSE, lines=[DONE])
    settings.HUIYIN_TODAY = date(2020, 2, 12)

    entry = record_many(chain=HOUSE, lines=[replace(DONE, at=MORNING - timedelta(hours=1))])[0]

    assert entry.back_dated


@pytest.mark.django_db(transaction=True)
def test_when_the_line_cannot_be_written_the_change_is_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def step(*, title: str) -> None:
        with transaction.atomic():
            record_many(chain=HOUSE, lines=[replace(DONE, facts=[deed(title)])])

    with transaction.atomic():
        record_many(chain=HOUSE, lines=[DONE])
    with monkeypatch.context() as broken:
        # The next line would take a number that is taken.
        broken.setattr(services, "_locked_head", lambda chain: Chain(key=chain))
        with pytest.raises(IntegrityError):
            step(title="never happened")
    assert not Deed.objects.exists()

    step(title="happened")
    assert (Deed.objects.count(), Entry.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "change", ["UPDATE ledger_entry SET role = 'clerk'", "DELETE FROM ledger_entry"]
)
def test_the_database_refuses_to_change_a_line(change: str) -> None:
    record_many(chain=HOUSE, lines=[DONE])

    with (
        pytest.raises(IntegrityError, match="ledger_entry"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
