"""The month of deadlines: each post its own, in a fixed number of queries."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.tests.town import Town
from huiyin.organisations.selectors import Rulebooks
from huiyin.rulebook import shipped_calendar
from huiyin.suggestions import agenda
from huiyin.suggestions.tests.cases import HunanStory, Reader, many, town_of_pages

pytestmark = pytest.mark.django_db

MARCH, JUNE = (date(2020, 3, 1), date(2020, 3, 31)), (date(2020, 6, 1), date(2020, 6, 30))
MAY = (date(2020, 5, 1), date(2020, 5, 31))
ITEM = re.compile(r'class="calendar-item"')


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def found(town: Town, who: str, days: tuple[date, date]) -> set[tuple[str, date]]:
    first, last = days
    what = agenda.between(
        town.actor(who), first=first, last=last, a_day=50, calendar=shipped_calendar()
    )
    return {(each.kind.name, each.on) for listed in what.shown.values() for each in listed}


def page(town: Town, who: str, **asked: str) -> str:
    answer = Reader(town, who).get("calendar", **asked)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


# --- Whose deadlines


def test_each_post_finds_what_concerns_it(town: Town) -> None:
    HunanStory(town).submitted().registered().assigned()
    receipt, due = ("receipt", date(2020, 3, 9)), date(2020, 6, 2)
    assert found(town, "edu_liaison", MARCH) == {receipt}
    assert found(town, "fin_liaison", MARCH) == {receipt}
    assert found(town, "edu_handler", MARCH) == set()
    for who in ("edu_liaison", "edu_handler", "edu_checker", "edu_head"):
        assert found(town, who, JUNE) == {("reply", due)}
    assert found(town, "fin_handler", MAY) == {("opinion", date(2020, 5, 2))}
    for who in ("lin", "zhao", "clerk", "government_clerk", "committee", "leader"):
        assert found(town, who, JUNE) == {("awaited", due)}
    assert found(town, "electing_liaison", JUNE) == {("awaited", due)}


def test_an_acknowledged_part_waits_for_no_receipt(town: Town) -> None:
    HunanStory(town).submitted().registered().assigned().acknowledged()
    assert found(town, "edu_liaison", MARCH) == set()
    assert found(town, "fin_liaison", MARCH) == {("receipt", date(2020, 3, 9))}


def test_the_lead_deputy_is_asked_to_rate_and_the_co_signer_is_not(town: Town) -> None:
    HunanStory(town).replied()
    rating = ("rating", date(2020, 3, 12))
    assert found(town, "lin", MARCH) == {rating}
    assert found(town, "clerk", MARCH) == {rating}
    assert found(town, "zhao", MARCH) == set()


def test_what_is_over_is_no_deadline(town: Town) -> None:
    HunanStory(town).replied().rated("S")
    for who in ("lin", "clerk", "edu_liaison", "fin_liaison"):
        assert found(town, who, MARCH) == found(town, who, JUNE) == set()


def test_another_s_case_is_in_no_calendar(town: Town) -> None:
    town.neighbour()
    HunanStory(town).submitted().registered().assigned()
    for who in ("zhou", "neighbour_clerk", "fin_head"):
        assert found(town, who, JUNE) == set()
    assert "幼儿园" not in page(town, "zhou", month="2020-06")


def test_registration_and_assignment_have_days_where_the_rules_set_them(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    HunanStory(town).submitted()
    HunanStory(town, title="关于校车的建议").submitted().registered()
    assert found(town, "clerk", MARCH) == set()

    real = Rulebooks.on

    def with_limits(self: Any, on: date, *, session: Any = None) -> Any:
        rules = real(self, on, session=session)
        week = rules.acknowledge.limit
        return replace(
            rules,
            acceptance=replace(rules.acceptance, notice=week),
            assign=replace(rules.assign, intersession_limit=week),
        )

    monkeypatch.setattr(Rulebooks, "on", with_limits)
    week_later = date(2020, 3, 9)
    expected = {("registration", week_later), ("assignment", week_later)}
    assert found(town, "clerk", MARCH) == expected
    assert found(town, "leader", MARCH) == set()


# --- The page


def test_a_square_shows_a_few_and_the_day_all(town: Town) -> None:
    many(town, 5)
    shown = page(town, "clerk", month="2020-06")
    assert len(ITEM.findall(shown)) == 3
    assert "全部5件" in shown
    whole = page(town, "clerk", day="2020-06-02")
    assert len(ITEM.findall(whole)) == 3 + 5


def test_days_of_rest_bear_their_names(town: Town) -> None:
    june = page(town, "lin", month="2020-06")
    assert "端午节" in june
    assert "调休上班" in june
    assert june.count('<li class="is-rest') == 9


def test_one_month_leads_to_the_next(town: Town) -> None:
    shown = page(town, "lin", month="2020-12")
    assert "?month=2020-11" in shown
    assert "?month=2021-01" in shown
    assert "暂定" in page(town, "lin", month="2027-01")


@pytest.mark.parametrize(
    "asked",
    [{"month": "2020-13"}, {"month": "六月"}, {"day": "2020-02-30"}, {"day": "0001-01-01"}],
)
def test_what_is_no_month_is_refused(town: Town, asked: dict[str, str]) -> None:
    assert Reader(town, "lin").get("calendar", **asked).status_code == 400


def test_more_cases_take_no_more_queries(town: Town) -> None:
    def queries(who: str) -> int:
        reader = Reader(town, who)
        reader.get("calendar", month="2020-06")
        with CaptureQueriesContext(connection) as caught:
            reader.get("calendar", month="2020-06")
        return len(caught)

    many(town, 1)
    HunanStory(town, title="关于校车的建议").replied()
    few = {who: queries(who) for who in ("lin", "clerk", "edu_liaison")}
    many(town, 4)
    assert {who: queries(who) for who in few} == few
    assert max(few.values()) <= 14, few
