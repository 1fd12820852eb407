"""Many cases in one sitting come out as they would one by one."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from huiyin.accounts.tests.town import NOW, Town
from huiyin.ledger.models import Entry
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.models import Act, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import HandlingRole
from huiyin.suggestions.standing import COLUMNS
from huiyin.suggestions.tests.cases import many
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def registered(town: Town, count: int) -> list[Suggestion]:
    return [
        Story(town, title=f"关于第{number}号便民桥的建议").submitted().registered().case
        for number in range(count)
    ]


def charges(town: Town) -> list[Charge]:
    return [
        Charge(organ=town.education, role=HandlingRole.LEAD),
        Charge(organ=town.finance, role=HandlingRole.CO),
    ]


def told(case: Suggestion) -> list[tuple[str, str]]:
    notices = Notice.objects.filter(case_key=case.key, event="suggestion.assign")
    return sorted(notices.values_list("person__name", "title"))


def test_a_sitting_writes_what_single_turns_would(town: Town) -> None:
    one, *others = registered(town, 3)
    clerk = town.actor("clerk")
    services.assign(case=one, actor=clerk, at=NOW, organs=charges(town))
    services.assign_many(cases=others, actor=clerk, at=NOW, organs=charges(town))

    own = {"number", "number_order", "title"}
    one.refresh_from_db()
    for case in others:
        case.refresh_from_db()
        for column in set(COLUMNS) - own:
            assert getattr(case, column) == getattr(one, column), column
        assert [name for name, _title in told(case)] == [name for name, _title in told(one)]
        assert {title for _name, title in told(case)} == {case.title}
    assert list(differences()) == []


def test_what_a_sitting_refuses_leaves_nothing(town: Town) -> None:
    ready, other = registered(town, 2)
    (assigned,) = many(town, 1)
    before = Act.objects.filter(suggestion=assigned).count()
    outcomes = services.assign_many(
        cases=[ready, assigned, other], actor=town.actor("clerk"), at=NOW, organs=charges(town)
    )

    assert [each.refusal is None for each in outcomes] == [True, False, True]
    assert Act.objects.filter(suggestion=assigned).count() == before
    lines = Entry.objects.filter(action="suggestion.assign")
    assert lines.filter(subject_key__in=[ready.key, other.key]).count() == 2
    assert lines.filter(subject_key=assigned.key).count() == 1


def test_each_further_case_costs_a_few_statements(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cases = registered(town, 8)
    with django_assert_max_num_queries(30 + 8 * len(cases)):
        services.assign_many(cases=cases, actor=town.actor("clerk"), at=NOW, organs=charges(town))
