"""Contested responsibility: rounds kept, an office for every dispute, nothing passed on by itself.

The disputes of 源文004: an organ applies for others one after the other, each declines, and the
office decides that it stays where it is.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, TERM_BEGAN, TODAY, Town
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.organisations.models import Organ
from huiyin.suggestions import duties, selectors, services
from huiyin.suggestions.lifecycle import returning
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import AssignmentStage, DecidedBy, ReturnStanding
from huiyin.suggestions.tests.disputes import (
    DAY,
    ask,
    at,
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


# --- Asking


def test_the_organ_named_and_the_office_are_told_at_once(town: Town) -> None:
    story = handled(town)
    ask(story)
    part = story.part()
    assert (part.returning, part.arbiter) == ("return_requested", "government_office")
    assert part.asked_organ is not None
    assert (part.asked_organ.name, part.return_round) == ("省卫生健康委员会", 1)
    assert "assignment.ask_return" in told(town.actor("health_liaison"))
    assert "assignment.ask_return" in told(town.actor("government_clerk"))
    assert "assignment.ask_return" not in told(town.actor("lin"))
    # The organ goes on: its charge and its day stay.
    assert (part.stage, part.due_on) == (AssignmentStage.ISSUED, date(2020, 6, 2))
    story.acknowledged()
    assert list(differences()) == []


def test_who_is_asked_sees_the_case_and_nobody_else_of_those_uncharged(town: Town) -> None:
    story = handled(town)
    liaison = town.actor("health_liaison")
    with pytest.raises(NotFound):
        selectors.get_for(liaison, story.case.key)
    ask(story)
    assert selectors.get_for(liaison, story.case.key) == story.case


def test_asked_for_late_nothing_changes(town: Town) -> None:
    """Ten days from receipt (national pack); not acknowledged it counts from the assignment."""
    story = handled(town)
    last = TODAY + 10 * DAY
    with pytest.raises(Conflict, match="逾期未提出退办申请的，不作调整"):
        ask(story, on=last + DAY)
    assert story.part().returning == ""
    ask(story, on=last)
    assert story.part().returning == ReturnStanding.REQUESTED


def test_the_limit_counts_from_receipt(town: Town) -> None:
    story = handled(town)
    services.acknowledge(
        assignment=story.part(), actor=town.actor("edu_liaison"), at=at(TODAY + 4 * DAY)
    )
    ask(story, on=TODAY + 14 * DAY)


def test_a_cutoff_decided_on_lets_a_late_one_in_and_shortens_none(town: Town) -> None:
    story, other = handled(town), handled(town, title="关于整治南河的建议")
    extend(town, until=TODAY + 20 * DAY)
    ask(story, on=TODAY + 20 * DAY)
    with pytest.raises(Conflict, match="不作调整"):
        ask(other, on=TODAY + 21 * DAY)
    early = handled(town, title="关于修路的建议")
    services.acknowledge(
        assignment=early.part(), actor=town.actor("edu_liaison"), at=at(TODAY + 15 * DAY)
    )
    ask(early, on=TODAY + 25 * DAY)


def extend(town: Town, *, until: date, who: str = "clerk", **more: Any) -> Any:
    said = {"decided_by": "省人大常委会联工委", "basis": "因疫情影响适当延长", **more}
    return services.extend_cutoff(
        session=town.session,
        until=until,
        decided_on=TODAY,
        actor=town.actor(who),
        at=at(TODAY),
        **said,
    )


def test_a_cutoff_is_only_moved_later_by_a_clerk_who_says_why(town: Town) -> None:
    town.neighbour()
    extend(town, until=date(2020, 3, 20))
    for until in (date(2020, 3, 20), date(2020, 3, 1)):
        with pytest.raises(Conflict):
            extend(town, until=until)
    for who in ("government_clerk", "edu_liaison", "neighbour_clerk"):
        with pytest.raises(NotPermitted):
            extend(town, until=date(2020, 3, 31), who=who)
    with pytest.raises(Invalid):
        extend(town, until=date(2020, 3, 31), basis=" ")
    extend(town, until=date(2020, 3, 31))
    assert selectors.cutoff_of(town.session).until == date(2020, 3, 31)  # type: ignore[union-attr]


@pytest.mark.parametrize("lacking", [{"why": " "}, {"mandate": "  "}])
def test_reason_and_duties_are_written(town: Town, lacking: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        ask(handled(town), **lacking)


def test_where_an_explanation_is_enough_no_duties_need_be_quoted(town: Town) -> None:
    choose(town, {"return.written": False})
    ask(handled(town), mandate="")


def test_another_organ_is_named_that_exists(town: Town) -> None:
    story = handled(town)
    town.neighbour()
    gone = Organ.objects.create(
        congress=town.congress, system="government", name="省文化厅", until=date(2019, 1, 1)
    )
    town.gone, town.foreign = gone, town.neighbour_organ  # type: ignore[attr-defined]
    for named in ("education", "gone", "foreign"):
        with pytest.raises(Conflict):
            ask(story, named)


def test_one_dispute_at_a_time(town: Town) -> None:
    story = handled(town)
    ask(story)
    with pytest.raises(Conflict):
        ask(story, "finance")
    with pytest.raises(Conflict):
        services.object_to_organ(
            assignment=story.part(),
            actor=town.actor("lin"),
            at=NOW,
            named=town.finance,
            why="应由财政厅办。",
        )


def test_what_was_answered_once_is_not_returned(town: Town) -> None:
    story = Story(town).replied().rated("NS")
    services.order_rehandling(
        case=story.case, actor=town.actor("clerk"), at=NOW, why="请再次办理。"
    )
    with pytest.raises(Conflict, match="不再退回"):
        ask(story)


# --- The deputy


def test_the_deputy_objects_and_is_told_the_result(town: Town) -> None:
    story = handled(town)
    services.object_to_organ(
        assignment=story.part(),
        actor=town.actor("lin"),
        at=NOW,
        named=town.health,  # type: ignore[attr-defined]
        why="托育归卫健委管。",
    )
    assert "assignment.object_to_organ" in told(town.actor("edu_liaison"))
    decline(story)
    refuse(story)
    assert "assignment.refuse_return" in told(town.actor("lin"))
    assert "assignment.refuse_return" not in told(town.actor("zhao"))


def test_where_the_rules_give_no_objection_the_deputy_has_none(town: Town) -> None:
    choose(town, {"return.deputy_may_object": False})
    story = handled(town)
    with pytest.raises(Conflict):
        services.object_to_organ(
            assignment=story.part(),
            actor=town.actor("lin"),
            at=NOW,
            named=town.finance,
            why="应由财政厅办。",
        )


# --- Who decides


@pytest.mark.parametrize(
    ("by", "organ", "named", "office"),
    [
        ("by_system", "education", "finance", DecidedBy.GOVERNMENT_OFFICE),
        ("by_system", "education", "organisation_department", DecidedBy.CONGRESS_OFFICE),
        ("by_system", "organisation_department", "education", DecidedBy.CONGRESS_OFFICE),
        ("by_system", "government_office", "education", DecidedBy.CONGRESS_OFFICE),
        ("by_system", "congress_office", "education", DecidedBy.LEADER),
        ("deputies_body", "education", "finance", DecidedBy.CONGRESS_OFFICE),
        ("jointly", "education", "finance", DecidedBy.CONGRESS_OFFICE),
    ],
)
def test_which_office_settles_it(
    town: Town, by: str, organ: str, named: str, office: DecidedBy
) -> None:
    choose(town, {"arbitration.by": by})
    part = Assignment(organ=getattr(town, organ))
    story = Story(town)
    under = ruling_for(story.case, on=TODAY).rules
    assert returning.arbiter_of(part, getattr(town, named), under=under) == office


def test_nobody_decides_on_his_own_organs_charge(town: Town) -> None:
    """The congress office handles one itself: its leader decides, no clerk of it."""
    story = Story(town).submitted().registered()
    charge = Charge(organ=town.congress_office, role="sole")
    services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=[charge])
    town.hire("office_liaison", name="施联", role=Role.LIAISON, organ=town.congress_office)
    ask(story, organ="congress_office", who="office_liaison")
    part = story.part("congress_office")
    assert duties.rows_of(town.actor("leader"), "settle").get() == story.case
    assert not duties.rows_of(town.actor("clerk"), "settle").exists()
    with pytest.raises(NotPermitted):
        services.refuse_return(assignment=part, actor=town.actor("clerk"), at=NOW, why="不同意。")
    services.refuse_return(assignment=part, actor=town.actor("leader"), at=NOW, why="不同意。")


def test_an_arbiter_of_the_asking_organ_is_none(town: Town) -> None:
    """A government clerk who sits in the organ itself."""
    story = handled(town)
    inside = town.hire("inside", name="关内", role=Role.GOVERNMENT_CLERK, organ=town.education)
    ask(story)
    assert not duties.rows_of(inside, "settle").exists()
    assert "assignment.ask_return" not in told(inside)
    with pytest.raises(NotPermitted):
        reassign(story, who="inside")


def test_who_asked_does_not_decide_though_he_holds_both_posts(town: Town) -> None:
    story = handled(town)
    ask(story)
    person = town.person("edu_liaison")
    place = {"congress": town.congress, "organ": town.government_office, "since": TERM_BEGAN}
    both = Actor(person=person, post=person.posts.create(role=Role.GOVERNMENT_CLERK, **place))
    with pytest.raises(Conflict):
        services.refuse_return(assignment=story.part(), actor=both, at=NOW, why="不必。")


def test_jointly_means_that_the_other_office_was_consulted(town: Town) -> None:
    choose(town, {"arbitration.by": "jointly"})
    story = handled(town)
    ask(story)
    with pytest.raises(Conflict):
        refuse(story, "clerk")
    services.refuse_return(
        assignment=story.part(),
        actor=town.actor("clerk"),
        at=NOW,
        why="职责明确。",
        consulted="省人民政府办公厅",
    )
