"""Do the percentages add up to 100, and rows that have to be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.reporting.checking import bases
from huiyin.reporting.checking.bases import Source, Tried
from huiyin.reporting.checking.findings import Finding, Weight, number, share
from huiyin.reporting.checking.printed import Figure, Role, Table
from huiyin.reporting.checking.rounding import Ratio, counts_allowed, misprints, roughly
from huiyin.reporting.checking.sums import parent_of
from huiyin.rulebook import Rounding

FIXED = frozenset({Source.STATED, Source.TOTAL, Source.SUM, Source.REPORT, Source.COMBINED})


def added(table: Table, at: int, best: Tried | None) -> Iterator[Finding]:
    """Say what the percentages of the parts add up to, and why that is not 100."""
    whole = bases.sum_of_shares(table, at)
    parts = [row for row in table.rows if row.role is Role.PART]
    if whole is None or len(parts) < 2 or (best and best.reading.base.source not in FIXED):
        return
    if best is None and _is_empty(table):
        said = _("The base is 0: there are no percentages of nothing.")
        yield Finding(code="zero_base", weight=Weight.NOTE, said=said)
        return
    values = {"column": table.shares[at].label or _("Percentages"), "sum": share(whole)}
    if whole == 100:
        said = _("%(column)s: they add up to %(sum)s.") % values
        yield Finding(code="hundred", weight=Weight.RIGHT, said=said)
    elif best is None:
        yield _without_counts(table, at, whole, values)
    else:
        yield _with_counts(table, best, values)


def _is_empty(table: Table) -> bool:
    """Whether all that is counted is nothing."""
    figures = [figure for row in table.rows for figure in row.counts if figure]
    return bool(figures) and not any(figure.value for figure in figures)


def _without_counts(table: Table, at: int, whole: Decimal, values: dict[str, str]) -> Finding:
    shares = [row.shares[at] for row in table.rows if row.role is Role.PART]
    steps = sum((Decimal(1).scaleb(-each.decimals) for each in shares if each), Decimal(0))
    # Truncation loses less than one step a row, half-up rounding at most half of one.
    if -steps / 2 <= whole - 100 <= steps / 2:
        said = _("%(column)s: they add up to %(sum)s, which rounding alone can do.")
        return Finding(code="hundred_rounding", weight=Weight.NOTE, said=said % values)
    if -steps < whole - 100 < 0:
        said = _("%(column)s: they add up to %(sum)s, which truncation alone can do.")
        return Finding(code="hundred_truncation", weight=Weight.NOTE, said=said % values)
    if table.selection:
        said = _("%(column)s: they add up to %(sum)s, being a selection.")
        return Finding(code="hundred_selection", weight=Weight.NOTE, said=said % values)
    if whole < 100:
        said = _(
            "%(column)s: they add up to %(sum)s; no rounding loses that much. A row is missing, "
            "the rows are a selection, or a percentage is wrong."
        )
    else:
        said = _(
            "%(column)s: they add up to %(sum)s; no rounding adds that much. Rows overlap, or a "
            "percentage is wrong."
        )
    return Finding(code="not_hundred", weight=Weight.WRONG, said=said % values)


def _with_counts(table: Table, best: Tried, values: dict[str, str]) -> Finding:
    """The counts say why; what is wrong with them has been said already."""
    whole = bases.whole_of(table, best.reading)
    base = best.reading.base.value
    if whole is not None and whole < base:
        said = _("%(column)s: they add up to %(sum)s, since the rows hold %(whole)s of %(base)s.")
        code = "hundred_missing"
    elif whole is not None and whole > base:
        said = _(
            "%(column)s: they add up to %(sum)s, since the rows hold %(whole)s of a base of "
            "%(base)s and overlap."
        )
        code = "hundred_overlap"
    elif not best.explains:
        said = _("%(column)s: as printed they add up to %(sum)s.")
        code = "hundred_misprint"
    elif all(each.rounding is Rounding.TRUNCATE for each in best.declared):
        said = _("%(column)s: they add up to %(sum)s; truncation loses the rest, nothing is wrong.")
        code = "hundred_truncation"
    else:
        said = _(
            "%(column)s: they add up to %(sum)s; rounding leaves the rest and no row was adjusted, "
            "nothing is wrong."
        )
        code = "hundred_rounding"
    more = {"whole": number(whole or 0), "base": number(base)}
    return Finding(code=code, weight=Weight.NOTE, said=said % {**values, **more})


def impossible(table: Table, at: int) -> Iterator[Finding]:
    """Shares above 100 or below 0, whatever their base."""
    for place, row in enumerate(table.rows):
        printed = row.shares[at]
        if printed is None or 0 <= printed.value <= 100:
            continue
        if bases.adds_the_column(table, row, at):
            continue
        said = _("%(row)s: prints %(printed)s; a share lies between 0 and 100.")
        values = {"row": row.label, "printed": printed.written}
        yield Finding(code="over_hundred", weight=Weight.WRONG, said=said % values, row=place)


def uncounted(table: Table, at: int, best: Tried | None) -> Iterator[Finding]:
    """Percentages without a number: which numbers of the base would print so."""
    base = _base_value(table, best)
    for place, row in enumerate(table.rows):
        printed = row.shares[at]
        counted = best.reading.parts if best else (0,) if table.counts else ()
        if printed is None or not 0 <= printed.value <= 100:
            continue
        if (counted and bases.counted(row, counted)) or row.role is Role.TOTAL:
            continue
        if base and printed.exact:
            yield _possible_counts(place, row.label, printed, base)


def _base_value(table: Table, best: Tried | None) -> int | None:
    if best and best.reading.base.source in FIXED:
        return int(best.reading.base.value)
    if table.stated:
        return int(table.stated.value)
    totals = (row.counts[0] for row in table.rows if row.role is Role.TOTAL and row.counts)
    return next((int(each.value) for each in totals if each), None)


def _possible_counts(place: int, label: str, printed: Figure, base: int) -> Finding:
    values = {"row": label, "printed": printed.written, "base": number(base)}
    allowed = counts_allowed(printed, base)
    if not allowed:
        said = _("%(row)s: no whole number of %(base)s is %(printed)s, however it is rounded.")
        return Finding(code="no_such_count", weight=Weight.WRONG, said=said % values, row=place)
    least = min(each[0] for each in allowed.values())
    greatest = max(each[1] for each in allowed.values())
    if set(allowed) == {Rounding.TRUNCATE}:
        said = _("%(row)s: no number is printed; %(printed)s of %(base)s is %(counts)s, truncated.")
    else:
        said = _("%(row)s: no number is printed; %(printed)s of %(base)s would be %(counts)s.")
    counts = number(least) if least == greatest else f"{number(least)}–{number(greatest)}"
    return Finding(
        code="no_count", weight=Weight.NOTE, said=said % {**values, "counts": counts}, row=place
    )


def of_which(table: Table, at: int, best: Tried | None) -> Iterator[Finding]:
    """A row of which is a share of the base of the others, or of the row it belongs to."""
    if best is None or best.reading.base.source not in FIXED:
        return
    for place, row in enumerate(table.rows):
        parent, printed = parent_of(table, place), row.shares[at]
        count = bases.summed(row, best.reading.parts)
        if parent is None or printed is None or count is None or not printed.exact:
            continue
        over = bases.summed(parent, best.reading.parts) or Decimal(0)
        tries = [
            (declared, base, label)
            for base, label in (
                (best.reading.base.value, ""),
                (over, parent.label),
            )
            for declared in best.declared or ((best.nearest,) if best.nearest else ())
        ]
        fits = [
            (base, label)
            for declared, base, label in tries
            if not misprints(declared, [Ratio(count=int(count), base=int(base), printed=printed)])
        ]
        yield from _of_which_said(place, row.label, printed, fits)


def _of_which_said(
    place: int, label: str, printed: Figure, fits: list[tuple[Decimal, str]]
) -> Iterator[Finding]:
    values = {"row": label, "printed": printed.written}
    if not fits:
        said = _("%(row)s: %(printed)s is neither a share of the whole nor of the row above it.")
        yield Finding(code="misprint", weight=Weight.WRONG, said=said % values, row=place)
    elif fits[0][1]:
        said = _("%(row)s: %(printed)s is a share of “%(parent)s” (%(base)s), not of the whole.")
        values |= {"parent": fits[0][1], "base": number(fits[0][0])}
        yield Finding(code="own_base", weight=Weight.NOTE, said=said % values, row=place)


def approximate(table: Table, at: int, best: Tried | None) -> Iterator[Finding]:
    """What is printed as about, nearly or more than: whether that is fair."""
    for place, row in enumerate(table.rows):
        printed = row.shares[at]
        if best is None or printed is None or printed.exact:
            continue
        count = bases.summed(row, best.reading.parts)
        base = bases.base_of(table, row, best.reading)
        if count is None or not base:
            continue
        fair = roughly(printed, int(count), int(base))
        said = (
            _("%(row)s: prints %(printed)s, exactly %(exact)s: fair.")
            if fair
            else _("%(row)s: prints %(printed)s, but it is %(exact)s.")
        )
        exact = f"{100 * count / base:.2f}%"
        values = {"row": row.label, "printed": printed.written, "exact": exact}
        yield Finding(
            code="about" if fair else "about_wrong",
            weight=Weight.NOTE if fair else Weight.WRONG,
            said=said % values,
            row=place,
            expected="" if fair else exact,
        )
