"""Inside an organ: who was given what, its marks, its plan of 实行六定; and that it stays so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.outbox.models import Notice
from huiyin.suggestions import rules, services
from huiyin.suggestions.lifecycle.responsibility import marks_of
from huiyin.suggestions.models import Assignment, HandlingPlan, SubAssignment
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.selectors import given_to
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

PLAN: dict[str, Any] = {
    "division": "基础教育处",
    "handler": "钱学文",
    "requirement": "逐条答复",
    "feedback_on": TODAY + timedelta(days=60),
}


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


@pytest.fixture
def story(town: Town) -> Story:
    return Story(town).submitted().registered().assigned().acknowledged()


def colleague(town: Town, *, division: Any = None) -> Actor:
    return town.hire(
        "edu_colleague",
        name="尤文",
        role=Role.HANDLER,
        organ=town.education,
        inner_division=division,
    )


def share_out(story: Story, **to: Any) -> Any:
    return services.sub_assign(
        assignment=story.part(), actor=story.town.actor("edu_liaison"), at=NOW, **to
    )


# --- Sharing out


def test_the_handler_brings_his_division_and_is_told(story: Story) -> None:
    handler = story.town.post("edu_handler")
    share_out(story, handler=handler, note="请先与代表联系。")
    part = story.part()
    assert (part.handler, part.division) == (handler, story.town.basic_education)
    told = Notice.objects.filter(event="assignment.sub_assign")
    assert [each.person for each in told] == [handler.person]
    assert SubAssignment.objects.get().note == "请先与代表联系。"
    assert list(differences()) == []


def test_given_again_the_last_one_holds_and_the_first_stays_on_record(story: Story) -> None:
    town = story.town
    other = colleague(town)
    share_out(story, division=town.basic_education)
    share_out(story, handler=other.post)
    part = story.part()
    assert (part.division, part.handler) == (None, other.post)
    kept = [(each.division, each.handler) for each in SubAssignment.objects.all()]
    assert kept == [(town.basic_education, None), (None, other.post)]
    Assignment.objects.filter(pk=part.pk).update(handler=None, division=town.basic_education)
    [wrong] = differences()
    assert wrong.column == f"assignment {part.pk}"


def test_a_division_s_handlers_act_and_no_other_s(story: Story) -> None:
    town = story.town
    stranger = colleague(town)
    share_out(story, division=town.basic_education)
    part = story.part()
    assert rules.handles_it(town.actor("edu_handler"), part)
    assert rules.handles_it(town.actor("edu_liaison"), part)
    assert not rules.handles_it(stranger, part)
    with pytest.raises(NotPermitted):
        services.plan(
            assignment=part, actor=stranger, at=NOW, responsible_leader="周副厅长", **PLAN
        )


@pytest.mark.parametrize("to", ["nobody", "division", "handler", "colleague"])
def test_the_rule_and_its_sql_agree(story: Story, to: str) -> None:
    town = story.town
    other = colleague(town)
    given: dict[str, dict[str, Any]] = {
        "nobody": {},
        "division": {"division": town.basic_education},
        "handler": {"handler": town.post("edu_handler")},
        "colleague": {"handler": other.post},
    }
    if given[to]:
        share_out(story, **given[to])
    part = story.part()
    for actor in (town.actor("edu_handler"), other):
        found = Assignment.objects.filter(given_to(actor), pk=part.pk).exists()
        assert found == rules.was_given(actor, part), (to, actor)


def test_what_does_not_fit_is_refused(story: Story) -> None:
    town = story.town
    with pytest.raises(Conflict, match="承办处室或经办人"):
        share_out(story)
    with pytest.raises(Conflict, match="不是本单位的经办人"):
        share_out(story, handler=town.post("fin_handler"))
    with pytest.raises(Conflict, match="不是本单位的经办人"):
        share_out(story, handler=town.post("edu_checker"))
    share_out(story, division=town.basic_education)
    with pytest.raises(Conflict, match="无需重复"):
        share_out(story, division=town.basic_education)
    post = town.post("edu_handler")
    post.until = TODAY - timedelta(days=1)
    post.save()
    with pytest.raises(Conflict, match="已停用"):
        share_out(story, handler=post)


def test_the_database_keeps_no_sharing_out_to_nobody(story: Story) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SubAssignment(assignment=story.part(), at=NOW).save()


def test_the_next_round_is_shared_out_anew_and_keeps_its_marks(story: Story) -> None:
    town = story.town
    share_out(story, handler=town.post("edu_handler"))
    services.mark(
        assignment=story.part(), actor=town.actor("edu_head"), at=NOW, marks={"hot", "hard"}
    )
    story.planned().sent_to_check().checked().signed().delivered().rated("NS")
    part = story.part()
    assert part.round == 2
    assert (part.handler, part.division) == (None, None)
    assert [mark.value for mark in marks_of(part)] == ["hot", "hard"]
    services.acknowledge(assignment=part, actor=town.actor("edu_liaison"), at=NOW)
    services.mark(assignment=story.part(), actor=town.actor("edu_liaison"), at=NOW, marks=())
    assert marks_of(story.part()) == []
    assert list(differences()) == []


# --- Marks


def test_marks_are_what_was_said_last(story: Story) -> None:
    liaison = story.town.actor("edu_liaison")

    def mark(*marks: str) -> None:
        services.mark(assignment=story.part(), actor=liaison, at=NOW, marks=marks, why="来信多。")

    mark("focus")
    mark("focus", "hot")
    assert [each.value for each in marks_of(story.part())] == ["hot", "focus"]
    with pytest.raises(Conflict, match="没有变化"):
        mark("hot", "focus")
    mark()
    assert marks_of(story.part()) == []
    acts = story.case.acts.filter(move="mark").order_by("seq")
    assert [act.data["marks"] for act in acts] == [["focus"], ["hot", "focus"], []]


# --- The plan


def test_six_items_are_asked_for_where_the_organ_has_chosen_so(story: Story) -> None:
    town = story.town

    def plan(**more: Any) -> None:
        services.plan(
            assignment=story.part(),
            actor=town.actor("edu_handler"),
            at=NOW,
            responsible_leader="周副厅长",
            **PLAN,
            **more,
        )

    plan()
    services.set_system(
        organ=town.education,
        actor=town.actor("edu_liaison"),
        at=NOW,
        levels=[("main_leader", "负总责")],
        six_fixed=True,
        shares_out=False,
    )
    with pytest.raises(Conflict, match="实行六定"):
        plan(goal="年内开工")
    plan(goal="年内开工", milestones=[(date(2020, 4, 1), "完成选址")])
    fixed = HandlingPlan.objects.latest("pk")
    assert (fixed.goal, fixed.milestones.get().what) == ("年内开工", "完成选址")
    assert HandlingPlan.objects.earliest("pk").goal is None


def test_the_leader_is_one_of_the_organ_s_list_or_named(story: Story) -> None:
    town = story.town
    liaison = town.actor("edu_liaison")
    leader = services.add_leader(
        organ=town.education, actor=liaison, at=NOW, name="周立", title="副厅长"
    )
    services.plan(assignment=story.part(), actor=liaison, at=NOW, leader=leader, **PLAN)
    assert HandlingPlan.objects.get().responsible_leader == "周立"
    with pytest.raises(Invalid):
        services.plan(assignment=story.part(), actor=liaison, at=NOW, **PLAN)
    strange = services.add_leader(
        organ=town.finance, actor=town.actor("fin_liaison"), at=NOW, name="方明", title="厅长"
    )
    with pytest.raises(Invalid, match="名单"):
        services.plan(assignment=story.part(), actor=liaison, at=NOW, leader=strange, **PLAN)


# --- Pages


def test_sharing_out_on_its_page_keeps_what_was_typed(town: Town, story: Story) -> None:
    liaison = Reader(town, "edu_liaison")
    refused = liaison.takes_on(story.part(), "sub_assign", note="请尽快。")
    assert refused.status_code == 422
    assert "请尽快。" in refused.content.decode()
    taken = liaison.takes_on(
        story.part(), "sub_assign", handler=town.post("edu_handler").key, note="请尽快。"
    )
    assert taken.status_code == 302
    page = liaison.get("case", story.case.key).content.decode()
    assert "基础教育处　钱学文" in page
    assert "请尽快。" in page


@pytest.mark.parametrize(
    ("who", "sees"),
    [("edu_checker", True), ("clerk", True), ("lin", False), ("fin_liaison", False)],
)
def test_who_has_it_inside_and_its_marks_stay_inside(
    town: Town, story: Story, who: str, *, sees: bool
) -> None:
    share_out(story, handler=town.post("edu_handler"), note="内部提示。")
    services.mark(assignment=story.part(), actor=town.actor("edu_head"), at=NOW, marks={"hard"})
    page = Reader(town, who).get("case", story.case.key).content.decode()
    for words in ("基础教育处　钱学文", "内部提示。", 'tag-mark">难点'):
        assert (words in page) == sees, words


def test_the_plan_s_page_takes_leader_goal_and_milestones(town: Town, story: Story) -> None:
    leader = services.add_leader(
        organ=town.education,
        actor=town.actor("edu_liaison"),
        at=NOW,
        name="周立",
        title="副厅长",
    )
    said = {**PLAN, "feedback_on": "2020-05-20", "goal": "年内开工"}
    handler = Reader(town, "edu_handler")
    half = handler.takes_on(story.part(), "plan", leader=leader.key, milestone_1="选址", **said)
    assert half.status_code == 422
    assert HandlingPlan.objects.count() == 0
    days = {"milestone_on_1": "2020-04-01", "milestone_1": "完成选址"}
    assert handler.takes_on(story.part(), "plan", leader=leader.key, **days, **said).status_code
    fixed = HandlingPlan.objects.get()
    assert (fixed.leader, fixed.milestones.get().due_on) == (leader, date(2020, 4, 1))
    page = Reader(town, "lin").get("case", story.case.key).content.decode()
    assert "完成选址" in page
    again = handler.get("part_step", story.part().key, "plan").content.decode()
    assert 'value="完成选址"' in again
