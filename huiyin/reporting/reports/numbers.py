"""Numbered figures of a report: what each code counts, over what base, and where its rows are.

A code may be narrowed: ``R020·A1`` are those of class A1, ``R513·party`` what party organs lead.
The numbers of ``statistics.catalogue`` mean here what they mean there; the reports' own are others.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import override

from huiyin.reporting.reports import ideas, of_organs, of_suggestions, of_supervision
from huiyin.reporting.reports.composed import Figure
from huiyin.reporting.reports.making import DASH, ZH, Maker
from huiyin.reporting.reports.material import Material

MAKERS: dict[str, Maker] = {
    **of_suggestions.MAKERS,
    **of_organs.MAKERS,
    **of_supervision.MAKERS,
    **ideas.MAKERS,
}


# Counted in what lies before us, not in the facts of a day: of a past day they are not known.
LIVE = {"R701"}
NOT_OF_A_PAST_DAY = "此后又有办理，过去某日的这一数字不能补算"


def number(material: Material, base: str, of: str) -> Figure | None:
    """The figure of a code as it stands; None for a code nobody counts."""
    with override(ZH):
        made = MAKERS.get(base)
        if made is None and of:
            return None
        figure = made(material, of) if made else of_suggestions.numbered(material, base)
    if figure is None or base not in LIVE or not material.is_past:
        return figure
    return replace(figure, text=DASH, value="", url="", why=NOT_OF_A_PAST_DAY)
