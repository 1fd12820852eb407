"""Figures of earlier years beside those of this one, never counted anew.

They are those the year's own report printed when it was issued here; for years before this system
those entered with their source. What was entered holds where both are there: it corrects.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from huiyin.reporting.figures import RATES
from huiyin.reporting.models import EarlierFigure
from huiyin.reporting.reports.composed import Figure
from huiyin.reporting.reports.making import DASH
from huiyin.reporting.reports.material import Material
from huiyin.reporting.reports.numbers import number
from huiyin.reporting.reports.slots import Slot

_BACK = {"上年": 1, "前年": 2}
# A rate changes by points of the percentage, not by per cent.
_POINTS = "个百分点"


def filled(material: Material, slot: Slot) -> Figure | None:
    """The figure a slot asks for; None for a code nobody counts."""
    now = number(material, slot.base, slot.of)
    if now is None or not slot.year:
        return now
    if slot.year == "增减":
        return _change(material, slot, now)
    year = material.year - _BACK[slot.year]
    return _earlier(material, slot, now, year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A figure of an earlier year: as printed, over what, and where that can be read."""

    printed: str
    base: str
    url: str


def known(material: Material, code: str, year: int) -> Earlier | None:
    """The figure of that year, if it was entered or its report issued here."""
    if entered := material.earlier.get((code, year)):
        url = reverse("reporting:reports:earlier_one", args=[entered.key])
        return Earlier(printed=entered.printed, base=_said(entered), url=url)
    if issued := material.issued.get((code, year)):
        figure, report = issued
        url = reverse("reporting:reports:one", args=[report.key])
        base = f"{figure.base}（《{report.title}》，截至{figure.as_of}）"
        return Earlier(printed=figure.value, base=base, url=url)
    return None


def _earlier(material: Material, slot: Slot, now: Figure, year: int) -> Figure:
    found = known(material, now.code, year)
    if found is None:
        return _missing(slot, now, f"没有录入{year}年的这一数字")
    return Figure(
        code=slot.code,
        label=f"{year}年{now.label}",
        text=f"{found.printed}%" if _is_rate(slot) else found.printed,
        value=found.printed,
        base=found.base,
        as_of=f"{year}年",
        url=found.url,
    )


def _change(material: Material, slot: Slot, now: Figure) -> Figure:
    """How far it has moved since last year, as a report says it."""
    year = material.year - 1
    found = known(material, now.code, year)
    if found is None:
        return _missing(slot, now, f"没有录入{year}年的这一数字")
    if not now.value:
        return _missing(slot, now, now.why)
    moved = Decimal(now.value) - Decimal(found.printed)
    up, down = ("提高", "下降") if _is_rate(slot) else ("增加", "减少")
    unit = _POINTS if _is_rate(slot) else ""
    said = f"{up if moved > 0 else down}{abs(moved)}{unit}" if moved else "持平"
    return Figure(
        code=slot.code,
        label=f"{now.label}比上年",
        text=said,
        value=str(moved),
        base=f"{now.text}与{year}年{found.printed}相比；{found.base}",
        as_of=now.as_of,
        url=found.url,
    )


def _missing(slot: Slot, now: Figure, why: str) -> Figure:
    return Figure(
        code=slot.code, label=now.label, text=DASH, base=now.base, as_of=now.as_of, why=why
    )


# Percentages of this room; those of the counting service are its rates.
_RATES = {"R236", "R237", "R241", "R242", "R244"}


def _is_rate(slot: Slot) -> bool:
    return slot.base in RATES or slot.base in _RATES


def _said(found: EarlierFigure) -> str:
    place = f"，{found.page}" if found.page else ""
    other = "" if found.same_base else "；口径与本年不同"
    return f"{found.base}（{found.source}{place}）{other}"
