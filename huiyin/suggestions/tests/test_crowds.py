"""Many at once: no number twice, no waiting for ever, no lock shown (T112, T114, T115).

The sizes are small here; ``HUIYIN_CROWD`` multiplies them.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import pytest
from django.db import connection

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import DomainError
from huiyin.suggestions import services
from huiyin.suggestions.models import NumberSeries, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.tests.situations import Story
from huiyin.suggestions.tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = int(os.environ.get("HUIYIN_CROWD", "1"))
TEXT = {"title": "关于修建人行天桥的建议", "situation": "过街难。", "requests": ["建一座天桥"]}


def in_crowd(calls: list[Callable[[], Any]]) -> list[Any]:
    """``at_once``, and what no reader may be shown comes back as it is."""

    def told(call: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            try:
                return call()
            except DomainError as refusal:
                return refusal
            except Exception as fault:  # noqa: BLE001 - whatever it is, no reader may see it
                return fault

        return run

    return at_once(*map(told, calls))


def faults(results: list[Any]) -> list[BaseException]:
    return [
        each
        for each in results
        if isinstance(each, BaseException) and not isinstance(each, DomainError)
    ]


def test_fifty_at_once_get_fifty_numbers_in_a_row() -> None:
    town = Town()
    stories = [Story(town, title=f"关于第{n}座桥的建议").submitted() for n in range(50)]
    clerk = town.actor("clerk")

    numbering = partial(services.register, actor=clerk, at=NOW, category="transport")
    results = in_crowd([partial(numbering, case=story.case) for story in stories])

    assert [each for each in results if isinstance(each, BaseException)] == []
    given = set(Suggestion.objects.values_list("number_order", flat=True))
    assert given == set(range(1, 51))
    assert NumberSeries.objects.get().last == 50


def test_whatever_the_order_nobody_waits_for_ever() -> None:
    """Groups are joined and taken apart by four people, over cases in a random order each time."""
    town = Town()
    seed = Random(114)  # noqa: S311 - orders to try, no secret
    found = []
    # New cases after every twelve turns: what has happened to a case is read whole each time.
    for crowd in range(CROWD):
        cases = [_registered(town, f"关于第{crowd}批第{n}所学校的建议") for n in range(6)]
        for _turn in range(12):
            found += in_crowd(
                [_deed(town, cases, seed, who) for who in ("clerk", "second_clerk") * 2]
            )

    assert faults(found) == []
    assert any(not isinstance(each, DomainError) for each in found)
    assert list(differences()) == []


def _registered(town: Town, title: str) -> Suggestion:
    return Story(town, title=title).submitted().registered().case


def _deed(town: Town, cases: list[Suggestion], seed: Random, who: str) -> Callable[[], Any]:
    """What one clerk does next: join some of the cases, or take one out of its group."""
    some = [Suggestion.objects.get(pk=case.pk) for case in seed.sample(cases, seed.randint(2, 4))]
    if seed.random() < 0.4:
        return lambda: services.unmerge(case=some[0], actor=town.actor(who), at=NOW, why="各答各的")
    return lambda: services.merge_many(cases=some, actor=town.actor(who), at=NOW)


def test_of_sixteen_writers_none_is_told_of_a_lock(record_property: Any) -> None:
    town = Town()
    lin = town.actor("lin")
    took: list[float] = []

    def write() -> None:
        for _each in range(5 * CROWD):
            began = perf_counter()
            services.start(session=town.session, actor=lin, at=NOW, content=TEXT)
            took.append(perf_counter() - began)

    assert faults(in_crowd([write] * 16)) == []
    assert Suggestion.objects.count() == len(took) == 80 * CROWD
    record_property("p99_ms", round(sorted(took)[int(len(took) * 0.99) - 1] * 1000))


@pytest.mark.sqlite
def test_control_who_locks_half_way_is_told_of_it(tmp_path: Path) -> None:
    """The same sixteen, reading before they write without having asked for the lock first."""
    file = tmp_path / "half-way.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE counted (n INTEGER)")
        made.execute("INSERT INTO counted VALUES (0)")
    together = threading.Barrier(16)

    def write() -> None:
        own = sqlite3.connect(file, timeout=0.2, isolation_level=None)
        own.execute("BEGIN")
        (n,) = own.execute("SELECT n FROM counted").fetchone()
        together.wait()
        own.execute("UPDATE counted SET n = ?", [n + 1])
        own.execute("COMMIT")

    told = faults(in_crowd([write] * 16))
    assert told
    assert all("locked" in str(each) for each in told)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
