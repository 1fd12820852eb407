"""Percentages outside tables: which numbers of the report they may be a share of.

Outside a table nothing says what is held against what, so every answer here is a possibility.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, islice

from django.utils.translation import gettext as _

from huiyin.reporting.checking.findings import (
    Finding,
    Weight,
    listed,
    number,
    sentences,
    share,
)
from huiyin.reporting.checking.printed import Figure, Loose, Number, Role, Table
from huiyin.reporting.checking.rounding import bases_allowed, counts_allowed
from huiyin.rulebook import Rounding, percent

NAMED = 2
_TOTAL = re.compile(r"total|base|总数|总计|合计|.*_total", re.IGNORECASE)


def checked(loose: Loose, tables: Sequence[Table], numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield one finding for a percentage that stands alone."""
    values = {"label": loose.label, "printed": loose.share.written}
    if not loose.growth and not 0 <= loose.share.value <= 100:
        said = _("%(label)s: prints %(printed)s; a share lies between 0 and 100.") % values
        yield Finding(code="over_hundred", weight=Weight.WRONG, said=said)
        return
    if not loose.share.exact:
        return
    # What stands beside it is the likeliest; the whole report only after that.
    found = [*_growths(loose)] if loose.growth else [*_shares(loose, loose.beside)]
    if not found and not loose.growth:
        found = [*_sums(loose, tables), *_shares(loose, [*loose.beside, *numbers])]
    if found:
        ways = listed(dict.fromkeys(found[:NAMED]))
        said = _("%(label)s: %(printed)s would be %(ways)s.") % {**values, "ways": ways}
        yield Finding(code="loose_explained", weight=Weight.NOTE, said=said)
        return
    yield Finding(code="loose_open", weight=Weight.NOTE, said=_open(loose, numbers, values))


def _open(loose: Loose, numbers: Sequence[Number], values: dict[str, str]) -> str:
    said = _("%(label)s: %(printed)s; what it is a share of is not printed.") % values
    if loose.growth:
        return said
    return sentences([said, *_counts_of(loose), *_bases_of(loose, numbers)])


def _counts_of(loose: Loose) -> Iterator[str]:
    """Over the total beside it: the numbers that print so."""
    for base in loose.beside:
        if not _TOTAL.fullmatch(base.label):
            continue
        allowed = counts_allowed(loose.share, int(base.value))
        least = min((each[0] for each in allowed.values()), default=0)
        greatest = max((each[1] for each in allowed.values()), default=0)
        values = {"base": _named(base), "counts": _range(least, greatest)}
        if not allowed:
            yield _("No whole number of %(base)s gives it.") % values
        elif set(allowed) == {Rounding.TRUNCATE}:
            yield _("Of %(base)s it would be %(counts)s, truncated.") % values
        else:
            yield _("Of %(base)s it would be %(counts)s.") % values


def _bases_of(loose: Loose, numbers: Sequence[Number]) -> Iterator[str]:
    """For the numbers beside it: the bases that they would need, and how one may come about."""
    akin = [each for each in loose.beside if _words(each.label) & _words(loose.label)]
    parts = [each for each in akin or loose.beside if not _TOTAL.fullmatch(each.label)]
    if len(parts) > NAMED:
        return
    for part in parts:
        allowed = bases_allowed(int(part.value), loose.share)
        if allowed is None:
            continue
        values = {"part": _named(part), "bases": _range(*allowed)}
        yield _("Were it the share of %(part)s, the base would be %(bases)s.") % values
        ways = list(islice(_combined(allowed, numbers), NAMED)) if akin else []
        if ways:
            said = _("Possibly %(ways)s, which the report does not name and may be chance.")
            yield said % {"ways": listed(ways)}


def _combined(allowed: tuple[int, int], numbers: Sequence[Number]) -> Iterator[str]:
    """Two numbers of the report whose sum or difference is such a base, the first named first."""
    pairs = combinations(range(len(numbers)), 2)
    for first, second in sorted(pairs, key=sum):
        one, other = numbers[first], numbers[second]
        for sign, value in (("−", abs(one.value - other.value)), ("+", one.value + other.value)):
            if allowed[0] <= value <= allowed[1]:
                high, low = (one, other) if one.value >= other.value else (other, one)
                yield f"{number(value)} = {_named(high)} {sign} {_named(low)}"


def _range(least: int, greatest: int) -> str:
    return number(least) if least == greatest else f"{number(least)}–{number(greatest)}"


def _named(each: Number) -> str:
    return f"{number(each.value)} ({each.label})" if each.label else number(each.value)


def _words(label: str) -> set[str]:
    return set(re.split(r"[_\W]+", label)) - {"published", "pct", "rate", "share", "of", ""}


def _shares(loose: Loose, numbers: Sequence[Number]) -> Iterator[str]:
    """Each part beside it over each larger number."""
    for part in loose.beside:
        for base in numbers:
            fits = [each for each in Rounding if _prints(loose, part.value, base.value, each)]
            if fits and part.value < base.value:
                yield _ratio(part, base, fits[0])


def _prints(loose: Loose, part: Decimal, base: Decimal, rounding: Rounding) -> bool:
    shown = percent(int(part), base=int(base), decimals=loose.share.decimals, rounding=rounding)
    return part > 0 and shown == loose.share.value


def _ratio(part: Number, base: Number, rounding: Rounding) -> str:
    values = {
        "part": _named(part),
        "base": _named(base),
    }
    if rounding is Rounding.TRUNCATE:
        return _("%(part)s of %(base)s, truncated") % values
    return _("%(part)s of %(base)s") % values


def _sums(loose: Loose, tables: Sequence[Table]) -> Iterator[str]:
    """Some neighbouring rows of a table together, by their numbers or by their percentages."""
    for table in tables:
        rows = [row for row in table.rows if row.role is Role.PART]
        for first, last in combinations(range(len(rows) + 1), 2):
            if not 2 <= last - first < len(rows):
                continue
            some = rows[first:last]
            label = " + ".join(row.code or row.label for row in some)
            whole = _sum([row.counts[0] if row.counts else None for row in some])
            if (
                table.stated
                and whole is not None
                and _prints(loose, whole, table.stated.value, Rounding.HALF_UP)
            ):
                yield _ratio(Number(label=label, value=whole), table.stated, Rounding.HALF_UP)
                continue
            together = _sum([row.shares[0] if row.shares else None for row in some])
            if together is not None and together == loose.share.value:
                yield _("%(sum)s, the percentages of %(rows)s") % {
                    "sum": share(together),
                    "rows": label,
                }


def _sum(figures: Sequence[Figure | None]) -> Decimal | None:
    """The sum of all of them; None when one is missing."""
    if any(each is None for each in figures):
        return None
    return sum((each.value for each in figures if each is not None), Decimal(0))


def _growths(loose: Loose) -> Iterator[str]:
    step = Decimal(1).scaleb(-loose.share.decimals)
    for now in loose.beside:
        for before in loose.beside:
            if now.value == before.value or before.value <= 0:
                continue
            growth = 100 * (now.value - before.value) / before.value
            if growth.quantize(step, ROUND_HALF_UP) == loose.share.value:
                yield _("the growth from %(before)s to %(now)s") % {
                    "before": _named(before),
                    "now": _named(now),
                }
