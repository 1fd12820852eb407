"""Contacts on pages: two taps for the deputy, the list, the table by organ, talks beside."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.suggestions import services
from huiyin.suggestions.models import Contact, ContactAnswer, Talk
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

CONFIRM = re.compile(r'<form method="post" action="([^"]+/confirm_contact/)">.*?</form>', re.S)
CONTEST = re.compile(r'<form method="post" action="([^"]+/contest_contact/)">.*?</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def handled(town: Town, **text: object) -> Story:
    return Story(town, **text).submitted().registered().assigned().acknowledged()


def tapped(reader: Reader, page: str, form: re.Pattern[str], **said: str) -> Any:
    """Press the first such button on the page, with what its form carries and nothing else."""
    found = form.search(page)
    assert found, "no such button"
    return reader.client.post(found[1], {**dict(HIDDEN.findall(found[0])), **said})


def body(reader: Reader, name: str, *args: str, **query: str) -> str:
    answer = reader.get(name, *args, **query)
    assert answer.status_code == 200, (reader.who, name, answer.status_code)
    return html.unescape(answer.content.decode())


# --- The deputy's two taps


def test_from_the_notice_one_button_says_it_was_so(town: Town) -> None:
    story = handled(town)
    contact = story.contact_recorded()
    lin = Reader(town, "lin")
    page = body(lin, "case", story.case.key)
    assert "是这样吗？" in page
    assert tapped(lin, page, CONFIRM).status_code == 302
    assert contact.answers.get().confirmed
    assert "是这样吗？" not in body(lin, "case", story.case.key)
    assert "代表已确认" in body(Reader(town, "edu_handler"), "case", story.case.key)


def test_from_the_workbench_one_button_says_it_was_not_so(town: Town) -> None:
    first, second = handled(town), handled(town, title="关于校车的建议")
    contact = first.contact_recorded()
    second.contact_recorded()
    lin = Reader(town, "lin")
    assert reverse("suggestions:contacts_to_check") in lin.client.get("/").content.decode()
    page = body(lin, "contacts_to_check")
    assert page.count("不是这样</button>") == 2
    answer = tapped(lin, page, CONTEST, word="那天 没有人找我")
    assert answer["Location"] == reverse("suggestions:contacts_to_check")
    said = contact.answers.get()
    assert (said.confirmed, said.word) == (False, "那天 没有人找我")
    assert body(lin, "contacts_to_check").count("不是这样</button>") == 1
    for who in ("clerk", "edu_handler", "lin"):
        page = body(Reader(town, who), "case", first.case.key)
        assert "代表不认可" in page
        assert "那天 没有人找我" in page


def test_without_a_word_it_is_contested_all_the_same(town: Town) -> None:
    story = handled(town)
    contact = story.contact_recorded()
    lin = Reader(town, "lin")
    assert tapped(lin, body(lin, "case", story.case.key), CONTEST).status_code == 302
    assert not contact.answers.get().confirmed


def test_the_answer_can_be_changed_on_the_page(town: Town) -> None:
    story = handled(town).spoken()
    lin = Reader(town, "lin")
    page = body(lin, "case", story.case.key)
    assert "改变我的答复" in page
    assert tapped(lin, page, CONTEST, word="记错了").status_code == 302
    page = body(lin, "case", story.case.key)
    assert "先前的答复" in page
    again = tapped(lin, page, CONTEST, word="记错了")
    assert again.status_code == 409
    assert "您已经这样答过" in again.content.decode()
    assert ContactAnswer.objects.count() == 2


def test_nobody_else_is_asked_and_anothers_record_is_not_there(town: Town) -> None:
    story, other = handled(town), handled(town, title="关于校车的建议")
    contact = story.contact_recorded()
    part = story.part()
    for who in ("zhao", "clerk", "edu_handler", "edu_head", "electing_liaison", "leader"):
        page = body(Reader(town, who), "case", story.case.key)
        assert "contact-button" not in page, who
    said = {"contact": contact.key, "revision": "0"}
    for who, status in (("edu_handler", 403), ("clerk", 403), ("zhou", 404), ("zhao", 409)):
        for name in ("confirm_contact", "contest_contact"):
            answer = Reader(town, who).post("part_step", part.key, name, said=said)
            assert answer.status_code == status, (who, name)
    # Of another case, and of none.
    lin = Reader(town, "lin")
    for part_key, key in ((other.part().key, contact.key), (part.key, "x" * 22)):
        strange = {"contact": key, "revision": "0"}
        answer = lin.post("part_step", part_key, "confirm_contact", said=strange)
        assert answer.status_code == 422
    too_long = {**said, "word": "长" * 201}
    answer = lin.post("part_step", part.key, "contest_contact", said=too_long)
    assert answer.status_code == 422
    assert "长" * 201 in answer.content.decode()
    assert not ContactAnswer.objects.exists()


# --- The organ's record


def test_the_record_names_who_was_there_by_kind_and_rank(town: Town) -> None:
    story = handled(town)
    part = story.part()
    said = {
        "phase": "before",
        "form": "on_site",
        "held_on": "2020-03-02",
        "place": "新区幼儿园工地",
        "deputies": [town.post("lin").key, town.post("zhao").key],
        "rank": "leader",
        "own_people": "周副厅长、钱学文",
        "co_handlers": "省财政厅",
        "citizens": "三名幼儿家长",
        "gist": "现场查看选址",
    }
    answer = Reader(town, "edu_handler").takes_on(part, "contact", **said)
    assert answer.status_code == 302
    contact = part.contacts.get()
    assert (contact.rank, contact.is_face_to_face) == ("leader", True)
    for who in ("lin", "zhao", "clerk"):
        page = body(Reader(town, who), "case", story.case.key)
        for words in (
            "周副厅长、钱学文",
            "单位领导",
            "省财政厅",
            "三名幼儿家长",
            "面对面",
            "赵立新",
        ):
            assert words in page, (who, words)
    assert "三名幼儿家长" not in body(Reader(town, "electing_liaison"), "case", story.case.key)
    before = {**said, "held_on": "2020-03-01", "gist": "交办以前的电话"}
    refused = Reader(town, "edu_handler").takes_on(part, "contact", **before)
    assert refused.status_code == 422
    assert "交办以前的电话" in refused.content.decode()


def test_the_reply_page_says_what_is_awaited_and_keeps_the_text(town: Town) -> None:
    story = handled(town)
    part = story.part()
    handler = Reader(town, "edu_handler")
    assert "请先与代表沟通并登记" in body(handler, "reply", part.key)
    story.contact_recorded()
    assert "代表尚未核对沟通记录" in body(handler, "reply", part.key)
    asked = story.case.versions.get().requests.all()
    letter = {f"answer_{each.key}": "写了很久的答复" for each in asked}
    said = {"revision": "0", "outcome_class": "A", "letter_on": "2020-03-02", "act": "send"}
    said |= {"evidence": "已经开园。", "source": "岳教发〔2020〕12号"}
    answer = handler.post("reply", part.key, said={**said, **letter})
    assert answer.status_code == 409
    assert "写了很久的答复" in answer.content.decode()


# --- The list and the table by organ


def exported(reader: Reader, url: str) -> list[list[str]]:
    """The rows of a list as its export gives them, without the headings."""
    answer: Any = reader.client.get(f"{url}&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def many_states(town: Town) -> None:
    """One of each: awaited, confirmed, contested; and an exemption of another case."""
    handled(town).contact_recorded()
    handled(town, title="关于公交的建议").spoken()
    disputed = handled(town, title="关于校车的建议")
    contact = disputed.contact_recorded(form="phone")
    lin = town.actor("lin")
    services.answer_contact(contact=contact, actor=lin, at=NOW, confirmed=False, word="没有")
    head = town.actor("edu_head")
    services.exempt_contact(assignment=disputed.part(), actor=head, at=NOW, why="代表出国。")


def test_every_number_by_organ_leads_to_as_many_rows(town: Town) -> None:
    many_states(town)
    clerk = Reader(town, "clerk")
    page = body(clerk, "contacts_by_organ")
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    cells = re.findall(r'<td class="num"><a href="([^"]+)"[^>]*>(\d+)</a>', table)
    assert [int(number) for _url, number in cells] == [3, 0, 3, 0, 1, 1, 0, 1, 2, 1, 0]
    for url, number in cells:
        assert len(exported(clerk, url)) == int(number), url
    assert "66.7%" in table


def test_states_stand_apart_in_list_filter_and_export(town: Town) -> None:
    many_states(town)
    clerk = Reader(town, "clerk")
    for tab, title in (("contested", "校车"), ("confirmed", "公交"), ("awaited", "幼儿园")):
        page = body(clerk, "contacts", tab=tab)
        assert title in page
        assert page.count("contact-state") == 1
    for state, count in (("contested", 1), ("exempted", 1), ("waived", 0), ("lacking", 0)):
        rows = exported(clerk, f"{reverse('suggestions:list')}?contact={state}")
        assert len(rows) == count, state
    text = str(exported(clerk, f"{reverse('suggestions:contacts')}?"))
    assert {"代表已确认", "代表不认可", "待代表核对"} <= set(re.findall(r"[一-龥]+", text))
    assert Reader(town, "electing_liaison").get("contacts").status_code == 403
    asked = f"{reverse('suggestions:list')}?contact=exempted"
    assert exported(Reader(town, "electing_liaison"), asked) == []


def test_more_contacts_cost_no_more_queries(town: Town) -> None:
    clerk = Reader(town, "clerk")

    def cost(name: str) -> int:
        clerk.get(name)
        with CaptureQueriesContext(connection) as caught:
            clerk.get(name)
        return len(caught.captured_queries)

    many_states(town)
    few = cost("contacts"), cost("contacts_by_organ")
    for number in range(6):
        handled(town, title=f"关于第{number}条路的建议").spoken()
    assert (cost("contacts"), cost("contacts_by_organ")) == few


# --- Talks beside the organs'


def test_the_electing_unit_records_its_talk_about_several(town: Town) -> None:
    story, other = handled(town), handled(town, title="关于校车的建议")
    liaison = Reader(town, "electing_liaison")
    for case in (story.case, other.case):
        case.refresh_from_db()
    said = {
        "form": "visit",
        "held_on": "2020-03-02",
        "about": other.case.key,
        "gist": "代表希望 到现场看看",
    }
    for wrong in ({"gist": ""}, {"held_on": "2020-03-03"}, {"held_on": "2020-02-31"}):
        refused = liaison.post("talk", story.case.key, said={**said, **wrong})
        assert refused.status_code == 422
    assert not Talk.objects.exists()
    assert liaison.post("talk", story.case.key, said=said).status_code == 302
    assert Talk.objects.get().cases.count() == 2
    for who in ("electing_liaison", "clerk", "leader", "lin"):
        for case in (story.case, other.case):
            assert "代表希望 到现场看看" in body(Reader(town, who), "case", case.key), who
    for who in ("edu_handler", "edu_head", "fin_liaison", "zhao", "committee"):
        assert "到现场看看" not in body(Reader(town, who), "case", story.case.key), who
    assert "代表希望 到现场看看" in body(Reader(town, "clerk"), "talks")


def test_the_office_s_own_talk_is_not_the_electing_unit_s_to_read(town: Town) -> None:
    story = handled(town)
    story.case.refresh_from_db()
    said = {"form": "phone", "held_on": "2020-03-02", "gist": "代表对主办单位有意见"}
    assert Reader(town, "clerk").post("talk", story.case.key, said=said).status_code == 302
    assert "代表对主办单位有意见" in body(Reader(town, "lin"), "case", story.case.key)
    liaison = Reader(town, "electing_liaison")
    assert "代表对主办单位有意见" not in body(liaison, "case", story.case.key)
    assert "代表对主办单位有意见" not in body(liaison, "talks")
    for who, status in (("lin", 403), ("edu_head", 403), ("leader", 403), ("zhou", 404)):
        answer = Reader(town, who).post("talk", story.case.key, said=said)
        assert answer.status_code == status, who
    assert Talk.objects.count() == 1
    assert Contact.objects.count() == 0
