"""A report on a past day is the same to the byte, whatever is done later, and was true on its day.

``HUIYIN_LATER_ACTS`` says how many acts are at least taken between the two makings.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from huiyin.accounts.tests.town import Town
from huiyin.documents.typesetting import to_word
from huiyin.reporting.models import Picture, Report, ReportKind
from huiyin.reporting.reports import selectors, services
from huiyin.reporting.reports.composed import Composed, Figure
from huiyin.reporting.reports.composing import LIVE_TABLES
from huiyin.reporting.reports.numbers import LIVE, NOT_OF_A_PAST_DAY
from huiyin.reporting.reports.outlines import OUTLINES
from huiyin.reporting.reports.papers import paper
from huiyin.reporting.reports.services import Occasion
from huiyin.reporting.reports.workbook import workbook
from huiyin.reporting.tests.test_as_of import bring_in, busy, last_moment, much_happens, ten_days

pytestmark = pytest.mark.django_db

OCCASION = Occasion(title="办理情况报告", addressee="主任会议")


@pytest.fixture
def town() -> Town:
    return busy()


def begun(town: Town, kind: str, *, as_of: date, at: datetime) -> Report:
    return services.begin(
        actor=town.actor(maker(kind)),
        at=at,
        kind=kind,
        session=town.session,
        as_of=as_of,
        occasion=OCCASION,
        theme="公路",
    )


def maker(kind: str) -> str:
    return "edu_liaison" if "liaison" in OUTLINES[kind].makers else "clerk"


def said(town: Town, report: Report) -> Composed:
    """Read by its maker, who comes anew each time."""
    return selectors.as_read(report, town.actor(maker(report.kind)))


def files(town: Town, report: Report) -> tuple[bytes, bytes]:
    found = said(town, report)
    return to_word(paper(found)), workbook(found)


def test_the_yearly_report_of_a_past_day_stays_what_it_was(town: Town) -> None:
    now = last_moment()
    days = ten_days()[1::3]
    reports = [begun(town, ReportKind.YEARLY, as_of=day, at=now) for day in days]
    before = [files(town, each) for each in reports]
    lines = [said(town, each).known for each in reports]
    assert len(set(before)) == len(days)
    much_happens(town, at=now + timedelta(days=1))
    assert [files(town, each) for each in reports] == before
    Picture.objects.all().delete()
    cache.clear()
    assert [files(town, each) for each in reports] == before
    # What comes in later and is dated back makes another report; this one can still be had.
    bring_in(town)
    for report, line, made in zip(reports, lines, before, strict=True):
        assert files(town, report) != made
        report.known = line
        assert files(town, report) == made


def test_what_was_true_on_its_day_is_told_of_it_later(town: Town) -> None:
    now = last_moment()
    reports = [begun(town, kind, as_of=now.date(), at=now) for kind in ReportKind.values]
    on_the_day = [said(town, each) for each in reports]
    much_happens(town, at=now + timedelta(days=1))
    for then, report in zip(on_the_day, reports, strict=True):
        later = said(town, report)
        assert later.known == then.known
        assert printed(later) == printed(then)
        lost = [each for each in later.figures if each.why == NOT_OF_A_PAST_DAY]
        assert {each.code.split("·")[0] for each in lost} <= LIVE
        # All of this is not trivially so: the same report of today says something else.
        today = begun(town, report.kind, as_of=last_moment().date(), at=last_moment())
        if report.kind not in (ReportKind.LISTS, ReportKind.IDEAS):
            assert printed(said(town, today)) != printed(then)


def printed(report: Composed) -> list[Any]:
    """Every number that is counted of a day, and every cell of a table that is."""
    numbers: list[Any] = [
        (each.code, each.text, each.base)
        for each in report.figures
        if each.code.split("·")[0] not in LIVE
    ]
    return numbers + [
        [[cell.text if isinstance(cell, Figure) else cell for cell in row] for row in table.rows]
        for table in report.tables
        if table.code not in LIVE_TABLES
    ]


def test_its_numbers_open_the_rows_of_the_day(town: Town, settings: Any) -> None:
    now, day = last_moment(), ten_days()[5]
    settings.HUIYIN_TODAY = now.date()
    reports = [begun(town, kind, as_of=day, at=now) for kind in ReportKind.values]
    opened = 0
    for report in reports:
        client = town.signed_in(Client(), maker(report.kind))
        for figure in said(town, report).figures:
            if figure.text.isdecimal() and re.search(r"/(statistics|rows)/", figure.url):
                page = client.get(figure.url)
                assert page.status_code == 200, figure
                assert page.context["page"].filtered.count() == int(figure.text), figure
                opened += 1
    assert opened > 60
