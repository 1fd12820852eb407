"""Do the parts add up: to the total printed, to each subtotal, to what a label says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.reporting.checking.bases import summed, total_of
from huiyin.reporting.checking.findings import Finding, Weight, number
from huiyin.reporting.checking.printed import Number, Role, Row, Table

# A longer sum is not written out.
WRITTEN_OUT = 10
_TOTAL_COLUMN = re.compile(r"\s*(?:合\s*计|总\s*计|总\s*数|小\s*计|共\s*计|总\s*量|total|sum|all)")


def added(table: Table, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Yield what is to be said about the counts of ``table``."""
    for column, heading in enumerate(table.counts):
        yield from _subtotals(table, column)
        yield from _of_which(table, column)
        yield from _total(table, column, heading)
    yield from _across(table)
    yield from _alike(table, numbers)
    for place, row in enumerate(table.rows):
        yield from _label_sum(place, row)


def _total(table: Table, column: int, heading: str) -> Iterator[Finding]:
    parts = [row for row in table.rows if row.role is Role.PART]
    totals = list(_totals(table, column))
    yield from _differing(totals)
    whole = total_of(table.rows, column)
    if whole is None:
        if any(row.counts[column] for row in parts):
            yield from _incomplete(parts, column)
        return
    if not totals:
        if len(parts) > 1 and len(table.counts) == 1 and not table.selection:
            said = _("%(column)s: no total is printed; the parts give %(sum)s.")
            values = {"column": heading or _("Number of cases"), "sum": number(whole)}
            yield Finding(code="no_total", weight=Weight.NOTE, said=said % values)
        return
    yield _compared(table, whole, totals[0], column=column, heading=heading)


def _totals(table: Table, column: int) -> Iterator[Number]:
    for row in table.rows:
        figure = row.counts[column]
        if row.role is Role.TOTAL and figure and figure.exact:
            yield Number(label=row.label, value=figure.value)
    if table.stated and column == 0:
        yield table.stated


def _differing(totals: Sequence[Number]) -> Iterator[Finding]:
    for other in totals[1:]:
        if other.value != totals[0].value:
            said = _("Two totals differ: %(one)s (%(first)s) and %(two)s (%(second)s).") % {
                "one": number(totals[0].value),
                "first": totals[0].label,
                "two": number(other.value),
                "second": other.label,
            }
            yield Finding(code="totals_differ", weight=Weight.WRONG, said=said)


def _incomplete(parts: Sequence[Row], column: int) -> Iterator[Finding]:
    lacking = [
        row.label for row in parts if (figure := row.counts[column]) is None or not figure.exact
    ]
    if len(lacking) < len(parts):
        said = _("No exact number is printed for %(rows)s; the sum cannot be checked.")
        values = {"rows": "、".join(lacking)}
        yield Finding(code="count_missing", weight=Weight.NOTE, said=said % values)


def _compared(table: Table, whole: Decimal, total: Number, *, column: int, heading: str) -> Finding:
    values = {
        "column": heading or _("Number of cases"),
        "sum": _written_out(table.rows, column, whole),
        "total": number(total.value),
        "rest": number(abs(total.value - whole)),
        "share": _share_of(abs(total.value - whole), total.value),
    }
    if whole == total.value:
        said = _("%(column)s: the parts add up, %(sum)s.") % values
        return Finding(code="adds_up", weight=Weight.RIGHT, said=said)
    if table.selection:
        said = _("%(column)s: a selection, which need not be the whole: %(sum)s; base %(total)s.")
        said %= values
        return Finding(code="selection", weight=Weight.NOTE, said=said)
    if whole < total.value:
        said = _(
            "%(column)s: the parts do not add up: %(sum)s ≠ %(total)s. %(rest)s (%(share)s) are "
            "in no row: a row is missing (such as “no answer”), the rows are only a selection, or "
            "a number is wrong."
        )
        return Finding(code="too_few", weight=Weight.WRONG, said=said % values)
    said = _(
        "%(column)s: the parts do not add up: %(sum)s ≠ %(total)s, %(rest)s (%(share)s) too many: "
        "rows overlap, or a number or the total is wrong."
    )
    return Finding(code="too_many", weight=Weight.WRONG, said=said % values)


def _share_of(part: Decimal, whole: Decimal) -> str:
    return f"{(100 * part / whole):.1f}%" if whole else "—"


def _written_out(rows: Sequence[Row], column: int, whole: Decimal) -> str:
    parts = [row.counts[column] for row in rows if row.role is Role.PART]
    if not 2 <= len(parts) <= WRITTEN_OUT:
        return number(whole)
    terms = " + ".join(number(each.value) for each in parts if each)
    return f"{terms} = {number(whole)}"


def _subtotals(table: Table, column: int) -> Iterator[Finding]:
    for place, row in enumerate(table.rows):
        figure = row.counts[column]
        if row.role is not Role.SUBTOTAL or figure is None:
            continue
        group = [each for each in table.rows if each.role is Role.PART and each.group == row.group]
        whole = total_of(group, column)
        if whole is not None and whole != figure.value:
            said = _("%(row)s: prints %(printed)s, its rows give %(sum)s.") % {
                "row": row.label if row.group[:1] in {"", "§"} else f"{row.group} {row.label}",
                "printed": figure.written,
                "sum": _written_out(group, column, whole),
            }
            yield Finding(
                code="subtotal_wrong",
                weight=Weight.WRONG,
                said=said,
                row=place,
                expected=number(whole),
            )


def _of_which(table: Table, column: int) -> Iterator[Finding]:
    """A row of which is never more than the row it belongs to; several may overlap."""
    for place, row in enumerate(table.rows):
        parent = parent_of(table, place)
        part, whole = row.counts[column], parent.counts[column] if parent else None
        if part and whole and parent and part.exact and whole.exact and part.value > whole.value:
            said = _("%(row)s: %(part)s of %(whole)s (%(parent)s) is more than there are.") % {
                "row": row.label,
                "part": part.written,
                "whole": whole.written,
                "parent": parent.label,
            }
            yield Finding(code="more_than_whole", weight=Weight.WRONG, said=said, row=place)


def parent_of(table: Table, place: int) -> Row | None:
    """The row that a row of which belongs to: the last above it that is none itself."""
    if table.rows[place].role is not Role.OF_WHICH:
        return None
    above = (each for each in reversed(table.rows[:place]) if each.role is not Role.OF_WHICH)
    return next(above, None)


def _across(table: Table) -> Iterator[Finding]:
    """A column of totals: each row's other columns add up to it."""
    named = [at for at, label in enumerate(table.counts) if _TOTAL_COLUMN.fullmatch(label)]
    others = [at for at in range(len(table.counts)) if at not in named]
    if len(named) != 1 or len(others) < 2:
        return
    sums = [(summed(row, others), row.counts[named[0]]) for row in table.rows]
    known = [
        (place, whole, figure)
        for place, (whole, figure) in enumerate(sums)
        if whole is not None and figure is not None and figure.exact
    ]
    wrong = [each for each in known if each[1] != each[2].value]
    if known and len(wrong) == len(known) > 1:
        said = _("The columns add up to %(column)s in no row: they are not its parts.")
        values = {"column": table.counts[named[0]]}
        yield Finding(code="columns_no_parts", weight=Weight.NOTE, said=said % values)
        return
    for place, whole, figure in wrong:
        said = _("%(row)s: %(column)s prints %(printed)s, the columns give %(sum)s.") % {
            "row": table.rows[place].label,
            "column": table.counts[named[0]],
            "printed": figure.written,
            "sum": number(whole),
        }
        yield Finding(
            code="row_sum_wrong",
            weight=Weight.WRONG,
            said=said,
            row=place,
            expected=number(whole),
        )


def _alike(table: Table, numbers: Sequence[Number]) -> Iterator[Finding]:
    """Votes on several matters: every row adds up to the same number of voters."""
    if len(table.counts) < 2 or table.shares or any(map(_TOTAL_COLUMN.fullmatch, table.counts)):
        return
    whole = [summed(row, range(len(table.counts))) for row in table.rows]
    known = [each for each in whole if each is not None]
    if len(known) < 3:
        return
    usual = max(known, key=known.count)
    named = next((each.label for each in numbers if each.value == usual and each.label), "")
    values = {"sum": f"{number(usual)} ({named})" if named else number(usual)}
    if known.count(usual) == len(table.rows):
        said = _("Every row adds up to %(sum)s.") % values
        yield Finding(code="rows_alike", weight=Weight.RIGHT, said=said)
    elif 2 * known.count(usual) > len(known):
        for place, each in enumerate(whole):
            if each not in {None, usual}:
                said = _("%(row)s: adds up to %(own)s, the other rows to %(sum)s.") % {
                    **values,
                    "row": table.rows[place].label,
                    "own": number(each or 0),
                }
                weight = Weight.WRONG if named else Weight.NOTE
                yield Finding(code="row_unlike", weight=weight, said=said, row=place)


def _label_sum(place: int, row: Row) -> Iterator[Finding]:
    """“很满意470+满意509” has to be what its row counts."""
    if "+" not in row.label or not row.counts or (figure := row.counts[0]) is None:
        return
    terms = [re.findall(r"\d+(?:\.\d+)?", piece) for piece in row.label.split("+")]
    # Each term ends in its number; A1+A2 are codes, not numbers.
    if any(len(each) != 1 for each in terms) or re.search(r"[A-Za-z]\d", row.label):
        return
    whole = sum((Decimal(each[0]) for each in terms), Decimal(0))
    if figure.exact and whole != figure.value:
        said = _("%(row)s: the label adds up to %(sum)s, the row says %(printed)s.") % {
            "row": row.label,
            "sum": number(whole),
            "printed": figure.written,
        }
        yield Finding(
            code="label_sum_wrong",
            weight=Weight.WRONG,
            said=said,
            row=place,
            expected=number(whole),
        )
