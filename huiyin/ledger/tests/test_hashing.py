"""Two different lines never have one preimage, and the form of the hash stays what it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from huiyin.kernel.canonical import canonical
from huiyin.ledger.hashing import COLUMNS, line_hash, reason_digest
from huiyin.ledger.models import Entry
from huiyin.ledger.tests.sample.models import Deed

scalars = (
    some.none()
    | some.booleans()
    | some.integers(-1000, 1000)
    | some.text("ab1:,é", max_size=4)
    | some.binary(max_size=3)
    | some.dates(date(2020, 1, 1), date(2020, 1, 5))
    | some.decimals(0, 2, places=1)
)
values = some.recursive(scalars, lambda inner: some.lists(inner, max_size=3), max_leaves=6)


def typed(value: Any) -> Any:
    """``value`` with its types spelt out: to Python ``1 == True == Decimal(1)``."""
    if isinstance(value, list):
        return [typed(one) for one in value]
    return type(value).__name__, str(value)


@given(values, values)
def test_different_values_have_different_forms(one: Any, other: Any) -> None:
    assume(typed(one) != typed(other))

    assert canonical(one) != canonical(other)


@given(some.lists(some.text("ab1:", max_size=3), min_size=2, max_size=4), some.data())
def test_a_letter_moved_into_the_next_column_changes_the_hash(
    columns: list[str], chance: some.DataObject
) -> None:
    at = chance.draw(some.integers(0, len(columns) - 2))
    assume(columns[at])
    moved = list(columns)
    moved[at], moved[at + 1] = columns[at][:-1], columns[at][-1] + columns[at + 1]

    assert line_hash("sha256", moved) != line_hash("sha256", columns)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, "1"),
        (1, True),
        (0, False),
        (0, None),
        ("", None),
        ("", []),
        ([], {}),
        (["a", "b"], ["ab"]),
        ([["a"], "b"], ["a", ["b"]]),
        ({"a": "b"}, ["a", "b"]),
        (b"a", "a"),
        (Decimal("1.0"), Decimal("1.00")),
        (date(2020, 1, 1), "2020-01-01"),
        (datetime(2020, 1, 1, tzinfo=UTC), date(2020, 1, 1)),
    ],
)
def test_likenesses_are_told_apart(one: Any, other: Any) -> None:
    assert canonical(one) != canonical(other)


def test_the_order_of_keys_is_no_difference() -> None:
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})
    assert canonical({"a": 1, "b": 2}) != canonical({"a": 2, "b": 1})


def test_a_line_holds_the_bytes_that_were_written() -> None:
    """A fact's words may be spelt in either normal form; a line's columns may not be swapped."""
    assert line_hash("sha256", ["é"]) != line_hash("sha256", ["e\u0301"])


def test_every_column_of_a_line_is_hashed() -> None:
    stored = {field.attname for field in Entry._meta.concrete_fields}

    assert set(COLUMNS) == stored - {"hash"}
    assert len(COLUMNS) == len(set(COLUMNS))


def test_the_hash_of_a_line_stays_what_it_is() -> None:
    """Should this fail, every chain there is would fail with it."""
    line = [
        "house",
        1,
        datetime(2020, 2, 12, 1, 30, 0, 125, tzinfo=UTC),
        False,
        *(f"column {nth}" for nth in range(11)),
        [["sample.Deed", "key", "digest"]],
        "sha256",
        "0" * 64,
    ]

    assert len(line) == len(COLUMNS)
    assert line_hash("sha256", line) == (
        "69d2cca14962bd325f448d5efde863e31a96415f551bee7c4bf30c80281f53b9"
    )


def test_the_digest_of_a_fact_and_of_a_reason_stay_what_they_are() -> None:
    said = {"asks": ["修路", 2, None]}
    road = Deed(key="one-key", title="修路", said=said, at=datetime(2020, 2, 12, tzinfo=UTC))

    assert road.fact_digest() == (
        "62bdc23ba24674b4c4d259aa00da7bbd709a65e0a20f354aa92945401f1b1e2d"
    )
    assert reason_digest("因为路坏了") == (
        "ec4535cc156f5b8030423ae49ae60f0026f21415d58c3ac86aa74683d5ad64be"
    )
    assert reason_digest("") == ""


def test_an_algorithm_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        line_hash("sm3", [])
