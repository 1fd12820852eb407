"""Tables of reports. Each stands over one base, which is said under its title with the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import override

from huiyin.organisations.models import System
from huiyin.reporting import addresses
from huiyin.reporting.counting import LEADING
from huiyin.reporting.reports.composed import Figure, Piece, Table
from huiyin.reporting.reports.making import ZH, count_of, received_url, rows_url, share_of
from huiyin.reporting.reports.material import Material
from huiyin.reporting.reports.numbers import number
from huiyin.reporting.reports.of_organs import SYSTEMS
from huiyin.reporting.reports.slots import Slot
from huiyin.reporting.reports.years import filled, known
from huiyin.suggestions.models import Category
from huiyin.suggestions.selectors import ANSWERED
from huiyin.supervision.stages import LeaderPart, SupervisionForm
from huiyin.ui.days import plain_day

NOTHING = "没有可列的件"


def asked(material: Material, base: str, of: str = "") -> Piece:
    """A figure for a cell; a blank where the scheme in force has none."""
    return number(material, base, of) or ""


def based(material: Material, base: str) -> str:
    """The line under a table's title."""
    with override(ZH):
        return f"基数：{base}；截至{plain_day(material.as_of)}"


def rows_of(*rows: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(tuple(row) for row in rows)


def progress(material: Material) -> Table:
    """Received, answered and in handling, during the session and between sessions."""
    named = (("大会会议期间", "R002", "R011", "会议期间"), ("闭会期间", "R003", "R012", "闭会期间"))
    rows: list[Sequence[Piece]] = [
        (name, asked(material, got), asked(material, done), asked(material, "R013", when))
        for name, got, done, when in named
    ]
    rows.append(("合计", *(asked(material, code) for code in ("R001", "R010", "R013"))))
    return Table(
        code="T01",
        title="代表建议接收和答复情况",
        base=based(material, "经登记未撤回的建议，合并办理的分别计件"),
        headings=("提出时间", "接收（件）", "已答复（件）", "在办（件）"),
        widths=(48, 36, 36, 36),
        rows=rows_of(*rows),
    )


def by_system(material: Material) -> Table:
    """What each system of organs handles and leads."""
    present = set(material.parts.values_list("organ__system", flat=True).distinct())
    names = [
        (f"其中：{name}系统" if len(systems) > 1 else f"{name}系统", name)
        for name, systems in SYSTEMS.items()
        if present & set(systems)
    ]
    return Table(
        code="T02",
        title="各系统承办情况",
        base=based(
            material,
            "经登记未撤回的建议；每件在一个系统中只计一次，跨系统承办的分别计入，各行之和大于总数",
        ),
        headings=("系统", "承办单位（家）", "承办（件）", "主办（件）"),
        widths=(60, 32, 32, 32),
        rows=rows_of(
            *(
                (name, *(asked(material, code, value) for code in ("R501", "R512", "R513")))
                for name, value in names
            )
        ),
        empty=NOTHING,
    )


def party_organs(material: Material) -> Table:
    """The organs of the party and of the congress with most to lead."""
    parts: Any = material.parts.filter(organ__system__in=System.PARTY_GROUP).values(
        short=F("organ__short_name"), name=F("organ__name"), place=F("organ__key")
    )
    counted = parts.annotate(
        led=Count("suggestion", distinct=True, filter=Q(role__in=LEADING)),
        handled=Count("suggestion", distinct=True),
    ).order_by()
    names = material.names("leading", (row["place"] for row in counted))
    rows = [_as_named(row, names[row["place"]]) for row in counted]
    most = sorted(rows, key=lambda row: (-row["led"], row["name"]))[:10]
    return Table(
        code="T03",
        title="党群系统主办件较多的单位",
        base=based(material, "党群系统单位主办的建议；列前十家"),
        headings=("单位", "主办（件）", "承办（件）"),
        widths=(84, 36, 36),
        rows=rows_of(*(_organ(material, row) for row in most)),
        empty=NOTHING,
    )


def _as_named(row: dict[str, Any], name: str) -> dict[str, Any]:
    """Under the name of the day; the short name goes with the one it bears now."""
    return row if row["name"] == name else {**row, "name": name, "short": ""}


def _organ(material: Material, row: dict[str, Any]) -> Sequence[Piece]:
    named = row["short"] or row["name"]
    columns = (("R515", "led", "主办", "leading"), ("R516", "handled", "承办", "organ"))
    return (
        row["name"],
        *(
            count_of(
                material,
                f"{code}·{named}",
                f"{named}{said}",
                row[column],
                base="经登记未撤回的建议，每件只计一次",
                url=received_url(material, **{asked_for: row["place"]}),
            )
            for code, column, said, asked_for in columns
        ),
    )


def classes(material: Material) -> Table:
    """Replies by outcome class of the scheme in force, and by group."""
    with override(ZH):
        named = [(each.code, each.label.said_in(ZH)) for each in material.classes]
    groups = list(dict.fromkeys(each.group for each in material.classes))
    rows: list[Sequence[Piece]] = [
        (code, said, asked(material, "R020", code), asked(material, "R244", code))
        for code, said in named
    ]
    if len(groups) < len(named):
        rows += [
            (f"{each}类", "小计", asked(material, "R240", each), asked(material, "R241", each))
            for each in groups
        ]
    numbers = material.counted.numbers
    counted = numbers["R020"]
    url = rows_url(material, "R020")
    total = share_of(
        material, "R245", "合计占比", counted, of=counted, base="占已分类的建议", url=url
    )
    rows.append(("合计", "", asked(material, "R020"), total))
    return Table(
        code="T04",
        title="答复分类情况",
        base=based(material, f"已答复并分类的建议{numbers['R020']}件，按最后一次答复的类别"),
        headings=("类别", "含义", "件数", "占比"),
        widths=(20, 88, 24, 24),
        rows=rows_of(*rows),
        drawn=2,
    )


def satisfaction(material: Material) -> Table:
    """How those who fed back rate attitude and result, in the last round."""
    scale = material.rules.feedback.scale
    grades = [scale.find(code).label.said_in(ZH) for code in scale.codes]
    rows: list[Sequence[Piece]] = [
        (said, *(asked(material, each, said) for each in ("R036", "R236", "R037", "R237")))
        for said in grades
    ]
    fed_back = asked(material, "R031")
    rows.append(("合计", fed_back, "", fed_back, ""))
    numbers = material.counted.numbers
    return Table(
        code="T05",
        title="代表反馈满意度情况",
        base=based(
            material,
            f"已反馈的建议{numbers['R031']}件，按最后一轮评价；"
            f"未反馈{numbers['R032']}件单列，不计入满意",
        ),
        headings=("评价", "办理态度（件）", "占比", "办理结果（件）", "占比"),
        widths=(36, 36, 24, 36, 24),
        rows=rows_of(*rows),
    )


def first_round(material: Material) -> Table:
    """What was not satisfied at first, and what became of it."""
    codes = (
        ("首轮已评价", "R050"),
        ("首轮对办理结果不满意", "R040"),
        ("其中：再次答复并再次评价", "R041"),
        ("其中：正在重新办理", "R042"),
    )
    return Table(
        code="T06",
        title="不满意件重新办理情况",
        base=based(material, "首轮已评价的建议"),
        headings=("项目", "件数"),
        widths=(112, 44),
        rows=rows_of(*((name, asked(material, code)) for name, code in codes)),
    )


COMPARED = (
    ("R001", ""),
    ("R031", ""),
    ("R131", ""),
    ("R133", ""),
    ("R134", ""),
    ("R242", ""),
)


def years(material: Material) -> Table:
    """This year beside the two before it, as far as their figures were entered."""
    rows: list[Sequence[Piece]] = []
    for base, of in COMPARED:
        now = number(material, base, of)
        if now is None or not _entered(material, now.code):
            continue
        slots = (Slot(f"{now.code}.{year}", base, of, year) for year in ("前年", "上年"))
        change = Slot(f"{now.code}.增减", base, of, "增减")
        rows.append(
            (
                now.label,
                *(filled(material, slot) or "" for slot in slots),
                now,
                filled(material, change) or "",
            )
        )
    year = material.year
    return Table(
        code="T07",
        title="与前两年比较",
        base=based(material, "各年各自的口径见统计说明；往年数字据当年报告"),
        headings=("指标", f"{year - 2}年", f"{year - 1}年", f"{year}年", "比上年"),
        widths=(52, 20, 20, 20, 44),
        rows=rows_of(*rows),
        empty="没有录入往年的数字",
    )


def _entered(material: Material, code: str) -> bool:
    return any(known(material, code, material.year - back) for back in (1, 2))


def months(material: Material) -> Table:
    """First replies by month."""
    counted: Any = (
        material.rows.filter(ANSWERED)
        .annotate(month=TruncMonth("first_replied_on"))
        .values("month")
        .annotate(n=Count("pk"))
        .order_by("month")
    )
    found = []
    for row in counted:
        month = f"{row['month']:%Y-%m}"
        url = rows_url(material, "R010", replied_in=month)
        label = f"{row['month'].year}年{row['month'].month}月"
        figure = count_of(
            material, f"R560·{month}", f"{label}首次答复", row["n"], base="首次答复", url=url
        )
        found.append((label, figure, _share(material, month, row["n"], url)))
    return Table(
        code="T08",
        title="首次答复的时间分布",
        base=based(material, f"已答复的建议{material.counted.numbers['R010']}件，按首次答复日"),
        headings=("月份", "首次答复（件）", "占比"),
        widths=(60, 52, 44),
        rows=rows_of(*found),
        empty="还没有答复",
        drawn=1,
    )


def _share(material: Material, month: str, counted: int, url: str) -> Figure:
    return share_of(
        material,
        f"R561·{month}",
        "占已答复",
        counted,
        of=material.counted.numbers["R010"],
        base="占已答复的建议",
        url=url,
    )


def categories(material: Material) -> Table:
    """What deputies raise, by category."""
    rows: Any = material.received.values_list("category")
    counted = rows.annotate(n=Count("pk")).order_by("-n", "category")
    received = material.counted.numbers["R001"]
    found: list[Sequence[Piece]] = []
    with override(ZH):
        for code, n in counted:
            if code:
                url = received_url(material, category=code)
                share = share_of(
                    material, f"R521·{code}", "占接收", n, of=received, base="占接收的建议", url=url
                )
                name = str(Category(code).label)
                found.append((name, asked(material, "R520", code), share))
    return Table(
        code="T09",
        title="建议类别分布",
        base=based(material, f"经登记未撤回的建议{received}件，按登记的类别"),
        headings=("类别", "件数", "占比"),
        widths=(84, 36, 36),
        rows=rows_of(*found),
        empty=NOTHING,
        drawn=1,
    )


def topics(material: Material) -> Table:
    """The key topics with their suggestions and who leads their supervision."""
    rows: list[Sequence[Piece]] = []
    for place, topic in enumerate(material.topics, start=1):
        named = material.leaders_of(topic)
        lead = [each for each in named if each.part == LeaderPart.SUPERVISES]
        figure = asked(material, "R602", str(place))
        rows.append((str(place), topic.title, figure, _names(lead)))
    return Table(
        code="T10",
        title="重点处理建议专题",
        base=based(material, f"主任会议确定的{material.year}年度重点处理建议专题"),
        headings=("序号", "专题", "建议（件）", "牵头督办"),
        widths=(16, 76, 24, 40),
        rows=rows_of(*rows),
        empty="本年度没有确定重点处理建议",
    )


def _names(leaders: Iterable[Any]) -> str:
    return "、".join(f"{each.title}{each.name}" for each in leaders)


def supervisions(material: Material) -> Table:
    """Acts of supervision by their form."""
    counted = dict(material.acts.order_by().values_list("form").annotate(n=Count("pk")))
    since = {"since": material.begins.isoformat(), "until": material.as_of.isoformat()}
    rows: list[Sequence[Piece]] = []
    with override(ZH):
        for form in SupervisionForm:
            if form.value in counted:
                url = addresses.listed("supervision:act_list", {"tab": form.value, **since})
                figure = count_of(
                    material,
                    f"R603·{form.value}",
                    f"督办：{form.label}",
                    counted[form.value],
                    base="登记的督办活动，按次",
                    url=url,
                )
                rows.append((str(form.label), figure))
    rows.append(("合计", asked(material, "R603")))
    return Table(
        code="T11",
        title="督办活动情况",
        base=based(material, f"{material.year}年以来登记的督办活动，按次"),
        headings=("方式", "次数"),
        widths=(112, 44),
        rows=rows_of(*rows),
    )
