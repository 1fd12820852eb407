"""The percentages of a table: over which base, rounded how, which of them are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from django.utils.translation import gettext as _

from huiyin.reporting.checking import bases, saying
from huiyin.reporting.checking.bases import Reading, Source, Tried
from huiyin.reporting.checking.findings import (
    Finding,
    Weight,
    listed,
    number,
    sentences,
    share,
)
from huiyin.reporting.checking.printed import Number, Role, Table
from huiyin.reporting.checking.rounding import Declared, bases_allowed
from huiyin.rulebook import Residual, Rounding

# Readings that are tried; beyond them a wide table explains anything.
MOST_READINGS = 800
# Other bases that are named, where several explain the same.
NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The reading chosen for a column, and the others that explain it as well."""

    best: Tried | None
    others: tuple[Tried, ...] = ()


def explained(table: Table, at: int, numbers: Sequence[Number]) -> Explained:
    """Find the base of column ``at``: the most natural reading that prints every row.

    When none does, the one with fewest misprints, the most natural of equals.
    """
    found: list[Tried] = []
    failed: list[Tried] = []
    for reading in islice(bases.readings(table, at, numbers), MOST_READINGS):
        # Once a base is found, only other bases of the same counts are of interest.
        if found and (reading.parts != found[0].reading.parts or _is_column(reading)):
            continue
        each = bases.tried(table, at, reading)
        if each.explains:
            found.append(each)
        elif each.nearest:
            failed.append(each)
    if not found and table.counts:
        found = _combined(table, at, numbers, failed)
    if found:
        return Explained(best=found[0], others=tuple(found[1:]))
    if not failed:
        return Explained(best=None)
    return Explained(best=min(failed, key=lambda each: len(each.wrong) / each.rows))


def _is_column(reading: Reading) -> bool:
    return reading.base.source is Source.COLUMN


def _combined(
    table: Table, at: int, numbers: Sequence[Number], failed: Sequence[Tried]
) -> list[Tried]:
    """Try sums and differences of two numbers, unless only single rows of a table fail."""
    column = max(0, min(table.shares[at].after, len(table.counts)) - 1)
    if failed and min(len(each.wrong) / each.rows for each in failed) < 1:
        return []
    pool = [*numbers, *([table.stated] if table.stated else [])]
    tries = (bases.tried(table, at, each) for each in bases.combined(table, at, pool, column))
    return list(islice((each for each in tries if each.explains), NAMED + 1))


def of_column(table: Table, at: int, found: Explained, numbers: Sequence[Number]) -> list[Finding]:
    """Return what is to be said about the percentages in column ``at``."""
    if found.best is None:
        return []
    said = [*_explanation(table, at, found)]
    if found.best.explains:
        said += _adjusted(table, at, found.best)
    else:
        said += _misprints(table, at, found.best, numbers)
    return said


def _heading(table: Table, at: int) -> str:
    return table.shares[at].label or _("Percentages")


def _explanation(table: Table, at: int, found: Explained) -> Iterator[Finding]:
    best = found.best
    if best is None:
        return
    values = {
        "column": _heading(table, at),
        "reading": saying.reading_in_words(table, best.reading),
        "rows": best.rows,
    }
    if not best.explains:
        nearest = saying.rounding_in_words(best.nearest) if best.nearest else ""
        said = _(
            "%(column)s: no base that is printed and no rounding explains all %(rows)s "
            "percentages. Nearest: %(reading)s; %(rounding)s; %(wrong)s of them differ."
        )
        values |= {"rounding": nearest, "wrong": len(best.wrong)}
        yield Finding(code="not_explained", weight=Weight.WRONG, said=said % values)
        return
    yield _base(table, best, found.others, values)
    yield _roundings(best, values)
    if found.others and best.reading.base.source is not Source.COMBINED:
        said = _("%(column)s: these bases explain it just as well: %(bases)s.")
        named = listed(saying.base_in_words(each.reading.base) for each in found.others[:NAMED])
        yield Finding(
            code="other_bases", weight=Weight.NOTE, said=said % {**values, "bases": named}
        )


def _base(table: Table, best: Tried, others: Sequence[Tried], values: dict[str, object]) -> Finding:
    source = best.reading.base.source
    if source is Source.COMBINED:
        ways = [each.reading.base for each in (best, *others)]
        labels = dict.fromkeys(saying.base_in_words(each) for each in ways)
        named = listed(list(labels)[:NAMED])
        values = {**values, "reading": named}
        said = _(
            "%(column)s: not a share of any number printed; it would be one of %(reading)s. "
            "That may be chance: the base has to be named."
        )
        return Finding(code="base_combined", weight=Weight.WRONG, said=said % values)
    printed = [each for each in _printed_totals(table) if each != best.reading.base.value]
    if source is Source.REPORT and printed:
        said = _(
            "%(column)s: not over the total of the table, %(total)s, but over %(reading)s."
        ) % {**values, "total": number(printed[0])}
        # One row can fit a strange number by chance; several can hardly.
        weight = Weight.NOTE if best.rows > 1 else Weight.WRONG
        return Finding(code="other_base", weight=weight, said=said)
    said = _("%(column)s: base %(reading)s.") % values
    return Finding(code="base", weight=Weight.RIGHT, said=said)


def _printed_totals(table: Table) -> list[Decimal]:
    found = [table.stated.value] if table.stated else []
    for row in table.rows:
        if row.role is Role.TOTAL:
            found += [figure.value for figure in row.counts[:1] if figure]
    return found


def _roundings(best: Tried, values: dict[str, object]) -> Finding:
    ways = saying.roundings(best.declared)
    if len(ways) == 1:
        said = _("%(column)s: %(words)s (percentages explained: %(rows)s).")
    else:
        said = _(
            "%(column)s: %(ways)s ways of rounding print the same, and arithmetic cannot tell "
            "which was meant: %(words)s (percentages explained: %(rows)s)."
        )
    more = {"words": _("; or ").join(ways), "ways": len(ways)}
    code = "rounding" if len(best.declared) == 1 else "roundings"
    return Finding(code=code, weight=Weight.RIGHT, said=said % {**values, **more})


def _adjusted(table: Table, at: int, best: Tried) -> Iterator[Finding]:
    """Rows whose percentage is not the plain rounding of their own number."""
    plain = [
        each
        for each in best.declared
        if each.residual is Residual.NONE and each.rounding is Rounding.HALF_UP
    ]
    if plain:
        return
    moved = all(each.residual is Residual.LARGEST for each in best.declared)
    if all(each.decimals is None for each in best.declared):
        said = _("%(column)s: the percentages are printed with different numbers of decimals.")
        values = {"column": _heading(table, at)}
        yield Finding(code="mixed_decimals", weight=Weight.NOTE, said=said % values)
    first = best.declared[0]
    by_half_up = _half_up(table, at, best.reading, first)
    for place, expected in by_half_up:
        row = table.rows[place]
        printed = row.shares[at]
        words = (
            _(
                "%(row)s: prints %(printed)s; its own number gives %(expected)s. The row takes "
                "what is missing to 100."
            )
            if moved and first.rounding is Rounding.HALF_UP
            else _("%(row)s: prints %(printed)s; rounded half up it would be %(expected)s.")
        )
        values = {
            "row": row.label,
            "printed": printed.written if printed else "",
            "expected": share(expected),
        }
        yield Finding(
            code="adjusted" if moved else "not_half_up",
            weight=Weight.NOTE,
            said=words % values,
            row=place,
            expected=share(expected),
        )


def _half_up(
    table: Table, at: int, reading: Reading, declared: Declared
) -> Sequence[tuple[int, Decimal | None]]:
    plain = Declared(rounding=Rounding.HALF_UP, decimals=declared.decimals, residual=Residual.NONE)
    return bases.misses(table, at, reading, plain)


def _misprints(table: Table, at: int, best: Tried, numbers: Sequence[Number]) -> Iterator[Finding]:
    for place, expected in best.wrong:
        row = table.rows[place]
        printed, count = row.shares[at], bases.summed(row, best.reading.parts)
        if printed is None or count is None:
            continue
        said = _("%(row)s: prints %(printed)s, would be %(expected)s.") % {
            "row": row.label or _("Row %(place)s") % {"place": row.place},
            "printed": printed.written,
            "expected": share(expected),
        }
        others = [
            each
            for each in bases.possible_bases(count, printed, numbers)
            if each.value != best.reading.base.value
        ]
        hints = [said, *_hints(best, expected, printed.value)]
        if others:
            named = listed(f"{number(each.value)} ({each.label})" for each in others[:NAMED])
            hints.append(_("As printed it would be a share of %(bases)s.") % {"bases": named})
        elif allowed := bases_allowed(int(count), printed):
            hints.append(
                _("As printed its base would lie between %(least)s and %(greatest)s.")
                % {"least": number(allowed[0]), "greatest": number(allowed[1])}
            )
        yield Finding(
            code="misprint",
            weight=Weight.WRONG,
            said=sentences(hints),
            row=place,
            expected=share(expected),
        )
    yield from _ties(table, at, best)
    yield from _elsewhere(table, at, best)


def _ties(table: Table, at: int, best: Tried) -> Iterator[Finding]:
    """Other settings under which as few rows are wrong, but others."""
    for declared, missed in best.ties if len(best.wrong) == 1 else ():
        place, expected = missed[0]
        printed = table.rows[place].shares[at]
        said = _(
            "Or, if it was %(rounding)s: %(row)s prints %(printed)s and would be %(expected)s. "
            "Arithmetic cannot tell which of them is wrong."
        ) % {
            "rounding": saying.rounding_in_words(declared),
            "row": table.rows[place].label,
            "printed": printed.written if printed else "",
            "expected": share(expected),
        }
        yield Finding(
            code="or_misprint",
            weight=Weight.NOTE,
            said=said,
            row=place,
            expected=share(expected),
        )


def _hints(best: Tried, expected: Decimal | None, printed: Decimal) -> Iterator[str]:
    if expected is None:
        yield _("Its base is zero: there is no percentage.")
    elif sorted(str(expected)) == sorted(str(printed)):
        yield _("Two digits seem to have changed places.")
    elif len(best.wrong) == 1 and best.nearest and abs(printed - expected) >= 5:
        yield _("The other rows agree: probably a slip of the pen in this row.")


def _elsewhere(table: Table, at: int, best: Tried) -> Iterator[Finding]:
    """One row that takes what is missing to 100 though it is not the largest."""
    whole = bases.sum_of_shares(table, at)
    if whole != 100 or len(best.wrong) != 1 or best.nearest is None:
        return
    row = table.rows[best.wrong[0][0]]
    said = _(
        "The percentages add up to 100 only with %(row)s as printed: what was left over may have "
        "been put there, though it is not the largest row."
    )
    yield Finding(code="residual_elsewhere", weight=Weight.NOTE, said=said % {"row": row.label})
