"""How a figure is made: a number of rows or a share of them, with its base in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.urls import reverse

from huiyin.reporting.addresses import rows
from huiyin.reporting.reports.composed import Figure
from huiyin.reporting.reports.material import Material
from huiyin.ui.days import plain_day

DASH = "—"
NO_BASE = "没有可作基数的件，不计算比例"
ZH = "zh-hans"

# Makes the figure of a code, narrowed by the second argument; None where nothing is counted so.
Maker = Callable[[Material, str], Figure | None]


def count_of(
    material: Material, code: str, label: str, counted: int, *, base: str, url: str = ""
) -> Figure:
    """A number of rows."""
    return Figure(
        code=code,
        label=label,
        text=str(counted),
        value=str(counted),
        base=base,
        as_of=plain_day(material.as_of),
        url=url,
    )


def share_of(
    material: Material, code: str, label: str, parts: int, *, of: int, base: str, url: str = ""
) -> Figure:
    """A percentage, its sum said in the base; a dash with its reason where there is none."""
    share: Decimal | None = material.percent(parts, of=of)
    return Figure(
        code=code,
        label=label,
        text=DASH if share is None else f"{share}%",
        value="" if share is None else str(share),
        base=f"{parts}÷{of}；{base}",
        as_of=plain_day(material.as_of),
        url=url,
        why=NO_BASE if share is None else "",
    )


def rows_url(material: Material, code: str, **groups: str) -> str:
    """The rows of a statistic on the day, in these groups; of the organ whose report it is."""
    own = {"leading": material.organ.key} if material.organ else {}
    return rows(
        code,
        session=material.session,
        as_of=material.as_of,
        known=material.known,
        **{**own, **groups},
    )


def received_url(material: Material, **groups: str) -> str:
    """Those received of the session, whoever's report it is, in these groups."""
    return rows(
        "R001",
        session=material.session,
        as_of=material.as_of,
        known=material.known,
        **groups,
    )


def counted_rows(material: Material, code: str, of: str = "") -> str:
    """The page of this room that lists what no statistic counts."""
    narrowed = f"{code}·{of}" if of else code
    asked = [material.session.key, material.as_of.isoformat(), narrowed]
    if material.known is None:
        return reverse("reporting:reports:rows", args=asked)
    return reverse("reporting:reports:rows_known", args=[*asked[:2], material.known, narrowed])
