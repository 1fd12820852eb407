"""The pages of co-handling: written, judged and signed there, with everything typed kept."""

from __future__ import annotations

import html
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.ids import new_key
from huiyin.organisations.models import RuleChoice
from huiyin.suggestions import services
from huiyin.suggestions.models import (
    Assignment,
    CoOpinion,
    Countersignature,
    OpinionDraft,
    OpinionMarked,
)
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.situations import Story, follow_countersigning

pytestmark = pytest.mark.django_db

GIVEN = {
    "text": "已安排专项资金820万元。",
    "will_do": "九月底前拨付到位。",
    "advice": "建议写明拨付时间。",
    "signed_by": "方副厅长",
}


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


@pytest.fixture
def story(town: Town) -> Story:
    return Story(town).submitted().registered().assigned().acknowledged().co_acknowledged()


def shown(reader: Reader, part: Assignment) -> str:
    answer = reader.get("co_part", part.key)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


# --- The opinion


def test_the_page_tells_what_is_asked_whom_to_call_and_until_when(town: Town, story: Story) -> None:
    story.planned()
    page = shown(Reader(town, "fin_handler"), story.part("finance"))
    for said in (
        "在新区规划两所公办幼儿园",
        "今年秋季前开通接送专线",
        "省教育厅",
        "基础教育处",
        "何晓",
        town.person("edu_liaison").name,
        "2020年5月2日",
        'name="will_do"',
        'name="advice"',
    ):
        assert said in page, said
    for who in ("lin", "electing_liaison", "neighbour_clerk"):
        if who == "neighbour_clerk":
            town.neighbour()
        assert Reader(town, who).get("co_part", story.part("finance").key).status_code == 404
    # The lead organ's own part is no co-handling.
    assert Reader(town, "edu_liaison").get("co_part", story.part().key).status_code == 404


def test_it_is_given_from_its_page_in_three_sections(town: Town, story: Story) -> None:
    part = story.part("finance")
    answer = Reader(town, "fin_handler").takes_on(part, "give_opinion", **GIVEN)
    assert answer.status_code == 302
    given = CoOpinion.objects.get()
    assert {name: getattr(given, name) for name in GIVEN} == GIVEN
    page = shown(Reader(town, "edu_handler"), part)
    assert "下一步打算" in page
    assert "建议写明拨付时间。" in page


def test_what_is_typed_is_kept_on_the_server(town: Town, story: Story) -> None:
    part, handler = story.part("finance"), Reader(town, "fin_handler")
    said = {"text": "写了一半", "typed": "0", "revision": "0"}
    answer = handler.post("opinion_autosave", part.key, said=said)
    assert answer.json()["fields"] == {"typed": 1}
    # Sent again because the answer was lost: no mistake, and nothing doubled.
    assert handler.post("opinion_autosave", part.key, said=said).json()["fields"] == {"typed": 1}
    assert "写了一半" in shown(Reader(town, "fin_liaison"), part)
    # The draft is the organ's own.
    assert "写了一半" not in shown(Reader(town, "edu_handler"), part)


def test_two_who_write_at_once_compare_and_lose_nothing(town: Town, story: Story) -> None:
    part = story.part("finance")
    first, second = Reader(town, "fin_handler"), Reader(town, "fin_liaison")
    first.post("co_part", part.key, said={**GIVEN, "typed": "0", "revision": "0"})
    other = {**GIVEN, "text": "另一种写法", "typed": "0", "revision": "0"}
    assert second.post("opinion_autosave", part.key, said=other).status_code == 409
    answer = second.post("co_part", part.key, said=other)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "已安排专项资金820万元。" in page
    assert "另一种写法" in page
    assert 'name="typed" value="1"' in page
    kept = {**other, "typed": "1"}
    assert second.post("co_part", part.key, said=kept).status_code == 302
    assert OpinionDraft.objects.get().content["text"] == "另一种写法"
    # Giving an opinion over a colleague's newer text is no way round it.
    url_said = {**GIVEN, "typed": "1", "revision": "0", "seen": "0"}
    answer = first.post("part_step", part.key, "give_opinion", said=url_said)
    assert answer.status_code == 409
    assert "已安排专项资金820万元。" in answer.content.decode()
    assert not CoOpinion.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n　"])
def test_an_empty_opinion_is_refused_with_everything_else_kept(
    town: Town, story: Story, text: str
) -> None:
    said = {**GIVEN, "text": text}
    answer = Reader(town, "fin_handler").takes_on(story.part("finance"), "give_opinion", **said)
    assert answer.status_code == 422
    assert "九月底前拨付到位。" in answer.content.decode()
    assert not CoOpinion.objects.exists()


def test_hints_stand_before_both_organs_and_decide_nothing(town: Town, story: Story) -> None:
    part = story.part("finance")
    handler = Reader(town, "fin_handler")
    empty = {**GIVEN, "text": "无意见。", "will_do": "", "advice": ""}
    handler.post("co_part", part.key, said={**empty, "typed": "0", "revision": "0"})
    assert "可能缺少实质内容" in shown(handler, part)
    assert handler.takes_on(part, "give_opinion", **empty).status_code == 302
    assert "含有空泛用语：“无意见”" in shown(Reader(town, "edu_handler"), part)


# --- Judged


def test_the_lead_returns_it_once_and_both_opinions_stand_there(town: Town, story: Story) -> None:
    story.opinion_given()
    part, lead = story.part("finance"), Reader(town, "edu_handler")
    assert "省财政厅须在2020年3月9日前重新提出意见" in shown(lead, part)
    answer = lead.takes_on(part, "return_opinion", reason="没有写明金额。")
    assert answer.status_code == 302
    helper = Reader(town, "fin_handler")
    page = shown(helper, part)
    assert "没有写明金额。" in page
    assert "2020年3月9日" in page
    assert helper.takes_on(part, "give_opinion", **GIVEN).status_code == 302
    page = shown(lead, part)
    assert "经费已列入年初预算。" in page
    assert GIVEN["text"] in page
    assert "退回会办意见" not in page


def test_a_mark_without_reason_is_refused_and_the_choice_kept(town: Town, story: Story) -> None:
    story.opinion_given()
    part, lead = story.part("finance"), Reader(town, "edu_handler")
    answer = lead.takes_on(part, "mark_opinion", mark="not_adopted", reason="  ")
    assert answer.status_code == 422
    assert "未全部采纳的，请说明理由" in answer.content.decode()
    assert not OpinionMarked.objects.exists()
    answer = lead.takes_on(part, "mark_opinion", mark="partly", reason="资金分两年安排。")
    assert answer.status_code == 302
    for who in ("fin_liaison", "clerk"):
        page = shown(Reader(town, who), part)
        assert "部分采纳" in page
        assert "资金分两年安排。" in page


def test_the_lead_is_led_there_from_the_case_and_from_the_reply(town: Town, story: Story) -> None:
    story.opinion_given().heard()
    part, lead = story.part("finance"), Reader(town, "edu_handler")
    case = html.unescape(lead.get("case", story.case.key).content.decode())
    assert "标明省财政厅会办意见的采纳情况" in case
    reply = html.unescape(lead.get("reply", story.part().key).content.decode())
    assert "请先标明省财政厅会办意见的采纳情况" in reply
    assert f"/suggestions/part/{part.key}/opinion/" in reply
    # He may go on writing; only sending waits.
    assert "起草答复" in case or "撰写答复" in case or "/reply/" in case


# --- In the reply


def test_the_deputy_reads_what_became_of_the_opinion(town: Town, story: Story) -> None:
    Reader(town, "fin_handler").takes_on(story.part("finance"), "give_opinion", **GIVEN)
    Reader(town, "edu_handler").takes_on(
        story.part("finance"), "mark_opinion", mark="partly", reason="资金分两年安排。"
    )
    story.sent_to_check().checked().signed().delivered()
    lin = Reader(town, "lin")
    for name, key in (("letter", story.part().key), ("case", story.case.key)):
        page = html.unescape(lin.get(name, key).content.decode())
        assert "省财政厅会办意见：部分采纳" in page
        assert "资金分两年安排。" in page
        assert GIVEN["will_do"] in page
        # Advice passes between the organs alone.
        assert GIVEN["advice"] not in page
    file = lin.get("document", story.part().key, "reply", "docx")
    words = [each.text for each in Document(io.BytesIO(b"".join(file))).paragraphs]
    assert "省财政厅：已安排专项资金820万元。" in words
    assert "上述意见部分采纳，理由：资金分两年安排。" in words
    assert not any(GIVEN["advice"] in each for each in words)


def test_an_absent_organ_is_printed_in_the_reply(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={"cohandle.awaited": True, "cohandle.limit": "1 days"},
        decided_by="主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕7号",
    )
    story = Story(town).submitted().registered().assigned().acknowledged().heard()
    handler = town.actor("edu_handler")
    services.send_to_check(
        assignment=story.part(),
        actor=handler,
        at=NOW,
        on=date(2020, 3, 10),
        text=story.reply_text(),
    )
    story.checked().signed().delivered()
    lin = Reader(town, "lin")
    page = html.unescape(lin.get("letter", story.part().key).content.decode())
    assert "省财政厅未在期限内提出会办意见" in page
    file = lin.get("document", story.part().key, "reply", "docx")
    words = [each.text for each in Document(io.BytesIO(b"".join(file))).paragraphs]
    assert "省财政厅未在期限内提出会办意见。" in words
    clerk = html.unescape(Reader(town, "clerk").get("co_handling").content.decode())
    assert "tab=absent" in clerk


# --- Countersigned


@pytest.fixture
def in_clearance(town: Town) -> Story:
    follow_countersigning(town)
    story = Story(town).submitted().registered().assigned().acknowledged()
    return story.co_acknowledged().opinion_given().sent_to_check()


def test_the_head_reads_the_text_and_signs_it(town: Town, in_clearance: Story) -> None:
    part, head = in_clearance.part("finance"), Reader(town, "fin_head")
    page = shown(head, part)
    assert "已列入今年计划。" in page
    assert "2020年3月9日" in page
    # Others of the case read no unsent text here.
    for who in ("clerk", "committee"):
        assert "已列入今年计划。" not in shown(Reader(town, who), part)
    assert head.takes_on(part, "countersign").status_code == 302
    assert "会签答复稿</button>" not in shown(head, part)
    assert "卫东升于" in shown(Reader(town, "edu_head"), part)


def test_the_page_says_which_name_is_void_and_why(town: Town, in_clearance: Story) -> None:
    in_clearance.countersigned()
    services.send_back(
        assignment=in_clearance.part(), actor=town.actor("edu_checker"), at=NOW, why="日期有误。"
    )
    part, lead = in_clearance.part("finance"), Reader(town, "edu_handler")
    assert "已失效：答复稿于2020年3月2日被退回修改，理由：日期有误。" in shown(lead, part)
    in_clearance.sent_to_check()
    page = shown(lead, part)
    assert "被退回并已另行成稿" in page
    assert "等待会签，2020年3月9日截止" in page


def test_a_text_replaced_meanwhile_is_not_signed_unseen(town: Town, in_clearance: Story) -> None:
    part, head = in_clearance.part("finance"), Reader(town, "fin_head")
    url = f"/suggestions/part/{part.key}/step/countersign/"
    fields = head.shown(url, page=head.get("co_part", part.key).content.decode())
    services.send_back(
        assignment=in_clearance.part(), actor=town.actor("edu_checker"), at=NOW, why="日期有误。"
    )
    in_clearance.sent_to_check()
    answer = head.client.post(url, fields)
    assert answer.status_code == 409
    assert not Countersignature.objects.exists()
    assert head.client.post(url, {**fields, "once": new_key(), "text": ""}).status_code == 409


def test_a_refusal_needs_its_reason(town: Town, in_clearance: Story) -> None:
    part, head = in_clearance.part("finance"), Reader(town, "fin_head")
    assert head.takes_on(part, "refuse_countersignature", reason=" ").status_code == 422
    answer = head.takes_on(part, "refuse_countersignature", reason="金额与会办意见不一致。")
    assert answer.status_code == 302
    reply = Reader(town, "edu_handler").get("reply", in_clearance.part().key)
    assert "金额与会办意见不一致。" in html.unescape(reply.content.decode())


# --- The list


def test_the_list_holds_one_s_own_and_its_queries_do_not_grow(town: Town, story: Story) -> None:
    clerk = Reader(town, "clerk")
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert clerk.get("co_handling").status_code == 200
    for number in range(3):
        other = Story(town, title=f"关于第{number}条公路的建议")
        other.submitted().registered().assigned()
    with CaptureQueriesContext(connection) as more:
        page = clerk.get("co_handling").content.decode()
    assert len(more) <= len(few)
    assert page.count('class="row-note"') == 4
    helper = html.unescape(Reader(town, "fin_liaison").get("co_handling").content.decode())
    assert "主办：省教育厅" in helper
    assert "按单位统计" in html.unescape(page)
    assert "按单位统计" not in helper
    for who in ("lin", "electing_liaison"):
        assert Reader(town, who).get("co_handling").status_code == 404
