"""Figures and charts in the gallery."""

from __future__ import annotations

from huiyin.ui import charts, parts
from huiyin.ui.styleguide.samples import say


def tiles() -> list[parts.Tile]:
    day = say("截至2020年9月10日", "as of 10 Sep 2020")
    return [
        parts.Tile(
            label=say("收到建议", "Received"),
            number="1465",
            unit=say("件", ""),
            url="#",
            base=say(f"已登记未撤回，{day}", f"registered, not withdrawn, {day}"),
        ),
        parts.Tile(
            label=say("已答复", "Answered"),
            number="1448",
            unit=say("件", ""),
            url="#",
            base=say(f"占收到 1465 件的 98.8%，{day}", f"98.8% of 1465 received, {day}"),
        ),
        parts.Tile(
            label=say("解决和基本解决", "Solved or mostly solved"),
            number="88.6%",
            url="#",
            base=say(f"基数：标注类别的 1442 件，{day}", f"of 1442 with a class, {day}"),
        ),
        parts.Tile(
            label=say("逾期未答复", "Late"),
            number="3",
            unit=say("件", ""),
            url="#",
            base=say(f"基数：办理中 17 件，{day}", f"of 17 in handling, {day}"),
            weighty=True,
        ),
    ]


def bars() -> charts.Chart:
    organs = [
        (say("省教育厅", "Education"), 128),
        (say("省交通运输厅", "Transport"), 117),
        (say("省农业农村厅", "Agriculture"), 96),
        (say("省卫生健康委员会", "Health"), 83),
        (say("省人力资源和社会保障厅", "Human Resources and Social Security"), 61),
        (say("省委组织部", "Organisation Department"), 21),
    ]
    return charts.Chart(
        title=say("主办件数最多的单位", "Organs with most cases as lead"),
        base=say("基数：已交办 1465 件，截至2020年9月10日", "Of 1465 assigned, as of 10 Sep 2020"),
        label=say("单位", "Organ"),
        unit=say("件", "cases"),
        parts=[charts.Part(label=label, value=value, url="#") for label, value in organs],
    )


def stack() -> charts.Chart:
    classes = [
        ("A", say("A类 已解决或基本解决", "A solved"), 1016, "a"),
        ("B", say("B类 正在或计划解决", "B under way"), 261, "b"),
        ("C", say("C类 留作参考", "C for reference"), 165, "c"),
    ]
    return charts.Chart(
        title=say("答复类别", "Classes of replies"),
        base=say(
            "基数：标注类别的 1442 件，截至2020年9月10日", "Of 1442 with a class, as of 10 Sep 2020"
        ),
        label=say("类别", "Class"),
        unit=say("件", "cases"),
        parts=[
            charts.Part(label=label, value=value, url="#", series=series)
            for _code, label, value, series in classes
        ],
    )


def stacks() -> charts.Stacks:
    rows = [
        (say("省教育厅", "Education"), (90, 28, 10)),
        (say("省交通运输厅", "Transport"), (61, 40, 16)),
        (say("省农业农村厅", "Agriculture"), (70, 18, 8)),
    ]
    labels = [(say("A类", "A"), "a"), (say("B类", "B"), "b"), (say("C类", "C"), "c")]
    return charts.Stacks(
        title=say("各单位答复类别", "Classes by organ"),
        base=say("基数：各单位主办并已答复的建议", "Of replies by each organ as lead"),
        label=say("单位", "Organ"),
        rows=[
            charts.StackRow(
                label=name,
                url="#",
                parts=[
                    charts.Part(label=label, value=value, series=series, url="#")
                    for (label, series), value in zip(labels, values, strict=True)
                ],
            )
            for name, values in rows
        ],
    )


def columns() -> charts.Chart:
    months = [(2, 12), (3, 64), (4, 143), (5, 391), (6, 288), (7, 346), (8, 204)]
    return charts.Chart(
        title=say("每月答复件数", "Replies by month"),
        base=say("2020年2月至8月", "February to August 2020"),
        label=say("月份", "Month"),
        unit=say("件", "cases"),
        parts=[
            charts.Part(label=say(f"{month}月", f"{month}/2020"), value=value, url="#")
            for month, value in months
        ],
    )
