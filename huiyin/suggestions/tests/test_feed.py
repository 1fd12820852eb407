"""The calendar a program reads: one post's deadlines, by its secret address and no other way."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from huiyin.accounts import throttle
from huiyin.accounts.models import CalendarFeed, Role, Standing
from huiyin.accounts.tests.town import NAMES, TERM_BEGAN, TODAY, Town
from huiyin.ledger.models import Entry
from huiyin.suggestions.tests.cases import HunanStory, Reader, many, town_of_pages

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'id="feed-address" readonly value="([^"]+)"')


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    cache.clear()
    return town_of_pages(settings)


def opened(town: Town, who: str) -> str:
    """The path of the feed that this person makes on his account's page."""
    page = Reader(town, who).client.post(
        reverse("accounts:open_feed"), {"post": town.post(who).key}
    )
    found = ADDRESS.search(page.content.decode())
    assert found
    return found[1].removeprefix("http://testserver")


def events(path: str) -> dict[str, tuple[str, date]]:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {
        str(each["uid"]): (str(each["summary"]), each.decoded("dtstart"))
        for each in calendar.walk("vevent")
    }


def test_a_program_reads_the_deadlines_of_the_post(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned()
    title, number = story.case.title, "1"
    awaited = (f"待答复：第{number}号 {title}", date(2020, 6, 2))
    assert list(events(opened(town, "lin")).values()) == [awaited]
    assert set(events(opened(town, "edu_liaison")).values()) == {
        (f"签收：第{number}号 {title}", date(2020, 3, 9)),
        (f"答复：第{number}号 {title}", date(2020, 6, 2)),
    }


def test_another_s_case_is_never_in_it(town: Town) -> None:
    town.neighbour()
    HunanStory(town).submitted().registered().assigned()
    for who in ("zhou", "neighbour_clerk", "fin_head"):
        titles = [summary for summary, _on in events(opened(town, who)).values()]
        expected = ["会办意见"] if who == "fin_head" else []
        assert [each.partition("：")[0] for each in titles] == expected


def test_it_names_nobody_and_breaks_no_line_too_late(town: Town) -> None:
    HunanStory(town, title="关于在县城新区增设公办幼儿园并开通接送专线的若干具体建议" * 3).replied()
    raw = Client().get(opened(town, "clerk")).content
    assert b"VEVENT" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    unfolded = raw.replace(b"\r\n ", b"").decode()
    assert not [name for name in NAMES.values() if name in unfolded]
    assert "DTSTART;VALUE=DATE:20200312" in unfolded


def test_an_event_stays_itself_when_its_day_moves(town: Town) -> None:
    story = HunanStory(town).submitted().registered().assigned().acknowledged()
    path = opened(town, "lin")
    [(uid, (_said, before))] = events(path).items()
    story.extension_asked()
    [(again, (_said, after))] = events(path).items()
    assert uid == again
    assert (before, after) == (date(2020, 6, 2), date(2020, 8, 1))


def test_in_the_language_of_its_reader(town: Town) -> None:
    HunanStory(town).submitted().registered().assigned()
    town.person("lin").language = "en"
    town.person("lin").save(update_fields=["language"])
    [(said, _on)] = events(opened(town, "lin")).values()
    assert said.startswith("Reply awaited: No. 1 ")


# --- The secret


def test_it_is_shown_once_and_kept_as_a_digest(town: Town) -> None:
    path = opened(town, "lin")
    token = path.rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert token not in (feed.token_digest, str(feed.pk))
    again = Reader(town, "lin").client.get(reverse("accounts:account"))
    assert token not in again.content.decode()
    assert Entry.objects.filter(action="feed.open").count() == 1
    assert token not in str(list(Entry.objects.values()))


def test_made_void_it_opens_nothing(town: Town) -> None:
    path = opened(town, "lin")
    Reader(town, "lin").client.post(reverse("accounts:close_feed"), {"post": town.post("lin").key})
    assert Client().get(path).status_code == 404
    assert Entry.objects.filter(action="feed.close").count() == 1


def test_a_new_address_makes_the_one_before_void(town: Town) -> None:
    first, second = opened(town, "lin"), opened(town, "lin")
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


@pytest.mark.parametrize("how", ["ended", "suspended", "over", "account closed"])
def test_it_ends_with_the_post_and_the_account(town: Town, how: str) -> None:
    path = opened(town, "lin")
    post, person = town.post("lin"), town.person("lin")
    if how == "account closed":
        person.is_active = False
        person.save(update_fields=["is_active"])
    else:
        post.standing = {"ended": Standing.ENDED, "suspended": Standing.SUSPENDED}.get(
            how, Standing.ACTIVE
        )
        post.until = None if how == "suspended" else TODAY - timedelta(days=how == "over")
        post.save(update_fields=["standing", "until"])
    assert Client().get(path).status_code == 404


def test_nobody_makes_or_voids_it_for_another_s_post(town: Town) -> None:
    path = opened(town, "lin")
    for name in ("accounts:open_feed", "accounts:close_feed"):
        answer = Reader(town, "clerk").client.post(reverse(name), {"post": town.post("lin").key})
        assert answer.status_code == 404
    assert Client().get(path).status_code == 200


def test_each_post_has_its_own(town: Town) -> None:
    many(town, 2)
    lin = town.person("lin")
    second = lin.posts.create(role=Role.CLERK, congress=town.congress, since=TERM_BEGAN)
    reader = Reader(town, "lin")
    page = reader.client.post(reverse("accounts:open_feed"), {"post": second.key})
    found = ADDRESS.search(page.content.decode())
    assert found
    assert len(events(found[1])) == 2
    assert CalendarFeed.objects.get().post == second


def test_a_program_that_asks_all_the_time_is_held_up(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttle, "CALENDAR", throttle.Limit(2, timedelta(hours=1)))
    monkeypatch.setattr(throttle, "UNKNOWN_CALENDAR", throttle.Limit(2, timedelta(hours=1)))
    path = opened(town, "lin")
    assert [Client().get(path).status_code for _each in range(3)] == [200, 200, 429]
    unknown = reverse("suggestions:feed", args=["A" * 22])
    assert [Client().get(unknown).status_code for _each in range(3)] == [404, 404, 429]
