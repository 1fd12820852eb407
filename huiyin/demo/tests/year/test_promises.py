"""Promises of the demo: none missing, last year's in every place, this year's where they belong."""

from __future__ import annotations

import pytest

from huiyin.demo.telling import Book
from huiyin.promises import rebuild, selectors
from huiyin.promises.models import LookBackAnswer, LookBackItem, Promise, YearRoll
from huiyin.promises.stages import PromiseStage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_promises_stand_in_every_place_and_none_is_missing(year: Book) -> None:
    assert list(rebuild.differences(False)) == []  # noqa: FBT003 - as the rebuild calls it
    assert set(Promise.objects.values_list("stage", flat=True)) == set(PromiseStage.values)
    assert Promise.objects.filter(selectors.POSTPONED).exists()
    earlier = Promise.objects.filter(made_on__year=2019)
    assert YearRoll.objects.get().promises == earlier.count()
    assert 0 < LookBackAnswer.objects.count() < LookBackItem.objects.count()
    # B1 and B2 of the report's year, and what was promised to be done within it.
    this_year = Promise.objects.filter(made_on__year=2020)
    assert set(this_year.values_list("outcome_class", flat=True)) == {"A2", "B1", "B2"}
    assert not this_year.filter(due_on=None, statements__named=True).exists()
