"""How a deadline was found: said on a page, in both languages, to those who may see the case."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from huiyin.accounts.tests.town import Town
from huiyin.rulebook import ClockKind, Period, StartEvent, Unit, events, run
from huiyin.rulebook.model import Acknowledge
from huiyin.suggestions.presenters.deadlines import Deadline
from huiyin.suggestions.presenters.explaining import Explained
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.ruling import Reckoning
from huiyin.suggestions.steps import Scene
from huiyin.suggestions.tests.cases import HunanStory, Reader, town_of_pages

pytestmark = pytest.mark.django_db

ASSIGNED, DUE = date(2020, 3, 2), date(2020, 6, 2)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def handled(town: Town) -> HunanStory:
    return HunanStory(town).submitted().registered().assigned()


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_page_tells_the_whole_sum(town: Town, settings: Any) -> None:
    story = handled(town)
    settings.HUIYIN_TODAY = date(2020, 5, 25)
    page = text_of(Reader(town, "lin").get("deadline", story.case.key, "reply"))
    for said in (
        "省教育厅答复代表",
        "2020年6月2日（周二）",
        "临期",
        "期限92天，已用84天",
        "自2020年3月2日首次交办起，已过84天",
        "交办之日为2020年3月2日，当日不计入，自次日起算。",
        "期限为3个月。",
        "《代表法》第四十二条第一款",
        "自交办之日起三个月内答复。",
        "已读原文全文。",
        "没有条文规定，系本系统的选择，理由如上。",
        "到期日为2020年6月2日（星期二）。",
        "距到期日不超过15天，到期当日也在内。 <strong>现在是这种情况。</strong>",
    ):
        assert said in page, said


def test_the_page_is_as_full_in_english(town: Town) -> None:
    story = handled(town)
    town.person("lin").language = "en"
    town.person("lin").save(update_fields=["language"])
    page = text_of(Reader(town, "lin").get("deadline", story.case.key, "reply"))
    for said in (
        "How this date was found",
        "0 of 92 days used",
        "0 days since the first assignment on 2 March 2020",
        "Due on 2020-06-02 (Tuesday).",
        "The full text was read.",
        "More than 15 days are left until the due day.",
    ):
        assert said in page, said


def test_a_late_deadline_shows_more_days_than_it_had(town: Town, settings: Any) -> None:
    story = handled(town)
    settings.HUIYIN_TODAY = date(2020, 6, 12)
    page = text_of(Reader(town, "clerk").get("deadline", story.case.key, "reply"))
    assert "期限92天，已用102天" in page
    assert "逾期" in page


def test_another_round_does_not_hide_the_first_assignment(town: Town, settings: Any) -> None:
    story = HunanStory(town).replied().rated("NS")
    settings.HUIYIN_TODAY = date(2020, 3, 12)
    page = text_of(Reader(town, "lin").get("deadline", story.case.key, "reply"))
    assert "期限为1个月。" in page
    assert "自2020年3月2日首次交办起，已过10天" in page


def test_each_deadline_has_its_page_and_each_page_its_place(town: Town) -> None:
    story = handled(town)
    part, co = story.part(), story.part("finance")
    case_page = text_of(Reader(town, "clerk").get("case", story.case.key))
    for key, name in ((part.key, "receipt"), (part.key, "due"), (co.key, "due")):
        assert reverse("suggestions:part_deadline", args=[key, name]) in case_page
    reader = Reader(town, "fin_liaison")
    assert "省财政厅提出会办意见" in text_of(reader.get("part_deadline", co.key, "due"))
    assert "省财政厅签收" in text_of(reader.get("part_deadline", co.key, "receipt"))
    listed = text_of(reader.get("list"))
    assert reverse("suggestions:deadline", args=[story.case.key, "reply"]) in listed


def test_the_rating_has_its_page_once_there_is_a_reply(town: Town) -> None:
    story = handled(town)
    reader = Reader(town, "lin")
    assert reader.get("deadline", story.case.key, "feedback").status_code == 404
    replied = HunanStory(town, title="关于校车的建议").replied()
    assert "代表评价" in text_of(reader.get("deadline", replied.case.key, "feedback"))


@pytest.mark.parametrize("name", ["receipt", "due", "nothing"])
def test_a_name_that_is_no_deadline_is_nowhere(town: Town, name: str) -> None:
    story = handled(town)
    assert Reader(town, "lin").get("deadline", story.case.key, name).status_code == 404


def test_another_s_case_explains_nothing(town: Town) -> None:
    story = handled(town)
    part = story.part()
    for who in ("zhou", "edu_liaison"):
        stranger = Reader(town, who)
        expected = 404 if who == "zhou" else 200
        assert stranger.get("deadline", story.case.key, "reply").status_code == expected
        assert stranger.get("part_deadline", part.key, "due").status_code == expected


def squares(town: Town, period: Period, start: date) -> dict[date, str]:
    """What the strip shows each day as."""
    story = handled(town)
    scene = Scene(actor=town.actor("clerk"), at=story.case.created_at, case=story.case)
    file = read(scene)
    rules = replace(scene.ruling.rules, acknowledge=Acknowledge(limit=period))
    issued = [events.Issued(on=start)]
    found = run(ClockKind.ACKNOWLEDGE, issued, rules=rules, calendar=scene.ruling.calendar)
    assert found is not None
    deadline = Deadline(title="", reckoning=Reckoning(start, period, found), url="")
    strip = Explained(file=file, deadline=deadline).strip
    return {
        square.day.on: square.css
        for month in strip
        for week in month.weeks
        for square in week
        if square.css != "outside"
    }


def test_the_strip_leaves_holidays_out_and_counts_make_up_days(town: Town) -> None:
    five = Period(5, Unit.WORKING_DAYS, StartEvent.ASSIGNMENT)
    shown = squares(town, five, date(2020, 4, 24))
    assert shown[date(2020, 4, 24)] == "start"
    assert shown[date(2020, 4, 25)] == "left-out"
    assert shown[date(2020, 4, 26)] == "counted makes-up"
    assert shown[date(2020, 4, 30)] == "counted due-day"
    assert sum("counted" in css for css in shown.values()) == 5


def test_the_strip_counts_every_day_of_a_month_period(town: Town) -> None:
    month = Period(1, Unit.MONTHS, StartEvent.ASSIGNMENT)
    shown = squares(town, month, date(2020, 4, 24))
    counted = [day for day, css in shown.items() if "counted" in css]
    assert (min(counted), max(counted), len(counted)) == (date(2020, 4, 25), date(2020, 5, 24), 30)


def test_the_clock_opens_without_a_script(town: Town) -> None:
    page = text_of(Reader(town, "lin").get("case", handled(town).case.key))
    clock = re.search(r'<details class="clock">.*?</details>', page, re.DOTALL)
    assert clock
    assert "自次日起算" in page
    assert "这个期限怎么算的" in clock[0]
