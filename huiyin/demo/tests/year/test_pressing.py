"""Source 004's figures of supervision, counted from rows; its report as the office prints it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from huiyin.accounts.actor import Actor
from huiyin.demo import quotas
from huiyin.demo.funding import WORKS
from huiyin.demo.telling import Book
from huiyin.documents.typesetting import to_word
from huiyin.ledger.verify import verify_chain
from huiyin.reporting.models import Report
from huiyin.reporting.reports import selectors, slots
from huiyin.reporting.reports.composed import Composed, Figure
from huiyin.reporting.reports.papers import paper
from huiyin.reporting.reports.workbook import workbook
from huiyin.supervision.funding import funds_for, projects_for
from huiyin.supervision.models import (
    Bulletin,
    Circular,
    FundEntry,
    Outcome,
    Publicity,
    RhythmMinutes,
    RhythmTask,
    SupervisionAct,
    TopicCase,
)
from huiyin.supervision.stages import PublicityKind, TopicStage
from huiyin.supervision.supervising import problems_for
from huiyin.supervision.topics import topics_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_the_year_s_supervision(year: Book) -> None:
    topics = topics_for(Actor.of(year.world.clerks[0]))
    articles = Publicity.objects.filter(kind=PublicityKind.ARTICLE)
    assert {topic.stage for topic in topics} == {TopicStage.UNDER_SUPERVISION}
    assert (topics.count(), TopicCase.objects.count()) == (7, 20)
    assert SupervisionAct.objects.count() == 30
    assert articles.count() == 80
    assert articles.filter(medium="岳川日报、新岳川").count() == 29
    assert articles.filter(medium="岳网").count() == 20
    # Its own fund, problems, rhythms and papers, and no yuan of it lost.
    fund = funds_for(Actor.of(year.world.clerks[0])).get()
    entries = FundEntry.objects.order_by("-seq")
    assert (fund.budget, fund.project_count) == (3_000_000, len(WORKS))
    assert fund.free == entries[0].balance
    left = fund.budget - fund.spent - fund.free
    assert left == sum(each.left for each in projects_for(Actor.of(year.world.clerks[0])))
    stages = {each.stage for each in problems_for(Actor.of(year.world.clerks[0]))}
    assert stages == {"found", "notified", "fixed"}
    assert RhythmMinutes.objects.count() > 8
    assert RhythmTask.objects.filter(minutes__isnull=True).count() == 3
    assert (Circular.objects.count(), Bulletin.objects.count(), Outcome.objects.count()) == (
        1,
        2,
        6,
    )
    assert verify_chain(year.world.congress.key) == []


# --- The yearly report of source 004

# Its figures in the order of the source, by hand: the place each stands in, as it is printed there
# (a change in points of the percentage: the source writes 提高2.9%), a word of the base it names.
PRINTED = [
    ("R002", "1421", "登记"),
    ("R501", "95", "每家计一次"),
    ("R011", "1421", "会议期间"),
    ("R042", "4", "不计入反馈"),
    ("R003", "44", "登记"),
    ("R012", "27", "闭会期间"),
    ("R501·党群", "16", "每家计一次"),
    ("R512·党群", "312", "多家承办的只计一次"),
    ("R513·党群", "104", "多家承办的只计一次"),
    ("R515·组织部+宣传部+省委编办+省人大机关", "55", "只计一次"),
    ("R515·组织部", "21", "只计一次"),
    ("R512·人大", "19", "只计一次"),
    ("R513·人大", "15", "只计一次"),
    ("R601", "7", "主任会议确定"),
    ("R602", "20", "专题"),
    ("R603", "30", "督办活动"),
    ("R031", "1037", "已评价"),
    ("R131", "72.1%", "1037÷1438"),
    ("R031.前年", "441", "2018年"),
    ("R131.前年", "33.6%", "口径与本年不同"),
    ("R031.上年", "928", "2019年"),
    ("R131.上年", "68.4%", "口径与本年不同"),
    ("R040", "48", "首轮"),
    ("R041", "44", "首轮"),
    ("R036·很满意", "470", "已评价"),
    ("R036·满意", "509", "已评价"),
    ("R133", "94.4%", "979÷1037"),
    ("R133.上年", "94.8%", "反馈满意度"),
    ("R036·基本满意", "58", "已评价"),
    ("R236·基本满意", "5.6%", "58÷1037"),
    ("R037·很满意", "412", "已评价"),
    ("R037·满意", "518", "已评价"),
    ("R134", "89.7%", "930÷1037"),
    ("R134.上年", "86.8%", "反馈满意度"),
    ("R134.增减", "提高2.9个百分点", "89.7%与2019年86.8"),
    ("R037·基本满意", "107", "已评价"),
    ("R237·基本满意", "10.3%", "107÷1037"),
    ("R020·A1", "596", "最近一次"),
    ("R020·A2", "143", "最近一次"),
    ("R020·A3", "277", "最近一次"),
    ("R241·A", "70.5%", "1016÷1442"),
    ("R020·B1", "112", "最近一次"),
    ("R020·B2", "149", "最近一次"),
    ("R241·B", "18.1%", "261÷1442"),
    ("R020·C1", "126", "最近一次"),
    ("R020·C2", "39", "最近一次"),
    ("R241·C", "11.4%", "165÷1442"),
    ("R242", "88.6%", "1277÷1442"),
    ("R242.增减", "提高2.2个百分点", "88.6%与2019年86.4"),
    ("R604", "80", "宣传报道"),
    ("R604·岳川日报、新岳川", "29", "宣传报道"),
    ("R604·岳网", "20", "宣传报道"),
]
# What no count stands behind is the office's own writing, and shown as that.
TYPED = {"10", "60", "7", "175", "223"}


@pytest.fixture
def reader(year: Book) -> Actor:
    return Actor.of(year.world.clerks[0])


@pytest.fixture
def said(reader: Actor) -> Composed:
    return selectors.as_read(Report.objects.get(kind="yearly"), reader)


def test_every_figure_of_the_source_is_printed_with_its_base(said: Composed) -> None:
    found = {each.code: each for each in said.figures}
    assert [(code, found[code].text) for code, _text, _base in PRINTED] == [
        (code, text) for code, text, _base in PRINTED
    ]
    assert [code for code, _text, base in PRINTED if base not in found[code].base] == []
    assert {each.as_of for each in said.figures} == {"2020年9月10日", "2019年", "2018年"}
    with zipfile.ZipFile(io.BytesIO(to_word(paper(said)))) as word:
        text = word.read("word/document.xml").decode()
    assert [text_ for _code, text_, _base in PRINTED if text_ not in text] == []


def test_what_the_office_wrote_by_hand_is_told_apart(said: Composed) -> None:
    written = Report.objects.get().texts.values_list("text", flat=True)
    assert set().union(*map(slots.typed_numbers, written)) == TYPED
    assert not any(slots.UNWRITTEN.search(text) for text in written)
    assert said.meeting == "省十三届人大常委会第66次主任会议"


def test_each_number_opens_as_many_rows(
    said: Composed, reader: Actor, client: Client, settings: Any
) -> None:
    settings.HUIYIN_TODAY = quotas.TODAY
    client.force_login(reader.person)
    counted = [
        each for each in said.figures if each.url and each.text.isdecimal() and "." not in each.code
    ]
    shown = {each.code: _opened(client, each) for each in counted if "·" not in each.code}
    shown |= {each.code: _opened(client, each) for each in counted if each.code[:4] in NARROWED}
    assert shown == {each.code: int(each.text) for each in counted if each.code in shown}
    assert len(shown) > 25


# A few of each that is asked for in its own way; the crawler opens them all.
NARROWED = {"R515", "R501", "R604", "R241"}


def _opened(client: Client, figure: Figure) -> int:
    page = client.get(figure.url).context["page"]
    found: int = page.filtered.count()
    return found


def test_the_files_are_the_same_whenever_they_are_made(said: Composed, reader: Actor) -> None:
    again = selectors.as_read(Report.objects.get(kind="yearly"), reader)
    assert to_word(paper(said)) == to_word(paper(again))
    assert workbook(said) == workbook(again)
    assert Composed.of(said.kept()) == said
