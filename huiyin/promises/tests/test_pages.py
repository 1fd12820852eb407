"""The room's pages as each reader meets them."""

from __future__ import annotations

import html
import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.accounts.models import Person
from huiyin.accounts.tests.town import NAMES, TODAY, Town
from huiyin.documents.models import Attachment
from huiyin.documents.tests import files
from huiyin.kernel.ids import new_key
from huiyin.ledger.models import Entry
from huiyin.outbox.models import Notice
from huiyin.promises.models import LookBack, LookBackAnswer, Promise, YearRoll
from huiyin.promises.tests.stories import EVIDENCE, Promised, follow_hunan, promised
from huiyin.suggestions.models import Suggestion
from tests.walking import length_of, links_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town)
    return town


def get(town: Town, who: str, name: str, *args: Any, **query: str) -> Any:
    client = town.signed_in(Client(), who)
    return client.get(reverse(f"promises:{name}", args=args), query)


def post(town: Town, who: str, name: str, *args: Any, **said: Any) -> Any:
    client = town.signed_in(Client(), who)
    return client.post(reverse(f"promises:{name}", args=args), {"once": new_key(), **said})


def step(story: Promised, who: str, name: str, **said: Any) -> Any:
    said.setdefault("seen", story.promise.last_seq)
    return post(story.town, who, "step", story.promise.key, name, **said)


def told(town: Town, who: str, event: str) -> int:
    return Notice.objects.filter(person=town.person(who), event=event).count()


def test_who_may_know_of_a_promise_and_for_whom_it_does_not_exist(town: Town) -> None:
    story = promised(town)
    town.neighbour()
    seen = {
        who
        for who in [*NAMES, "neighbour_clerk"]
        if get(town, who, "promise", story.promise.key).status_code == 200
    }
    assert seen == {
        "lin",
        "zhao",
        "clerk",
        "second_clerk",
        "government_clerk",
        "edu_liaison",
        "edu_handler",
        "edu_checker",
        "edu_head",
        "committee",
        "leader",
        "electing_liaison",
    }
    for who in set(NAMES) - seen:
        assert get(town, who, "promise", story.promise.key).status_code == 404


def test_the_pages_open_and_the_case_shows_its_promise(town: Town) -> None:
    story = promised(town)
    story.does("edu_liaison", "postpone", until=date(2022, 6, 30), why="征地晚了三个月。")
    lin = Suggestion.objects.values_list("lead__key", flat=True).get()
    opened: dict[str, list[tuple[Any, ...]]] = {
        "clerk": [("list",), ("followed_up",), ("roll",), ("slips",), ("look_backs",)],
        "edu_liaison": [("list",), ("followed_up",), ("slips",), ("look_backs",)],
        "lin": [("list",), ("slip", lin, 2020)],
    }
    for who, pages in opened.items():
        for name, *args in pages:
            assert get(town, who, name, *args).status_code == 200, (who, name)
    sheet = get(town, "clerk", "list", export="csv")
    assert "两所幼儿园将于2021年9月底前建成并投入使用。" in b"".join(sheet).decode()
    client = town.signed_in(Client(), "lin")
    page = client.get(reverse("suggestions:case", args=[story.case.key])).content.decode()
    assert "两所幼儿园将于2021年9月底前建成并投入使用。" in page
    # The first day stays to be read beside the one it was moved to.
    assert "2021年3月2日" in page
    assert "2022年6月30日" in page


# --- What does not fit is said plainly, and what was typed stays


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2019-12-01", "早于"),
        ("2021-01-01", "晚于"),
        ("2024-01-01", "规则不允许"),
        ("", "请填写"),
    ],
)
def test_a_day_that_does_not_fit_is_refused_in_words_and_the_reason_stays(
    town: Town, until: str, said: str
) -> None:
    story = promised(town)
    answer = step(story, "edu_liaison", "postpone", until=until, reason="征地晚了三个月。")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "征地晚了三个月。" in page
    assert story.promise.postponed == 0


def test_bad_input_is_answered_in_the_words_of_the_reader_s_language(town: Town) -> None:
    story = promised(town)
    before = Entry.objects.count()
    early = {"until": "2019-12-01", "reason": "Land came three months late."}
    shown = {"evidence": "Both are open.", "source": "  "}
    said = {
        "zh-hans": (
            "这一天早于交办日期2020年3月2日。",
            "请写明能够证明的文件、验收材料或网址，或者上传文件。",
        ),
        "en": (
            "This day lies before the assignment on 2 March 2020.",
            "Name the document, record or address that shows it, or send it as a file.",
        ),
    }
    for language, (too_early, not_shown) in said.items():
        Person.objects.update(language=language)
        for who, name, typed, words in (
            ("edu_liaison", "postpone", early, too_early),
            ("edu_handler", "claim_done", shown, not_shown),
        ):
            answer = step(story, who, name, **typed)
            page = html.unescape(answer.content.decode())
            assert (answer.status_code, words in page) == (422, True), (language, name)
            # What was typed is still there, and nothing of it on record.
            assert typed.get("reason", typed.get("evidence", "")) in page
    assert (Entry.objects.count(), story.promise.last_seq) == (before, 0)


def test_done_without_evidence_is_refused_and_the_rest_stays(town: Town) -> None:
    story = promised(town)
    answer = step(story, "edu_handler", "claim_done", evidence="  ", source="岳教建〔2021〕8号")
    assert answer.status_code == 422
    assert "岳教建〔2021〕8号" in answer.content.decode()
    assert story.promise.claimed_on is None
    answer = step(
        story, "edu_handler", "claim_done", evidence=EVIDENCE.evidence, source=EVIDENCE.source
    )
    assert answer.status_code == 302
    assert story.promise.claimed_on == TODAY


def test_done_is_shown_by_a_file_that_whoever_reads_of_it_may_open(town: Town) -> None:
    story = promised(town)
    said = {"evidence": "两所幼儿园均已开园。", "source": ""}

    def photo(content: bytes, name: str) -> Any:
        return SimpleUploadedFile(name, content)

    refused = step(
        story, "edu_handler", "claim_done", **said, file=photo(b"MZ\x90 no picture", "验收.png")
    )
    assert refused.status_code == 422
    assert "两所幼儿园均已开园。" in refused.content.decode()
    assert (story.promise.claimed_on, Attachment.objects.count()) == (None, 0)
    taken = step(
        story, "edu_handler", "claim_done", **said, file=photo(files.png(), "竣工验收照片.png")
    )
    assert taken.status_code == 302
    act = story.promise.acts.get(move="claim_done")
    # Without another name the file is what shows it; the record names act and file.
    assert act.source == "竣工验收照片.png"
    kept = Attachment.objects.get()
    line = Entry.objects.get(action="promise.claim_done")
    assert [fact[1] for fact in line.facts] == [act.key, kept.key]
    page = get(town, "lin", "promise", story.promise.key).content.decode()
    assert reverse("promises:file", args=[story.promise.key, kept.key]) in page
    opened = get(town, "lin", "file", story.promise.key, kept.key)
    assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
    assert get(town, "fin_liaison", "file", story.promise.key, kept.key).status_code == 404
    other = promised(town, title="关于农村公路安全设施的建议").promise
    assert get(town, "lin", "file", other.key, kept.key).status_code == 404


def test_a_late_page_is_told_and_keeps_what_was_typed(town: Town) -> None:
    story = promised(town)
    story.does("edu_handler", "progress", why="主体封顶。")
    answer = step(story, "edu_liaison", "progress", reason="正在装修。", seen=0)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "正在装修。" in page
    assert 'name="seen" value="1"' in page


def test_a_form_sent_twice_acts_once(town: Town) -> None:
    story = promised(town)
    once = new_key()
    for _time in range(2):
        answer = step(story, "edu_handler", "progress", reason="主体封顶。", once=once, seen=0)
        assert answer.status_code == 302
    assert story.promise.last_seq == 1


# --- What returns every year


def test_unfinished_promises_roll_into_the_new_year_and_each_organ_is_told_once(
    town: Town, settings: Any
) -> None:
    promised(town)
    promised(town, "B2", title="关于农村公路安全设施的建议")
    settings.HUIYIN_TODAY = date(2021, 3, 1)
    page = get(town, "clerk", "roll", year="2021").content.decode()
    assert "省教育厅" in page
    client = town.signed_in(Client(), "clerk")
    # What a number of the page opens is what it counts: nothing promised in the year itself.
    later = promised(town, title="关于乡镇卫生院药品配送的建议").promise
    Promise.objects.filter(pk=later.pk).update(made_on=date(2021, 2, 1))
    opened = [each for each in links_of(page) if each.number is not None]
    assert [each.number for each in opened] == [2]
    assert length_of(client.get(opened[0].href).context) == 2
    url = reverse("promises:roll") + "?year=2021"
    for _time in range(2):
        assert client.post(url, {"once": new_key()}).status_code == 302
    roll = YearRoll.objects.get()
    assert (roll.year, roll.promises, roll.organs) == (2021, 2, 1)
    assert told(town, "edu_liaison", "promise.roll") == 1
    ledger = get(town, "edu_liaison", "list", year="2021", tab="running").content.decode()
    assert ledger.count("<tr") == 4


def test_the_yearly_letter_tells_each_promise_once(town: Town, settings: Any) -> None:
    story = promised(town)
    lin = town.post("lin").key
    settings.HUIYIN_TODAY = date(2020, 11, 20)
    for _time in range(2):
        assert post(town, "edu_liaison", "slip", lin, 2020).status_code == 302
    assert story.promise.acts.filter(move="tell", year=2020).count() == 1
    assert story.promise.told_on == date(2020, 11, 20)
    # Another deputy's letter is no letter of his.
    assert get(town, "zhao", "slip", lin, 2020).status_code == 404
    assert get(town, "lin", "slip", lin, 2020).status_code == 200


def test_the_yearly_letter_is_a_file_with_every_day_and_a_slip(town: Town, settings: Any) -> None:
    story = promised(town)
    story.does("edu_liaison", "postpone", until=date(2022, 6, 30), why="征地晚了三个月。")
    story.does("edu_handler", "progress", why="主体结构已封顶。")
    lin = town.post("lin").key
    follow_hunan(town, overrides={"promise.return_slip": True})
    written = word_text(get(town, "edu_liaison", "letter", lin, 2020, "docx"))
    for said in (
        *("林晓岚代表", "省教育厅", "承诺事项落实情况回执", "您的意见"),
        *("两所幼儿园将于2021年9月底前建成并投入使用。", "主体结构已封顶。"),
        *("2021年3月2日", "改为2022年6月30日（征地晚了三个月）"),
    ):
        assert said in written, said
    pdf = get(town, "lin", "letter", lin, 2020, "pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert get(town, "zhao", "letter", lin, 2020, "pdf").status_code == 404
    assert get(town, "clerk", "letter", lin, 2020, "exe").status_code == 404
    follow_hunan(town, overrides={"promise.return_slip": False})
    without = word_text(get(town, "clerk", "letter", lin, 2020, "docx"))
    assert "回执" not in without


def word_text(answer: Any) -> str:
    """What the Word file says, its letters in their order."""
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as file:
        written = file.read("word/document.xml").decode()
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", written))


def test_a_look_back_asks_again_and_the_deputy_gets_a_fresh_answer(town: Town) -> None:
    promised(town)
    promised(town, "C1", title="关于农村公路安全设施的建议")
    promised(town, "A1", title="关于设立社区食堂的建议")
    answer = post(
        town,
        "clerk",
        "look_backs",
        session=str(town.session.pk),
        groups=["B", "C"],
        title="2020年“回头看”",
        basis="省人大常委会主任会议",
        answer_by="2020-05-31",
    )
    assert answer.status_code == 302
    look = LookBack.objects.get()
    assert look.items.count() == 2
    item = look.items.order_by("pk").first()
    assert item is not None
    answer = post(town, "edu_liaison", "item", item.key, progress="advanced", text="")
    assert answer.status_code == 422
    answer = post(town, "edu_liaison", "item", item.key, progress="advanced", text="已完成选址。")
    assert answer.status_code == 302
    assert LookBackAnswer.objects.get().item == item
    assert "已完成选址。" in get(town, "lin", "item", item.key).content.decode()
    assert told(town, "lin", "look_back.answer") == 1
    assert get(town, "fin_liaison", "item", item.key).status_code == 404
    assert post(town, "lin", "item", item.key, progress="solved", text="好").status_code == 403


# --- Costs


def test_the_list_asks_no_more_for_more_rows(town: Town) -> None:
    promised(town)
    client = town.signed_in(Client(), "clerk")
    url = reverse("promises:list")

    def asked() -> tuple[int, str]:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url).content.decode()
            return len(captured), page

    few, _page = asked()
    assert 0 < few <= 12
    for number in range(2):
        promised(town, title=f"关于第{number}条乡村公路硬化的建议")
    many, page = asked()
    assert many == few
    assert page.count("<tr") == 4
