"""Two at once: one wins, the other is told. A control shows the race lost without the guard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import DomainError, Stale
from huiyin.ledger.verify import verify_chain
from huiyin.suggestions import services
from huiyin.suggestions.models import NumberSeries, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at the same moment, each on its own connection; return results or refusals."""
    gate = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[place] = call()
        except DomainError as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_clerks_assign_the_same_item() -> None:
    town = Town()
    story = Story(town).submitted().registered()
    story.case.refresh_from_db()
    revision = story.case.revision

    def assign(who: str, organ: Any) -> Any:
        return services.assign(
            case=story.case,
            actor=town.actor(who),
            at=NOW,
            organs=[Charge(organ=organ, role="sole")],
            revision=revision,
        )

    results = at_once(
        lambda: assign("clerk", town.education), lambda: assign("second_clerk", town.finance)
    )

    refused = [each for each in results if isinstance(each, DomainError)]
    assert len(refused) == 1
    assert isinstance(refused[0], Stale)
    assert story.case.assignments.count() == 1
    assert verify_chain(town.congress.key) == []


def test_numbers_given_at_once_differ() -> None:
    town = Town()
    stories = [Story(town, title=f"关于第{n}条道路的建议").submitted() for n in range(8)]
    clerk = town.actor("clerk")

    results = at_once(
        *(
            lambda story=story: services.register(
                case=story.case, actor=clerk, at=NOW, category="transport"
            )
            for story in stories
        )
    )

    assert not [each for each in results if isinstance(each, DomainError)]
    numbers = set(Suggestion.objects.filter(number__isnull=False).values_list("number", flat=True))
    assert numbers == {str(n) for n in range(1, 9)}
    assert NumberSeries.objects.get().last == 8
    assert list(differences()) == []


def test_two_who_merge_crosswise_do_not_block_each_other() -> None:
    town = Town()
    one = Story(town).submitted().registered().case
    other = Story(town, title="关于扩建新区幼儿园的建议").submitted().registered().case
    for case in (one, other):
        case.refresh_from_db()

    results = at_once(
        lambda: services.merge(case=one, other=other, actor=town.actor("clerk"), at=NOW),
        lambda: services.merge(case=other, other=one, actor=town.actor("second_clerk"), at=NOW),
    )

    one.refresh_from_db()
    other.refresh_from_db()
    assert one.merge_group_id == other.merge_group_id is not None
    assert len([each for each in results if isinstance(each, DomainError)]) <= 1
    assert list(differences()) == []


def test_control_without_the_lock_the_race_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same eight registrations with the row locks taken away do not all get through."""
    if connection.vendor == "sqlite":
        # There the guard is the write lock taken when a transaction begins; it has no other.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    town = Town()
    stories = [Story(town, title=f"关于第{n}条道路的建议").submitted() for n in range(8)]
    clerk = town.actor("clerk")
    NumberSeries.objects.create(session=town.session)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)

    results = at_once(
        *(
            lambda story=story: services.register(
                case=story.case, actor=clerk, at=NOW, category="transport"
            )
            for story in stories
        )
    )

    assert [each for each in results if isinstance(each, DomainError)]
