"""Writing a suggestion on pages: kept while it is typed, never lost, submitted once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.accounts.tests.town import Town
from huiyin.documents.models import Attachment
from huiyin.ledger.models import Entry
from huiyin.organisations.models import Session
from huiyin.suggestions.models import Draft, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.cases import HunanStory, Reader, town_of_pages

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> Town:
    settings.HUIYIN_HOME = tmp_path
    return town_of_pages(settings)


def typed(**said: str) -> dict[str, str]:
    return {
        "revision": "0",
        "title": "关于修桥的建议",
        "situation": "桥已成危桥。",
        "request_1": "今年内重建",
        "raised_before": "no",
        "publish_scope": "full",
        **said,
    }


def begun(town: Town) -> Suggestion:
    Reader(town, "lin").post("new", said={"title": "关于修桥的建议"})
    return Suggestion.objects.get()


def pdf(name: str = "扫描件.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


# --- Beginning


def test_beginning_twice_with_one_form_makes_one_draft(town: Town) -> None:
    lin = Reader(town, "lin")
    form = {"title": "关于修桥的建议", "once": "one-form"}
    places = {lin.client.post(reverse("suggestions:new"), form)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Suggestion.objects.count() == 1


def test_the_whole_delegation_is_offered_only_while_the_session_sits(
    town: Town, settings: Any
) -> None:
    lin = Reader(town, "lin")
    assert 'name="whole_delegation"' not in lin.get("new").content.decode()
    lin.post("new", said={"title": "甲", "whole_delegation": "on"})
    assert Suggestion.objects.get().delegation is None
    settings.HUIYIN_TODAY = town.session.opens_on
    assert 'name="whole_delegation"' in lin.get("new").content.decode()
    lin.post("new", said={"title": "乙", "whole_delegation": "on"})
    assert Suggestion.objects.latest("pk").delegation == town.northern


def test_without_a_session_the_page_says_what_is_missing(town: Town) -> None:
    Session.objects.all().delete()
    answer = Reader(town, "lin").get("new")
    assert answer.status_code == 409
    assert "还没有录入会议" in answer.content.decode()


# --- The text


def test_more_boxes_come_without_a_script_and_keep_the_text(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    answer = lin.post("edit", case.key, said=typed(act="more", request_2="接送", request_3=""))
    page = lin.client.get(answer["Location"].split("#")[0]).content.decode()
    assert 'name="request_5"' in page
    assert "今年内重建" in page
    assert case.draft.content["requests"] == ["今年内重建", "接送"]


def test_an_emptied_box_takes_its_request_away(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    lin.post("edit", case.key, said=typed(act="save", request_2="接送"))
    lin.post("edit", case.key, said=typed(act="save", revision="1", request_1="", request_2="接送"))
    assert Draft.objects.get(suggestion=case).content["requests"] == ["接送"]


def test_submitting_half_a_text_names_what_is_missing_and_keeps_the_rest(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    answer = lin.post("edit", case.key, said=typed(act="submit", situation="", request_1=""))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明情况和问题。" in page
    assert "请至少写一条具体建议。" in page
    assert "关于修桥的建议" in page
    assert Suggestion.objects.get().stage == Stage.DRAFT


def test_a_text_that_is_too_long_is_refused_beside_its_field(town: Town) -> None:
    case = begun(town)
    answer = Reader(town, "lin").post("edit", case.key, said=typed(title="桥" * 121))
    assert answer.status_code == 422
    assert "桥" * 121 in answer.content.decode()


def test_autosave_counts_revisions_and_answers_in_json(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    first = lin.post("autosave", case.key, said=typed(situation="第一句"))
    assert first.json()["fields"] == {"revision": 1}
    second = lin.post("autosave", case.key, said=typed(situation="第二句", revision="1"))
    assert second.json()["fields"] == {"revision": 2}
    assert Draft.objects.get(suggestion=case).content["situation"] == "第二句"


def test_of_two_windows_neither_text_is_lost(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    lin.post("autosave", case.key, said=typed(situation="一号窗口写的话"))
    late = lin.post("autosave", case.key, said=typed(situation="二号窗口写的话"))
    assert late.status_code == 409
    assert "另一个窗口" in late.json()["message"]

    saved = lin.post("edit", case.key, said=typed(situation="二号窗口写的话", act="save"))

    assert saved.status_code == 409
    page = saved.content.decode()
    assert re.search(r"<del>.*一.*</del><ins>.*二.*</ins>", page)
    url = reverse("suggestions:edit", args=[case.key])
    again = {**lin.shown(url, page=page), "act": "save"}
    assert lin.client.post(url, again).status_code == 302
    kept = Draft.objects.get(suggestion=case).content
    assert kept["situation"] == "二号窗口写的话"
    assert kept["requests"] == ["今年内重建"]


def test_the_same_text_saved_twice_is_no_quarrel(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    assert lin.post("edit", case.key, said=typed(act="save")).status_code == 302
    assert lin.post("edit", case.key, said=typed(act="save")).status_code == 302


def test_a_session_that_ended_keeps_the_text_for_its_writer(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    lin.client.logout()
    script = lin.client.post(
        reverse("suggestions:autosave", args=[case.key]),
        typed(),
        headers={"accept": "application/json", "x-requested-with": "huiyin"},
    )
    assert script.status_code == 401
    sent = lin.post("edit", case.key, said=typed(situation="登录过期前写的 一段话"))
    assert sent.status_code == 401
    assert 'name="kept"' in sent.content.decode()


@pytest.mark.parametrize("text", ["𠀀𪚥", "😀👨‍👩‍👧", "ก̶̢̛", "\u202e倒着\u202c", "a\u200bb"])
def test_unusual_letters_are_kept_as_they_are(town: Town, text: str) -> None:
    case = begun(town)
    Reader(town, "lin").post("edit", case.key, said=typed(situation=f"情况{text}", act="save"))
    assert Draft.objects.get(suggestion=case).content["situation"] == f"情况{text}"


def test_a_character_that_no_database_keeps_is_refused_in_words(town: Town) -> None:
    case = begun(town)
    answer = Reader(town, "lin").post("edit", case.key, said=typed(situation="情况\x00"))
    assert answer.status_code == 422


def test_a_submitted_text_is_not_written_on(town: Town) -> None:
    case = HunanStory(town).submitted().case
    lin = Reader(town, "lin")
    assert lin.get("edit", case.key).status_code == 409
    answer = lin.post("edit", case.key, said=typed(situation="迟来的 话"))
    assert answer.status_code == 409
    assert "迟来的 话" in answer.content.decode()
    assert lin.post("autosave", case.key, said=typed()).status_code == 409


def test_the_returned_text_is_written_on_with_its_reason_beside_it(town: Town) -> None:
    case = HunanStory(town).submitted().returned().case
    page = Reader(town, "lin").get("edit", case.key).content.decode()
    assert "请写明数量。" in page
    assert "一万二千人" in page


def test_only_its_author_writes_on_it(town: Town) -> None:
    case = HunanStory(town).invited().case
    zhao = Reader(town, "zhao")
    assert zhao.get("edit", case.key).status_code == 403
    assert zhao.post("autosave", case.key, said=typed()).status_code == 403
    assert zhao.get("case", case.key).status_code == 200


# --- Co-signers and attachments


def test_co_signers_are_asked_by_name_and_shown_as_they_stand(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    for name in ("赵立新", "周海平"):
        assert lin.takes(case, "invite", deputy=name)["Location"].endswith("/together/")
    page = lin.get("together", case.key).content.decode()
    assert page.count("已邀请，待确认") == 2
    nobody = lin.takes(case, "invite", deputy="查无此人")
    assert nobody.status_code == 422
    assert "查无此人" in nobody.content.decode()


def test_of_two_deputies_with_one_name_the_right_one_is_chosen(town: Town) -> None:
    place = {"term": town.term, "delegation": town.southern}
    namesake = town.hire("zhao2", name="赵立新", role="deputy", **place)
    case = begun(town)
    lin = Reader(town, "lin")
    asked = lin.takes(case, "invite", deputy="赵立新")
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "赵立新（岳南代表团）" in page
    chosen = {"deputy": "赵立新", "mandate": namesake.post.key}
    assert lin.takes(case, "invite", **chosen).status_code == 302
    assert case.signatures.filter(deputy=namesake.post).exists()


def test_attachments_are_kept_once_served_to_who_may_see_and_on_record(town: Town) -> None:
    case = begun(town)
    lin = Reader(town, "lin")
    form = {"once": "one-upload", "part": "text"}
    url = reverse("suggestions:attach", args=[case.key])
    for _twice in range(2):
        assert lin.client.post(url, {**form, "file": pdf("现场照片.pdf")}).status_code == 302
    kept = Attachment.objects.get()
    assert Entry.objects.filter(subject_key=case.key, action="suggestion.attach").count() == 1
    assert lin.file(case, kept) == PDF
    assert Reader(town, "zhou").file(case, kept) is None
    assert Reader(town, "clerk").file(case, kept) is None


def test_a_file_that_is_not_what_it_says_is_refused(town: Town) -> None:
    case = begun(town)
    bad = SimpleUploadedFile("程序.pdf", b"MZ\x90\x00")
    answer = Reader(town, "lin").post("attach", case.key, said={"part": "text", "file": bad})
    assert answer.status_code == 422
    assert not Attachment.objects.exists()
    assert Reader(town, "lin").post("attach", case.key, said={"part": "text"}).status_code == 422


# --- From paper


def test_a_clerk_enters_a_paper_with_its_scan(town: Town) -> None:
    clerk = Reader(town, "clerk")
    started = clerk.post(
        "new", said={"title": "关于修桥的建议", "deputy": "周海平", "kind": "suggestion"}
    )
    key = started["Location"].split("/")[2]
    case = Suggestion.objects.get(key=key)
    assert (case.lead, case.entered_by) == (town.post("zhou"), town.post("clerk"))
    clerk.post("edit", key, said=typed(act="submit"))
    refused = clerk.takes(case, "submit", received_on="2020-02-28")
    assert refused.status_code == 409
    assert "扫描件" in refused.content.decode()
    assert clerk.post("attach", key, said={"part": "scan", "file": pdf()}).status_code == 302
    assert clerk.takes(case, "submit", received_on="2020-02-28").status_code == 302
    act = case.acts.get(move="submit")
    assert (act.via, act.on.isoformat()) == (Via.PAPER, "2020-02-28")
    assert act.on_behalf_of == town.post("zhou")
    scan = Attachment.objects.get()
    assert Reader(town, "zhou").file(case, scan) == PDF
    assert Reader(town, "lin").file(case, scan) is None


def test_the_scan_is_not_handed_to_organs_or_leaders(town: Town) -> None:
    test_a_clerk_enters_a_paper_with_its_scan(town)
    case = Suggestion.objects.get()
    clerk = Reader(town, "clerk")
    clerk.takes(case, "register", category="transport")
    clerk.takes(case, "assign", organ_1="省教育厅", role_1="sole")
    scan = Attachment.objects.get()
    for who in ("edu_liaison", "leader", "committee"):
        reader = Reader(town, who)
        assert reader.get("case", case.key).status_code == 200
        assert reader.file(case, scan) is None, who
