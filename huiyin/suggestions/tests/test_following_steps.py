"""Steps that follow from another, and what stands against a step that no page offers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict
from huiyin.suggestions import services
from huiyin.suggestions.lifecycle import guards, where
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.stages import ENDED, AssignmentStage, HandlingRole, Stage
from huiyin.suggestions.tests.situations import SITUATIONS, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def test_only_an_organ_with_nothing_to_do_but_study_is_done_at_once(town: Town) -> None:
    leading = Story(town).submitted().registered().assigned().part()
    assert "参阅" in str(guards.is_for_reference(leading, {}))
    leading.role = HandlingRole.REFERENCE
    assert guards.is_for_reference(leading, {}) is None


def test_an_organ_has_replied_when_its_reply_is_delivered(town: Town) -> None:
    story = SITUATIONS["reply signed"](Story(town))
    part = Assignment.objects.get(pk=story.part().pk)
    assert "送达" in str(guards.reply_is_delivered(part, {}))
    part = Assignment.objects.get(pk=story.delivered().part().pk)
    assert guards.reply_is_delivered(part, {}) is None


def test_what_was_not_replied_to_is_not_closed_for_silence(town: Town) -> None:
    story = Story(town).submitted()
    clerk = town.actor("clerk")
    with pytest.raises(Conflict):
        services.close_without_feedback(case=story.case, actor=clerk, at=NOW + timedelta(days=99))
    brought = {"on": TODAY, "rules": None, "calendar": None}
    assert "答复" in str(guards.feedback_limit_is_over(story.case, brought))


def test_a_session_is_not_merged_with_another(town: Town) -> None:
    story = Story(town).submitted()
    other = Story(town, title="关于修路的建议").submitted().case
    story.case.refresh_from_db()
    other.refresh_from_db()
    assert guards.merges_with_another(story.case, {"other": other}) is None
    other.session_id += 1
    assert "一次会议" in str(guards.merges_with_another(story.case, {"other": other}))


@pytest.mark.parametrize("name", SITUATIONS)
def test_where_a_case_stands(town: Town, name: str) -> None:
    case = SITUATIONS[name](Story(town)).case
    case.refresh_from_db()
    assert where.is_ended(case) == (case.stage in ENDED)
    assert where.is_closed(case) == (case.stage == Stage.CLOSED)
    assert where.is_for_reference(case) == (case.stage == Stage.REFERENCE_ONLY)


def test_where_a_part_stands(town: Town) -> None:
    story = SITUATIONS["in handling, planned"](Story(town))
    assert where.is_in_work(story.part())
    assert not where.has_replied(story.part())
    story = Story(town).replied()
    assert not where.is_in_work(story.part())
    assert where.has_replied(story.part())
    assert story.part().stage == AssignmentStage.REPLIED
