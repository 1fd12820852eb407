"""Which declared rounding prints exactly these percentages.

The rounding itself is the rulebook's; here all its settings are tried against what was printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from huiyin.reporting.checking.printed import About, Figure
from huiyin.rulebook import Residual, Rounding, percent, percents

# As many decimals as a rulebook may declare beyond those that are printed.
DECLARABLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One setting. ``decimals`` is None where each row keeps as many as it is printed with."""

    rounding: Rounding
    decimals: int | None
    residual: Residual


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A part, the base it is held against, and the percentage printed for it, if any."""

    count: int
    base: int
    printed: Figure | None


def candidates(shares: Sequence[Figure]) -> list[Declared]:
    """The settings that could have printed ``shares``, the plain ones first.

    Who prints 39 for 39.0 drops zeros, and may have declared more decimals than stand there;
    who prints 22.10 does not.
    """
    most = max(share.decimals for share in shares)
    drops = not any(_ends_in_zero(share) for share in shares)
    decimals: list[int | None] = [most]
    if drops:
        decimals += range(most + 1, DECLARABLE + 1)
    if any(share.decimals != most for share in shares):
        decimals.append(None)
    return [
        Declared(rounding=rounding, decimals=each, residual=residual)
        for each in decimals
        for rounding in Rounding
        for residual in Residual
    ]


def _ends_in_zero(share: Figure) -> bool:
    return share.decimals > 0 and share.value.scaleb(share.decimals) % 10 == 0


def under(declared: Declared, ratios: Sequence[Ratio]) -> tuple[Decimal | None, ...]:
    """What ``declared`` prints for ``ratios``; None where the base is zero."""
    if declared.decimals is not None and len({each.base for each in ratios}) == 1:
        return percents(
            [each.count for each in ratios],
            base=ratios[0].base,
            decimals=declared.decimals,
            rounding=declared.rounding,
            residual=declared.residual,
        )
    shares = [
        percent(
            each.count, base=each.base, decimals=_own(declared, each), rounding=declared.rounding
        )
        for each in ratios
    ]
    return _settled(shares, ratios) if declared.residual is Residual.LARGEST else tuple(shares)


def _own(declared: Declared, ratio: Ratio) -> int:
    if declared.decimals is not None:
        return declared.decimals
    return ratio.printed.decimals if ratio.printed else 0


def _settled(
    shares: Sequence[Decimal | None], ratios: Sequence[Ratio]
) -> tuple[Decimal | None, ...]:
    """With each row at its own decimals the largest takes what is missing to 100 all the same."""
    known = [share for share in shares if share is not None]
    is_whole = len({each.base for each in ratios}) == 1 and (
        sum(each.count for each in ratios) == ratios[0].base
    )
    if not is_whole or len(known) < len(shares) or not all(each.printed for each in ratios):
        return tuple(shares)
    at = max(range(len(ratios)), key=lambda each: ratios[each].count)
    changed = list(shares)
    changed[at] = known[at] + 100 - sum(known)
    return tuple(changed)


def misprints(declared: Declared, ratios: Sequence[Ratio]) -> list[tuple[int, Decimal | None]]:
    """The places where ``declared`` prints something else, and what."""
    return [
        (at, share)
        for at, (share, each) in enumerate(zip(under(declared, ratios), ratios, strict=True))
        if each.printed is not None and each.printed.exact and share != each.printed.value
    ]


def explaining(ratios: Sequence[Ratio]) -> tuple[Declared, ...]:
    """Every setting that prints all of ``ratios`` as they are printed; empty when none does."""
    shares = [each.printed for each in ratios if each.printed and each.printed.exact]
    if not shares:
        return ()
    return tuple(each for each in candidates(shares) if not misprints(each, ratios))


def nearest(ratios: Sequence[Ratio]) -> tuple[Declared, list[tuple[int, Decimal | None]]] | None:
    """The setting with fewest misprints, plain ones preferred, and those misprints."""
    shares = [each.printed for each in ratios if each.printed and each.printed.exact]
    if not shares:
        return None
    tried = [(each, misprints(each, ratios)) for each in candidates(shares)]
    return min(tried, key=lambda each: len(each[1]))


def bases_allowed(count: int, printed: Figure) -> tuple[int, int] | None:
    """The least and the greatest whole base for which ``printed`` can be the share of ``count``.

    Half-up and truncation together; None when no whole number fits or nothing bounds it.
    """
    step = Fraction(1, 10**printed.decimals)
    value = Fraction(printed.value)
    if count <= 0 or value <= 0:
        return None
    least = floor(Fraction(100 * count) / (value + step)) + 1
    low = value - step / 2
    greatest = floor(Fraction(100 * count) / low)
    return (least, greatest) if least <= greatest else None


def counts_allowed(printed: Figure, base: int) -> dict[Rounding, tuple[int, int]]:
    """For each rounding the least and greatest whole count that prints so; absent when none."""
    step, value = Fraction(1, 10**printed.decimals), Fraction(printed.value)
    found = {}
    for rounding in Rounding:
        low, high = (
            (value - step / 2, value + step / 2)
            if rounding is Rounding.HALF_UP
            else (value, value + step)
        )
        least, greatest = max(0, ceil(low * base / 100)), ceil(high * base / 100) - 1
        if least <= greatest:
            found[rounding] = (least, greatest)
    return found


def roughly(printed: Figure, count: int, base: int) -> bool:
    """Whether 约, 近 or 以上 is fair: within one step of the last printed digit, on its side."""
    exact, value = Fraction(100 * count, base), Fraction(printed.value)
    step = Fraction(1, 10**printed.decimals)
    if printed.about is About.AT_LEAST:
        return exact >= value - step / 2
    if printed.about is About.AT_MOST:
        return exact <= value + step / 2
    return abs(exact - value) <= max(step, Fraction(1))
