"""Numbered figures of a report: what each code counts, over what base, and where its rows are.

A code may be narrowed: ``R020·A1`` are those of class A1, ``R513·party`` what party organs lead.
"""

from __future__ import annotations

from django.utils.translation import override

from huiyin.reporting.reports import ideas, of_organs, of_suggestions, of_supervision
from huiyin.reporting.reports.composed import Figure
from huiyin.reporting.reports.making import ZH, Maker
from huiyin.reporting.reports.material import Material

_MAKERS: dict[str, Maker] = {
    **of_suggestions.MAKERS,
    **of_organs.MAKERS,
    **of_supervision.MAKERS,
    **ideas.MAKERS,
}


def number(material: Material, base: str, of: str) -> Figure | None:
    """The figure of a code as it stands; None for a code nobody counts."""
    with override(ZH):
        if made := _MAKERS.get(base):
            return made(material, of)
        return None if of else of_suggestions.numbered(material, base)
