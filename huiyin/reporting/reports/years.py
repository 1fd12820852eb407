"""Figures of earlier years beside those of this one: entered with their source, never counted."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

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


def _earlier(material: Material, slot: Slot, now: Figure, year: int) -> Figure:
    found = material.earlier.get((now.code, year))
    if found is None:
        return _missing(slot, now, f"没有录入{year}年的这一数字")
    return Figure(
        code=slot.code,
        label=f"{year}年{now.label}",
        text=f"{found.printed}%" if _is_rate(now) else found.printed,
        value=str(found.value.normalize()),
        base=_said(found),
        as_of=f"{year}年",
        url=_address(found),
    )


def _change(material: Material, slot: Slot, now: Figure) -> Figure:
    """How far it has moved since last year, as a report says it."""
    found = material.earlier.get((now.code, material.year - 1))
    if found is None:
        return _missing(slot, now, f"没有录入{material.year - 1}年的这一数字")
    if not now.value:
        return _missing(slot, now, now.why)
    moved = Decimal(now.value) - Decimal(found.printed)
    up, down = ("提高", "下降") if _is_rate(now) else ("增加", "减少")
    unit = _POINTS if _is_rate(now) else ""
    said = f"{up if moved > 0 else down}{abs(moved)}{unit}" if moved else "持平"
    return Figure(
        code=slot.code,
        label=f"{now.label}比上年",
        text=said,
        value=str(moved),
        base=f"{now.text}与{found.year}年{found.printed}相比；{_said(found)}",
        as_of=now.as_of,
        url=_address(found),
    )


def _missing(slot: Slot, now: Figure, why: str) -> Figure:
    return Figure(
        code=slot.code, label=now.label, text=DASH, base=now.base, as_of=now.as_of, why=why
    )


def _is_rate(now: Figure) -> bool:
    """Whether it is printed as a percentage; a dash stands for a rate without a base."""
    return not now.text.isdigit()


def _said(found: EarlierFigure) -> str:
    place = f"，{found.page}" if found.page else ""
    other = "" if found.same_base else "；口径与本年不同"
    return f"{found.base}（{found.source}{place}）{other}"


def _address(found: EarlierFigure) -> str:
    return reverse("reporting:reports:earlier_one", args=[found.key])
