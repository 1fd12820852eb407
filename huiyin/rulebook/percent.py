"""Percentages as yearly reports print them: whole numbers and decimals, never floats."""

from collections.abc import Sequence
from decimal import Decimal

from huiyin.rulebook.choices import Residual, Rounding


def percent(
    count: int, *, base: int, decimals: int = 1, rounding: Rounding = Rounding.HALF_UP
) -> Decimal | None:
    """``count`` as a percentage of ``base``; ``None`` when the base is zero.

    >>> percent(1037, base=1438)
    Decimal('72.1')
    """
    if count < 0 or base < 0:
        raise ValueError("counts and bases are never negative")
    if base == 0:
        return None
    # In steps of the last decimal, so that one division and one rounding are the whole sum.
    steps, rest = divmod(count * 100 * 10**decimals, base)
    if rounding is Rounding.HALF_UP and 2 * rest >= base:
        steps += 1
    return Decimal(steps).scaleb(-decimals)


def percents(
    counts: Sequence[int],
    *,
    base: int,
    decimals: int = 1,
    rounding: Rounding = Rounding.HALF_UP,
    residual: Residual = Residual.NONE,
) -> tuple[Decimal | None, ...]:
    """Each count as a percentage of ``base``; all ``None`` when the base is zero.

    With ``Residual.LARGEST`` the largest count (the first of equals) takes what is missing to
    100, provided the counts are a whole: parts that do not add up to the base owe nobody 100.

    >>> percents([320, 338, 315], base=973, decimals=2, residual=Residual.LARGEST)
    (Decimal('32.89'), Decimal('34.74'), Decimal('32.37'))
    """
    shares = [percent(count, base=base, decimals=decimals, rounding=rounding) for count in counts]
    known = [share for share in shares if share is not None]
    if residual is Residual.LARGEST and known and sum(counts) == base:
        largest = max(range(len(counts)), key=lambda at: counts[at])
        shares[largest] = known[largest] + 100 - sum(known)
    return tuple(shares)
