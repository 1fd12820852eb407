from __future__ import annotations

import logging
import re

import pytest
from django.test import Client

from huiyin.ui.tests.pages import KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huiyin.ui.tests.pages")]

CHINESE = {"Accept-Language": "zh-hans"}


@pytest.fixture
def reader(town):
    """Signed in, and shown a 500 as a reader would be, not as a traceback of the test."""
    return town.signed_in(Client(raise_request_exception=False, headers=CHINESE), "lin")


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_says_what_and_what_to_do(reader, kind):
    answer = reader.get(f"/refuse/{kind}/", HTTP_REFERER="http://testserver/cases/")
    page = answer.content.decode()
    assert answer.status_code == KINDS[kind].status
    assert f"{kind} happened." in page
    assert f"Do this about {kind}." in page
    assert "Too long." in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_program_is_told_the_same(client, kind):
    answer = client.get(f"/refuse/{kind}/", HTTP_ACCEPT="application/json")
    assert answer.status_code == KINDS[kind].status
    assert answer.json() == {
        "code": KINDS[kind].code,
        "message": f"{kind} happened.",
        "remedy": f"Do this about {kind}.",
        "fields": {"title": ["Too long."]},
    }


def test_what_was_written_is_shown_again_and_secrets_are_not(reader):
    form = {
        "body": "村里的路\n修了三年",
        "password": "my secret phrase",
        "stage": "submitted",
        "note": "three English words",
    }
    page = reader.post("/refuse/Stale/", form).content.decode()
    assert "村里的路\n修了三年" in page
    assert "three English words" in page
    assert "my secret phrase" not in page
    assert "submitted" not in page
    assert "没有作任何改动" in page


def test_reading_a_page_is_not_told_that_nothing_changed(reader):
    assert "没有作任何改动" not in reader.get("/refuse/NotFound/").content.decode()


@pytest.mark.parametrize(
    ("referer", "link"),
    [
        ("http://testserver/cases/?q=1", 'href="http://testserver/cases/?q=1"'),
        ("http://evil.example/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_way_back_leads_only_to_our_own_pages(reader, referer, link):
    page = reader.get("/refuse/Conflict/", HTTP_REFERER=referer).content.decode()
    assert link in page
    assert "evil.example" not in page
    assert "javascript:" not in page


def test_a_fault_shows_a_reference_and_the_log_has_the_rest(reader, caplog):
    with caplog.at_level(logging.ERROR, logger="huiyin.ui.errors"):
        answer = reader.get("/refuse/fault/")
    page = answer.content.decode()
    reference = re.search(r"<strong>([0-9A-F]{8})</strong>", page)
    assert answer.status_code == 500
    assert reference
    assert "ZeroDivisionError" not in page
    assert "secret" not in page
    [record] = [line for line in caplog.records if line.name == "huiyin.ui.errors"]
    assert reference[1] in record.getMessage()
    assert "the secret of the fault" in str(record.exc_info)


def test_a_fault_page_needs_no_database(reader, django_assert_num_queries, monkeypatch):
    from huiyin.ui import menu

    monkeypatch.setattr(menu, "entries", lambda *_args, **_more: 1 / 0)
    assert reader.get("/refuse/fault/").status_code == 500
    assert reader.get("/refuse/Unavailable/").status_code == 503


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        ("missing", 404, "没有您能看到的内容"),
        ("forbidden", 403, "这一步不由您办理"),
        ("suspicious", 400, "网址无法识别"),
    ],
)
def test_djangos_own_refusals_speak_like_ours(reader, kind, status, heading):
    answer = reader.get(f"/refuse/{kind}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert heading in page
    assert "secret" not in page


def test_what_one_may_not_see_looks_like_what_is_not_there(reader):
    unknown = reader.get("/nowhere/").content.decode()
    missing = reader.get("/refuse/missing/").content.decode()
    strip = re.compile(r'value="[^"]*"|/nowhere/|/refuse/missing/')
    assert strip.sub("", unknown) == strip.sub("", missing)


def test_a_form_without_its_token_is_refused_in_words(town):
    strict = town.signed_in(Client(enforce_csrf_checks=True, headers=CHINESE), "lin")
    answer = strict.post("/refuse/Stale/", {"body": "写了很久的一段话"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "页面打开时间过长" in page
    assert "写了很久的一段话" in page


def test_a_list_with_a_lookup_in_its_address_answers_400(reader):
    answer = reader.get("/sample/?name__startswith=a")
    assert answer.status_code == 400
    assert "网址里有列表不认识的条件" in answer.content.decode()
