"""Two stages of assignment: the congress hands over, the system's office names its organs."""

from __future__ import annotations

import html
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, NotPermitted
from huiyin.organisations.models import Organ, RuleChoice, System
from huiyin.organisations.selectors import work_calendar
from huiyin.outbox.models import Notice
from huiyin.suggestions import agenda, duties, services
from huiyin.suggestions.letters.kinds import LetterKind
from huiyin.suggestions.models import HandingOver, Suggestion
from huiyin.suggestions.presenters import documents
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import HandlingRole, Stage
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.situations import Story, follow_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_offices(town)
    return town


@pytest.fixture
def party_office(town: Town) -> Organ:
    office = Organ.objects.create(
        congress=town.congress,
        system=System.PARTY,
        name="省委办公厅",
        short_name="省委办",
        is_party_office=True,
    )
    town.hire("party_liaison", name="秦守正", role=Role.LIAISON, organ=office)
    return office


def registered(town: Town, **text: object) -> Story:
    return Story(town, **text).submitted().registered()


def assign_as(story: Story, who: str, *, organ: Organ | None = None, at: datetime = NOW) -> None:
    charge = Charge(organ=organ or story.town.education, role=HandlingRole.SOLE)
    services.assign(case=story.case, actor=story.town.actor(who), at=at, organs=[charge])


def fresh(story: Story) -> Suggestion:
    story.case.refresh_from_db()
    return story.case


def told(who: Actor) -> set[str]:
    return set(Notice.objects.filter(person=who.person).values_list("event", flat=True))


# --- The way


def test_the_office_names_the_organs_and_their_time_starts_then(town: Town) -> None:
    story = registered(town).handed_over()
    case = fresh(story)
    assert (case.stage, case.office, case.handed_on) == (
        Stage.REGISTERED,
        town.government_office,
        TODAY,
    )
    assert {"suggestion.hand_over"} <= told(town.actor("government_clerk"))
    assert {"suggestion.hand_over"} <= told(town.actor("lin"))
    later = NOW + timedelta(days=9)
    assign_as(story, "government_clerk", at=later)
    case = fresh(story)
    assert case.stage == Stage.IN_HANDLING
    assert case.first_assigned_on == date(2020, 3, 11)
    assert case.due_on == date(2020, 6, 11)
    assert (case.handed_on, case.office) == (TODAY, town.government_office)
    assert list(differences()) == []


def test_sent_back_it_lies_with_the_congress_office_and_the_first_day_stays(town: Town) -> None:
    story = registered(town).handed_over()
    services.hand_back(
        case=story.case,
        actor=town.actor("government_clerk"),
        at=NOW + timedelta(days=2),
        why="涉及省委组织部职责。",
    )
    case = fresh(story)
    assert (case.office, case.handed_on) == (None, TODAY)
    assert "suggestion.hand_back" in told(town.actor("clerk"))
    services.hand_over(
        case=case,
        actor=town.actor("clerk"),
        at=NOW + timedelta(days=3),
        office=town.government_office,
    )
    assert (fresh(story).office, fresh(story).handed_on) == (town.government_office, TODAY)
    assert HandingOver.objects.count() == 2
    assert list(differences()) == []


def test_the_party_office_assigns_among_party_organs(town: Town, party_office: Organ) -> None:
    story = registered(town)
    services.hand_over(case=story.case, actor=town.actor("clerk"), at=NOW, office=party_office)
    liaison = town.actor("party_liaison")
    assert fresh(story) in visible_to(liaison)
    assert duties.rows_of(liaison, "share_out").get() == story.case
    with pytest.raises(Conflict, match="不属于本系统"):
        assign_as(story, "party_liaison", organ=town.education)
    assign_as(story, "party_liaison", organ=town.organisation_department)
    assert fresh(story).stage == Stage.IN_HANDLING


# --- Who may not


def test_while_it_lies_with_an_office_nobody_else_assigns(town: Town, party_office: Organ) -> None:
    story = registered(town).handed_over()
    office = town.government_office
    town.hire("office_liaison", name="吴联络", role=Role.LIAISON, organ=office)
    for who in ("clerk", "second_clerk", "party_liaison", "office_liaison", "edu_liaison"):
        with pytest.raises(NotPermitted):
            assign_as(story, who)
        with pytest.raises(NotPermitted):
            services.hand_back(case=story.case, actor=town.actor(who), at=NOW, why="退回。")
    assert fresh(story).stage == Stage.REGISTERED


def test_before_it_is_handed_over_the_office_does_not_assign(town: Town) -> None:
    with pytest.raises(NotPermitted):
        assign_as(registered(town), "government_clerk")


def test_a_clerk_of_the_office_without_its_organ_does_not_assign(town: Town) -> None:
    story = registered(town).handed_over()
    nowhere = town.hire("loose_clerk", name="何散", role=Role.GOVERNMENT_CLERK)
    with pytest.raises(NotPermitted):
        assign_as(story, "loose_clerk")
    assert duties.rows_of(nowhere, "share_out").count() == 0


def test_an_office_does_not_name_another_system_s_organ_even_to_help(town: Town) -> None:
    story = registered(town).handed_over()
    charges = [
        Charge(organ=town.education, role=HandlingRole.LEAD),
        Charge(organ=town.organisation_department, role=HandlingRole.CO),
    ]
    with pytest.raises(Conflict, match="不属于本系统"):
        services.assign(
            case=story.case, actor=town.actor("government_clerk"), at=NOW, organs=charges
        )


@pytest.mark.parametrize("organ", ["education", "congress_office"])
def test_only_an_office_receives_it(town: Town, organ: str) -> None:
    story = registered(town)
    with pytest.raises(Conflict, match="不负责本系统的分办"):
        services.hand_over(
            case=story.case, actor=town.actor("clerk"), at=NOW, office=getattr(town, organ)
        )


def test_an_office_next_door_and_an_abolished_one_receive_nothing(town: Town) -> None:
    town.neighbour()
    story = registered(town)
    Organ.objects.filter(pk=town.neighbour_organ.pk).update(is_government_office=True)
    Organ.objects.filter(pk=town.government_office.pk).update(until=date(2020, 3, 1))
    for office in (town.neighbour_organ, town.government_office):
        office.refresh_from_db()
        with pytest.raises(Conflict):
            services.hand_over(case=story.case, actor=town.actor("clerk"), at=NOW, office=office)


def test_nothing_is_handed_to_an_office_where_nobody_would_see_it(town: Town) -> None:
    story = registered(town)
    Post.objects.filter(pk=town.post("government_clerk").pk).update(
        standing=Standing.ENDED, until=TODAY
    )
    with pytest.raises(Conflict, match="还没有负责分办的人员"):
        story.handed_over()


def test_twice_is_refused(town: Town) -> None:
    story = registered(town).handed_over()
    with pytest.raises(Conflict, match="已交办公厅"):
        story.handed_over()


def test_sending_back_needs_a_reason(town: Town) -> None:
    story = registered(town).handed_over()
    with pytest.raises(Conflict):
        services.hand_back(case=story.case, actor=town.actor("government_clerk"), at=NOW, why="  ")


def test_where_the_congress_office_assigns_by_rule_nothing_is_handed_over(
    db: None, settings: Any
) -> None:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    story = registered(town)
    with pytest.raises(Conflict, match="直接确定承办单位"):
        story.handed_over()
    page = Reader(town, "clerk").get("case", story.case.key).content.decode()
    assert "/step/hand_over/" not in page
    rows = Reader(town, "clerk").get("list", tab="to_assign").content.decode()
    assert "hand-over" not in rows


def test_shanghai_and_zhejiang_hand_over_and_qingdao_does_not(town: Town) -> None:
    for pack, hands_over in (("shanghai", True), ("zhejiang", True), ("qingdao", False)):
        said = {
            "congress": town.congress,
            "pack": pack,
            "valid_from": date(2020, 1, 2),
            "decided_by": "主任会议",
            "decided_on": date(2019, 12, 20),
            "basis": "岳常办发〔2020〕4号",
        }
        RuleChoice.objects.create(**said)
        story = registered(town, title=f"关于{pack}的建议")
        if hands_over:
            story.handed_over()
            assert fresh(story).office == town.government_office
        else:
            with pytest.raises(Conflict):
                story.handed_over()


# --- What waits for whom


def test_each_office_sees_what_waits_for_it(town: Town) -> None:
    handed, kept = registered(town).handed_over(), registered(town, title="关于公路的建议")
    clerk, office = town.actor("clerk"), town.actor("government_clerk")
    assert duties.rows_of(clerk, "assign").get() == kept.case
    assert duties.rows_awaited(clerk, "with_offices").get() == handed.case
    assert duties.rows_of(office, "share_out").get() == handed.case
    assert [each.duty.name for each in duties.waiting_for(office)] == ["share_out"]
    assert handed.case in visible_to(office)
    assert kept.case not in visible_to(office)
    page = html.unescape(Reader(town, "government_clerk").client.get("/").content.decode())
    assert "分办" in page


def test_the_calendar_of_the_office_shows_by_when(town: Town) -> None:
    choice = {"assign.by": "by_system", "assign.intersession_limit": "7 working days"}
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 2),
        overrides=choice,
        decided_by="主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕4号",
    )
    registered(town).handed_over()
    first, last, calendar = date(2020, 3, 1), date(2020, 3, 31), work_calendar()
    counted = {}
    for who in ("clerk", "government_clerk", "edu_liaison"):
        found = agenda.between(town.actor(who), first=first, last=last, a_day=5, calendar=calendar)
        counted[who] = sum(found.counts.values())
    assert counted == {"clerk": 0, "government_clerk": 1, "edu_liaison": 0}


# --- Pages


def shown(reader: Reader, story: Story) -> str:
    return html.unescape(reader.get("case", story.case.key).content.decode())


def test_the_clerk_hands_over_and_the_office_assigns_on_the_page(town: Town) -> None:
    story = registered(town)
    clerk, office = Reader(town, "clerk"), Reader(town, "government_clerk")
    assert clerk.takes(story.case, "hand_over").status_code == 422
    done = clerk.takes(story.case, "hand_over", office=town.government_office.key)
    assert done.status_code == 302
    page = shown(clerk, story)
    assert "等待省人民政府办公厅分办" in page
    assert "交省人民政府办公厅分办" in page
    assert "2020年3月2日交办公厅（室），至今 0 天" in page
    assert "/step/assign/" not in page
    offered = shown(office, story)
    assert "/step/assign/" in offered
    assert '<option value="省教育厅">' in offered
    assert '<option value="省委组织部">' not in offered
    said = {"organ_1": "省教育厅", "role_1": "sole"}
    assert office.takes(story.case, "assign", **said).status_code == 302
    assert "0 天后分办" in shown(clerk, story)


def test_the_office_sends_back_on_the_page(town: Town) -> None:
    story = registered(town).handed_over()
    office = Reader(town, "government_clerk")
    assert office.takes(story.case, "hand_back", reason="").status_code == 422
    assert office.takes(story.case, "hand_back", reason="属党委系统。").status_code == 302
    assert "省人民政府办公厅退回人大代表工作机构" in shown(Reader(town, "clerk"), story)


def test_an_unknown_office_is_refused_by_the_form(town: Town) -> None:
    story = registered(town)
    for strange in ("", town.education.key, "x"):
        answer = Reader(town, "clerk").takes(story.case, "hand_over", office=strange)
        assert answer.status_code == 422


def test_many_are_handed_over_and_many_are_assigned_and_sent_back(town: Town) -> None:
    stories = [registered(town, title=f"关于第{n}条公路的建议") for n in range(3)]
    stories.append(registered(town, title="关于已交办公路的建议").assigned())
    clerk, office = Reader(town, "clerk"), Reader(town, "government_clerk")
    chosen = [story.case.key for story in stories]
    page = clerk.post("hand_over_many", said={"chosen": chosen})
    assert page.status_code == 200
    assert "省人民政府办公厅" in html.unescape(page.content.decode())
    done = clerk.post(
        "hand_over_many",
        said={"chosen": chosen, "act": "do", "office": town.government_office.key},
    )
    assert "已办理 3 件，1 件保持原状" in html.unescape(done.content.decode())
    assert office.post("hand_over_many", said={"chosen": chosen}).status_code == 403

    first, second, third, _assigned = stories
    said = {"chosen": [first.case.key, second.case.key], "organ_1": "省教育厅", "role_1": "sole"}
    preview = office.post("assign_many", said={**said, "act": "preview"})
    assert "tag-fault" not in preview.content.decode()
    assert office.post("assign_many", said={**said, "act": "do"}).status_code == 200
    assert {fresh(first).stage, fresh(second).stage} == {Stage.IN_HANDLING}

    back = {"chosen": [third.case.key], "act": "do"}
    assert office.post("hand_back_many", said={**back, "reason": " "}).status_code == 422
    assert office.post("hand_back_many", said={**back, "reason": "属党委系统。"}).status_code == 200
    assert fresh(third).office is None
    # What the form may not name is not there for the reader.
    assert office.post("assign_many", said={**said, "chosen": chosen[2]}).status_code == 404


def test_the_preview_says_what_the_reader_may_not_assign(town: Town) -> None:
    story = registered(town).handed_over()
    said = {"chosen": story.case.key, "organ_1": "省教育厅", "role_1": "sole", "act": "preview"}
    answer = Reader(town, "clerk").post("assign_many", said=said)
    assert "tag-fault" in answer.content.decode()


def test_the_letter_comes_from_the_office_with_a_copy_to_the_congress(town: Town) -> None:
    story = registered(town).handed_over()
    assign_as(story, "government_clerk")
    file = read(Scene(actor=town.actor("clerk"), at=NOW, case=fresh(story)))
    paper = documents.paper(LetterKind.ASSIGNMENT, file, file.parts[0], link="")
    assert paper is not None
    assert paper.organ == "省人民政府办公厅"
    assert paper.imprint.copies == ("省人大常委会联络工作委员会",)
