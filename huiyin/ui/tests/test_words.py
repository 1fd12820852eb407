"""Dates, numbers, differences: what the tags say."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ui import days, diffing, figures

DAY = date(2026, 6, 3)


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def test_a_day_is_written_as_an_office_writes_it():
    with translation.override("zh-hans"):
        assert days.long_day(DAY) == "2026年6月3日（周三）"
        assert days.plain_day(DAY) == "2026年6月3日"
        assert days.short_day(DAY) == "6月3日"
    with translation.override("en"):
        assert days.long_day(DAY) == "Wed 3 June 2026"
        assert days.short_day(DAY) == "3 June"


def test_a_moment_is_told_in_the_time_here():
    at = datetime(2026, 6, 2, 23, 5, tzinfo=ZoneInfo("UTC"))
    with translation.override("zh-hans"):
        assert days.moment(at) == "2026年6月3日 07:05"


@pytest.mark.parametrize(
    ("on", "working_days", "light", "left"),
    [
        (date(2026, 6, 11), None, "normal", "还有8天"),
        (date(2026, 6, 10), None, "near", "还有7天"),
        (date(2026, 6, 11), 6, "normal", "还有6个工作日"),
        (date(2026, 6, 10), 5, "near", "还有5个工作日"),
        (DAY, 0, "near", "今天到期"),
        (date(2026, 6, 2), None, "late", "已超过1天"),
        (date(2026, 6, 1), -2, "late", "已超过2个工作日"),
        # Past by a Sunday only: no working day has gone by, but late it is.
        (date(2026, 6, 2), 0, "late", "已超过1天"),
    ],
)
def test_a_deadline_has_a_light_and_says_what_is_left(on, working_days, light, left):
    with translation.override("zh-hans"):
        found = days.due(on, today=DAY, working_days=working_days)
    assert (found.light, found.left) == (light, left)


def test_a_clock_that_stands_counts_nothing():
    found = days.due(date(2026, 6, 1), today=DAY, stopped=True)
    assert (found.light, found.left) == ("still", "")


def test_the_light_is_shape_and_word_together(language):
    text = Template("{% load ui_tags %}{% light 'late' %}").render(Context())
    assert "<svg" in text
    assert ("逾期" if language == "zh-hans" else "Late") in text


def test_due_takes_today_from_the_page():
    template = Template("{% load ui_tags %}{% due on working_days=5 %}")
    with translation.override("zh-hans"):
        text = template.render(Context({"on": date(2026, 6, 10), "today": DAY}))
        none = template.render(Context({"on": None, "today": DAY}))
    assert "临期" in text
    assert "2026年6月10日（周三）" in text
    assert "还有5个工作日" in text
    assert "无期限" in none


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (1465, "1465"),
        (9999, "9999"),
        (10000, "10\u202f000"),
        (-1234567, "-1\u202f234\u202f567"),
    ],
)
def test_numbers_are_grouped_from_five_digits(number, text):
    assert figures.grouped(number) == text


def test_shares_are_rounded_half_up_and_never_divide_by_nothing():
    assert figures.share(1037, 1438) == "72.1%"
    assert figures.share(1, 800) == "0.1%"
    assert figures.percent(Decimal("0.25")) == "0.3%"
    assert figures.share(5, 0) == "—"


texts = st.text(alphabet="路灯修建，。 \nab", max_size=60)


@given(old=texts, new=texts)
def test_a_comparison_gives_back_both_versions(old, new):
    segments = diffing.compare(old, new)
    assert "".join(part.text for part in segments if part.kind != "added") == old
    assert "".join(part.text for part in segments if part.kind != "removed") == new
    kinds = [part.kind for part in segments]
    assert all(one != other for one, other in pairwise(kinds))


def test_a_comparison_marks_the_words_that_changed():
    found = diffing.compare("三年内建成一所公办园。", "三年内建成一所达标的公办园。")
    assert [(part.kind, part.text) for part in found] == [
        ("same", "三年内建成一所"),
        ("added", "达标的"),
        ("same", "公办园。"),
    ]
