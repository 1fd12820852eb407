"""Figures that come as a list within a sentence: ``{L604}`` names every medium with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.db.models import Count
from django.utils.translation import override

from huiyin.reporting.reports.composed import Figure, Piece
from huiyin.reporting.reports.making import ZH
from huiyin.reporting.reports.material import Material
from huiyin.reporting.reports.numbers import number
from huiyin.suggestions.models import Category
from huiyin.ui.days import plain_day

SHOWN = 5
# What each is called where writers are offered them.
NAMES = {
    "D001": "统计截止日",
    "D002": "年度",
    "D003": "选编的主题",
    "L020": "各类答复件数及占比",
    "L036": "对办理态度的评价件数及占比",
    "L037": "对办理结果的评价件数及占比",
    "L520": "件数较多的类别",
    "L601": "重点处理建议专题及件数",
    "L604": "各媒体宣传报道篇数",
}


def phrase(material: Material, base: str) -> list[Piece] | None:
    """The list of that code; None for a code that is none."""
    with override(ZH):
        made = _MAKERS.get(base)
        return made(material) if made else None


def _joined(named: Iterable[tuple[str, Figure, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    for name, figure, unit in named:
        pieces += [f"{'、' if pieces else ''}{name}", figure, unit]
    return pieces or ["—"]


def _categories(material: Material) -> list[Piece]:
    rows = material.received.exclude(category="")
    most = rows.values_list("category").annotate(n=Count("pk")).order_by("-n", "category")
    found = ((code, number(material, "R520", code)) for code, _n in most[:SHOWN])
    return _joined((str(Category(code).label), each, "件") for code, each in found if each)


def _topics(material: Material) -> list[Piece]:
    found = (
        (f"“{topic.title}”", number(material, "R602", str(place)))
        for place, topic in enumerate(material.topics, start=1)
    )
    return _joined((name, each, "件") for name, each in found if each)


def _media(material: Material) -> list[Piece]:
    found = ((medium, number(material, "R604", medium)) for medium, _n in material.media)
    return _joined((medium, each, "篇") for medium, each in found if each)


def _day(material: Material) -> list[Piece]:
    return [plain_day(material.as_of)]


def _year(material: Material) -> list[Piece]:
    return [str(material.year)]


def _theme(material: Material) -> list[Piece]:
    return [material.theme or "—"]


def _classes(material: Material) -> list[Piece]:
    """Every class with its meaning and number, and the share of its group."""
    pieces: list[Piece] = []
    groups = list(dict.fromkeys(each.group for each in material.classes))
    for group in groups:
        own = [each for each in material.classes if each.group == group]
        named = []
        for each in own:
            name = f"{each.code}类（{each.label.said_in(ZH)}）"
            named.append((name, number(material, "R020", each.code), "件"))
        pieces += ["；"] if pieces else []
        pieces += _joined((name, figure, unit) for name, figure, unit in named if figure)
        share = number(material, "R241", group)
        pieces += ["，共占" if len(own) > 1 else "，占", share] if share else []
    return pieces


def _graded(counted: str, share: str, rate: str) -> Callable[[Material], list[Piece]]:
    """The grades that count as satisfied together, then each other that anybody gave."""

    def make(material: Material) -> list[Piece]:
        scale = material.rules.feedback.scale
        named = {code: scale.find(code).label.said_in(ZH) for code in scale.codes}
        satisfied = [code for code in scale.codes if code in _SATISFIED]
        pieces = _joined(_named(material, counted, satisfied, named))
        together = number(material, rate, "")
        pieces += ["，共占" if len(satisfied) > 1 else "，占", together] if together else []
        for code in scale.codes:
            figure = number(material, counted, named[code])
            of_all = number(material, share, named[code])
            if code not in satisfied and figure and of_all and figure.value != "0":
                pieces += [f"；{named[code]}", figure, "件，占", of_all]
        return pieces

    return make


def _named(
    material: Material, base: str, codes: Iterable[str], named: Mapping[str, str]
) -> Iterable[tuple[str, Figure, str]]:
    for code in codes:
        if figure := number(material, base, named[code]):
            yield named[code], figure, "件"


# What a rate of satisfaction adds up; basically satisfied stands apart (源文004).
_SATISFIED = ("VS", "S")

_MAKERS: dict[str, Callable[[Material], list[Piece]]] = {
    "D001": _day,
    "D002": _year,
    "D003": _theme,
    "L020": _classes,
    "L036": _graded("R036", "R236", "R133"),
    "L037": _graded("R037", "R237", "R134"),
    "L520": _categories,
    "L601": _topics,
    "L604": _media,
}
