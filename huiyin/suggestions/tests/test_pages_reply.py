"""The reply on pages: point by point, kept while typed, fixed once, read before it is signed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.accounts.tests.town import Town
from huiyin.documents.models import Attachment
from huiyin.documents.tests import files
from huiyin.suggestions.models import Assignment, Reply, ReplyFile
from huiyin.suggestions.stages import ReplyStage
from huiyin.suggestions.tests.cases import HunanStory, Reader, town_of_pages
from huiyin.suggestions.tests.test_pages_writing import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> Town:
    settings.HUIYIN_HOME = tmp_path
    return town_of_pages(settings)


@pytest.fixture
def part(town: Town) -> Assignment:
    story = HunanStory(town).submitted().registered().assigned()
    story.acknowledged().spoken().co_acknowledged().opinion_given()
    return story.opinions_marked().part()


def letter(part: Assignment, *answers: str, **said: str) -> dict[str, str]:
    requests = part.suggestion.versions.latest("ordinal").requests.all()
    texts = answers or ("第一条的答复", "第二条的答复")
    boxes = {f"answer_{item.key}": text for item, text in zip(requests, texts, strict=False)}
    around = {"outcome_class": "B1", "promised_on": "2022-12-31", "letter_on": "2020-03-02"}
    return {"revision": "0", **around, **boxes, **said}


def test_the_page_asks_for_each_request_with_opinions_beside(town: Town, part: Assignment) -> None:
    page = Reader(town, "edu_handler").get("reply", part.key).content.decode()
    assert page.count('name="answer_') == 2
    assert "经费已列入年初预算。" in page
    assert "所提问题已经列入近期工作计划" in page
    assert "checked" not in page.split('name="outcome_class"')[1].split("</fieldset>")[0]


def test_a_reply_half_written_is_kept_and_previewed_with_its_class(
    town: Town, part: Assignment
) -> None:
    handler = Reader(town, "edu_handler")
    sent = handler.post("reply", part.key, said=letter(part, "只写了第一条", act="preview"))
    page = handler.client.get(sent["Location"]).content.decode()
    assert "B1 类" in page
    assert "只写了第一条" in page
    assert "尚未答复" in page
    assert not Reply.objects.exists()


def test_what_is_missing_is_named_beside_its_box_and_nothing_is_fixed(
    town: Town, part: Assignment
) -> None:
    said = letter(part, "只写了 第一条", act="send", outcome_class="", letter_on="2020年2月31日")
    answer = Reader(town, "edu_handler").post("reply", part.key, said=said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "第 2 条还没有答复" in page
    assert "请选择答复类别" in page
    assert "只写了 第一条" in page
    assert "2020年2月31日" in page
    assert not Reply.objects.exists()


def test_sent_twice_it_is_fixed_once(town: Town, part: Assignment) -> None:
    handler = Reader(town, "edu_handler")
    form = {**letter(part, act="send"), "once": "one-form"}
    url = reverse("suggestions:reply", args=[part.key])
    assert [handler.client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Reply.objects.get().outcome_class == "B1"


def test_of_two_colleagues_neither_text_is_lost(town: Town, part: Assignment) -> None:
    handler, liaison = Reader(town, "edu_handler"), Reader(town, "edu_liaison")
    first = handler.post("reply_autosave", part.key, said=letter(part, "经办人写的话"))
    assert first.json()["fields"] == {"revision": 1}
    late = liaison.post("reply_autosave", part.key, said=letter(part, "联络员写的话"))
    assert late.status_code == 409

    answer = liaison.post("reply", part.key, said=letter(part, "联络员写的话", act="save"))

    assert answer.status_code == 409
    page = answer.content.decode()
    url = reverse("suggestions:reply", args=[part.key])
    again = {**liaison.shown(url, page=page), "act": "save"}
    assert liaison.client.post(url, again).status_code == 302
    kept = ReplyFile.objects.get(assignment=part).draft
    assert "联络员写的话" in kept.values()
    assert "经办人<span" in page


def test_before_receipt_the_page_says_what_comes_first(town: Town) -> None:
    part = HunanStory(town).submitted().registered().assigned().part()
    handler = Reader(town, "edu_handler")
    assert "请先签收" in handler.get("reply", part.key).content.decode()
    answer = handler.post("reply", part.key, said=letter(part, act="send"))
    assert answer.status_code == 409
    assert "第一条的答复" in answer.content.decode()


def test_checker_and_head_read_the_letter_before_they_act(town: Town, part: Assignment) -> None:
    Reader(town, "edu_handler").post("reply", part.key, said=letter(part, act="send"))
    checker, head = Reader(town, "edu_checker"), Reader(town, "edu_head")
    page = checker.get("reply", part.key).content.decode()
    assert "第一条的答复" in page
    assert "核稿通过" in page
    assert "现在第1级核稿（共2级），待李慎之核签" in head.get("reply", part.key).content.decode()
    assert checker.takes_on(part, "send_back", reason="请补充 开工时间").status_code == 302
    rewritten = Reader(town, "edu_handler").get("reply", part.key).content.decode()
    assert "请补充 开工时间" in rewritten
    assert "第一条的答复" in rewritten


def test_while_it_is_checked_the_text_stands(town: Town, part: Assignment) -> None:
    handler = Reader(town, "edu_handler")
    handler.post("reply", part.key, said=letter(part, act="send"))
    answer = handler.post(
        "reply", part.key, said=letter(part, "迟来的 话", act="save", revision="1")
    )
    assert answer.status_code == 409
    assert "迟来的 话" in answer.content.decode()
    assert ReplyFile.objects.get(assignment=part).stage == ReplyStage.IN_CLEARANCE


def test_a_co_handling_organ_cannot_touch_the_reply(town: Town, part: Assignment) -> None:
    finance = Reader(town, "fin_handler")
    for name in ("reply", "reply_preview", "reply_files"):
        assert finance.get(name, part.key).status_code == 403
    assert finance.post("reply", part.key, said=letter(part, act="send")).status_code == 403
    assert finance.post("reply_autosave", part.key, said=letter(part)).status_code == 403
    assert finance.post("part_step", part.key, "deliver", said={"revision": "0"}).status_code == 403
    assert not ReplyFile.objects.filter(assignment=part).exclude(draft={}).exists()


def test_the_annex_of_a_reply_is_shown_with_it_and_not_before(town: Town, part: Assignment) -> None:
    handler = Reader(town, "edu_handler")
    file = SimpleUploadedFile("附图.pdf", PDF, content_type="application/pdf")
    assert handler.post("reply_files", part.key, said={"file": file}).status_code == 302
    annex = Attachment.objects.get()
    case = part.suggestion
    for who in ("lin", "clerk", "fin_handler"):
        assert Reader(town, who).file(case, annex) is None, who
    assert handler.file(case, annex) == PDF
    handler.post("reply", part.key, said=letter(part, act="send"))
    Reader(town, "edu_checker").takes_on(part, "pass_check")
    Reader(town, "edu_head").takes_on(part, "sign")
    assert Reader(town, "lin").file(case, annex) is None
    Reader(town, "edu_liaison").takes_on(part, "deliver")
    assert Reader(town, "lin").file(case, annex) == PDF
    assert "附图.pdf" in Reader(town, "lin").get("case", case.key).content.decode()


def test_the_rating_page_offers_equal_choices_and_none_chosen(town: Town) -> None:
    case = HunanStory(town).replied().case
    page = Reader(town, "lin").get("step", case.key, "rate").content.decode()
    for name in ("attitude", "result"):
        asked = [part for part in page.split("<input") if f'name="{name}"' in part]
        assert len(asked) == 4
        assert not any("checked" in part.split(">")[0] for part in asked)


def test_where_the_rules_ask_for_reasons_a_silent_not_satisfied_is_held_back(
    settings: Any,
) -> None:
    town = town_of_pages(settings, **{"feedback.reason": "not_satisfied"})
    case = HunanStory(town).replied().case
    lin = Reader(town, "lin")
    silent = lin.takes(case, "rate", attitude="S", result="NS", comment=" ")
    assert silent.status_code == 422
    assert "请写明对哪些方面不满意" in silent.content.decode()
    assert not case.ratings.exists()


class Form(HTMLParser):
    """What a deputy has to choose and to write on a page, by the grade he would give."""

    def __init__(self) -> None:
        super().__init__()
        self.grades: dict[str, list[dict[str, str | None]]] = {}
        self.words: list[str] = []
        self.buttons = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "radio":
            self.grades.setdefault(str(said["name"]), []).append(said)
        if tag == "textarea":
            self.words.append(str(said["name"]))
        if tag == "button" and "button-primary" in (said.get("class") or ""):
            self.buttons += 1


def test_best_and_worst_cost_the_same_clicks_and_the_same_words(town: Town) -> None:
    """T068. One click for each question, one to send; words for every grade and for none needed."""
    cost = {}
    for grade in ("VS", "NS"):
        case = HunanStory(town).replied().case
        lin = Reader(town, "lin")
        form = Form()
        form.feed(lin.get("step", case.key, "rate").content.decode())
        assert not [each for asked in form.grades.values() for each in asked if "checked" in each]
        chosen = dict.fromkeys(form.grades, grade)
        answer = lin.takes(case, "rate", **chosen, comment="", note="")
        case.refresh_from_db()
        assert (answer.status_code, case.first_result) == (302, grade)
        cost[grade] = (len(form.grades) + form.buttons, len(form.words))
    # Two questions and the button; two boxes, both free, whatever is chosen.
    assert cost == {"VS": (3, 2), "NS": (3, 2)}


def test_where_the_rules_have_one_thing_rated_one_thing_is_asked(settings: Any) -> None:
    town = town_of_pages(settings, **{"feedback.dimensions": ["result"]})
    case = HunanStory(town).replied().case
    lin = Reader(town, "lin")
    form = Form()
    form.feed(lin.get("step", case.key, "rate").content.decode())
    assert set(form.grades) == {"result"}
    lin.takes(case, "rate", result="S", comment="", note="")
    page = lin.get("case", case.key).content.decode()
    assert "办理结果满意" in page
    assert "办理态度" not in page.split("评价：")[1].split("</")[0]


def test_a_scan_is_sent_with_the_form_and_what_was_typed_survives_a_damaged_one(
    town: Town,
) -> None:
    case = HunanStory(town).replied().case
    clerk = Reader(town, "clerk")
    said = {
        "attitude": "S",
        "result": "S",
        "comment": "请早日开通专线。",
        "rated_on": "2020-03-02",
    }
    damaged = SimpleUploadedFile("评价表.pdf", b"%PDF-1.7\n%%EOF\n")
    answer = clerk.takes(case, "enter_rating", **said, scan=damaged)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "打不开" in page
    assert "请早日开通专线。" in page
    missing = clerk.takes(case, "enter_rating", **said)
    assert "请添加文件" in missing.content.decode()
    whole = SimpleUploadedFile("评价表.png", files.png())
    assert clerk.takes(case, "enter_rating", **said, scan=whole).status_code == 302
    shown = clerk.get("case", case.key).content.decode()
    assert "代表工作机构据纸质件代录" in shown
    assert "纸质评价扫描件" in shown
    scan = Attachment.objects.get(part="rating:1")
    assert Reader(town, "edu_liaison").file(case, scan) is None
    assert Reader(town, "lin").file(case, scan)
