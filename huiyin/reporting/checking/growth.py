"""Percentages of growth: they compare two numbers and have no base of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from huiyin.reporting.checking.findings import Finding, Weight, share
from huiyin.reporting.checking.printed import Figure, Row, Table

HEADING = re.compile(
    r"同\s*比|环\s*比|增\s*长|增\s*幅|增\s*减|下\s*降|比上年|较上年|growth|change", re.I
)
_BEFORE = re.compile(r"上年|去年|上期|同期|上届|前一年|previous|last year", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


def checked(table: Table, at: int) -> Iterator[Finding]:
    """Yield what can be said about a column of growth."""
    pair = _columns(table)
    label = table.shares[at].label
    if pair is None and _is_years(table):
        yield from _year_on_year(table, at)
        return
    if pair is None:
        said = _(
            "%(column)s: growth; the earlier numbers are not printed, so it cannot be checked."
        )
        yield Finding(code="growth_open", weight=Weight.NOTE, said=said % {"column": label})
        return
    wrong = [
        found
        for place, row in enumerate(table.rows)
        if (found := _row(place, row, row.shares[at], pair)) is not None
    ]
    if not wrong:
        values = {"column": label, "now": table.counts[pair[0]], "before": table.counts[pair[1]]}
        said = _("%(column)s: growth from %(before)s to %(now)s, all right.") % values
        yield Finding(code="growth", weight=Weight.RIGHT, said=said)
    yield from wrong


def _columns(table: Table) -> tuple[int, int] | None:
    """The columns of this year and of the year before."""
    before = [at for at, label in enumerate(table.counts) if _BEFORE.search(label)]
    if len(before) == 1 and len(table.counts) > 1:
        now = next(at for at in range(len(table.counts)) if at != before[0])
        return now, before[0]
    years = sorted(
        (found[0], at) for at, label in enumerate(table.counts) if (found := _YEAR.search(label))
    )
    return (years[-1][1], years[-2][1]) if len(years) > 1 else None


def _is_years(table: Table) -> bool:
    """One row a year, each after the one before it."""
    found = [_YEAR.match(row.label) for row in table.rows]
    years = [int(each[0]) for each in found if each]
    steps = {later - earlier for earlier, later in pairwise(years)}
    return len(table.counts) == 1 and len(years) == len(found) > 1 and steps in ({1}, {-1})


def _year_on_year(table: Table, at: int) -> Iterator[Finding]:
    rows = list(enumerate(table.rows))
    if table.rows[0].label > table.rows[-1].label:
        rows.reverse()
    wrong = []
    for (_before, earlier), (place, row) in pairwise(rows):
        both = replace(row, counts=(*row.counts, *earlier.counts))
        found = _row(place, both, row.shares[at], (0, 1))
        wrong += [found] if found else []
    if not wrong:
        said = _("%(column)s: growth from year to year, all right.")
        values = {"column": table.shares[at].label}
        yield Finding(code="growth", weight=Weight.RIGHT, said=said % values)
    yield from wrong


def _row(place: int, row: Row, printed: Figure | None, pair: tuple[int, int]) -> Finding | None:
    now, before = row.counts[pair[0]], row.counts[pair[1]]
    if printed is None or now is None or before is None or not printed.exact:
        return None
    if before.value == 0:
        said = _("%(row)s: prints %(printed)s, but from nothing there is no growth in per cent.")
        values = {"row": row.label, "printed": printed.written}
        return Finding(code="growth_of_zero", weight=Weight.WRONG, said=said % values, row=place)
    exact = 100 * (now.value - before.value) / before.value
    step = Decimal(1).scaleb(-printed.decimals)
    likely = exact.quantize(step, ROUND_HALF_UP)
    # “Down 5 %” is printed with and without its sign.
    if abs(printed.value) in {abs(likely), abs(exact.quantize(step, ROUND_DOWN))}:
        return None
    said = _("%(row)s: prints %(printed)s, would be %(expected)s.") % {
        "row": row.label,
        "printed": printed.written,
        "expected": share(likely),
    }
    return Finding(
        code="growth_wrong", weight=Weight.WRONG, said=said, row=place, expected=share(likely)
    )
