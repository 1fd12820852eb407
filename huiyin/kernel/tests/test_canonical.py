"""No two different values share a form; the same value has one."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.canonical import canonical, digest

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.binary(max_size=8),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
)
NAIVE = datetime(2020, 9, 10)  # noqa: DTZ001 - the fault that is tested
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


def plain(value: object) -> object:
    """A value told apart by type as well as by content, normalised as the record reads it."""
    if isinstance(value, str):
        return ("s", unicodedata.normalize("NFC", value))
    if isinstance(value, list):
        return ("l", tuple(plain(item) for item in value))
    if isinstance(value, dict):
        pairs = [(unicodedata.normalize("NFC", key), plain(item)) for key, item in value.items()]
        return ("m", tuple(sorted(pairs, key=repr)))
    if isinstance(value, Decimal):
        return ("d", str(value))
    return (type(value).__name__, value)


@given(VALUES, VALUES)
def test_equal_form_means_equal_value(one: object, other: object) -> None:
    assert (canonical(one) == canonical(other)) == (plain(one) == plain(other))


def test_one_and_the_text_one_differ() -> None:
    assert len({canonical(each) for each in (1, "1", True)}) == 3
    assert canonical(["a", "b"]) != canonical(["ab"])
    assert canonical([["a"], "b"]) != canonical([["a", "b"]])


def test_the_same_words_typed_on_two_machines() -> None:
    assert canonical("é") == canonical("e\u0301")
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})


def test_a_moment_is_one_whatever_the_zone() -> None:
    moment = datetime(2020, 9, 10, 8, 30, tzinfo=UTC)
    assert canonical(moment) == canonical(moment.astimezone(timezone(timedelta(hours=8))))
    assert canonical(moment) != canonical(date(2020, 9, 10))


@pytest.mark.parametrize("value", [1.5, NAIVE, {1: "a"}, {"a": object()}])
def test_what_has_no_one_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_domains_keep_uses_apart() -> None:
    assert digest("a", "b") != digest("b", "a")
    assert len(digest("a")) == 64
