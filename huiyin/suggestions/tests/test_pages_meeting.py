"""The pages of assignment meetings: written by their keeper, read by leaders, strange to others."""

from __future__ import annotations

import html
import io
import zipfile
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.documents.tests import files
from huiyin.suggestions.models import AssignmentMeeting, ProposedCharge
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.test_meeting import registered

pytestmark = pytest.mark.django_db
MEETING = {
    "title": "省十三届人大三次会议代表建议交办会",
    "held_on": "2020年3月20日",
    "place": "省人民会堂",
    "chair": "沈国栋",
    "agenda": "部署办理工作\n承办单位表态发言",
}


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def held(town: Town, reader: Reader) -> AssignmentMeeting:
    said = {**MEETING, "session": town.session.key}
    assert reader.post("meeting_new", said=said).status_code == 302
    return AssignmentMeeting.objects.latest("pk")


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_a_clerk_holds_a_meeting_from_first_to_last(town: Town) -> None:
    stories, clerk = registered(town, 3), Reader(town, "clerk")
    assert "还没有交办会" in text_of(clerk.get("meetings"))
    meeting = held(town, clerk)
    assert clerk.post("meeting_gather", meeting.key, said={}).status_code == 302
    page = text_of(clerk.get("meeting", meeting.key))
    assert "已交办 0 件，共 3 件" in page
    assert "3 件建议已列入本批" in page

    first, second, third = (story.case.key for story in stories)
    typed = {
        f"lead_{first}": "教育厅",
        f"co_{first}": "省财政厅、",
        f"lead_{second}": "省外太空厅",
        f"wide_{second}": "1",
        f"lead_{third}": "",
    }
    wrong = clerk.post("meeting_batch", meeting.key, said=typed)
    assert wrong.status_code == 422
    assert "省外太空厅" in text_of(wrong)
    assert ProposedCharge.objects.filter(row__suggestion__key=first).count() == 2
    right = clerk.post("meeting_batch", meeting.key, said={**typed, f"lead_{second}": "省财政厅"})
    assert right.status_code == 302
    assert 'value="省财政厅"' in text_of(clerk.get("meeting_batch", meeting.key))

    invite = {"organs": "省委组织部", "from_batch": "on"}
    assert clerk.post("meeting_organs", meeting.key, said=invite).status_code == 302
    assert meeting.organs.count() == 3
    done = clerk.post("meeting_issue", meeting.key)
    assert done.status_code == 302
    page = text_of(clerk.get("meeting", meeting.key))
    assert "已交办 2 件，共 3 件" in page
    assert "未拟定承办单位 1 件" in page
    stories[0].case.refresh_from_db()
    assert stories[0].case.stage == Stage.IN_HANDLING

    came = {"came": town.education.key, f"attendee_{town.education.key}": "郑育才"}
    assert clerk.post("meeting_attendance", meeting.key, said=came).status_code == 302
    speech = {"kind": "statement", "speaker": "郑育才", "organ": "省教育厅", "gist": "按期答复。"}
    assert clerk.post("meeting_speech", meeting.key, said=speech).status_code == 302
    page = text_of(clerk.get("meeting", meeting.key))
    assert "表态发言" in page
    assert "按期答复。" in page
    assert clerk.post("meeting_drop", meeting.key, said={"case": third}).status_code == 302
    assert clerk.post("meeting_conclude", meeting.key).status_code == 302
    page = text_of(clerk.get("meeting", meeting.key))
    assert "已办结" in page
    assert "记录发言" not in page
    assert "已交办" in text_of(clerk.get("meetings"))


def test_sent_twice_the_batch_is_issued_once(town: Town) -> None:
    (story,), clerk = registered(town, 1), Reader(town, "clerk")
    meeting = held(town, clerk)
    clerk.post("meeting_gather", meeting.key)
    clerk.post("meeting_batch", meeting.key, said={f"lead_{story.case.key}": "省教育厅"})
    once = {"once": "A" * 22}
    for _time in range(2):
        assert clerk.post("meeting_issue", meeting.key, said=once).status_code == 302
    assert story.case.acts.filter(move="assign").count() == 1


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("meeting_organs", {"organs": "省教育厅\n省外太空厅"}, "省外太空厅"),
        (
            "meeting_speech",
            {"kind": "statement", "speaker": "", "gist": "按期答复。"},
            "按期答复。",
        ),
        (
            "meeting_speech",
            {"kind": "address", "speaker": "甲", "organ": "省外太空厅"},
            "省外太空厅",
        ),
        ("meeting_gather", {"raised": "someday"}, "列入本批"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(
    town: Town, name: str, said: dict[str, str], kept: str
) -> None:
    clerk = Reader(town, "clerk")
    meeting = held(town, clerk)
    answer = clerk.post(name, meeting.key, said=said)
    assert answer.status_code == 422
    assert kept in text_of(answer)
    assert not meeting.organs.exists()
    assert not meeting.speeches.exists()


@pytest.mark.parametrize(
    "wrong", [{"held_on": "2020-02-31"}, {"title": " "}, {"session": "x"}, {"title": "长" * 121}]
)
def test_a_meeting_that_cannot_be_is_not_entered(town: Town, wrong: dict[str, str]) -> None:
    said = {**MEETING, "session": town.session.key, **wrong}
    answer = Reader(town, "clerk").post("meeting_new", said=said)
    assert answer.status_code == 422
    assert "部署办理工作" in text_of(answer)
    assert not AssignmentMeeting.objects.exists()


def test_the_latest_meeting_stands_first(town: Town) -> None:
    clerk = Reader(town, "clerk")
    for title, day in (
        ("第二次", "2020-04-01"),
        ("第三次", "2020-05-01"),
        ("第一次", "2020-03-01"),
    ):
        said = {**MEETING, "session": town.session.key, "title": title, "held_on": day}
        clerk.post("meeting_new", said=said)
    page = text_of(clerk.get("meetings"))
    assert page.index("第三次") < page.index("第二次") < page.index("第一次")


def test_the_record_is_corrected(town: Town) -> None:
    clerk = Reader(town, "clerk")
    meeting = held(town, clerk)
    assert "省人民会堂" in text_of(clerk.get("meeting_edit", meeting.key))
    said = {**MEETING, "place": "省委礼堂", "held_on": "2020-03-25"}
    assert clerk.post("meeting_edit", meeting.key, said=said).status_code == 302
    assert "省委礼堂" in text_of(clerk.get("meeting", meeting.key))
    wrong = clerk.post("meeting_edit", meeting.key, said={**said, "held_on": "明天"})
    assert wrong.status_code == 422


def test_leaders_read_and_write_nothing(town: Town) -> None:
    meeting = held(town, Reader(town, "clerk"))
    for who in ("leader", "committee"):
        reader = Reader(town, who)
        assert meeting.title in text_of(reader.get("meetings"))
        page = reader.get("meeting", meeting.key)
        assert page.status_code == 200
        batch = reader.get("meeting_batch", meeting.key)
        for shown in (page, batch):
            assert "<form" not in text_of(shown).split("<main")[1].split("</main>")[0]
        for name in ("gather", "organs", "speech", "issue", "conclude", "attendance", "drop"):
            assert reader.post(f"meeting_{name}", meeting.key).status_code == 403
        assert reader.get("meeting_edit", meeting.key).status_code == 403
        assert reader.post("meeting_new", said=MEETING).status_code == 403


def test_to_others_it_does_not_exist(town: Town) -> None:
    town.neighbour()
    meeting = held(town, Reader(town, "clerk"))
    for who in ("lin", "edu_liaison", "government_clerk", "electing_liaison", "neighbour_clerk"):
        reader = Reader(town, who)
        for name in ("meeting", "meeting_batch", "meeting_edit", "meeting_letters"):
            assert reader.get(name, meeting.key).status_code == 404, (who, name)
        assert reader.post("meeting_issue", meeting.key).status_code == 404


def test_the_invited_organ_opens_its_notice_and_no_other(town: Town) -> None:
    (story,), clerk = registered(town, 1), Reader(town, "clerk")
    meeting = held(town, clerk)
    clerk.post("meeting_gather", meeting.key)
    clerk.post("meeting_batch", meeting.key, said={f"lead_{story.case.key}": "省教育厅"})
    clerk.post("meeting_organs", meeting.key, said={"organs": "省教育厅\n省财政厅"})
    liaison = Reader(town, "edu_liaison")
    page = text_of(liaison.get("meeting", meeting.key))
    assert "拟交你单位承办" in page
    assert story.case.title in page
    own = liaison.get("meeting_letter", meeting.key, town.education.key, "docx")
    assert own.status_code == 200
    assert b"".join(own.streaming_content)[:2] == b"PK"
    pdf = clerk.get("meeting_letter", meeting.key, town.finance.key, "pdf")
    assert b"".join(pdf.streaming_content)[:4] == b"%PDF"
    others = liaison.get("meeting_letter", meeting.key, town.finance.key, "docx")
    assert others.status_code == 404
    assert clerk.get("meeting_letter", meeting.key, town.finance.key, "exe").status_code == 404
    assert liaison.get("meeting_batch", meeting.key).status_code == 404


def test_all_notices_lie_in_one_file(town: Town) -> None:
    clerk = Reader(town, "clerk")
    meeting = held(town, clerk)
    clerk.post("meeting_organs", meeting.key, said={"organs": "省教育厅\n省财政厅"})
    answer = clerk.get("meeting_letters", meeting.key)
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert sorted(packed.namelist()) == ["省教育厅.docx", "省财政厅.docx"]


def test_reference_papers_are_attached_and_read(town: Town) -> None:
    clerk = Reader(town, "clerk")
    meeting = held(town, clerk)
    file = ContentFile(files.pdf(b"guide"), name="参考资料.pdf")
    assert clerk.post("meeting_attach", meeting.key, said={"file": file}).status_code == 302
    page = text_of(Reader(town, "leader").get("meeting", meeting.key))
    assert "参考资料.pdf" in page
    assert clerk.post("meeting_attach", meeting.key, said={}).status_code == 422


def test_the_table_of_the_batch_asks_no_more_for_more_rows(town: Town) -> None:
    clerk = Reader(town, "clerk")
    counted = []
    for count in (2, 6):
        stories, meeting = registered(town, count), held(town, clerk)
        clerk.post("meeting_gather", meeting.key)
        said = {f"lead_{story.case.key}": "省教育厅" for story in stories}
        clerk.post("meeting_batch", meeting.key, said=said)
        url = reverse("suggestions:meeting_batch", args=[meeting.key])
        clerk.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            clerk.client.get(url)
        counted.append(len(queries))
        clerk.post("meeting_issue", meeting.key)
    assert counted[0] == counted[1]
