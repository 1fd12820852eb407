"""Every step taken on pages, from the first word to the end, and what a refusal keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.kernel.ids import new_key
from huiyin.ledger.models import Entry
from huiyin.suggestions.lifecycle import TABLES
from huiyin.suggestions.models import Act, Assignment, Suggestion
from huiyin.suggestions.stages import Signing, Stage
from huiyin.suggestions.steps import STEPS
from huiyin.suggestions.tests.cases import HunanStory, Reader, town_of_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def part_of(case: Suggestion, organ: str) -> Assignment:
    case.refresh_from_db()
    return case.assignments.select_related("suggestion").get(round=case.round, organ__name=organ)


def reply_form(part: Assignment, **said: str) -> dict[str, str]:
    """What the handler sends from the drafting page, with every request answered."""
    requests = part.suggestion.versions.latest("ordinal").requests.all()
    answers = {f"answer_{item.key}": "已列入今年计划。" for item in requests}
    return {
        "revision": "0",
        "outcome_class": "A1",
        "evidence": "两所幼儿园已经开园。",
        "source": "岳教发〔2020〕12号",
        "letter_on": "2020年3月2日",
        "act": "send",
        **answers,
        **said,
    }


# --- The whole way


def test_every_step_a_person_takes_has_a_page() -> None:
    pressed = {
        (table, row.name)
        for table, lifecycle in TABLES.items()
        for row in lifecycle.moves
        if row.allowed.__name__ != "follows_from_it"
    }
    assert pressed == set(STEPS)


def test_a_suggestion_is_carried_from_draft_to_closed_on_pages(town: Town) -> None:
    case = _written(town)
    clerk = Reader(town, "clerk")
    assert clerk.takes(case, "register", category="education").status_code == 302
    named = {"organ_1": "省教育厅", "role_1": "lead", "organ_2": "财政厅", "role_2": "co"}
    assert clerk.takes(case, "assign", **named).status_code == 302
    _handled(town, case)
    lin = Reader(town, "lin")
    answer = lin.takes(case, "rate", attitude="VS", result="S")

    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.attitude, case.result) == (Stage.CLOSED, "VS", "S")
    assert case.outcome_class == "A1"


def _written(town: Town) -> Suggestion:
    lin, zhao = Reader(town, "lin"), Reader(town, "zhao")
    begun = lin.post("new", said={"title": "关于增设公办幼儿园的建议"})
    key = begun["Location"].split("/")[2]
    text = {
        "revision": "0",
        "title": "关于增设公办幼儿园的建议",
        "situation": "新区只有一所公办幼儿园。",
        "request_1": "规划两所公办幼儿园",
        "request_2": "",
        "request_3": "开通接送专线",
        "raised_before": "no",
        "publish_scope": "full",
        "act": "together",
    }
    assert lin.post("edit", key, said=text)["Location"].endswith("/together/")
    case = Suggestion.objects.get(key=key)
    assert lin.takes(case, "invite", deputy="赵立新").status_code == 302
    assert zhao.takes(case, "confirm_signature").status_code == 302
    assert lin.takes(case, "submit").status_code == 302
    case.refresh_from_db()
    assert case.stage == Stage.SUBMITTED
    assert case.signatures.get(deputy=town.post("zhao")).standing == Signing.CONFIRMED
    assert [item.text for item in case.versions.get().requests.all()] == [
        "规划两所公办幼儿园",
        "开通接送专线",
    ]
    return case


def talk_form(town: Town, **said: str) -> dict[str, str]:
    """A visit to 林, as the handler writes it down."""
    deputy = town.post("lin").key
    who = {"deputies": deputy, "rank": "handler", "own_people": "钱学文"}
    return {"phase": "during", "form": "visit", **who, **said}


def _handled(town: Town, case: Suggestion) -> None:
    finance, education = part_of(case, "省财政厅"), part_of(case, "省教育厅")
    liaison, handler = Reader(town, "edu_liaison"), Reader(town, "edu_handler")
    assert Reader(town, "fin_liaison").takes_on(finance, "acknowledge").status_code == 302
    opinion = {"text": "经费已列入预算。", "signed_by": "方副厅长"}
    assert Reader(town, "fin_handler").takes_on(finance, "give_opinion", **opinion)
    assert liaison.takes_on(education, "acknowledge").status_code == 302
    plan = {
        "responsible_leader": "周副厅长",
        "division": "基础教育处",
        "handler": "钱学文",
        "requirement": "逐条答复",
        "feedback_on": "2020-04-30",
    }
    assert handler.takes_on(education, "plan", **plan).status_code == 302
    contact = talk_form(town, held_on="2020.3.2", gist="当面沟通")
    assert handler.takes_on(education, "contact", **contact).status_code == 302
    assert handler.takes_on(finance, "mark_opinion", mark="adopted").status_code == 302
    held = {"contact": education.contacts.get().key}
    assert Reader(town, "lin").takes_on(education, "confirm_contact", **held).status_code == 302
    assert handler.post("reply", education.key, said=reply_form(education)).status_code == 302
    assert Reader(town, "edu_checker").takes_on(education, "pass_check").status_code == 302
    assert Reader(town, "edu_head").takes_on(education, "sign").status_code == 302
    assert liaison.takes_on(education, "deliver").status_code == 302


def test_the_offices_other_steps_work_on_pages(town: Town) -> None:
    clerk = Reader(town, "clerk")
    committee = f"committee:{town.education_committee.key}"
    first = HunanStory(town).submitted().case
    assert clerk.takes(first, "ask_review", party=committee).status_code == 302
    verdict = {"opinion": "register", "note": "内容具体。"}
    assert Reader(town, "committee").takes(first, "give_verdict", **verdict).status_code == 302
    worded = {"title": "新标题", "situation": "情况。", "requests": "一\n\n二"}
    assert clerk.takes(first, "propose_wording", **worded).status_code == 302
    assert Reader(town, "lin").takes(first, "accept_wording").status_code == 302
    vague = {"reason_code": "VAGUE", "reason": "请写明数量。"}
    assert clerk.takes(first, "return", **vague).status_code == 302
    first.refresh_from_db()
    assert (first.stage, first.title) == (Stage.RETURNED, "新标题")
    assert first.versions.latest("ordinal").requests.count() == 2

    second = HunanStory(town).submitted().case
    personal = {"reason_code": "PERSONAL", "reason": "属于个人事务。"}
    assert clerk.takes(second, "refuse", **personal).status_code == 302
    third = HunanStory(town).submitted().case
    assert clerk.takes(third, "take_as_reference", reason="供研究。").status_code == 302
    ended = [Suggestion.objects.get(pk=each.pk).stage for each in (second, third)]
    assert ended == [Stage.NOT_ACCEPTED, Stage.REFERENCE_ONLY]


def test_merging_and_taking_apart_work_on_pages(town: Town) -> None:
    one = HunanStory(town).submitted().registered().case
    two = HunanStory(town).submitted().registered().case
    clerk = Reader(town, "clerk")
    one.refresh_from_db()
    assert clerk.takes(two, "merge", number=one.number).status_code == 302
    two.refresh_from_db()
    assert two.merge_group_id
    assert "合并办理" in clerk.get("case", two.key).content.decode()
    assert clerk.takes(two, "unmerge", reason="事项不同。").status_code == 302
    two.refresh_from_db()
    assert two.merge_group_id is None


def test_what_asks_for_no_reply_is_circulated_on_its_page(town: Town) -> None:
    case = HunanStory(town, wants_no_reply=True).submitted().registered().case
    answer = Reader(town, "clerk").takes(case, "circulate", organs="省教育厅\n省财政厅")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.stage == Stage.REFERENCE_ONLY
    assert case.assignments.count() == 2


def test_not_satisfied_begins_the_second_round_and_the_page_says_so(town: Town) -> None:
    case = HunanStory(town).replied().case
    lin = Reader(town, "lin")
    said = {"attitude": "S", "result": "NS", "comment": "专线没有开通。"}
    assert lin.takes(case, "rate", **said).status_code == 302
    page = lin.get("case", case.key).content.decode()
    assert "第 2 轮办理" in page
    assert "专线没有开通。" in page


def test_a_deputy_who_is_asked_may_decline_and_one_who_signed_may_agree(town: Town) -> None:
    asked = HunanStory(town).invited().case
    zhao = Reader(town, "zhao")
    assert zhao.takes(asked, "decline_signature", reason="情况不了解").status_code == 302
    signed = HunanStory(town).submitted().case
    assert zhao.takes(signed, "agree_to_withdraw").status_code == 302
    assert Reader(town, "lin").takes(signed, "withdraw", reason="已解决").status_code == 302
    signed.refresh_from_db()
    assert signed.stage == Stage.WITHDRAWN


def test_keeping_ones_own_words_is_a_step(town: Town) -> None:
    case = HunanStory(town).submitted().worded().case
    assert Reader(town, "lin").takes(case, "refuse_wording", reason="原文准确").status_code == 302
    assert Act.objects.filter(suggestion=case, move="refuse_wording", why="原文准确").exists()


def test_after_the_limit_the_office_closes_without_feedback(town: Town, settings: Any) -> None:
    case = HunanStory(town).replied().case
    clerk = Reader(town, "clerk")
    assert "按未反馈办结" in clerk.get("case", case.key).content.decode()
    settings.HUIYIN_TODAY = TODAY.replace(month=5)
    assert clerk.takes(case, "close_without_feedback").status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.result) == (Stage.CLOSED, "")


# --- What a refusal keeps


FAULTS = [
    ("clerk", "submitted", "return", {"reason_code": "", "reason": "请写明数量与地点"}),
    ("clerk", "submitted", "refuse", {"reason_code": "VAGUE", "reason": "请写明数量与地点"}),
    ("clerk", "registered", "merge", {"number": "没有这个编号 九九"}),
    ("clerk", "registered", "assign", {"organ_1": "没有的 单位", "role_1": "lead"}),
    ("clerk", "registered", "assign", {"organ_1": "省教育厅", "role_1": "co"}),
    ("clerk", "submitted", "propose_wording", {"title": "", "situation": "写下的 情况"}),
]


@pytest.mark.parametrize(("who", "situation", "name", "said"), FAULTS)
def test_what_was_typed_survives_a_refusal(
    town: Town, who: str, situation: str, name: str, said: dict[str, str]
) -> None:
    story = HunanStory(town).submitted()
    if situation == "registered":
        story.registered()
    before = story.case.acts.count()
    answer = Reader(town, who).takes(story.case, name, **said)
    assert answer.status_code in (409, 422)
    page = answer.content.decode()
    for text in said.values():
        assert text in page
    assert story.case.acts.count() == before


def test_a_day_that_is_not_in_the_calendar_is_said_beside_its_field(town: Town) -> None:
    part = HunanStory(town).submitted().registered().assigned().acknowledged().part()
    contact = talk_form(town, held_on="2020-02-31", gist="当面 沟通")
    answer = Reader(town, "edu_handler").takes_on(part, "contact", **contact)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "2020-02-31" in page
    assert "当面 沟通" in page
    assert not part.contacts.exists()


def test_a_talk_that_has_not_been_held_is_not_recorded(town: Town) -> None:
    part = HunanStory(town).submitted().registered().assigned().acknowledged().part()
    contact = talk_form(town, held_on="2020-03-03", gist="明天")
    answer = Reader(town, "edu_handler").takes_on(part, "contact", **contact)
    assert answer.status_code == 422


def test_more_rows_for_organs_are_given_without_a_script(town: Town) -> None:
    case = HunanStory(town).submitted().registered().case
    typed = {"organ_1": "省教育厅", "role_1": "lead", "act": "more"}
    answer = Reader(town, "clerk").takes(case, "assign", **typed)
    page = answer.content.decode()
    assert 'name="organ_6"' in page
    assert "省教育厅" in page
    case.refresh_from_db()
    assert case.stage == Stage.REGISTERED


# --- Once, and on the state that was shown


def test_a_form_sent_twice_acts_once(town: Town) -> None:
    case = HunanStory(town).submitted().case
    clerk = Reader(town, "clerk")
    url = reverse("suggestions:step", args=[case.key, "register"])
    page = clerk.get("case", case.key).content.decode()
    form = {**clerk.shown(url, page=page), "category": "education"}
    answers = [clerk.client.post(url, form) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert case.acts.filter(move="register").count() == 1
    assert Entry.objects.filter(subject_key=case.key, action="suggestion.register").count() == 1


def test_a_form_without_its_key_is_refused_and_kept(town: Town) -> None:
    case = HunanStory(town).submitted().case
    case.refresh_from_db()
    said = {"once": "", "revision": case.revision, "reason_code": "VAGUE", "reason": "请写 清楚"}
    answer = Reader(town, "clerk").post("step", case.key, "return", said=said)
    assert answer.status_code == 422
    assert "请写 清楚" in answer.content.decode()


def test_the_slower_of_two_clerks_is_told_who_did_what(town: Town) -> None:
    case = HunanStory(town).submitted().registered().case
    fast, slow = Reader(town, "clerk"), Reader(town, "second_clerk")
    url = reverse("suggestions:step", args=[case.key, "assign"])
    shown = slow.shown(url, page=slow.get("case", case.key).content.decode())
    education = {"organ_1": "省教育厅", "role_1": "sole"}
    assert fast.takes(case, "assign", **education).status_code == 302

    answer = slow.client.post(url, {**shown, "organ_1": "省财政厅", "role_1": "sole"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "交省教育厅（独办）办理" in page
    assert "陈思源" in page
    assert "省财政厅" in page
    assert case.assignments.get().organ == town.education


def test_a_stale_step_that_is_still_open_can_be_sent_again_from_the_answer(town: Town) -> None:
    case = HunanStory(town).submitted().case
    fast, slow = Reader(town, "clerk"), Reader(town, "second_clerk")
    url = reverse("suggestions:step", args=[case.key, "return"])
    shown = slow.shown(url, page=slow.get("case", case.key).content.decode())
    assert fast.takes(case, "ask_review", party="government_office").status_code == 302
    typed = {"reason_code": "VAGUE", "reason": "请写明 数量"}

    late = slow.client.post(url, {**shown, **typed})

    assert late.status_code == 409
    assert "请写明 数量" in late.content.decode()
    again = {**slow.shown(url, page=late.content.decode()), **typed}
    assert slow.client.post(url, again).status_code == 302


def test_a_head_does_not_sign_a_text_he_has_not_read(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned().acknowledged()
    part = story.sent_to_check().checked().part()
    head = Reader(town, "edu_head")
    url = reverse("suggestions:part_step", args=[part.key, "sign"])
    shown = head.shown(url, page=head.get("reply", part.key).content.decode())
    reason = {"reason": "请补充 开工时间"}
    assert Reader(town, "edu_checker").takes_on(part, "send_back", **reason).status_code == 302
    story.sent_to_check().checked()

    answer = head.client.post(url, shown)

    assert answer.status_code == 409
    assert part.reply_file.stage == "in_clearance"


def test_a_deputy_does_not_sign_a_text_he_has_not_read(town: Town) -> None:
    case = HunanStory(town).invited().case
    zhao, lin = Reader(town, "zhao"), Reader(town, "lin")
    url = reverse("suggestions:step", args=[case.key, "confirm_signature"])
    shown = zhao.shown(url, page=zhao.get("case", case.key).content.decode())
    lin.post("edit", case.key, said={"revision": "0", "title": "换了一个标题", "act": "save"})
    assert zhao.client.post(url, shown).status_code == 409
    assert case.signatures.get(deputy=town.post("zhao")).standing == Signing.INVITED


# --- Who may not


def test_what_is_not_open_to_a_reader_does_not_exist_for_him(town: Town) -> None:
    story = HunanStory(town).replied()
    case, part = story.case, story.part()
    strange = Reader(town, "zhou")
    no_key = new_key()
    for key in (case.key, no_key):
        for name in ("case", "paper", "edit", "together"):
            assert strange.get(name, key).status_code == 404
        assert strange.get("step", key, "rate").status_code == 404
        assert strange.post("step", key, "rate").status_code == 404
        assert strange.post("attach", key).status_code == 404
        assert strange.post("autosave", key).status_code == 404
        assert strange.get("attachment", key, no_key).status_code == 404
    for key in (part.key, no_key):
        for name in ("letter", "reply", "reply_preview", "reply_files"):
            assert strange.get(name, key).status_code == 404
        assert strange.post("reply_autosave", key).status_code == 404
        assert strange.post("part_step", key, "deliver").status_code == 404


def test_a_neighbours_clerk_finds_nothing(town: Town) -> None:
    case = HunanStory(town).submitted().registered().case
    town.neighbour()
    neighbour = Reader(town, "neighbour_clerk")
    assert neighbour.get("case", case.key).status_code == 404
    assert case.title not in neighbour.get("list").content.decode()
    said = {"chosen": [case.key], "act": "do", "organ_1": "临海省教育厅", "role_1": "sole"}
    assert neighbour.post("assign_many", said=said).status_code == 404


def test_a_step_that_is_anothers_is_refused_without_a_trace(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    acts = story.case.acts.count()
    said = {"revision": "0", "organ_1": "省财政厅", "role_1": "sole"}
    assert Reader(town, "edu_liaison").post(
        "step", story.case.key, "assign", said=said
    ).status_code in (403, 409)
    assert Reader(town, "fin_liaison").post(
        "part_step", story.part().key, "acknowledge", said={"revision": "0"}
    ).status_code in (403, 404)
    assert story.case.acts.count() == acts


def test_steps_need_the_token_of_the_page(town: Town) -> None:
    case = HunanStory(town).submitted().case
    clerk = Reader(town, "clerk")
    clerk.client.handler.enforce_csrf_checks = True
    said = {"revision": case.revision, "category": "education"}
    assert clerk.post("step", case.key, "register", said=said).status_code == 403
    assert case.acts.filter(move="register").count() == 0


def test_fields_that_no_form_has_change_nothing(town: Town) -> None:
    case = HunanStory(town).submitted().case
    smuggled = {"stage": "closed", "lead": "1", "due_on": "2030-01-01", "result": "VS"}
    assert Reader(town, "clerk").takes(case, "register", category="education", **smuggled)
    case.refresh_from_db()
    assert (case.stage, case.due_on, case.result) == (Stage.REGISTERED, None, "")
    assert case.lead_id == town.post("lin").pk


WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def test_reading_a_page_writes_nothing(town: Town) -> None:
    """A draft in work, an organ before its reply, a rating to give: opening leaves no trace."""
    draft = HunanStory(town).invited().case
    handled = HunanStory(town).submitted().registered().assigned().acknowledged().part()
    replied = HunanStory(town).replied().case
    # That he has opened the reply is on record already.
    Reader(town, "lin").get("case", replied.key)
    pages = [
        ("lin", "list", ()),
        ("lin", "new", ()),
        ("lin", "edit", (draft.key,)),
        ("lin", "together", (draft.key,)),
        ("lin", "step", (draft.key, "submit")),
        ("lin", "step", (replied.key, "rate")),
        ("clerk", "case", (handled.suggestion.key,)),
        ("edu_handler", "case", (handled.suggestion.key,)),
        ("edu_handler", "reply", (handled.key,)),
        ("edu_handler", "reply_preview", (handled.key,)),
        ("edu_handler", "reply_files", (handled.key,)),
        ("edu_handler", "part_step", (handled.key, "contact")),
    ]
    for who, name, args in pages:
        reader = Reader(town, who)
        reader.get("list")
        if name == "case":
            # The first time, what the inbox says of it is marked as read; that and no more.
            with CaptureQueriesContext(connection) as caught:
                reader.get(name, *args)
            first = [each["sql"] for each in caught if each["sql"].startswith(WRITES)]
            assert all('"outbox_' in sql or "django_session" in sql for sql in first), first
        with CaptureQueriesContext(connection) as caught:
            assert reader.get(name, *args).status_code == 200, (who, name)
        written = [each["sql"] for each in caught if each["sql"].startswith(WRITES)]
        assert [sql for sql in written if "django_session" not in sql] == [], (who, name)
