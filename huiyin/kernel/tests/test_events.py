"""Listeners hear after the commit, and their faults undo nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from huiyin.kernel import events


@dataclass(frozen=True)
class Rung:
    times: int


@pytest.fixture
def heard() -> Iterator[list[int]]:
    told: list[int] = []

    def broken(event: Rung) -> None:
        raise RuntimeError("a listener's own fault")

    before = dict(events._subscribers)
    events.subscribe({Rung: (broken, lambda event: told.append(event.times))})
    yield told
    events.subscribe(before)


@pytest.mark.django_db(transaction=True)
def test_told_after_the_commit_and_in_spite_of_another_listener(heard: list[int]) -> None:
    with transaction.atomic():
        events.publish(Rung(3))
        assert heard == []
    assert heard == [3]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_of_what_was_undone(heard: list[int]) -> None:
    with transaction.atomic():
        events.publish(Rung(3))
        transaction.set_rollback(True)
    assert heard == []
