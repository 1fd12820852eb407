"""Two at once: one wins, the other is told. A control shows the race lost without the guard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections
from django.db.models import QuerySet

from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import Conflict, DomainError, Stale
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import RuleChoice
from huiyin.suggestions import services
from huiyin.suggestions.models import ContactAnswer, NumberSeries, RulesApplied, Suggestion
from huiyin.suggestions.new_rules import plan
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


def test_two_answers_to_one_contact_are_both_kept_in_their_order() -> None:
    """He presses yes on the telephone and no on the computer; the later one counts."""
    town = Town()
    story = Story(town).submitted().registered().assigned().acknowledged()
    contact = story.contact_recorded()
    lin = town.actor("lin")

    def answer(*, confirmed: bool) -> Any:
        return services.answer_contact(contact=contact, actor=lin, at=NOW, confirmed=confirmed)

    results = at_once(
        lambda: answer(confirmed=True),
        lambda: answer(confirmed=True),
        lambda: answer(confirmed=False),
    )

    taken = [each for each in results if not isinstance(each, DomainError)]
    said = list(contact.answers.order_by("ordinal").values_list("ordinal", "confirmed"))
    assert [ordinal for ordinal, _yes in said] == list(range(1, len(taken) + 1))
    # The same word twice in a row is refused; no answer is lost or overwritten.
    assert all(one[1] != other[1] for one, other in pairwise(said))
    assert {yes for _ordinal, yes in said} == {True, False}
    assert verify_chain(town.congress.key) == []
    assert list(differences()) == []


def test_the_control_shows_that_two_answers_would_collide() -> None:
    """Without the turn both would be his first answer; the database lets one of them in."""
    town = Town()
    story = Story(town).submitted().registered().assigned().acknowledged()
    contact = story.contact_recorded()
    post = town.post("lin")

    def unguarded(*, confirmed: bool) -> None:
        try:
            ContactAnswer(
                contact=contact, deputy=post, ordinal=1, confirmed=confirmed, at=NOW
            ).save()
        except IntegrityError as collided:
            raise Conflict("collided") from collided

    results = at_once(lambda: unguarded(confirmed=True), lambda: unguarded(confirmed=False))
    assert [isinstance(each, Conflict) for each in results].count(True) == 1
    assert contact.answers.count() == 1


def test_two_clerks_change_the_rules_from_one_page() -> None:
    town = Town()

    def choose(who: str, override: dict[str, object]) -> Any:
        return services.choose_rules(
            congress=town.congress,
            pack="national",
            overrides=override,
            valid_from=date(2020, 3, 9),
            decided_by="主任会议",
            decided_on=date(2020, 3, 1),
            basis="会议纪要",
            follows="",
            actor=town.actor(who),
            at=NOW,
        )

    results = at_once(
        lambda: choose("clerk", {"reply.limit": "2 months"}),
        lambda: choose("second_clerk", {"acknowledge.limit": "3 days"}),
    )

    assert len([each for each in results if isinstance(each, Stale)]) == 1
    assert RuleChoice.objects.count() == 1
    assert verify_chain(town.congress.key) == []


def test_open_cases_are_brought_under_new_rules_once() -> None:
    """Two clerks confirm one list while the organ signs for the case on it."""
    town = Town()
    story = Story(town).submitted().registered().assigned()
    services.choose_rules(
        congress=town.congress,
        pack="national",
        overrides={"reply.limit": "2 months"},
        valid_from=date(2020, 3, 3),
        decided_by="主任会议",
        decided_on=date(2020, 3, 1),
        basis="会议纪要",
        follows="",
        actor=town.actor("clerk"),
        at=NOW,
    )
    later = NOW + timedelta(days=1)
    mark = plan(town.congress, on=later.date()).mark
    part = story.part()

    def bring(who: str) -> Any:
        return services.apply_rules(
            congress=town.congress, mark=mark, why="决定", actor=town.actor(who), at=later
        )

    results = at_once(
        lambda: bring("clerk"),
        lambda: bring("second_clerk"),
        lambda: services.acknowledge(assignment=part, actor=town.actor("edu_liaison"), at=later),
    )

    # Whoever comes after the organ, or after the other clerk, is shown the list anew.
    assert len([each for each in results if isinstance(each, Stale)]) in (1, 2)
    assert RulesApplied.objects.count() <= 1
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


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
