"""Tables by organ, committee, delegation and matter, and the lists an organ works by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import override

from huiyin.organisations.models import Delegation, Division
from huiyin.reporting.reports.composed import Piece, Table
from huiyin.reporting.reports.making import (
    ZH,
    count_of,
    counted_rows,
    received_url,
    rows_url,
)
from huiyin.reporting.reports.material import Material
from huiyin.reporting.reports.tables import NOTHING, asked, based, rows_of
from huiyin.suggestions.likeness import clusters as clustered
from huiyin.suggestions.likeness import likenesses, matter_of, shared_words
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.selectors import ANSWERED, BEING_REHANDLED, overdue
from huiyin.suggestions.stages import CHARGED, HandlingRole
from huiyin.ui.days import plain_day

MOST = 20
# So alike two titles are on one matter: the clerk's own threshold joins what only resembles.
CLOSE = 0.75
# A matter that so few deputies raise is not yet one that many raise.
FEWEST = 3
# Not satisfied with the result in the last round.
DISSATISFIED = Q(result="NS")

# Column, its figure, and the statistic that counts the same rows, if one does.
_PROGRESS = (
    ("主办", "R515", "R001"),
    ("已答复", "R571", "R010"),
    ("逾期未答复", "R570", "R017"),
    ("不满意", "R572", ""),
    ("重新办理", "R573", "R042"),
)


def organs(material: Material) -> Table:
    """How far each organ has come with what it leads: the table of the monthly circular."""
    conditions = {
        "R515": Q(),
        "R571": ANSWERED,
        "R570": overdue(on=material.as_of),
        "R572": DISSATISFIED,
        "R573": BEING_REHANDLED,
    }
    counted = material.by_group("leading", conditions)
    names = material.names("leading", counted)
    ordered = sorted(counted, key=lambda organ: (-counted[organ]["R515"], names[organ]))
    rows = [
        (
            names[organ],
            *(
                _progress(material, names[organ], organ, counted[organ][each[1]], each)
                for each in _PROGRESS
            ),
        )
        for organ in ordered
    ]
    return Table(
        code="T12",
        title="各承办单位办理进度",
        base=based(material, "各单位主办的建议，同一单位每件只计一次"),
        headings=("承办单位", *(name for name, *_rest in _PROGRESS)),
        widths=(50, 18, 20, 26, 20, 22),
        rows=rows_of(*rows),
        empty=NOTHING,
    )


def _progress(
    material: Material, name: str, organ: str, counted: int, column: tuple[str, str, str]
) -> Piece:
    said, code, statistic = column
    url = counted_rows(material, code, name)
    if statistic:
        url = rows_url(material, statistic, leading=organ)
    return count_of(
        material, f"{code}·{name}", f"{name}{said}", counted, base="该单位主办的建议", url=url
    )


def delegations(material: Material) -> Table:
    """What each delegation raises, by the lead deputy's delegation."""
    counted = material.by_group("delegation", {"R530": Q()})
    ordered = Delegation.objects.filter(congress=material.actor.congress_id, key__in=counted)
    found: list[Sequence[Piece]] = []
    for key, name in ordered.order_by("ordering", "name").values_list("key", "name"):
        figure = count_of(
            material,
            f"R530·{name}",
            f"{name}领衔",
            counted[key]["R530"],
            base="按领衔代表",
            url=received_url(material, delegation=key),
        )
        found.append((name, figure))
    return Table(
        code="T13",
        title="各代表团建议件数",
        base=based(material, "经登记未撤回的建议，按领衔代表所在代表团"),
        headings=("代表团", "件数"),
        widths=(112, 44),
        rows=rows_of(*found),
        empty=NOTHING,
        drawn=1,
    )


def committees(material: Material) -> Table:
    """The counterpart catalogue: which committee follows how many, and at which organs."""
    rows: Any = material.followed.values_list("committee_name", "lead_organ__key")
    counted = list(rows.annotate(n=Count("pk")).order_by("committee_name", "-n", "lead_organ__key"))
    names = material.names("leading", (organ for _committee, organ, _n in counted))
    found: dict[str, list[tuple[str, int]]] = {}
    for committee, organ, n in counted:
        found.setdefault(committee, []).append((names[organ], n))
    lines: list[Sequence[Piece]] = []
    for name, organs_followed in found.items():
        total = sum(n for _organ, n in organs_followed)
        figure = count_of(
            material,
            f"R540·{name}",
            f"{name}对口督办",
            total,
            base="主办单位由该委员会对口联系的建议",
            url=counted_rows(material, "R540", name),
        )
        lines.append((name, "、".join(organ for organ, _n in organs_followed), figure))
    return Table(
        code="T14",
        title="对口督办建议目录",
        base=based(material, "主办单位有对口委员会的建议"),
        headings=("委员会", "对口联系的主办单位", "建议（件）"),
        widths=(56, 72, 28),
        rows=rows_of(*lines),
        empty="没有设定对口联系",
    )


def matters(material: Material) -> Table:
    """Matters that several deputies raise, as their titles are alike (代表集中反映的问题)."""
    cases = list(material.received_now.order_by("number_order", "pk"))
    close = [each for each in likenesses(cases) if each.score >= CLOSE]
    alike = [each for each in clustered(close) if len(each.members) >= FEWEST]
    alike.sort(key=lambda each: (-len(each.members), each.members[0].number_order or 0))
    places = _places(material)
    rows = [
        (str(place), _matter(each.members, places), str(len(each.members)), _numbers(each.members))
        for place, each in enumerate(alike[:MOST], start=1)
    ]
    return Table(
        code="T15",
        title="代表集中反映的问题",
        base=based(
            material,
            f"经登记未撤回的建议，按标题用词相近归集；列{FEWEST}件及以上的前{MOST}组，供人工研判",
        ),
        headings=("序号", "标题共有的用词", "件数", "建议编号"),
        widths=(16, 66, 18, 56),
        rows=rows_of(*rows),
        empty="没有三件以上标题相近的建议",
    )


def _matter(members: Sequence[Suggestion], places: Sequence[str]) -> str:
    """What the titles of most of them share, the longest of it; places are no matter."""
    titles = [_elsewhere(each.title, places) for each in members]
    shared = Counter(word for each in titles[1:] for word in set(shared_words(titles[0], each)))
    if not shared:
        return matter_of(titles[0])
    return max(shared.items(), key=lambda each: (each[1] * len(each[0]), each[0]))[0]


def _elsewhere(title: str, places: Sequence[str]) -> str:
    for place in places:
        title = title.replace(place, "")
    return title


def _places(material: Material) -> list[str]:
    """The divisions within the congress's own, the longest names first."""
    own = material.actor.congress.division_id
    within = Division.objects.filter(Q(parent=own) | Q(parent__parent=own), parent__isnull=False)
    return sorted(within.values_list("name", flat=True), key=len, reverse=True)


def _numbers(members: Sequence[Suggestion]) -> str:
    shown = [str(each.number) for each in members[:12]]
    # With blanks between: programs break lines of digits and wide commas anywhere.
    return " ".join(shown) + ("等" if len(members) > len(shown) else "")


# --- The three lists of an organ (源文000: 建议交办清单、重点建议清单、催办考核清单)


def _own(material: Material) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(
        CHARGED, organ=material.organ, suggestion__in=material.received_now.values("pk")
    )
    named = rows.select_related("suggestion__lead__person", "handler__person", "division")
    return named.order_by("suggestion__number_order", "round", "pk")


def _doer(part: Assignment) -> str:
    named = [str(part.division) if part.division else ""]
    named.append(part.handler.person.name if part.handler else "")
    return " ".join(each for each in named if each) or "未分办"


def _day(part: Assignment) -> str:
    return plain_day(part.due_on) if part.due_on else "—"


def assigned(material: Material) -> Table:
    """清单一: every suggestion the organ was charged with."""
    with override(ZH):
        rows = [
            (
                str(part.suggestion.number),
                part.suggestion.title,
                str(HandlingRole(part.role).label),
                _doer(part),
                _day(part),
                "办结" if part.done_on else "在办",
            )
            for part in _own(material)
        ]
    return Table(
        code="T16",
        title="建议交办清单",
        base=based(material, f"本单位承办的建议{len(rows)}件次（重新办理的另计一次）"),
        headings=("编号", "建议标题", "分工", "责任处室和经办人", "期限", "状态"),
        widths=(14, 54, 16, 26, 32, 14),
        rows=rows_of(*rows),
        empty="没有交办给本单位的建议",
    )


def key_ones(material: Material) -> Table:
    """清单二: those of key topics, each of which needs a plan of its own."""
    parts = _own(material).filter(suggestion__key_topics__isnull=False)
    rows = [
        (
            str(part.suggestion.number),
            part.suggestion.title,
            "、".join(
                each.topic.title for each in part.suggestion.key_topics.select_related("topic")
            ),
            _doer(part),
            _day(part),
        )
        for part in parts.distinct()
    ]
    return Table(
        code="T17",
        title="重点建议清单",
        base=based(material, f"列入重点处理建议、由本单位承办的{len(rows)}件"),
        headings=("编号", "建议标题", "专题", "责任处室和经办人", "期限"),
        widths=(14, 48, 34, 28, 32),
        rows=rows_of(*rows),
        empty="本单位没有承办重点处理建议",
    )


def pressed(material: Material) -> Table:
    """清单三: what is open or was not satisfied, by the day it is due."""
    waiting = Q(done_on__isnull=True) | Q(suggestion__result="NS")
    rows = [
        (
            str(part.suggestion.number),
            part.suggestion.title,
            _doer(part),
            _day(part),
            _pressing(part, material),
        )
        for part in _own(material).filter(waiting).order_by("due_on", "pk")
    ]
    return Table(
        code="T18",
        title="催办考核清单",
        base=based(material, f"本单位在办和代表不满意的{len(rows)}件次"),
        headings=("编号", "建议标题", "责任处室和经办人", "期限", "事项"),
        widths=(14, 58, 28, 32, 24),
        rows=rows_of(*rows),
        empty="没有在办或者不满意的建议",
    )


def _pressing(part: Assignment, material: Material) -> str:
    if part.done_on:
        return "代表不满意"
    if part.due_on and part.due_on < material.as_of:
        return "已逾期"
    return "重新办理" if part.round > 1 else "在办"


def own_progress(material: Material) -> Table:
    """What an organ handles and leads, and how far it has come."""
    codes = (
        ("承办", "R516", "本单位"),
        ("其中：主办", "R515", "本单位"),
        ("主办件已答复", "R010", ""),
        ("主办件在办", "R013", ""),
        ("逾期答复", "R015", ""),
        ("首轮不满意", "R040", ""),
        ("正在重新办理", "R042", ""),
    )
    return Table(
        code="T19",
        title="本单位承办情况",
        base=based(material, "交办给本单位的建议，每件只计一次"),
        headings=("项目", "件数"),
        widths=(112, 44),
        rows=rows_of(*((name, asked(material, code, of)) for name, code, of in codes)),
    )
