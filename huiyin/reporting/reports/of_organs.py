"""Figures of organs, of their systems, and of categories."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.organisations.models import System
from huiyin.reporting.counting import LEADING
from huiyin.reporting.reports.composed import Figure
from huiyin.reporting.reports.making import Maker, count_of, counted_rows, received_url
from huiyin.reporting.reports.material import Material
from huiyin.suggestions.models import Category

# What a writer calls the systems; 党群 groups the organs of the party and of the congress.
SYSTEMS: dict[str, tuple[str, ...]] = {
    "政府": (System.GOVERNMENT,),
    "党委": (System.PARTY,),
    "人大": (System.CONGRESS,),
    "两院": (System.JUDICIAL,),
    "中央": (System.CENTRAL,),
    "企业": (System.ENTERPRISE,),
    "党群": System.PARTY_GROUP,
}
_EACH_ONCE = "经登记未撤回的建议；同一件由多家承办的只计一次"


def _of_systems(material: Material, of: str) -> QuerySet[Any]:
    """The parts of the organs of some systems."""
    return material.parts.filter(organ__system__in=SYSTEMS[of])


def _organs(material: Material, of: str) -> Figure | None:
    """The organs that handle something, all or those of some systems."""
    if of and of not in SYSTEMS:
        return None
    parts = _of_systems(material, of) if of else material.parts
    return count_of(
        material,
        f"R501·{of}" if of else "R501",
        f"承办单位（{of}系统）" if of else "承办单位",
        parts.values("organ").distinct().count(),
        base="承办过本次会议建议的单位，每家计一次",
        url=counted_rows(material, "R501", of),
    )


def _by_system(code: str, said: str, asked: str, *, leading: bool) -> Maker:
    """What the organs of some systems handle, or lead."""

    def make(material: Material, of: str) -> Figure | None:
        if of not in SYSTEMS:
            return None
        parts = _of_systems(material, of)
        own = parts.filter(role__in=LEADING) if leading else parts
        return count_of(
            material,
            f"{code}·{of}",
            f"{of}系统{said}",
            own.values("suggestion").distinct().count(),
            base=_EACH_ONCE,
            url=received_url(material, **{asked: "+".join(SYSTEMS[of])}),
        )

    return make


def _by_organs(code: str, said: str, *, leading: bool) -> Maker:
    """What some organs handle, or lead, each suggestion once; 本单位 is the report's own."""

    def make(material: Material, of: str) -> Figure | None:
        own = of == "本单位" and material.organ is not None
        organs = [material.organ] if own and material.organ else material.organs_named(of)
        if not own and len(organs) != len(of.split("+")):
            return None
        rows = material.received.filter(material.handled_by(organs, leading=leading))
        alone = received_url(material, **{"leading" if leading else "organ": organs[0].key})
        return count_of(
            material,
            f"{code}·{of}",
            f"{'、'.join(each.short_name or each.name for each in organs)}{said}",
            rows.count(),
            base=_EACH_ONCE,
            url=alone if len(organs) == 1 else counted_rows(material, code, of),
        )

    return make


def _by_category(material: Material, of: str) -> Figure | None:
    if of not in Category.values:
        return None
    return count_of(
        material,
        f"R520·{of}",
        str(Category(of).label),
        material.received.filter(category=of).count(),
        base="经登记未撤回的建议，按登记的类别",
        url=received_url(material, category=of),
    )


MAKERS: dict[str, Maker] = {
    "R501": _organs,
    "R512": _by_system("R512", "承办", "system", leading=False),
    "R513": _by_system("R513", "主办", "led_by", leading=True),
    "R515": _by_organs("R515", "主办", leading=True),
    "R516": _by_organs("R516", "承办", leading=False),
    "R520": _by_category,
}
