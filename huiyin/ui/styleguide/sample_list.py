"""A page of a list as the engine would hand it over, without a database behind it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.utils.html import format_html

from huiyin.ui import days, icons
from huiyin.ui.lists.shown import Chip, ShownCell, ShownFacet, ShownFilter, ShownHeading, ShownRow
from huiyin.ui.lists.spec import Column
from huiyin.ui.styleguide import samples
from huiyin.ui.styleguide.samples import say
from huiyin.ui.templatetags.ui_tags import class_badge, light_word


def page() -> SimpleNamespace:
    """Everything templates/ui/list.html asks of a ``ListPage``."""
    columns = _columns()
    rows = [
        ShownRow(
            key=f"k{number}",
            row=None,
            cells=[
                ShownCell(column=column, text=text)
                for column, text in zip(columns, _cells(number), strict=True)
            ],
        )
        for number in range(6)
    ]
    return SimpleNamespace(
        title=say("建议办理", "Suggestions in handling"),
        spec=SimpleNamespace(search=("title",), filters=("organ",), name="sample"),
        address=SimpleNamespace(path="", url="", q="", filters={"organ": ("edu",)}, lasting=""),
        rows=rows,
        headings=_headings(columns),
        facets=_facets(),
        chips=[
            Chip(label=say("单位", "Organ"), text=say("省教育厅", "Education"), off_url="?"),
            Chip(
                label=say("交办自", "Assigned from"),
                text=days.plain_day(date(2020, 2, 1)),
                off_url="?",
            ),
        ],
        filter_fields=_filters(),
        kept_fields=[],
        count_words="44",
        reset_url="?",
        sizes=[(20, "?", True), (50, "?size=50", False), (100, "?size=100", False)],
        is_first=False,
        first_url="?",
        previous_url="?before=x",
        next_url="?after=x",
        xlsx_url="?",
        csv_url="?",
        print_url="?",
        views=[],
        active_view=None,
        bulk=_bulk(),
    )


def _columns() -> list[Column]:
    return [
        Column(key="number", label=say("编号", "No."), kind="key", sort="number"),
        Column(key="title", label=say("标题", "Title"), kind="title"),
        Column(key="organ", label=say("承办单位", "Held by"), phone="wide"),
        Column(key="due", label=say("答复期限", "Due"), kind="date", sort="due"),
        Column(key="class", label=say("类别", "Class"), kind="badge"),
    ]


def _cells(number: int) -> list[Any]:
    lights = ("late", "near", "normal", "normal", "still", "normal")
    due = date(2020, 6, (1, 5, 18, 30, 12, 30)[number])
    organs = (
        say("省教育厅（主办）", "Education (lead)"),
        say("省医疗保障局（主办）", "Health Insurance (lead)"),
        say("省生态环境厅、省农业农村厅（分别办理）", "Environment, Agriculture (each)"),
        say("省商务厅（主办）", "Commerce (lead)"),
        say("省住房和城乡建设厅（独办）", "Housing (sole)"),
        say("省卫生健康委员会（主办）", "Health (lead)"),
    )
    light = lights[number]
    word = say("已结", "Closed") if light == "still" else light_word(light)
    return [
        f"{218 + 37 * number:04d}",
        format_html('<a href="/styleguide/case/">{}</a>', samples.title(number)),
        organs[number],
        format_html(
            '<span class="due"><span class="light light-{}">{}{}</span> <time>{}</time></span>',
            light,
            icons.light_mark(light),
            word,
            days.plain_day(due),
        ),
        class_badge(("", "", "", "B1", "A1", "")[number]) if number in (3, 4) else "",
    ]


def _headings(columns: list[Column]) -> list[ShownHeading]:
    return [
        ShownHeading(
            column=column,
            url="?" if column.sort else "",
            direction="ascending" if column.key == "due" else "",
        )
        for column in columns
    ]


def _facets() -> list[ShownFacet]:
    labels = (
        (say("全部", "All"), "44"),
        (say("待签收", "To acknowledge"), "3"),
        (say("办理中", "In handling"), "12"),
        (say("临期", "Due soon"), "4"),
        (say("逾期", "Late"), "1"),
        (say("已答复", "Replied"), "1000+"),
    )
    return [
        ShownFacet(label=label, url="?", active=number == 2, count=count)
        for number, (label, count) in enumerate(labels)
    ]


def _filters() -> list[ShownFilter]:
    organs = [("edu", say("省教育厅", "Education")), ("fin", say("省财政厅", "Finance"))]
    kinds = [("A1", "A1"), ("B1", "B1"), ("C1", "C1")]
    return [
        ShownFilter(
            key="organ",
            label=say("承办单位", "Organ"),
            kind="choice",
            values=("edu",),
            choices=organs,
        ),
        ShownFilter(
            key="from",
            label=say("交办自", "Assigned from"),
            kind="date_from",
            values=("2020-02-01",),
            choices=(),
        ),
        ShownFilter(
            key="class", label=say("类别", "Class"), kind="multi", values=(), choices=kinds
        ),
        ShownFilter(
            key="joint",
            label=say("有会办单位", "Has joining organs"),
            kind="bool",
            values=(),
            choices=(),
        ),
    ]


def _bulk() -> list[SimpleNamespace]:
    acts = (
        SimpleNamespace(label=say("批量签收", "Acknowledge"), kind="primary", confirm=""),
        SimpleNamespace(label=say("转给处室", "Pass to a division"), kind="quiet", confirm=""),
    )
    return [SimpleNamespace(act=act, url="#") for act in acts]
