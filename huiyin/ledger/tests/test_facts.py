"""A fact says the same before it is saved and after it is read back, and is never changed."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from huiyin.kernel.errors import Conflict
from huiyin.ledger.testing import is_protected, protected_tables, unprotected
from huiyin.ledger.tests.conftest import MORNING, deed
from huiyin.ledger.tests.sample.models import Careless, Deed, Mood

pytestmark = pytest.mark.django_db

# Everything a person can type: no NUL, which PostgreSQL refuses, and no half of a pair.
letters = some.characters(exclude_categories=["Cs"], exclude_characters="\x00")
texts = some.one_of(
    some.text(letters, max_size=40),
    some.sampled_from(["é", "e\u0301", "龜", "𠮷野家", "👩‍👩‍👧", "\u202eabc", "=1+1", " 末尾 "]),
)
zones = some.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=3))])
times = some.datetimes(datetime(1949, 10, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001
trees = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53), 2**53) | texts,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    columns=some.fixed_dictionaries(
        {
            "title": texts,
            "text": texts,
            "mood": some.sampled_from(Mood),
            "said": trees,
            "at": some.none() | times,
            "on": some.none() | some.dates(date(1949, 1, 1), date(2100, 1, 1)),
            "count": some.none() | some.integers(-(2**31), 2**31 - 1),
            "sum": some.none() | some.decimals("-9999999", "9999999", places=2),
            "urgent": some.booleans(),
        }
    )
)
def test_the_digest_is_the_same_before_saving_and_after_reading_back(
    columns: dict[str, Any],
) -> None:
    with transaction.atomic():
        fresh = Deed(**columns)
        before = fresh.fact_digest()
        fresh.save()
        kept = Deed.objects.get(pk=fresh.pk)
        transaction.set_rollback(True)

    assert kept.fact_digest() == fresh.fact_digest() == before


def test_what_is_given_loosely_is_digested_as_it_is_kept() -> None:
    loose = deed(sum=Decimal("1.5"), count="7", said={1: ("a", "b")}, on=date(2020, 9, 30))

    assert Deed.objects.get().fact_digest() == loose.fact_digest()


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("title", "修桥"),
        ("mood", Mood.STERN),
        ("said", {"asks": ["2"]}),
        ("at", MORNING + timedelta(microseconds=1)),
        ("on", date(2020, 2, 13)),
        ("count", 2),
        ("sum", Decimal("1.01")),
        ("urgent", True),
        ("key", "another-key-0000000000"),
        ("count", None),
    ],
)
def test_each_column_counts(column: str, other: object) -> None:
    told: dict[str, object] = {"at": MORNING, "on": date(2020, 2, 12), "count": 1, "sum": 1}
    one = Deed(key="one-key-00000000000000", said={"asks": ["1"]}, **told)
    digest = one.fact_digest()

    setattr(one, column, other)

    assert one.fact_digest() != digest


def test_a_foreign_key_counts_by_its_number() -> None:
    first, second = deed("first"), deed("second")
    third = deed("third", after=first)
    digest = third.fact_digest()

    third.after = second

    assert third.fact_digest() != digest


def test_columns_declared_no_part_do_not_count() -> None:
    one = deed()
    digest = one.fact_digest()

    one.echo, one.id = "other", one.pk + 1

    assert one.fact_digest() == digest


def test_two_kinds_of_facts_never_share_a_digest() -> None:
    weightless = Careless(key="one-key-00000000000000")
    weightless.weight = None  # type: ignore[assignment]
    alike = Deed(key="one-key-00000000000000")
    for field in Deed._meta.concrete_fields:
        if field.name not in ("id", "key"):
            setattr(alike, field.attname, None)

    assert alike.fact_digest() != weightless.fact_digest()


def test_normal_forms_of_one_word_are_one_word_and_likenesses_are_not() -> None:
    composed = Deed(key="k", title="é").fact_digest()

    assert Deed(key="k", title=unicodedata.normalize("NFD", "é")).fact_digest() == composed
    assert Deed(key="k", title="ｅ").fact_digest() != Deed(key="k", title="e").fact_digest()


def test_a_float_has_no_place_in_a_fact() -> None:
    with pytest.raises(TypeError):
        Careless().fact_digest()


def test_a_fact_is_saved_once() -> None:
    one = deed()
    one.title = "改了"

    with pytest.raises(Conflict):
        one.save()
    with pytest.raises(Conflict):
        one.delete()
    assert Deed.objects.get().title == "修路"


def test_a_fact_with_a_number_of_its_own_is_inserted_and_never_updates() -> None:
    one = deed()

    with (
        unprotected("ledger_sample_deed"),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        Deed(pk=one.pk, title="改了").save()
    assert Deed.objects.get().title == "修路"


def test_every_kind_of_fact_is_protected() -> None:
    bare = [table for table in protected_tables() if not is_protected(table)]

    assert "ledger_entry" in protected_tables()
    assert "ledger_sample_deed" in protected_tables()
    assert not bare, f"name these in a migration's Protect: {bare}"


def test_a_table_without_its_triggers_is_noticed() -> None:
    with unprotected("ledger_sample_deed"):
        assert not is_protected("ledger_sample_deed")
    assert is_protected("ledger_sample_deed")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_sample_deed SET title = 'x'",
        "UPDATE ledger_sample_deed SET title = title",
        "DELETE FROM ledger_sample_deed",
    ],
)
def test_the_database_refuses_to_change_a_fact(change: str) -> None:
    deed()

    with (
        pytest.raises(IntegrityError, match=r"facts are never .*: ledger_sample_deed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Deed.objects.get().title == "修路"


@pytest.mark.parametrize("change", ["UPDATE ledger_sample_deed SET title = 'x'"])
def test_what_the_database_refuses_it_would_do_without_the_triggers(change: str) -> None:
    deed()

    with unprotected("ledger_sample_deed"), connection.cursor() as cursor:
        cursor.execute(change)

    assert Deed.objects.get().title == "x"


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_a_table_of_facts() -> None:
    deed()
    connection.check_constraints()

    with (
        pytest.raises(IntegrityError, match="facts are never deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE ledger_sample_deed CASCADE")


@pytest.mark.sqlite
def test_sqlite_refuses_to_replace_a_fact() -> None:
    replace = "INSERT OR REPLACE INTO ledger_sample_careless (id, key, weight) VALUES (1, 'k', %s)"

    with connection.cursor() as cursor:
        cursor.execute(replace, [1])
        with pytest.raises(IntegrityError, match="facts are never deleted"), transaction.atomic():
            cursor.execute(replace, [2])
    assert Careless.objects.get().weight == 1
