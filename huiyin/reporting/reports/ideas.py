"""金点子: what deputies ask for on one theme, in their own words, with what came of it."""

from __future__ import annotations

from django.db.models import Q

from huiyin.reporting.reports.composed import Block, Figure, Paragraph
from huiyin.reporting.reports.making import Maker, count_of, counted_rows
from huiyin.reporting.reports.material import Material
from huiyin.suggestions.models import RequestItem, Suggestion

MOST = 30
LONGEST = 160


def chosen(material: Material) -> list[Suggestion]:
    """Received ones whose title speaks of the theme, those taken up first."""
    words = [word for word in material.theme.replace("、", " ").split() if word]
    speaks = Q()
    for word in words:
        speaks |= Q(title__contains=word)
    if not words:
        return []
    rows = material.received_now.filter(speaks).select_related("lead__person", "lead_organ")
    return list(rows.order_by("outcome_class", "number_order", "pk")[:MOST])


def excerpts(material: Material) -> Block:
    """Each idea with its deputy, its words and the class of its reply."""
    cases = chosen(material)
    said = _asked(cases)
    paragraphs = [
        paragraph
        for place, case in enumerate(cases, start=1)
        for paragraph in _one(place, case, said.get(case.pk, ""))
    ]
    if not paragraphs:
        paragraphs = [Paragraph(pieces=("—（没有建议的标题写到这一主题）",))]
    return Block(code="excerpts", paragraphs=tuple(paragraphs))


def _one(place: int, case: Suggestion, said: str) -> tuple[Paragraph, Paragraph]:
    head = f"{place}．{case.title}（{case.lead.person.name}代表，第{case.number}号）"
    organ = f"主办单位：{case.lead_organ.name}" if case.lead_organ else "尚未交办"
    came = f"，答复类别{case.outcome_class}" if case.outcome_class else "，尚未答复"
    return (
        Paragraph(pieces=(head,), level=3),
        Paragraph(pieces=(f"{said or '（未列明具体要求）'}{organ}{came}。",)),
    )


def _asked(cases: list[Suggestion]) -> dict[int, str]:
    """What each asks for in its latest text, cut at a sentence where it is long."""
    rows = RequestItem.objects.filter(version__suggestion__in=cases)
    ordered = rows.order_by("version__ordinal", "ordinal")
    texts: dict[int, dict[int, str]] = {}
    for pk, version, line in ordered.values_list("version__suggestion", "version__ordinal", "text"):
        own = texts.setdefault(pk, {})
        own[version] = own.get(version, "") + _ended(line.strip())
    return {pk: _cut(own[max(own)]) for pk, own in texts.items()}


def _ended(line: str) -> str:
    return line if line.endswith(("。", "；", "！", "？")) else f"{line}。"


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind("。", 0, LONGEST)
    return text[: end + 1] if end > 0 else f"{text[:LONGEST]}……"


def _counted(material: Material, of: str) -> Figure | None:
    """How many the booklet holds."""
    theme = material.theme
    if of or not theme:
        return None
    return count_of(
        material,
        "R701",
        f"选编“{theme}”主题建议",
        len(chosen(material)),
        base=f"标题写到“{theme}”的建议，最多选{MOST}件",
        url=counted_rows(material, "R701", theme),
    )


MAKERS: dict[str, Maker] = {"R701": _counted}
