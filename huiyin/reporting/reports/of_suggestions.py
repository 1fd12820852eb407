"""Figures of suggestions as the counting service numbers them, by class and by grade."""

from __future__ import annotations

from huiyin.reporting.figures import FIGURES, RATES
from huiyin.reporting.reports.composed import Figure
from huiyin.reporting.reports.making import ZH, Maker, count_of, rows_url, share_of
from huiyin.reporting.reports.material import Material
from huiyin.rulebook import SOLVED_OR_PLANNED
from huiyin.suggestions.models.case import Raised


def numbered(material: Material, code: str) -> Figure | None:
    """A figure or a rate of the counting service by its number."""
    if code in FIGURES:
        return _counted(material, code)
    return _rate(material, code) if code in RATES else None


def _counted(material: Material, code: str) -> Figure:
    figure = FIGURES[code]
    return count_of(
        material,
        code,
        str(figure.label),
        material.counted.numbers[code],
        base=_own(material, str(figure.base)),
        url=rows_url(material, code),
    )


def _rate(material: Material, code: str) -> Figure:
    rate, numbers = RATES[code], material.counted.numbers
    shown = rate.parts[0] if len(rate.parts) == 1 else rate.of
    return share_of(
        material,
        code,
        str(rate.label),
        sum(numbers[part] for part in rate.parts),
        of=numbers[rate.of],
        base=_own(material, str(rate.base)),
        url=rows_url(material, shown),
    )


def _own(material: Material, base: str) -> str:
    return f"{base}；本单位主办" if material.organ else base


def _class(material: Material, of: str) -> Figure | None:
    return (
        _of_classes(material, f"R020·{of}", [of], f"{of}类") if of else _counted(material, "R020")
    )


def _group(material: Material, of: str) -> Figure | None:
    return _of_classes(material, f"R240·{of}", _codes_of(material, of), f"{of}类合计")


def _group_share(material: Material, of: str) -> Figure | None:
    codes = _codes_of(material, of)
    return _of_classes(material, f"R241·{of}", codes, f"{of}类占比", share=True)


def _solved(material: Material, _of: str) -> Figure | None:
    label = "已经解决、已有规定和计划解决的占比"
    return _of_classes(material, "R242", _solving(material), label, share=True)


def _solved_count(material: Material, _of: str) -> Figure | None:
    label = "已经解决、已有规定和计划解决的"
    return _of_classes(material, "R243", _solving(material), label)


def _class_share(material: Material, of: str) -> Figure | None:
    return _of_classes(material, f"R244·{of}", [of], f"{of}类占比", share=True)


def _solving(material: Material) -> list[str]:
    return [each.code for each in material.classes if each.outcome in SOLVED_OR_PLANNED]


def _codes_of(material: Material, group: str) -> list[str]:
    return [each.code for each in material.classes if each.group == group]


def _of_classes(
    material: Material, code: str, classes: list[str], label: str, *, share: bool = False
) -> Figure | None:
    """Those of some classes of the scheme in force, or what they are of all classed."""
    numbers = material.counted.numbers
    if not classes or any(f"class_{each}" not in numbers for each in classes):
        return None
    counted = sum(numbers[f"class_{each}"] for each in classes)
    base, url = (
        _own(material, str(FIGURES["R020"].base)),
        rows_url(material, "R020", **{"class": "+".join(classes)}),
    )
    if share:
        base = f"占已分类的建议；{base}"
        return share_of(material, code, label, counted, of=numbers["R020"], base=base, url=url)
    return count_of(material, code, label, counted, base=base, url=url)


def _graded(code: str, column: str, said: str, whole: str, *, share: bool = False) -> Maker:
    """How many gave a grade, or what they are of all who rated."""

    def make(material: Material, of: str) -> Figure | None:
        scale = material.rules.feedback.scale
        named = {scale.find(each).label.said_in(ZH): each for each in scale.codes}
        figure = FIGURES.get(f"{column}_{named.get(of, '')}")
        if figure is None:
            return None
        numbers, label = material.counted.numbers, f"{said}{of}"
        counted, base = numbers[figure.code], _own(material, str(figure.base))
        own, url = f"{code}·{of}", rows_url(material, figure.code)
        if not share:
            return count_of(material, own, label, counted, base=base, url=url)
        of_all = numbers[whole]
        return share_of(material, own, f"{label}占比", counted, of=of_all, base=base, url=url)

    return make


# When they were raised, as a writer says it.
RAISED = {"会议期间": Raised.IN_SESSION, "闭会期间": Raised.BETWEEN_SESSIONS}


def _waiting(material: Material, of: str) -> Figure | None:
    """Those that have not been answered yet, all or those raised in or between sessions."""
    if not of:
        return _counted(material, "R013")
    if of not in RAISED:
        return None
    figure = FIGURES["R013"]
    rows = material.rows.filter(figure.seen_from(material.here), raised=RAISED[of])
    url = rows_url(material, "R013", raised=RAISED[of].value)
    base = _own(material, str(figure.base))
    return count_of(material, f"R013·{of}", f"{of}在办", rows.count(), base=base, url=url)


MAKERS: dict[str, Maker] = {
    "R013": _waiting,
    "R020": _class,
    "R036": _graded("R036", "attitude", "办理态度：", "R031"),
    "R037": _graded("R037", "result", "办理结果：", "R031"),
    "R056": _graded("R056", "first_attitude", "首轮办理态度：", "R050"),
    "R057": _graded("R057", "first_result", "首轮办理结果：", "R050"),
    "R236": _graded("R236", "attitude", "办理态度：", "R031", share=True),
    "R237": _graded("R237", "result", "办理结果：", "R031", share=True),
    "R240": _group,
    "R241": _group_share,
    "R242": _solved,
    "R243": _solved_count,
    "R244": _class_share,
}
