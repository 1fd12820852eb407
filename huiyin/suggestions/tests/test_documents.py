"""The official documents of a case: who may have which, and that they say what is on record."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from huiyin.accounts.tests.town import NOW, Town
from huiyin.documents.tests.sheets import text_of
from huiyin.suggestions import services
from huiyin.suggestions.letters.kinds import Ending, LetterKind
from huiyin.suggestions.presenters import documents
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.letters import URGING
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

EVERYBODY = (
    *("lin", "zhao", "zhou", "clerk", "government_clerk", "committee", "leader"),
    *("electing_liaison", "edu_liaison", "edu_handler", "edu_checker", "edu_head"),
    *("fin_liaison", "fin_handler", "fin_head"),
)
EDUCATION = {"edu_liaison", "edu_handler", "edu_checker", "edu_head"}
FINANCE = {"fin_liaison", "fin_handler", "fin_head"}
OFFICES = {"clerk", "government_clerk"}
SIGNERS = {"lin", "zhao"}
SEE_THE_CASE = EDUCATION | FINANCE | OFFICES | SIGNERS | {"committee", "leader", "electing_liaison"}

# Written by hand: document, of which organ's part, in which place, who has it.
GIVEN: dict[tuple[str, str, str], set[str]] = {
    ("assignment", "education", "opinion given"): OFFICES | EDUCATION,
    ("assignment", "finance", "opinion given"): OFFICES | FINANCE,
    ("co-opinion", "finance", "opinion given"): SEE_THE_CASE - SIGNERS - {"electing_liaison"},
    ("co-opinion", "education", "opinion given"): set(),
    ("reply", "education", "opinion given"): set(),
    ("reply", "education", "signed"): EDUCATION,
    ("consultation", "education", "signed"): EDUCATION,
    ("reply", "education", "delivered"): SEE_THE_CASE,
    ("consultation", "education", "delivered"): OFFICES | EDUCATION | SIGNERS,
    ("consultation", "finance", "delivered"): set(),
    ("reply", "finance", "delivered"): set(),
}


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def opinion_given(town: Town) -> Story:
    story = Story(town).submitted().registered().assigned()
    return story.acknowledged().co_acknowledged().opinion_given()


PLACES = {
    "opinion given": opinion_given,
    "signed": lambda town: opinion_given(town).sent_to_check().checked().signed(),
    "delivered": lambda town: opinion_given(town).sent_to_check().checked().signed().delivered(),
}


def fetched(reader: Reader, story: Story, kind: str, *, organ: str, ending: str) -> Any:
    answer = reader.get("document", story.part(organ).key, kind, ending)
    if answer.status_code != 200:
        return None
    body = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return answer, body


@pytest.mark.parametrize("place", PLACES)
def test_each_document_is_there_for_those_it_is_written_for(town: Town, place: str) -> None:
    story = PLACES[place](town)
    readers = {who: Reader(town, who) for who in EVERYBODY}
    for (kind, organ, where), given in GIVEN.items():
        if where == place:
            have = {
                who
                for who, reader in readers.items()
                if fetched(reader, story, kind, organ=organ, ending="docx")
            }
            assert have == given, (kind, organ)


@pytest.mark.parametrize("who", ["lin", "clerk", "edu_head", "fin_liaison", "leader", "committee"])
def test_the_page_offers_what_can_be_had_and_nothing_else(town: Town, who: str) -> None:
    story = PLACES["delivered"](town)
    reader = Reader(town, who)
    page = reader.get("case", story.case.key).content.decode()
    for organ in ("education", "finance"):
        for kind in LetterKind:
            for ending in Ending:
                path = f"/suggestions/part/{story.part(organ).key}/document/{kind}.{ending}"
                offered = f'href="{path}"' in page
                had = fetched(reader, story, kind, organ=organ, ending=ending) is not None
                assert offered == had, (organ, kind, ending)


def test_what_is_no_document_is_not_there(town: Town) -> None:
    story = opinion_given(town)
    clerk = Reader(town, "clerk")
    key = story.part().key
    for kind, ending in (("assignment", "doc"), ("passwords", "docx"), ("ASSIGNMENT", "pdf")):
        assert clerk.get("document", key, kind, ending).status_code == 404


def paragraphs(body: bytes) -> list[tuple[str, str]]:
    made: Any = Document(io.BytesIO(body))
    said = ((each.style.name, each.text.replace("\n", "")) for each in made.paragraphs)
    return [each for each in said if each[1]]


def test_the_reply_letter_says_what_was_signed(town: Town) -> None:
    story = PLACES["delivered"](town)
    answer, body = fetched(Reader(town, "lin"), story, "reply", organ="education", ending="docx")
    number = story.part().suggestion.number
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert paragraphs(body) == [
        ("函件发文字号", "〔　　　　〕　　号"),
        ("公文标题", f"关于岳川省第十三届人民代表大会第三次会议第{number}号建议的答复"),
        ("主送机关", "林晓岚等2名代表："),
        ("一级标题", "一、关于“在新区规划两所公办幼儿园”"),
        ("公文正文", "已列入今年计划。"),
        ("一级标题", "二、关于“今年秋季前开通接送专线”"),
        ("公文正文", "已列入今年计划。"),
        ("一级标题", "三、会办单位意见"),
        ("公文正文", "省财政厅：经费已列入年初预算。"),
        ("公文正文", "上述意见已采纳。"),
        ("附件说明", "附件：代表建议办理情况征询意见表"),
        ("发文机关署名", "省教育厅"),
        ("成文日期", "2020年3月2日"),
        ("附注", "（联系人：　联系电话：）"),
    ]
    head = Document(io.BytesIO(body)).sections[0].first_page_header.paragraphs
    assert [each.text for each in head[:2]] == [story.best_class(), "省教育厅"]


def test_word_and_pdf_are_of_one_text_and_the_same_each_time(town: Town) -> None:
    story = PLACES["delivered"](town)
    clerk = Reader(town, "clerk")
    for kind in ("assignment", "reply", "consultation"):
        both = {
            ending: fetched(clerk, story, kind, organ="education", ending=ending)[1]
            for ending in ("docx", "pdf")
        }
        for ending, body in both.items():
            again = fetched(clerk, story, kind, organ="education", ending=ending)[1]
            assert again == body, (kind, ending)
        printed = text_of(both["pdf"])
        for _style, text in paragraphs(both["docx"]):
            plain = "".join(text.split())
            assert sorted(plain) == sorted(letter for letter in plain if letter in printed), (
                kind,
                text,
            )
        assert len(PdfDocument(both["pdf"])) >= 1


def test_the_assignment_letter_names_roles_and_days_from_the_record(town: Town) -> None:
    story = opinion_given(town)
    _answer, body = fetched(
        Reader(town, "edu_liaison"), story, "assignment", organ="education", ending="docx"
    )
    said = paragraphs(body)
    part = story.part()
    assert part.due_on is not None
    due = f"{part.due_on.year}年{part.due_on.month}月{part.due_on.day}日"
    text = "\n".join(each for _style, each in said)
    assert "主办单位：省教育厅；会办单位：省财政厅。" in text
    assert f"请于{due}前书面答复代表。" in text
    office = [style for style, each in said if each == "省人大常委会联络工作委员会"]
    assert office == ["发文机关标志", "发文机关署名"]
    _answer, body = fetched(
        Reader(town, "fin_liaison"), story, "assignment", organ="finance", ending="docx"
    )
    assert "前将会办意见送主办单位。" in "\n".join(text for _style, text in paragraphs(body))


def test_the_consultation_form_asks_in_the_grades_of_the_rulebook(town: Town) -> None:
    story = PLACES["delivered"](town)
    _answer, body = fetched(
        Reader(town, "lin"), story, "consultation", organ="education", ending="docx"
    )
    (table,) = Document(io.BytesIO(body)).tables
    said = {row.cells[0].text: row.cells[1].text for row in table.rows}
    grades = "□很满意　□满意　□基本满意　□不满意"
    assert [text for label, text in said.items() if label.startswith("对") and text] == [grades] * 2
    assert said["建议编号"] == f"第{story.part().suggestion.number}号"


def test_a_reformed_organ_s_old_letters_keep_its_old_name(town: Town) -> None:
    story = opinion_given(town)
    organ = town.education
    organ.former_names.create(name="省教育委员会", until=NOW.date())
    _answer, body = fetched(
        Reader(town, "clerk"), story, "assignment", organ="education", ending="docx"
    )
    assert ("主送机关", "省教育委员会：") in paragraphs(body)


def test_who_asks_for_more_time_and_who_grants_it_have_the_letter(town: Town) -> None:
    story = opinion_given(town)
    part = story.part()
    was_due = part.due_on
    services.ask_extension(
        assignment=part,
        actor=town.actor("edu_liaison"),
        at=NOW,
        until=date(2020, 8, 15),
        why="需要会同三个部门实地调研。",
    )
    have = {
        who: fetched(Reader(town, who), story, "extension", organ="education", ending="docx")
        for who in ("edu_handler", "clerk", "fin_liaison", "lin", "leader")
    }
    assert {who for who, found in have.items() if found} == {"edu_handler", "clerk"}
    said = [text for style, text in paragraphs(have["clerk"][1]) if style == "公文正文"]
    assert was_due is not None
    assert said[0].endswith(
        f"办理期限为{was_due.year}年{was_due.month}月{was_due.day}日。现延期至2020年8月15日答复代表。"
    )
    assert said[1] == "需要会同三个部门实地调研。"


def test_a_room_above_offers_its_own_letter_on_the_page_of_the_case(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_others", {})
    documents.register(
        documents.OtherLetter(
            kind="inspection",
            label="Inspection notice",
            is_open=lambda file, part: file.sight.charges and part.role == "lead",
            paper=lambda _file, _part, link: replace(
                URGING, matter=replace(URGING.matter, link=link)
            ).paper(),
        )
    )
    story = opinion_given(town)
    clerk, deputy = Reader(town, "clerk"), Reader(town, "lin")
    path = f"/suggestions/part/{story.part().key}/document/inspection.docx"
    assert path in clerk.get("case", story.case.key).content.decode()
    assert fetched(clerk, story, "inspection", organ="education", ending="docx")
    assert path not in deputy.get("case", story.case.key).content.decode()
    assert deputy.get("document", story.part().key, "inspection", "docx").status_code == 404
    assert clerk.get("document", story.part("finance").key, "inspection", "docx").status_code == 404
    with pytest.raises(ValueError, match="reply"):
        documents.register(replace(documents._others["inspection"], kind="reply"))
