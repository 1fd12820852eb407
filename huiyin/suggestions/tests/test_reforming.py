"""Reform of organs: nothing live is left behind, no clock moves, what is over keeps its name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotPermitted, Stale
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Organ, OrganChange, OrganReform
from huiyin.organisations.services import Decision
from huiyin.outbox.models import Notice
from huiyin.suggestions import held, services
from huiyin.suggestions.models import Act, Assignment, Carried
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.reforms import END, Chosen, ReformPlan, orphans, plan
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import AssignmentStage, ReplyStage, Stage
from huiyin.suggestions.tests.situations import Story, follow_hunan

pytestmark = pytest.mark.django_db

NEW, CULTURE = "省教育和财政厅", "省文化厅"


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def decided(kind: str, heirs: list[str], *organs: Organ, **said: Any) -> Decision:
    usual = {"on": TODAY, "document_no": "岳编〔2020〕3号", "decided_by": "省委编委"}
    return Decision(kind=kind, organs=organs, heirs=heirs, **{**usual, **said})


def planned(town: Town, decision: Decision, chosen: Chosen | None = None) -> ReformPlan:
    return plan(town.congress, decision, chosen or Chosen(), today=TODAY)


def reform(town: Town, decision: Decision, chosen: Chosen | None = None) -> OrganReform:
    chosen = chosen or Chosen()
    return services.reform_organs(
        decision,
        chosen,
        congress=town.congress,
        mark=planned(town, decision, chosen).mark,
        actor=town.actor("clerk"),
        at=NOW,
    )


def merged(town: Town) -> OrganReform:
    return reform(town, decided("merge", [NEW], town.education, town.finance))


def is_sound(town: Town) -> None:
    assert list(orphans()) == []
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def clocks(story: Story) -> list[tuple[object, ...]]:
    columns = ("pk", "due_on", "assigned_on", "acknowledged_on", "stage", "role")
    return list(story.case.assignments.order_by("pk").values_list(*columns))


def in_work(town: Town) -> Story:
    return Story(town).submitted().registered().assigned().acknowledged().planned()


def lead(story: Story) -> Assignment:
    story.case.refresh_from_db()
    return story.case.assignments.get(round=story.case.round, role__in=("lead", "sole"))


def now_in(town: Town, who: str) -> None:
    """Let one of the cast act in the post he holds since the reform."""
    town.posts[who] = Post.objects.get(person=town.person(who), standing=Standing.ACTIVE)


# --- Merged


def test_merged_into_a_new_organ_the_live_part_goes_on_with_its_clock(town: Town) -> None:
    story, over = in_work(town), Story(town).replied().rated("S")
    before = clocks(story)
    merged(town)

    new = Organ.objects.get(name=NEW)
    story.case.refresh_from_db()
    assert (lead(story).organ, story.case.lead_organ) == (new, new)
    # The finance department helped the education department: they are one organ now.
    main, co = clocks(story)
    assert main == before[0]
    assert co[4] == AssignmentStage.STOPPED
    over.case.refresh_from_db()
    closed = lead(over)
    assert (closed.organ, over.case.lead_organ) == (town.education, town.education)
    assert held.name_now(closed) == "省教育厅"
    is_sound(town)


def test_one_act_and_one_line_on_record_for_each_part(town: Town) -> None:
    story = in_work(town)
    lines = Entry.objects.filter(subject_key=story.case.key).count()
    change = merged(town)
    assert list(Act.objects.filter(move="carry").values_list("assignment", "why")) == [
        (lead(story).pk, "岳编〔2020〕3号")
    ]
    fact = Carried.objects.get()
    assert (fact.was, fact.now.name, fact.reform) == (town.education, NEW, change)
    # Carried, and the co-handling stopped.
    assert Entry.objects.filter(subject_key=story.case.key).count() == lines + 2
    assert Entry.objects.filter(action="organ.reform", subject_key=change.key).count() == 1
    pairs = OrganChange.objects.values_list("was", "now")
    assert set(pairs) == {("省教育厅", NEW), ("省财政厅", NEW)}


def test_the_people_go_along_and_the_old_posts_are_void(town: Town) -> None:
    story = in_work(town).spoken()
    merged(town)
    old = Post.objects.get(pk=town.post("edu_handler").pk)
    assert (old.standing, old.until) == (Standing.ENDED, TODAY - timedelta(days=1))
    with pytest.raises(NotPermitted):
        services.send_to_check(
            assignment=lead(story),
            actor=town.actor("edu_handler"),
            at=NOW,
            text=story.reply_text(),
        )

    now_in(town, "edu_handler")
    new = town.post("edu_handler")
    assert (str(new.organ), new.role, new.since) == (NEW, Role.HANDLER, TODAY)
    assert new.inner_division is not None
    assert new.inner_division.name == "基础教育处"
    services.send_to_check(
        assignment=lead(story), actor=town.actor("edu_handler"), at=NOW, text=story.reply_text()
    )
    is_sound(town)


def test_organs_and_deputies_are_told_once_with_the_number(town: Town) -> None:
    in_work(town), in_work(town)
    change = merged(town)
    told = Notice.objects.filter(case_key=change.key)
    assert set(told.values_list("event", "person__login")) == {
        ("reform.carry", "edu_liaison"),
        ("reform.carry", "fin_liaison"),
        ("reform.hand_over", "lin"),
    }
    assert {notice.params["count"] for notice in told} == {2}


def test_the_new_round_goes_to_the_organ_there_is_now(town: Town) -> None:
    follow_hunan(town)
    story = Story(town).replied()
    merged(town)
    assert lead(story).organ.name == NEW
    story.rated("NS")
    story.case.refresh_from_db()
    assert (story.case.stage, story.case.round) == (Stage.IN_HANDLING, 2)
    assert lead(story).organ.name == NEW
    is_sound(town)


def test_a_co_handler_merged_into_the_lead_ends_with_its_opinion_kept(town: Town) -> None:
    story = in_work(town).co_acknowledged().opinion_given()
    reform(town, decided("merge", ["省教育厅"], town.finance))
    assert lead(story).organ == town.education
    part = story.case.assignments.get(role="co")
    assert (part.stage, part.opinions.count()) == (AssignmentStage.STOPPED, 1)
    is_sound(town)


def test_a_lead_merged_into_its_co_handler_takes_its_place(town: Town) -> None:
    story = in_work(town)
    reform(town, decided("merge", ["省财政厅"], town.education))
    assert lead(story).organ == town.finance
    assert story.case.assignments.get(role="co").stage == AssignmentStage.STOPPED
    is_sound(town)


def test_two_separate_parts_both_go_on_in_one_hand(town: Town) -> None:
    story = Story(town).submitted().registered()
    charges = [
        Charge(organ=organ, role="separate", part=part)
        for organ, part in ((town.education, "规划"), (town.finance, "经费"))
    ]
    services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=charges)
    merged(town)
    parts = story.case.assignments.values_list("organ__name", "part", "stage")
    assert set(parts) == {(NEW, "规划", "issued"), (NEW, "经费", "issued")}
    is_sound(town)


# --- Split, abolished, renamed


def test_a_split_is_done_once_it_is_said_of_every_part_where_it_goes(town: Town) -> None:
    by_division, by_hand = in_work(town), Story(town).submitted().registered().assigned()
    decision = decided("split", ["省基教厅", CULTURE], town.education)
    assert planned(town, decision).divisions == ["基础教育处"]
    chosen = Chosen(divisions={"基础教育处": CULTURE})
    assert [each.part for each in planned(town, decision, chosen).unplaced] == [by_hand.part()]
    with pytest.raises(Conflict, match="请选择第"):
        reform(town, decision, chosen)

    whole = Chosen(divisions=chosen.divisions, parts={by_hand.part().key: "省基教厅"})
    reform(town, decision, whole)
    assert (lead(by_division).organ.name, lead(by_hand).organ.name) == (CULTURE, "省基教厅")
    is_sound(town)


def test_what_is_split_off_leaves_the_rest_where_it_is(town: Town) -> None:
    goes, stays = in_work(town), Story(town).submitted().registered().assigned()
    decision = decided("split", ["省教育厅", CULTURE], town.education)
    assert planned(town, decision).unplaced == []
    reform(town, decision, Chosen(divisions={"基础教育处": CULTURE}))
    assert (lead(goes).organ.name, lead(stays).organ) == (CULTURE, town.education)
    town.education.refresh_from_db()
    assert town.education.until is None
    assert Post.objects.get(pk=town.post("edu_head").pk).standing == Standing.ACTIVE
    is_sound(town)


def test_said_for_the_case_counts_more_than_said_for_the_division(town: Town) -> None:
    story = in_work(town)
    decision = decided("split", ["省基教厅", CULTURE], town.education)
    chosen = Chosen(divisions={"基础教育处": CULTURE}, parts={story.part().key: "省基教厅"})
    reform(town, decision, chosen)
    assert lead(story).organ.name == "省基教厅"
    is_sound(town)


def test_an_organ_that_ends_with_nothing_to_do_needs_no_successor(town: Town) -> None:
    reform(town, decided("abolish", [], town.organisation_department))
    town.organisation_department.refresh_from_db()
    assert town.organisation_department.until == TODAY - timedelta(days=1)


def test_an_organ_with_live_cases_is_not_abolished_without_successor(town: Town) -> None:
    in_work(town)
    with pytest.raises(Conflict, match="请填写承继单位"):
        reform(town, decided("abolish", [], town.education))
    assert not OrganReform.objects.exists()


def test_abolished_its_cases_go_to_the_successor(town: Town) -> None:
    story = in_work(town)
    reform(town, decided("abolish", ["省委组织部"], town.education))
    assert lead(story).organ == town.organisation_department
    town.education.refresh_from_db()
    assert town.education.successor == town.organisation_department
    is_sound(town)


def test_renamed_open_cases_speak_of_the_new_name_and_closed_ones_of_the_old(town: Town) -> None:
    story, over = in_work(town), Story(town).replied().rated("S")
    later = TODAY + timedelta(days=30)
    decision = decided("rename", ["省教育体育厅"], town.education, on=later)
    shown = plan(town.congress, decision, Chosen(), today=later)
    assert (len(shown.parts), shown.over, list(shown.posts)) == (1, 1, [])
    services.reform_organs(
        decision,
        Chosen(),
        congress=town.congress,
        mark=shown.mark,
        actor=town.actor("clerk"),
        at=NOW + timedelta(days=30),
    )
    assert held.name_now(lead(story)) == "省教育体育厅"
    over.case.refresh_from_db()
    assert held.name_now(lead(over)) == "省教育厅"
    assert not Carried.objects.exists()
    is_sound(town)


# --- Texts on their way


def test_a_text_cleared_by_one_who_is_gone_is_cleared_anew(town: Town) -> None:
    story = in_work(town).sent_to_check().checked().signed()
    chosen = Chosen(posts={town.post("edu_checker").key: END})
    reform(town, decided("merge", [NEW], town.education, town.finance), chosen)
    file = lead(story).reply_file
    assert file.stage == ReplyStage.DRAFTING
    assert file.replies.count() == 1
    for who in ("edu_handler", "edu_head", "edu_liaison"):
        now_in(town, who)
    with pytest.raises(DomainError):
        services.deliver(assignment=lead(story), actor=town.actor("edu_liaison"), at=NOW)
    assert Notice.objects.filter(event="reply.void_clearance").exists()
    is_sound(town)


def test_a_text_cleared_by_those_who_go_along_stays_signed(town: Town) -> None:
    story = in_work(town).sent_to_check().checked().signed()
    merged(town)
    assert lead(story).reply_file.stage == ReplyStage.SIGNED
    now_in(town, "edu_liaison")
    services.deliver(assignment=lead(story), actor=town.actor("edu_liaison"), at=NOW)
    story.case.refresh_from_db()
    assert story.case.stage == Stage.REPLIED
    is_sound(town)


def test_an_extension_that_was_asked_for_is_still_decided(town: Town) -> None:
    from huiyin.suggestions.tests.situations import follow_consent

    follow_consent(town)
    story = in_work(town).extension_asked()
    merged(town)
    services.grant_extension(assignment=lead(story), actor=town.actor("clerk"), at=NOW)
    assert lead(story).due_on == date(2020, 8, 1)
    is_sound(town)


# --- Refused


REFUSED = {
    "unknown successor": ("abolish", ["省无此厅"]),
    "into itself": ("merge", ["省教育厅"]),
    "its own successor": ("abolish", ["省教育厅"]),
    "nothing afterwards": ("merge", []),
    "alone into a new one": ("merge", [NEW]),
    "split into one": ("split", [CULTURE]),
    "a name it bears": ("rename", ["省教育厅"]),
    "a name another bears": ("rename", ["省财政厅"]),
    "two names": ("rename", ["省教委", "省教科厅"]),
    "named twice": ("split", [CULTURE, CULTURE]),
    "no such kind": ("close", [CULTURE]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_stand_is_refused_in_words(town: Town, case: str) -> None:
    kind, heirs = REFUSED[case]
    with pytest.raises(Invalid) as refused:
        reform(town, decided(kind, heirs, town.education))
    assert refused.value.fields
    assert not OrganReform.objects.exists()


def test_days_that_cannot_be(town: Town) -> None:
    town.education.since = date(2019, 1, 1)
    town.education.save()
    for on in (date(2018, 12, 31), date(2019, 1, 1), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            reform(town, decided("merge", [NEW], town.education, town.finance, on=on))
        assert "on" in refused.value.fields
    reform(town, decided("merge", [NEW], town.education, town.finance, on=date(2019, 1, 2)))


def test_round_in_a_circle_it_does_not_go(town: Town) -> None:
    reform(town, decided("merge", ["省财政厅"], town.education))
    town.education.refresh_from_db()
    with pytest.raises(Invalid):
        reform(town, decided("abolish", ["省教育厅"], town.finance))
    with pytest.raises(Invalid):
        reform(town, decided("merge", ["省财政厅"], town.education))


def test_the_neighbour_s_organ_and_clerk_have_no_part_in_it(town: Town) -> None:
    town.neighbour()
    with pytest.raises(Invalid):
        reform(town, decided("merge", [NEW], town.education, town.neighbour_organ))
    decision = decided("merge", [NEW], town.education, town.finance)
    for who in ("neighbour_clerk", "edu_head", "leader"):
        with pytest.raises(NotPermitted):
            services.reform_organs(
                decision,
                Chosen(),
                congress=town.congress,
                mark=planned(town, decision).mark,
                actor=town.actor(who),
                at=NOW,
            )


def test_what_was_shown_is_what_is_done_or_nothing(town: Town) -> None:
    story = in_work(town)
    decision = decided("merge", [NEW], town.education, town.finance)
    mark = planned(town, decision).mark
    story.sent_to_check()
    Story(town).submitted().registered().assigned()
    with pytest.raises(Stale):
        services.reform_organs(
            decision,
            Chosen(),
            congress=town.congress,
            mark=mark,
            actor=town.actor("clerk"),
            at=NOW,
        )
    assert lead(story).organ == town.education


def test_a_committee_whose_verdict_is_awaited_is_settled_first(town: Town) -> None:
    Story(town).submitted().asked()
    with pytest.raises(Conflict, match="联审"):
        reform(town, decided("abolish", [], town.education_committee))


def test_an_organ_that_is_gone_is_not_charged_from_an_old_page(town: Town) -> None:
    story = Story(town).submitted().registered()
    charge = Charge(organ=town.education, role="sole")
    merged(town)
    with pytest.raises(Conflict, match="承继"):
        services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=[charge])


def test_the_check_finds_a_part_that_was_left_behind(town: Town) -> None:
    story = in_work(town)
    organisations.abolish_organ(
        organ=town.education, on=TODAY - timedelta(days=1), actor=town.actor("clerk"), at=NOW
    )
    assert list(orphans()) == [lead(story)]
    assert [found.column for found in differences()] == ["orphan"]


def test_rebuild_puts_a_carried_part_where_the_facts_say(town: Town) -> None:
    story = in_work(town)
    merged(town)
    Assignment.objects.filter(pk=lead(story).pk).update(organ=town.organisation_department)
    [wrong, *_more] = list(differences(repair=True))
    assert wrong.column.startswith("assignment")
    assert lead(story).organ.name == NEW
    is_sound(town)
