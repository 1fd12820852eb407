"""A question asked in kept words is answered as if its words were worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db.models import Count, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from huiyin.ledger import prepared
from huiyin.ledger.tests.conftest import deed
from huiyin.ledger.tests.sample.models import Deed, Mood

pytestmark = pytest.mark.django_db

Step = Callable[[QuerySet[Deed], list[int]], QuerySet[Deed]]
STEPS: dict[str, Step] = {
    "one": lambda rows, pks: rows.filter(pk=pks[0]),
    "some": lambda rows, pks: rows.filter(pk__in=pks),
    "others": lambda rows, pks: rows.exclude(pk__in=pks),
    "after": lambda rows, pks: rows.filter(after=pks[0]),
    "after some": lambda rows, pks: rows.filter(after__in=pks),
    "after the like": lambda rows, _: rows.filter(after__mood=Mood.STERN),
    "first": lambda rows, _: rows.filter(after__isnull=True),
    "later": lambda rows, _: rows.filter(after__isnull=False),
    "mood": lambda rows, _: rows.filter(mood=Mood.STERN),
    "title": lambda rows, _: rows.filter(title="a"),
    "titles": lambda rows, _: rows.filter(title__in=["a", "b", "a"]),
    "urgent": lambda rows, _: rows.filter(urgent=True),
    "counted": lambda rows, _: rows.filter(count__in=[1, 2, None]),
    "far": lambda rows, _: rows.filter(count__gt=1),
    "none": lambda rows, _: rows.filter(pk__in=[]),
    "nothing": lambda rows, _: rows.none(),
    "with what was before": lambda rows, _: rows.select_related("after"),
    "by title": lambda rows, _: rows.order_by("title", "-pk"),
    "backwards": lambda rows, _: rows.order_by("pk").reverse(),
    "by what was before": lambda rows, _: rows.order_by("after__title", "pk"),
    "once": lambda rows, _: rows.distinct(),
    "only": lambda rows, _: rows.only("title", "after"),
    "later told": lambda rows, _: rows.defer("text"),
    "followed": lambda rows, _: rows.annotate(followed=Count("deed")),
    "inside": lambda rows, pks: rows.filter(after__in=Deed.objects.filter(pk__in=pks)),
}


@pytest.fixture
def deeds() -> list[Deed]:
    made: list[Deed] = []
    for number in range(6):
        one = deed(
            title="ab"[number % 2],
            mood=[Mood.CALM, Mood.STERN][number % 2],
            count=number % 3,
            urgent=number % 3 == 0,
            after=made[number // 2] if number > 1 else None,
        )
        made.append(one)
    return made


def told(rows: Iterable[Deed]) -> list[Any]:
    """Rows with all that was fetched, whatever way."""
    return [
        (
            type(row),
            sorted((name, str(value)) for name, value in vars(row).items() if name != "_state"),
            sorted(row._state.fields_cache),
        )
        for row in rows
    ]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=some.lists(some.sampled_from(sorted(STEPS)), max_size=3),
    chosen=some.lists(
        some.lists(some.integers(0, 5), min_size=1, max_size=3), min_size=3, max_size=3
    ),
    cut=some.sampled_from([None, 1, 2]),
)
def test_the_answer_is_the_one_to_words_worked_out_anew(
    deeds: list[Deed], steps: list[str], chosen: list[list[int]], cut: int | None
) -> None:
    for numbers in chosen:
        pks = [deeds[number].pk for number in numbers]
        kept: QuerySet[Deed] = Deed.objects.order_by("pk")
        anew: QuerySet[Deed] = QuerySet(Deed).order_by("pk")
        for step in steps:
            kept, anew = STEPS[step](kept, pks), STEPS[step](anew, pks)
        assert told(kept[:cut]) == told(anew[:cut])
        assert kept.count() == anew.count()
        assert list(kept.values_list("pk", "title")) == list(anew.values_list("pk", "title"))


def test_words_are_worked_out_once(
    deeds: list[Deed], monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    worked_out: list[object] = []
    anew = SQLCompiler.as_sql

    def counted(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        worked_out.append(self.query)
        return anew(self, *args, **kwargs)

    monkeypatch.setattr(prepared, "_known", {})
    monkeypatch.setattr(SQLCompiler, "as_sql", counted)
    with django_assert_num_queries(6) as asked:
        for each in deeds:
            assert Deed.objects.select_related("after").get(pk=each.pk) == each
    assert len(worked_out) == 1
    assert_each_its_own(asked)


def assert_each_its_own(asked: CaptureQueriesContext) -> None:
    assert len({each["sql"] for each in asked.captured_queries}) == 6


def test_no_more_are_kept_than_are_worth_it(
    deeds: list[Deed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "_known", {})
    monkeypatch.setattr(prepared, "MOST", 2)
    for count in (1, 2, 3, 4, 1, 4):
        pks = [each.pk for each in deeds[:count]]
        assert {each.pk for each in Deed.objects.filter(pk__in=pks)} == set(pks)
    assert len(prepared._known) == 2
