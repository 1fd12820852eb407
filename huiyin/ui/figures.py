"""Numbers as they are read: thin spaces from five digits on, per cent with one decimal."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NARROW_SPACE = "\u202f"
GROUPED_FROM = 10_000


def grouped(value: float | Decimal) -> str:
    """1465, 12 345; a year or a number of four digits stays whole."""
    if -GROUPED_FROM < value < GROUPED_FROM:
        return f"{value}"
    return f"{value:,}".replace(",", NARROW_SPACE)


def share(part: float | Decimal, whole: float | Decimal, *, digits: int = 1) -> str:
    """``part`` of ``whole`` in per cent, rounded half up; a dash when there is no base."""
    if not whole:
        return "—"
    return percent(100 * Decimal(str(part)) / Decimal(str(whole)), digits=digits)


def percent(value: float | Decimal, *, digits: int = 1) -> str:
    step = Decimal(1).scaleb(-digits)
    return f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP)}%"
