"""What the office decides in a dispute, and what is kept of it (源文004)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.organisations.models import Organ
from huiyin.suggestions import agenda, duties, selectors, services
from huiyin.suggestions.lifecycle import returning, where
from huiyin.suggestions.models import Act, Assignment, ReturnDecision, ReturnRequest
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import AssignmentStage, ReturnStanding, Stage
from huiyin.suggestions.standing import ReplayError, derive, load
from huiyin.suggestions.tests.disputes import (
    DAY,
    ask,
    at,
    charged,
    choose,
    decline,
    handled,
    reassign,
    refuse,
    told,
    town_with_health,
)
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return town_with_health()


# --- Deciding


def test_reassigned_another_organ_has_it_whole_and_the_time_since_the_first_stays(
    town: Town,
) -> None:
    story = handled(town)
    ask(story)
    services.take_it_on(assignment=story.part(), actor=town.actor("health_liaison"), at=NOW)
    assert story.part().returning == ReturnStanding.COORDINATING
    later = date(2020, 3, 9)
    reassign(story, on=later)
    story.case.refresh_from_db()
    old, new = story.part(), story.part("health")
    assert (old.stage, old.returning) == ("reassigned", "reassigned")
    assert (new.stage, new.role, new.assigned_on) == ("issued", "lead", later)
    assert new.replaces == old
    # The whole period anew (reply.restarts_on_reassignment), the first assignment unchanged.
    assert (new.due_on, story.case.due_on) == (date(2020, 6, 9), date(2020, 6, 9))
    assert story.case.first_assigned_on == TODAY
    assert (story.case.lead_organ, story.case.stage) == (new.organ, Stage.IN_HANDLING)
    assert {"assignment.take_over"} <= told(town.actor("health_liaison"))
    assert {"assignment.take_over"} <= told(town.actor("lin"))
    assert {"assignment.take_over"} <= told(town.actor("fin_liaison"))
    assert {"assignment.reassign"} <= told(town.actor("edu_liaison"))
    assert story.part("finance").stage == AssignmentStage.ISSUED
    assert list(differences()) == []


def test_where_the_period_does_not_restart_the_first_organ_used_it_up(town: Town) -> None:
    choose(town, {"reply.restarts_on_reassignment": False})
    story = handled(town)
    services.acknowledge(assignment=story.part(), actor=town.actor("edu_liaison"), at=at(TODAY))
    ask(story)
    reassign(story, on=date(2020, 3, 9))
    new = story.part("health")
    assert new.due_on == date(2020, 6, 2)
    services.acknowledge(
        assignment=new, actor=town.actor("health_liaison"), at=at(date(2020, 3, 10))
    )
    story.case.refresh_from_db()
    assert (story.part("health").due_on, story.case.due_on) == (date(2020, 6, 2),) * 2
    assert list(differences()) == []


def test_the_relieved_organ_can_do_nothing_more(town: Town) -> None:
    story = handled(town).acknowledged()
    ask(story)
    reassign(story)
    part = story.part()
    for take in (
        lambda: services.send_to_check(
            assignment=part,
            actor=town.actor("edu_handler"),
            at=NOW,
            text=story.reply_text(),
        ),
        lambda: ask(story),
        lambda: story.planned(),
    ):
        with pytest.raises(DomainError):
            take()


def test_a_co_handler_that_takes_the_lead_keeps_one_charge(town: Town) -> None:
    story = handled(town).co_acknowledged().opinion_given()
    ask(story, "finance")
    reassign(story, "finance")
    story.case.refresh_from_db()
    assert charged(story, "finance").role == "lead"
    stages = story.case.assignments.values_list("organ__name", "role", "stage")
    assert set(stages) == {
        ("省教育厅", "lead", "reassigned"),
        ("省财政厅", "co", "reassigned"),
        ("省财政厅", "lead", "issued"),
    }
    assert list(differences()) == []


def test_an_organ_that_handles_another_part_is_not_given_this_one_too(town: Town) -> None:
    story = Story(town).submitted().registered()
    charges = [
        Charge(organ=town.education, role="separate", part="第一项"),
        Charge(organ=town.finance, role="separate", part="第二项"),
    ]
    services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=charges)
    ask(story, "finance")
    with pytest.raises(Conflict, match="另一部分"):
        reassign(story, "finance")
    with pytest.raises(Conflict, match="先征求"):
        reassign(story, "health")
    refuse(story)
    ask(story, "health")
    reassign(story, "health")
    assert story.part("health").part == "第一项"


@pytest.mark.parametrize("to", ["education", "gone", "organisation_department"])
def test_whom_the_government_office_cannot_charge(town: Town, to: str) -> None:
    town.gone = Organ.objects.create(  # type: ignore[attr-defined]
        congress=town.congress, system="government", name="省文化厅", until=date(2019, 1, 1)
    )
    story = handled(town)
    ask(story)
    with pytest.raises(Conflict):
        reassign(story, to)


def test_reported_are_the_organs_that_have_it(town: Town) -> None:
    story = handled(town)
    ask(story)
    reassign(story)
    has_it = selectors.handled_by_system(("government",), leading=True)
    assert selectors.visible_to(town.actor("clerk")).filter(has_it).count() == 1
    assert story.case.assignments.filter(role="lead").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        story.case.assignments.filter(organ=town.education).update(stage="issued")


def test_handled_again_it_is_by_the_organ_that_answered(town: Town) -> None:
    story = handled(town)
    ask(story)
    services.take_it_on(assignment=story.part(), actor=town.actor("health_liaison"), at=NOW)
    reassign(story)
    carry_to_reply(story)
    story.rated("NS")
    services.order_rehandling(
        case=story.case, actor=town.actor("clerk"), at=NOW, why="请再次办理。"
    )
    story.case.refresh_from_db()
    assert [part.organ for part in story.case.assignments.filter(round=2)] == [town.health]  # type: ignore[attr-defined]
    assert list(differences()) == []


def carry_to_reply(story: Story) -> None:
    town, part = story.town, story.part("health")
    place = {"organ": town.health}  # type: ignore[attr-defined]
    handler = town.hire("health_handler", name="严医", role=Role.HANDLER, **place)
    head = town.hire("health_head", name="华主任", role=Role.HEAD, **place)
    liaison = town.actor("health_liaison")
    services.acknowledge(assignment=part, actor=liaison, at=NOW)
    story.heard("health")
    services.send_to_check(assignment=part, actor=handler, at=NOW, text=story.reply_text())
    services.sign(assignment=part, actor=head, at=NOW)
    services.deliver(assignment=part, actor=liaison, at=NOW)


def test_a_reply_overtakes_the_dispute(town: Town) -> None:
    story = handled(town).acknowledged()
    ask(story)
    story.sent_to_check().checked().signed().delivered()
    part = story.part()
    assert (part.returning, part.contested_since) == (ReturnStanding.LAPSED, None)
    assert not duties.rows_of(town.actor("government_clerk"), "settle").exists()
    assert list(differences()) == []


def test_a_withdrawal_ends_the_dispute(town: Town) -> None:
    choose(town, {"withdrawal.until": "replied"})
    story = handled(town)
    ask(story)
    story.agreed_to_withdraw()
    services.withdraw(case=story.case, actor=town.actor("lin"), at=NOW, why="已沟通解决。")
    assert story.part().returning == ReturnStanding.LAPSED
    assert list(differences()) == []


# --- The second refusal


def escalated(town: Town) -> Story:
    story = handled(town)
    ask(story)
    decline(story)
    refuse(story)
    ask(story, "finance", on=TODAY + 2 * DAY)
    decline(story, "fin_liaison", on=TODAY + 3 * DAY)
    refuse(story, on=TODAY + 3 * DAY)
    return story


def test_after_the_second_refusal_only_the_office_can_act(town: Town) -> None:
    story = escalated(town)
    assert story.part().returning == ReturnStanding.ESCALATED
    assert "assignment.refuse_return" in told(town.actor("leader"))
    assert duties.rows_of(town.actor("government_clerk"), "settle").count() == 1
    assert ("final_awaited", 1) in [(n, c) for n, _v, c in duties.others_owe(town.actor("leader"))]
    with pytest.raises(DomainError):
        ask(story, "government_office", on=TODAY + 4 * DAY)
    with pytest.raises(Conflict):
        refuse(story, on=TODAY + 4 * DAY)


def test_a_first_refusal_does_not_trouble_the_leader(town: Town) -> None:
    story = handled(town)
    ask(story)
    refuse(story)
    assert told(town.actor("leader")) == set()
    assert story.part().returning == ReturnStanding.REFUSED
    with pytest.raises(DomainError):
        uphold(story)


def uphold(story: Story, who: str = "government_clerk", ground: str = "《…规定》第五条") -> Act:
    return services.uphold(
        assignment=story.part(),
        actor=story.town.actor(who),
        at=at(TODAY + 8 * DAY),
        why="机构改革后仍由该厅牵头。",
        ground=ground,
        consulted="省委编办",
    )


def test_the_final_decision_names_its_ground_and_binds(town: Town) -> None:
    story = escalated(town)
    with pytest.raises(Conflict):
        uphold(story, ground="  ")
    uphold(story)
    part = story.part()
    assert (part.returning, part.return_round) == (ReturnStanding.DECIDED, 3)
    assert where.is_decided_finally(part)
    decided = ReturnDecision.objects.latest("pk")
    assert (decided.final, decided.consulted, decided.number) == (True, "省委编办", 3)
    with pytest.raises(Conflict):
        ask(story, "government_office", on=TODAY + 8 * DAY)
    assert list(differences()) == []


def test_the_office_asks_a_further_organ_before_it_decides_finally(town: Town) -> None:
    story = escalated(town)
    later = at(TODAY + 4 * DAY)
    services.ask_another(
        assignment=story.part(),
        actor=town.actor("government_clerk"),
        at=later,
        named=town.government_office,
        why="请提出意见。",
    )
    part = story.part()
    assert (part.returning, part.return_round) == (ReturnStanding.ESCALATED, 3)
    town.hire("office_liaison", name="施联", role=Role.LIAISON, organ=town.government_office)
    services.decline_it(
        assignment=part, actor=town.actor("office_liaison"), at=later, why="不属于办公厅职责。"
    )
    uphold(story)
    assert story.part().return_round == 4
    assert list(differences()) == []


def test_a_final_decision_may_give_it_to_another_and_binds_that_one(town: Town) -> None:
    story = escalated(town)
    with pytest.raises(Conflict):
        reassign(story, on=TODAY + 4 * DAY)
    reassign(story, on=TODAY + 4 * DAY, ground="《…规定》第五条")
    new = story.part("health")
    assert new.returning == ReturnStanding.DECIDED
    with pytest.raises(Conflict):
        ask(story, "finance", organ="health", who="health_liaison", on=TODAY + 4 * DAY)
    assert list(differences()) == []


def test_a_ring_is_closed_by_nobody_but_a_final_decision(town: Town) -> None:
    """教育 → 卫健 → back to 教育: refused, for 教育 was relieved of it by decision (T063)."""
    story = handled(town)
    ask(story)
    reassign(story)
    with pytest.raises(Conflict):
        ask(story, "education", organ="health", who="health_liaison")
    ask(story, "finance", organ="health", who="health_liaison")
    with pytest.raises(Conflict):
        reassign(story, "education", part=story.part("health"))


# --- What is kept


def test_every_round_is_kept_and_the_days_without_owner_are_counted(town: Town) -> None:
    story = escalated(town)
    uphold(story)
    rounds = ReturnRequest.objects.order_by("pk").values_list("number", "named__name", "why")
    assert [(number, named) for number, named, _why in rounds] == [
        (1, "省卫生健康委员会"),
        (2, "省财政厅"),
    ]
    assert [each.number for each in ReturnDecision.objects.order_by("pk")] == [1, 2, 3]
    assert story.part().contests == [
        ["2020-03-02", "2020-03-02"],
        ["2020-03-04", "2020-03-05"],
        ["2020-03-05", "2020-03-10"],
    ]


@pytest.mark.parametrize("model", [ReturnRequest, ReturnDecision])
def test_nothing_of_a_round_is_written_over(town: Town, model: Any) -> None:
    escalated(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(number=1).update(why="改")


def test_no_dispute_without_an_office_to_settle_it(town: Town) -> None:
    story = handled(town)
    ask(story)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=story.part().pk).update(arbiter="")


def test_acts_no_dispute_allows_cannot_be_replayed(town: Town) -> None:
    story = handled(town)
    ask(story)
    refuse(story)
    facts = load(story.case)
    twice = facts.acts[-1]
    facts.acts = [*facts.acts, twice]
    with pytest.raises(ReplayError):
        derive(facts, ruling=ruling_for(story.case, on=TODAY))


def test_the_office_has_its_limit_in_the_calendar_where_the_rules_set_one(town: Town) -> None:
    choose(town, {"return.reassign_limit": "10 working days"})
    story = handled(town)
    ask(story)
    ruling = ruling_for(story.case, on=TODAY)
    for who, expected in (("government_clerk", {"dispute"}), ("clerk", set())):
        found = agenda.between(
            town.actor(who), first=TODAY, last=TODAY + 20 * DAY, a_day=9, calendar=ruling.calendar
        )
        assert {each.kind.name for each in found.on(date(2020, 3, 16))} == expected


def test_where_nothing_is_disputed_nothing_can_be_decided() -> None:
    bare = Assignment(round=1)
    for guard in (returning.is_open, returning.is_final, returning.an_answer_is_awaited):
        assert guard(bare, {})
    assert returning.no_answer_is_awaited(bare, {}) is None
    asked = Assignment(round=1, asked_organ_id=7)
    assert returning.no_answer_is_awaited(asked, {})
    assert returning.asked_in_time(bare, {"limit": None, "on": TODAY}) is None
