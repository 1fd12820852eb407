"""Whatever is changed behind the record's back is found, and the line is named."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from huiyin.ledger import checkpoints, hashing, stored, verify
from huiyin.ledger.checkpoints import Mark
from huiyin.ledger.findings import Fault
from huiyin.ledger.models import GENESIS, Entry
from huiyin.ledger.services import CLOCK_SLACK, HOUSE, record_many
from huiyin.ledger.stored import Row
from huiyin.ledger.tests.conftest import MORNING, deed, lines
from huiyin.ledger.tests.damage import Byte, behind_its_back, cut, rebuild, run, undone
from huiyin.ledger.verify import verify_chain

pytestmark = pytest.mark.django_db

SIZE = 12


@pytest.fixture
def chain() -> str:
    record_many(chain=HOUSE, lines=lines(SIZE, with_facts=True))
    return HOUSE


@pytest.fixture
def kept(chain: str) -> list[Mark]:
    """A checkpoint taken some lines ago and kept elsewhere, and one taken now."""
    earlier = Entry.objects.get(chain=chain, seq=5)
    return [
        Mark(chain=chain, size=5, hash=earlier.hash, taken=MORNING),
        *checkpoints.take(at=MORNING),
    ]


def faults(chain: str, *, against: list[Mark] | None = None) -> list[tuple[object, Fault]]:
    return [(one.seq, one.fault) for one in verify_chain(chain, against=against)]


def test_a_chain_as_it_was_written_is_whole(chain: str, kept: list[Mark]) -> None:
    elsewhere = Mark(chain="another", size=1, hash=GENESIS, taken=MORNING)

    assert verify_chain(chain, against=[*kept, elsewhere]) == []
    assert verify_chain("nobody's") == []


@pytest.mark.parametrize("size", [1, 5, SIZE, SIZE + 1])
def test_a_chain_is_followed_from_page_to_page(
    chain: str, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(stored, "PAGE", size)
    assert verify_chain(chain) == []

    with behind_its_back():
        run("DELETE FROM ledger_entry WHERE seq IN (5, 6)")
        assert faults(chain) == [(7, Fault.GAP)]


def test_one_changed_byte_anywhere_is_found_and_its_line_named(chain: str) -> None:
    chance = random.Random(20200212)  # noqa: S311 - no secret
    tried: Counter[str] = Counter()
    with behind_its_back():
        while tried.total() < 1000:
            with undone():
                byte = Byte(chance, chain=chain, size=SIZE)
                if byte.change():
                    tried[byte.column] += 1
                    named = {seq for seq, _fault in faults(chain)}
                    assert named & byte.gives_away(SIZE), f"{byte} went unnoticed: {named}"
    assert set(tried) == set(Byte.COLUMNS)
    assert verify_chain(chain) == []


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("DELETE FROM ledger_entry WHERE seq = 4", (5, Fault.GAP)),
        ("DELETE FROM ledger_entry WHERE seq > 10", (10, Fault.HEAD)),
        ("DELETE FROM ledger_entry WHERE seq < 3", (3, Fault.GAP)),
        ("UPDATE ledger_entry SET seq = seq - 1 WHERE seq > 11", None),
        ("UPDATE ledger_entry SET seq = -1 WHERE seq = 4", (-1, Fault.MISNUMBERED)),
        ("UPDATE ledger_entry SET alg = 'sm3' WHERE seq = 4", (4, Fault.ALGORITHM)),
        ("UPDATE ledger_entry SET facts = '[1]' WHERE seq = 4", (4, Fault.UNREADABLE)),
        ("UPDATE ledger_entry SET facts = '5' WHERE seq = 4", (4, Fault.UNREADABLE)),
        ("UPDATE ledger_entry SET facts = '[[1, 2, 3]]' WHERE seq = 4", (4, Fault.UNREADABLE)),
        ("UPDATE ledger_chain SET head_seq = 11", (12, Fault.HEAD)),
        ("UPDATE ledger_chain SET head_hash = ''", (12, Fault.HEAD)),
        ("UPDATE ledger_chain SET head_at = NULL", (12, Fault.HEAD)),
        ("DELETE FROM ledger_sample_deed WHERE title = 'deed 3'", (4, Fault.FACT_MISSING)),
        (
            "UPDATE ledger_sample_deed SET text = 'x' WHERE title = 'deed 3'",
            (4, Fault.FACT_ALTERED),
        ),
        (
            "UPDATE ledger_sample_deed SET key = 'x' WHERE title = 'deed 3'",
            (4, Fault.FACT_MISSING),
        ),
        (
            "UPDATE ledger_sample_deed SET at = NULL WHERE title = 'deed 3'",
            (4, Fault.FACT_ALTERED),
        ),
    ],
)
def test_lines_and_facts_changed_or_removed_are_found(
    chain: str, damage: str, found: tuple[object, Fault] | None
) -> None:
    with behind_its_back():
        if found is None:
            run("DELETE FROM ledger_entry WHERE seq = 11")
            found = (11, Fault.HASH)
        run(damage)

        assert found in faults(chain)
    assert verify_chain(chain) == []


def test_two_lines_that_change_places_are_both_named(chain: str) -> None:
    with behind_its_back():
        for old, new in ((4, 100), (5, 4), (100, 5)):
            run("UPDATE ledger_entry SET seq = %s WHERE seq = %s", [new, old])

        assert faults(chain) == [(4, Fault.HASH), (5, Fault.HASH), (6, Fault.PREV)]


def test_a_changed_hash_is_that_lines_fault_alone(chain: str) -> None:
    with behind_its_back():
        run("UPDATE ledger_entry SET hash = %s WHERE seq = 4", ["0" * 64])

        assert faults(chain) == [(4, Fault.HASH)]


def test_a_changed_time_is_that_lines_fault_alone(chain: str) -> None:
    """The head knows the last line's time too, and is not to blame."""
    with behind_its_back():
        run("UPDATE ledger_entry SET at = %s WHERE seq = 12", ["2020-02-12 05:00:00"])

        assert faults(chain) == [(SIZE, Fault.HASH)]


def test_clocks_that_differ_a_little_are_no_fault() -> None:
    one, other = lines(2)
    record_many(chain=HOUSE, lines=[other, replace(one, at=other.at - CLOCK_SLACK)])

    assert verify_chain(HOUSE) == []


def test_a_line_put_in_between_is_found(chain: str) -> None:
    copied = ", ".join(f'"{name}"' for name in (*hashing.COLUMNS, "hash") if name != "seq")
    with behind_its_back():
        for seq in range(SIZE, 4, -1):
            run("UPDATE ledger_entry SET seq = seq + 1 WHERE seq = %s", [seq])
        run(
            f"INSERT INTO ledger_entry (seq, {copied})"  # noqa: S608 - columns of ours
            f" SELECT 5, {copied} FROM ledger_entry WHERE seq = 4"
        )

        assert [(seq, Fault.HASH) for seq in range(5, SIZE + 2)] == faults(chain)[:-1]
        assert faults(chain)[-1] == (SIZE + 1, Fault.HEAD)


def test_a_line_hashed_anew_no_longer_joins_the_next(chain: str) -> None:
    entry = Entry.objects.get(seq=6)
    entry.after = "forged"
    forged = hashing.line_hash(entry.alg, [getattr(entry, name) for name in hashing.COLUMNS])
    with behind_its_back():
        run("UPDATE ledger_entry SET after = 'forged', hash = %s WHERE seq = 6", [forged])

        assert faults(chain) == [(7, Fault.PREV)]


def test_a_chain_without_its_head_is_found(chain: str) -> None:
    with behind_its_back():
        run("UPDATE ledger_entry SET chain_id = 'other'")
        run("DELETE FROM ledger_chain")
        run("INSERT INTO ledger_chain (key, head_seq, head_hash) VALUES ('house', 0, %s)", ["0"])
        if connection.vendor == "sqlite":
            assert faults("other")[-1] == (SIZE, Fault.HEAD)
        assert (0, Fault.HEAD) in faults(HOUSE)
        assert verify.chains() == ["house", "other"]
        run("UPDATE ledger_entry SET chain_id = 'house'")


def test_a_cut_tail_is_found_only_against_a_checkpoint(chain: str, kept: list[Mark]) -> None:
    with behind_its_back():
        cut(chain=chain, down_to=8)

        assert faults(chain) == []
        assert faults(chain, against=kept) == [(9, Fault.CUT)]


def test_a_chain_cut_to_nothing_is_found_against_a_checkpoint(chain: str, kept: list[Mark]) -> None:
    with behind_its_back():
        run("DELETE FROM ledger_entry")
        run("DELETE FROM ledger_chain")

        assert faults(chain) == []
        assert faults(chain, against=kept) == [(1, Fault.CUT), (1, Fault.CUT)]


def test_a_rebuilt_chain_is_found_only_against_a_checkpoint(chain: str, kept: list[Mark]) -> None:
    with behind_its_back():
        rebuild(chain=chain, count=SIZE)

        assert faults(chain) == []
        assert faults(chain, against=kept) == [(5, Fault.REBUILT), (SIZE, Fault.REBUILT)]


def test_a_time_that_goes_back_unmarked_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    told = lines(3)
    record_many(chain=HOUSE, lines=told[1:])
    with monkeypatch.context() as careless:
        careless.setattr("huiyin.ledger.services._is_back_dated", lambda _line, **_head: False)
        record_many(chain=HOUSE, lines=told[:1])

    assert faults(HOUSE) == [(3, Fault.TIME)]


def test_back_dated_lines_are_whole() -> None:
    record_many(chain=HOUSE, lines=lines(1))
    earlier = lines(2, begin=MORNING - timedelta(days=1))
    record_many(chain=HOUSE, lines=[replace(line, back_dated=True) for line in earlier])

    assert verify_chain(HOUSE) == []


@pytest.mark.parametrize("label", ["gone.Fact", "nonsense", "ledger.Chain"])
def test_a_kind_of_fact_that_is_not_known_is_named(
    monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    with monkeypatch.context() as other_version:
        other_version.setattr("huiyin.ledger.services._named", lambda _fact: [label, "k", "d"])
        record_many(chain=HOUSE, lines=lines(1, with_facts=True))

    (finding,) = verify_chain(HOUSE)

    assert finding.fault == Fault.FACT_UNKNOWN
    assert label in str(finding)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE ledger_sample_deed SET \"on\" = '2020-13-45' WHERE title = 'deed 3'",
        "UPDATE ledger_sample_deed SET sum = 'much' WHERE title = 'deed 3'",
        "UPDATE ledger_sample_deed SET text = CAST(x'ff' AS text) WHERE title = 'deed 3'",
    ],
)
def test_a_fact_that_can_no_longer_be_read_is_named(chain: str, damage: str) -> None:
    with behind_its_back():
        run(damage)

        assert faults(chain) == [(4, Fault.FACT_ALTERED)]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE ledger_entry SET seq = 'four' WHERE seq = 4", ("four", Fault.MISNUMBERED)),
        ("UPDATE ledger_entry SET at = replace(at, ' ', 'T') WHERE seq = 4", (4, Fault.UNREADABLE)),
        ("UPDATE ledger_entry SET back_dated = 2 WHERE seq = 4", (4, Fault.UNREADABLE)),
        ("UPDATE ledger_entry SET role = x'00' WHERE seq = 4", (4, Fault.UNREADABLE)),
        (
            "UPDATE ledger_entry SET facts = replace(facts, ', ', ',') WHERE seq = 4",
            (4, Fault.UNREADABLE),
        ),
        ("UPDATE ledger_chain SET head_at = 'noon'", (12, Fault.HEAD)),
        ("UPDATE ledger_chain SET head_seq = 'twelve'", (12, Fault.HEAD)),
    ],
)
def test_what_only_sqlite_would_store_is_named(
    chain: str, damage: str, found: tuple[object, Fault]
) -> None:
    with behind_its_back():
        run(damage)

        assert found in faults(chain)


@pytest.mark.parametrize("written_after", [False, True])
def test_lines_written_while_the_record_is_read_are_no_fault(
    chain: str, monkeypatch: pytest.MonkeyPatch, *, written_after: bool
) -> None:
    one, another = lines(2, begin=MORNING + timedelta(days=1))

    def pages_while_others_write(key: str) -> Iterator[list[Row]]:
        record_many(chain=key, lines=[one])
        yield from stored.pages(key)
        if written_after:
            record_many(chain=key, lines=[another])

    monkeypatch.setattr(verify, "pages", pages_while_others_write)

    assert verify_chain(chain) == []


def test_many_facts_of_several_kinds_are_compared_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verify, "FACTS_AT_ONCE", 2)
    facts = [deed(str(nth)) for nth in range(5)]
    record_many(chain=HOUSE, lines=[replace(lines(1)[0], facts=facts)])
    assert verify_chain(HOUSE) == []

    with behind_its_back():
        run("DELETE FROM ledger_sample_deed WHERE title = '4'")
        (finding,) = verify_chain(HOUSE)
    assert finding.seq == 1
    assert facts[4].key in str(finding)


def test_a_time_is_read_as_either_database_spells_it() -> None:
    shown = {
        "2020-02-12 01:30:00.000125": "2020-02-12T01:30:00.000125+00:00",
        "2020-02-12 01:30:00": "2020-02-12T01:30:00+00:00",
        "2020-02-12 01:30:00.1+00": "2020-02-12T01:30:00.100000+00:00",
    }

    assert {text: stored.moment(text).isoformat() for text in shown} == shown
    with pytest.raises(ValueError, match="time"):
        stored.moment("2020-02-12T01:30:00")
