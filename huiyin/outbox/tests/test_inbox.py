"""The inbox as its reader sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from huiyin.accounts.tests.town import NOW, Town
from huiyin.outbox import selectors, services, views
from huiyin.outbox.models import Notice
from huiyin.outbox.tests.conftest import told

pytestmark = pytest.mark.django_db

INBOX = "/notices/"


def page(client: Client, address: str = INBOX) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_notice_leads_to_its_case(town: Town, client: Client) -> None:
    told(town, "lin", title="关于修路的建议", urgent=True)

    text = page(town.signed_in(client, "lin"))

    assert 'href="/sample/case-key-0000000000000/"' in text
    assert "Moved: 关于修路的建议" in text
    assert "It bears the number 7." in text
    assert "加急" in text


def test_a_notice_of_a_case_without_a_page_leads_nowhere(town: Town, client: Client) -> None:
    told(town, "lin", case=("other", "key"))

    assert "Moved" in page(town.signed_in(client, "lin"))
    assert "/other/" not in page(client)


def test_what_people_type_is_shown_as_they_typed_it(town: Town, client: Client) -> None:
    told(town, "lin", title="<script>alert(1)</script>{{7*7}}%s")

    text = page(town.signed_in(client, "lin"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}%s" in text
    assert "<script>alert(1)" not in text


def test_unread_comes_first_and_each_day_stands_over_its_notices(
    town: Town, client: Client
) -> None:
    for days in range(3):
        (notice,) = told(town, "lin", title=f"day {days}", at=NOW + timedelta(days=days))
        if days == 2:
            services.mark_read(key=notice.key, actor=town.actor("lin"), at=NOW)

    text = page(town.signed_in(client, "lin"))

    shown = [text.index(said) for said in (">未读<", "day 1", "day 0", ">已读<", "day 2")]
    assert shown == sorted(shown)
    assert all(day in text for day in ("2020年3月2日", "2020年3月3日", "2020年3月4日"))


def test_nobody_sees_anothers_notices(town: Town, client: Client) -> None:
    told(town, "zhao", title="for zhao only")

    text = page(town.signed_in(client, "lin"))

    assert "for zhao only" not in text
    assert "没有通知" in text


def test_a_notice_is_marked_by_its_button(town: Town, client: Client) -> None:
    first, _second = told(town, "lin")[0], told(town, "lin")[0]
    signed_in = town.signed_in(client, "lin")

    answer = signed_in.post("/notices/read/", {"notice": first.key})

    assert (answer.status_code, answer["Location"]) == (302, INBOX)
    assert selectors.unread_count(town.person("lin")) == 1
    assert signed_in.post("/notices/read-all/").status_code == 302
    assert selectors.unread_count(town.person("lin")) == 0


@pytest.mark.parametrize("key", ["", "nobody"])
def test_an_unknown_notice_is_not_there(town: Town, client: Client, key: str) -> None:
    signed_in = town.signed_in(client, "lin")

    assert signed_in.post("/notices/read/", {"notice": key}).status_code == 404
    if key:
        assert signed_in.get(INBOX, {"before": key}).status_code == 404


def test_anothers_notice_is_not_there(town: Town, client: Client) -> None:
    (notice,) = told(town, "zhao")
    signed_in = town.signed_in(client, "lin")

    assert signed_in.post("/notices/read/", {"notice": notice.key}).status_code == 404
    assert signed_in.get(INBOX, {"before": notice.key}).status_code == 404


@pytest.mark.parametrize("address", ["/notices/read/", "/notices/read-all/"])
def test_marking_needs_a_form(town: Town, client: Client, address: str) -> None:
    assert town.signed_in(client, "lin").get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert town.signed_in(strict, "lin").post(address).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get(INBOX)

    assert answer.status_code == 302
    assert reverse("accounts:sign_in") in answer["Location"]


def test_older_notices_are_a_page_away(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    for nth in range(5):
        told(town, "lin", title=f"notice {nth}")
    services.mark_all_read(actor=town.actor("lin"), at=NOW)
    signed_in = town.signed_in(client, "lin")
    seen, address = [], INBOX
    while address:
        answer = signed_in.get(address)
        seen.append([line.subject[-1] for day in answer.context["read_days"] for line in day.lines])
        older = answer.context["older"]
        address = f"{INBOX}?before={older}" if older else ""

    assert seen == [["4", "3"], ["2", "1"], ["0"]]


def test_many_unread_are_shown_in_part(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    for _nth in range(3):
        told(town, "lin")

    answer = town.signed_in(client, "lin").get(INBOX)

    assert sum(len(day.lines) for day in answer.context["unread_days"]) == 2
    assert answer.context["unread_goes_on"]


def test_the_page_asks_no_more_of_the_database_when_there_is_more_to_show(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def read() -> int:
        lines = selectors.in_words(selectors.inbox(town.person("lin")))
        return len([str(line.post) for line in lines])

    # The notices, and the posts in which they concern him.
    told(town, "lin")
    with django_assert_num_queries(2):
        assert read() == 1
    for _nth in range(5):
        told(town, "lin")
    with django_assert_num_queries(2):
        assert read() == 6


def test_the_count_of_unread_is_bounded(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "COUNTED", 2)
    for _nth in range(3):
        told(town, "lin")

    assert selectors.unread_count(town.person("lin")) == 2
    assert Notice.objects.count() == 3
