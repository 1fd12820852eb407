"""What a case has none of is not asked for; what it has is not overlooked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.accounts.tests.town import NOW, Town
from huiyin.suggestions import present, services
from huiyin.suggestions.models import ReplyPoint, Suggestion, Urging
from huiyin.suggestions.tests.cases import town_of_pages
from huiyin.suggestions.tests.situations import SITUATIONS, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def test_each_kind_is_known_where_there_is_a_row_and_nowhere_else(town: Town) -> None:
    for place, situation in enumerate(SITUATIONS.values()):
        situation(Story(town, title=f"关于第{place}座桥的建议"))
    seen: set[str] = set()
    for case in Suggestion.objects.all():
        found = {
            name
            for name, (model, path) in present._kinds.items()
            if model._base_manager.filter(**{path: case}).exists()
        }
        assert present.kinds_of(case) == found
        seen |= found
    assert "class claims" in seen


def test_a_case_without_any_is_asked_once(town: Town, django_assert_num_queries: Any) -> None:
    case = Story(town).case
    with django_assert_num_queries(1):
        assert present.kinds_of(case) == frozenset()


def test_an_urged_one_shows_that_it_was(town: Town) -> None:
    story = Story(town).submitted().registered().assigned()
    assert "urgings" not in present.kinds_of(story.case)
    services.urge(
        assignment=story.part(),
        actor=town.actor("clerk"),
        at=NOW,
        demand="请尽快签收。",
        answer_by=NOW.date() + timedelta(days=10),
    )
    assert Urging.objects.exists()
    assert "urgings" in present.kinds_of(story.case)


def test_a_kind_that_asks_for_more_than_the_case_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(present, "_kinds", {})
    present.register("answers", ReplyPoint, "reply__file__assignment__suggestion__title")
    with pytest.raises(ValueError, match="ReplyPoint"):
        present._question("sqlite")
    present._question.cache_clear()
