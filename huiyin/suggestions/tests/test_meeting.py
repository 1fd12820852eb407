"""Assignment meetings: the record, the batch, its proposals, and issuing it at once (交办会)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.documents.tests import files
from huiyin.documents.typesetting import to_word
from huiyin.documents.typesetting.blocks import Paragraph, Table
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Session
from huiyin.outbox.models import Notice
from huiyin.suggestions import meetings, services
from huiyin.suggestions.models import (
    Assignment,
    AssignmentMeeting,
    MeetingCase,
    MeetingSpeech,
    ProposedCharge,
)
from huiyin.suggestions.presenters import meeting as present
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.meeting_batch import Proposal
from huiyin.suggestions.stages import HandlingRole, Stage
from huiyin.suggestions.tests.situations import Story, follow_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def planned(town: Town, *, who: str = "clerk") -> AssignmentMeeting:
    return services.plan_meeting(
        actor=town.actor(who),
        at=NOW,
        session=town.session,
        title="省十三届人大三次会议代表建议交办会",
        held_on=date(2020, 3, 20),
        place="省人民会堂",
        chair="沈国栋",
        agenda="部署办理工作\n\n承办单位表态发言\n",
    )


def registered(town: Town, count: int, **text: object) -> list[Story]:
    made = []
    for number in range(1, count + 1):
        said = {"title": f"关于第{number}条公路的建议", **text}
        made.append(Story(town, **said).submitted().registered())
    return made


def row_of(meeting: AssignmentMeeting, story: Story) -> MeetingCase:
    return meeting.cases.get(suggestion=story.case)


def gathered(town: Town, count: int = 2) -> tuple[AssignmentMeeting, list[Story]]:
    stories, meeting = registered(town, count), planned(town)
    services.gather_cases(meeting=meeting, actor=town.actor("clerk"), at=NOW)
    return meeting, stories


def propose(town: Town, meeting: AssignmentMeeting, *proposals: Proposal) -> int:
    clerk = town.actor("clerk")
    return services.propose(meeting=meeting, actor=clerk, at=NOW, proposals=proposals)


# --- The record


def test_the_record_keeps_who_spoke_and_who_came(town: Town) -> None:
    meeting, clerk = planned(town), town.actor("clerk")
    assert meeting.points == ["部署办理工作", "承办单位表态发言"]
    services.invite_organs(
        meeting=meeting, actor=clerk, at=NOW, organs=[town.education, town.finance, town.education]
    )
    services.invite_organs(meeting=meeting, actor=clerk, at=NOW, organs=[town.finance])
    assert meeting.organs.count() == 2
    told = Notice.objects.get(person=town.person("edu_liaison"), event="meeting.invite")
    assert told.case_key == meeting.key
    education = meeting.organs.get(organ=town.education)
    services.note_attendance(meeting=meeting, actor=clerk, at=NOW, came={education.pk: "郑育才"})
    assert {each.organ.name: each.attended for each in meeting.organs.all()} == {
        "省教育厅": True,
        "省财政厅": False,
    }
    services.add_speech(
        meeting=meeting,
        actor=clerk,
        at=NOW,
        kind="statement",
        speaker="郑育才",
        organ=town.education,
        gist="逐件研究，按期答复。",
    )
    speech = MeetingSpeech.objects.get()
    line = Entry.objects.get(action="meeting.speech")
    assert line.facts == [["suggestions.MeetingSpeech", speech.key, speech.fact_digest()]]
    assert verify_chain(town.congress.key) == []


def test_a_speech_is_never_changed(town: Town) -> None:
    meeting, clerk = planned(town), town.actor("clerk")
    services.add_speech(meeting=meeting, actor=clerk, at=NOW, kind="address", speaker="沈国栋")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingSpeech.objects.update(speaker="别人")


@pytest.mark.parametrize(
    "said", [{"kind": "song", "speaker": "甲"}, {"kind": "address", "speaker": " "}]
)
def test_a_speech_has_a_speaker_and_a_kind(town: Town, said: Any) -> None:
    with pytest.raises(Invalid):
        services.add_speech(meeting=planned(town), actor=town.actor("clerk"), at=NOW, **said)


def test_concluded_nothing_changes(town: Town) -> None:
    meeting, (story, _other) = gathered(town)
    clerk = town.actor("clerk")
    services.conclude_meeting(meeting=meeting, actor=clerk, at=NOW)
    row = row_of(meeting, story)
    changing: list[Any] = [
        lambda: services.gather_cases(meeting=meeting, actor=clerk, at=NOW),
        lambda: propose(town, meeting, Proposal(row=row, lead=town.education)),
        lambda: services.issue_batch(meeting=meeting, actor=clerk, at=NOW),
        lambda: services.drop_case(meeting=meeting, actor=clerk, at=NOW, row=row),
        lambda: services.conclude_meeting(meeting=meeting, actor=clerk, at=NOW),
        lambda: services.invite_organs(
            meeting=meeting, actor=clerk, at=NOW, organs=[town.education]
        ),
        lambda: services.note_attendance(meeting=meeting, actor=clerk, at=NOW, came={}),
        lambda: services.add_speech(
            meeting=meeting, actor=clerk, at=NOW, kind="address", speaker="甲"
        ),
    ]
    for change in changing:
        with pytest.raises(Conflict):
            change()


def test_correcting_the_record_says_what_was_changed_and_nothing_twice(town: Town) -> None:
    meeting = planned(town)
    said: dict[str, Any] = {
        "meeting": meeting,
        "actor": town.actor("clerk"),
        "title": meeting.title,
        "held_on": date(2020, 3, 25),
        "place": "省人民会堂",
        "chair": "沈国栋",
        "agenda": meeting.agenda,
    }
    services.change_meeting(at=NOW, **said)
    services.change_meeting(at=NOW, **said)
    assert Entry.objects.get(action="meeting.change").after == "held_on"
    with pytest.raises(Invalid):
        services.change_meeting(at=NOW, **{**said, "title": " "})


def test_another_congress_s_session_and_organ_are_refused(town: Town) -> None:
    neighbour = town.neighbour()
    session = Session.objects.create(
        congress=neighbour,
        term=town.term,
        ordinal=9,
        name="临海省会议",
        opens_on=TODAY,
        closes_on=TODAY,
    )
    with pytest.raises(Conflict):
        services.plan_meeting(
            actor=town.actor("clerk"), at=NOW, session=session, title="交办会", held_on=TODAY
        )
    meeting = planned(town)
    with pytest.raises(Conflict):
        services.invite_organs(
            meeting=meeting, actor=town.actor("clerk"), at=NOW, organs=[town.neighbour_organ]
        )


# --- Who may


def test_who_holds_who_reads_and_for_whom_it_does_not_exist(town: Town) -> None:
    town.neighbour()
    meeting = planned(town)
    readers = {"clerk", "second_clerk", "leader", "committee"}
    for who in town.posts:
        actor = town.actor(who)
        if who in readers:
            assert meetings.meeting_for(actor, meeting.key) == meeting
        else:
            with pytest.raises(NotFound):
                meetings.meeting_for(actor, meeting.key)
        if who not in {"clerk", "second_clerk"}:
            with pytest.raises(NotPermitted):
                services.conclude_meeting(meeting=meeting, actor=actor, at=NOW)
        if who not in {"clerk", "second_clerk", "government_clerk", "neighbour_clerk"}:
            with pytest.raises(NotPermitted):
                planned(town, who=who)


def test_an_invited_organ_reads_its_own_part_alone(town: Town) -> None:
    meeting, (mine, other) = gathered(town)
    propose(
        town,
        meeting,
        Proposal(row=row_of(meeting, mine), lead=town.education),
        Proposal(row=row_of(meeting, other), lead=town.finance),
    )
    clerk, liaison = town.actor("clerk"), town.actor("edu_liaison")
    services.invite_organs(
        meeting=meeting, actor=clerk, at=NOW, organs=[town.education, town.finance]
    )
    found = meetings.meeting_for(liaison, meeting.key)
    assert [row.suggestion for row in meetings.batch(liaison, found)] == [mine.case]
    organ, paper = present.notice_for(liaison, found, town.education.key, link="")
    assert organ == town.education
    with pytest.raises(NotFound):
        present.notice_for(liaison, found, town.finance.key, link="")
    assert paper.organ == "省人大常委会联络工作委员会"


# --- The batch


def test_what_waits_comes_in_once_as_the_filter_says(town: Town) -> None:
    stories, meeting, clerk = registered(town, 3), planned(town), town.actor("clerk")
    stories[2].assigned()
    assert services.gather_cases(meeting=meeting, actor=clerk, at=NOW, category="health") == 0
    assert (
        services.gather_cases(
            meeting=meeting, actor=clerk, at=NOW, raised="between_sessions", category="education"
        )
        == 2
    )
    assert services.gather_cases(meeting=meeting, actor=clerk, at=NOW) == 0
    # What lies in an open batch is not taken into another.
    assert services.gather_cases(meeting=planned(town), actor=clerk, at=NOW) == 0
    services.conclude_meeting(meeting=meeting, actor=clerk, at=NOW)
    assert services.gather_cases(meeting=planned(town), actor=clerk, at=NOW) == 2


def test_the_organ_the_deputy_named_is_proposed(town: Town) -> None:
    named, vague = registered(town, 2)
    wished = registered(town, 1, organ_hint="省财政厅")[0]
    unknown = registered(town, 1, organ_hint="省外太空厅")[0]
    meeting = planned(town)
    services.gather_cases(meeting=meeting, actor=town.actor("clerk"), at=NOW)
    assert {each.row.suggestion for each in ProposedCharge.objects.all()} == {wished.case}
    assert named.case != vague.case != unknown.case


def test_a_whole_batch_is_issued_and_what_is_refused_is_told(town: Town) -> None:
    meeting, stories = gathered(town, 4)
    first, second, third, fourth = (row_of(meeting, story) for story in stories)
    assert (
        propose(
            town,
            meeting,
            Proposal(row=first, lead=town.education),
            Proposal(
                row=second, lead=town.education, helpers=(town.finance, town.education), wide=True
            ),
            Proposal(row=third, lead=town.finance),
            Proposal(row=fourth, lead=None),
        )
        == 3
    )
    # Withdrawn meanwhile: it cannot be assigned.
    services.agree_to_withdraw(case=stories[2].case, actor=town.actor("zhao"), at=NOW)
    services.withdraw(case=stories[2].case, actor=town.actor("lin"), at=NOW, why="已解决。")

    clerk = town.actor("clerk")
    done = services.issue_batch(meeting=meeting, actor=clerk, at=NOW)
    assert (done.assigned, done.refused, done.left) == (2, 1, 0)
    roles = Assignment.objects.order_by("pk").values_list("organ__name", "role", "wide")
    assert list(roles) == [
        ("省教育厅", HandlingRole.SOLE, False),
        ("省教育厅", HandlingRole.LEAD, True),
        ("省财政厅", HandlingRole.CO, True),
    ]
    third.refresh_from_db()
    assert third.issued_at is None
    assert third.refusal
    stories[3].case.refresh_from_db()
    assert stories[3].case.stage == Stage.REGISTERED
    again = services.issue_batch(meeting=meeting, actor=clerk, at=NOW)
    assert (again.assigned, again.refused) == (0, 0)
    shown = present.progress(meeting)
    assert (shown.cases, shown.issued, shown.refused, shown.ready) == (4, 2, 1, 0)
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_it_is_issued_in_parts_and_goes_on_where_it_stopped(town: Town) -> None:
    meeting, stories = gathered(town, 5)
    propose(
        town,
        meeting,
        *(Proposal(row=row_of(meeting, each), lead=town.education) for each in stories),
    )
    lefts = []
    while True:
        done = services.issue_batch(meeting=meeting, actor=town.actor("clerk"), at=NOW, at_once=2)
        lefts.append((done.assigned, done.left))
        if not done.left:
            break
    assert lefts == [(2, 3), (2, 1), (1, 0)]


def test_a_changed_proposal_is_tried_again(town: Town) -> None:
    meeting, (story, _other) = gathered(town)
    row = row_of(meeting, story)
    clerk = town.actor("clerk")
    propose(town, meeting, Proposal(row=row, lead=town.education))
    type(town.education).objects.filter(pk=town.education.pk).update(until=date(2020, 3, 1))
    assert services.issue_batch(meeting=meeting, actor=clerk, at=NOW).refused == 1
    propose(town, meeting, Proposal(row=row, lead=town.finance))
    assert services.issue_batch(meeting=meeting, actor=clerk, at=NOW).assigned == 1


def test_an_issued_case_is_not_proposed_or_dropped(town: Town) -> None:
    meeting, (story, other) = gathered(town)
    row, clerk = row_of(meeting, story), town.actor("clerk")
    propose(town, meeting, Proposal(row=row, lead=town.education))
    services.issue_batch(meeting=meeting, actor=clerk, at=NOW)
    assert propose(town, meeting, Proposal(row=row, lead=town.finance)) == 0
    with pytest.raises(Conflict):
        services.drop_case(meeting=meeting, actor=clerk, at=NOW, row=row)
    services.drop_case(meeting=meeting, actor=clerk, at=NOW, row=row_of(meeting, other))
    assert meeting.cases.count() == 1


def test_the_database_keeps_one_in_charge_and_each_organ_once(town: Town) -> None:
    meeting, (story, _other) = gathered(town)
    row = row_of(meeting, story)
    ProposedCharge.objects.create(row=row, organ=town.education, role=HandlingRole.LEAD)
    for organ, role in ((town.finance, "lead"), (town.education, "co"), (town.finance, "separate")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProposedCharge.objects.create(row=row, organ=organ, role=role)


# --- An office's concentrated meeting


def test_the_government_office_holds_its_own_over_what_it_was_handed(town: Town) -> None:
    follow_offices(town)
    handed, _kept = registered(town, 2)
    handed.handed_over()
    office = town.actor("government_clerk")
    meeting = planned(town, who="government_clerk")
    assert meeting.office == town.government_office
    assert services.gather_cases(meeting=meeting, actor=office, at=NOW) == 1
    row = row_of(meeting, handed)
    services.propose(
        meeting=meeting, actor=office, at=NOW, proposals=[Proposal(row=row, lead=town.education)]
    )
    done = services.issue_batch(meeting=meeting, actor=office, at=NOW + timedelta(days=1))
    assert done.assigned == 1
    assert meetings.meeting_for(town.actor("leader"), meeting.key) == meeting
    assert meetings.meeting_for(town.actor("clerk"), meeting.key) == meeting
    with pytest.raises(NotPermitted):
        services.issue_batch(meeting=meeting, actor=town.actor("clerk"), at=NOW)
    assert True
    organ_notice = services.invite_organs(
        meeting=meeting, actor=office, at=NOW, organs=[town.education]
    )
    assert len(organ_notice) == 1
    _organ, paper = present.notice_for(office, meeting, town.education.key, link="")
    assert paper.organ == "省人民政府办公厅"


def test_an_office_next_door_reads_and_keeps_nothing(town: Town) -> None:
    follow_offices(town)
    meeting = planned(town, who="government_clerk")
    town.neighbour()
    town.hire("loose", name="何散", role=Role.GOVERNMENT_CLERK)
    for who in ("neighbour_clerk", "loose", "edu_liaison"):
        with pytest.raises(NotFound):
            meetings.meeting_for(town.actor(who), meeting.key)
        with pytest.raises(NotPermitted):
            services.conclude_meeting(meeting=meeting, actor=town.actor(who), at=NOW)


# --- Papers


def test_the_notice_lists_the_organ_s_cases(town: Town) -> None:
    meeting, stories = gathered(town, 2)
    propose(
        town,
        meeting,
        Proposal(row=row_of(meeting, stories[0]), lead=town.education, helpers=(town.finance,)),
        Proposal(row=row_of(meeting, stories[1]), lead=town.finance),
    )
    clerk = town.actor("clerk")
    services.invite_organs(
        meeting=meeting,
        actor=clerk,
        at=NOW,
        organs=[*meetings.named_organs(meeting), town.organisation_department],
    )
    made = {organ.name: paper for organ, paper in present.every_notice(meeting, link="")}
    assert set(made) == {"省教育厅", "省财政厅", "省委组织部"}
    paper = made["省财政厅"]
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["1", "1", "关于第1条公路的建议", "会办"],
        ["2", "2", "关于第2条公路的建议", "独办"],
    ]
    words = "".join(each.text for each in paper.blocks if isinstance(each, Paragraph))
    assert "现定于2020年3月20日召开代表建议交办会" in words
    assert "（1）部署办理工作" in words
    assert "拟交你单位承办的代表建议共2件，见附件。" in words
    none_meant = made["省委组织部"]
    assert not [block for block in none_meant.blocks if isinstance(block, Table)]
    assert to_word(paper)[:2] == b"PK"


def test_a_reference_paper_is_kept_with_the_meeting(town: Town) -> None:
    meeting = planned(town)
    file: Any = ContentFile(files.pdf(b"guide"))
    services.attach_paper(
        meeting=meeting, actor=town.actor("clerk"), at=NOW, file=file, name="业务指导参考资料.pdf"
    )
    assert [each.name for each in present.files(meeting)] == ["业务指导参考资料.pdf"]
