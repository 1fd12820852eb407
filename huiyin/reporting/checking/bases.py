"""Over which base a column of percentages was reckoned: every candidate is tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from huiyin.reporting.checking.printed import Figure, Number, Role, Row, Table
from huiyin.reporting.checking.rounding import (
    Declared,
    Ratio,
    bases_allowed,
    candidates,
    misprints,
)
from huiyin.rulebook import Residual

# Columns whose sum may be a numerator (满意 + 基本满意); more than three is chance.
SUMMED = 3
# Numbers of a report that are combined in pairs; beyond it chance explains anything.
COMBINED = 60


# The place of a row, and what should stand there.
Miss = tuple[int, Decimal | None]


class Source(StrEnum):
    STATED = "stated"
    TOTAL = "total"
    SUM = "sum"
    COLUMN = "column"
    GROUP = "group"
    REPORT = "report"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base by its value, or, for ``Source.COLUMN``, by the columns that hold it row by row."""

    source: Source
    label: str
    value: Decimal = Decimal(0)
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a column of percentages: these counts over that base."""

    parts: tuple[int, ...]
    base: Base


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a reading explains: the settings that print every row, else the nearest one's misses.

    ``wrong`` holds places in ``table.rows`` and what should stand there (None: no base).
    """

    reading: Reading
    declared: tuple[Declared, ...]
    nearest: Declared | None
    wrong: tuple[Miss, ...]
    rows: int
    # Settings that leave as few misses, but in other rows: arithmetic cannot tell which is meant.
    ties: tuple[tuple[Declared, tuple[Miss, ...]], ...] = ()

    @property
    def explains(self) -> bool:
        return bool(self.declared)


def tried(table: Table, at: int, reading: Reading) -> Tried:
    """Try all settings on column ``at`` of percentages."""
    rows = list(_ratios(table, at, reading))
    shares = [each.printed for _place, each in rows if each.printed and each.printed.exact]
    if not shares:
        return Tried(reading=reading, declared=(), nearest=None, wrong=(), rows=0)
    parts = [row for row in rows if table.rows[row[0]].role is Role.PART]
    others = [row for row in rows if table.rows[row[0]].role is not Role.PART]
    ways = [
        (declared, (*_wrong(declared, parts), *_wrong(_plain(declared), others)))
        for declared in candidates(shares)
    ]
    nearest, wrong = min(ways, key=lambda each: len(each[1]))
    by_rows = {tuple(place for place, _share in each[1]): each for each in reversed(ways)}
    return Tried(
        reading=reading,
        declared=tuple(declared for declared, missed in ways if not missed),
        nearest=nearest,
        wrong=wrong,
        rows=len(shares),
        ties=tuple(
            each
            for rows_missed, each in reversed(by_rows.items())
            if len(rows_missed) == len(wrong) and rows_missed != tuple(at for at, _s in wrong)
        ),
    )


def misses(
    table: Table, at: int, reading: Reading, declared: Declared
) -> list[tuple[int, Decimal | None]]:
    """The rows where ``declared`` prints something else than the table."""
    return list(_wrong(declared, list(_ratios(table, at, reading))))


def _plain(declared: Declared) -> Declared:
    """A total or a row of which owes the others nothing."""
    return Declared(rounding=declared.rounding, decimals=declared.decimals, residual=Residual.NONE)


def _wrong(
    declared: Declared, rows: Sequence[tuple[int, Ratio]]
) -> Iterator[tuple[int, Decimal | None]]:
    if rows:
        for at, share in misprints(declared, [ratio for _place, ratio in rows]):
            yield rows[at][0], share


def _ratios(table: Table, at: int, reading: Reading) -> Iterator[tuple[int, Ratio]]:
    """Every row that has its counts, with or without a printed percentage."""
    scale = _scale(table, reading.base.value)
    for place, row in enumerate(table.rows):
        count, base = summed(row, reading.parts), base_of(table, row, reading)
        # Rows of which may be shares of the row above them: they are looked at apart.
        if row.role is Role.OF_WHICH or count is None or base is None or count < 0:
            continue
        printed = None if adds_the_column(table, row, at) else row.shares[at]
        ratio = Ratio(count=int(count.scaleb(scale)), base=int(base.scaleb(scale)), printed=printed)
        yield place, ratio


def base_of(table: Table, row: Row, reading: Reading) -> Decimal | None:
    """What a percentage of ``row`` is held against in ``reading``."""
    if reading.base.source is Source.COLUMN:
        return summed(row, reading.base.columns)
    if reading.base.source is Source.GROUP and row.role is Role.PART:
        return group_total(table, row.group, reading.parts[0])
    return reading.base.value


def adds_the_column(table: Table, row: Row, at: int) -> bool:
    """Whether a total prints the sum of the percentages above it, such as 99.99."""
    share = row.shares[at]
    if row.role is not Role.TOTAL or share is None:
        return False
    return share.value == sum_of_shares(table, at)


def sum_of_shares(table: Table, at: int) -> Decimal | None:
    """The sum of what is printed for the parts; None when one is missing or only about."""
    shares = [row.shares[at] for row in table.rows if row.role is Role.PART]
    if not shares or any(share is None or not share.exact for share in shares):
        return None
    return sum((share.value for share in shares if share), Decimal(0))


def group_total(table: Table, group: str, column: int) -> Decimal | None:
    """What the subtotal of a group prints; None when there is none."""
    return next(
        (
            figure.value
            for row in table.rows
            if row.role is Role.SUBTOTAL and row.group == group
            if (figure := row.counts[column])
        ),
        None,
    )


def _scale(table: Table, base: Decimal) -> int:
    """Money is printed with decimals; shares of it are those of its smallest unit."""
    figures = [each for row in table.rows for each in row.counts if each is not None]
    exponents = [-int(each.value.as_tuple().exponent) for each in figures]
    return max(0, *exponents, -int(base.as_tuple().exponent)) if exponents else 0


def summed(row: Row, columns: Iterable[int]) -> Decimal | None:
    """The sum of some counts of a row; None when one is missing or not exact."""
    total = Decimal(0)
    for column in columns:
        figure = row.counts[column]
        if figure is None or not figure.exact:
            return None
        total += figure.value
    return total


def counted(row: Row, columns: Iterable[int]) -> bool:
    """Whether a row prints all these counts, exact or not."""
    return all(row.counts[column] is not None for column in columns)


def whole_of(table: Table, reading: Reading) -> Decimal | None:
    """The sum of what a reading counts in the parts; None when one is missing."""
    parts = [summed(row, reading.parts) for row in table.rows if row.role is Role.PART]
    if not parts or any(each is None for each in parts):
        return None
    return sum((each for each in parts if each is not None), Decimal(0))


def total_of(rows: Iterable[Row], column: int) -> Decimal | None:
    """The sum of the parts in one column; None when a part is missing."""
    parts = [row.counts[column] for row in rows if row.role is Role.PART]
    if not parts or any(each is None or not each.exact for each in parts):
        return None
    return sum((each.value for each in parts if each), Decimal(0))


def readings(table: Table, at: int, numbers: Sequence[Number]) -> Iterator[Reading]:
    """Yield the ways to read column ``at``, the most natural first."""
    before = min(table.shares[at].after, len(table.counts))
    # The count just before it, then the others from left to right.
    order = [before - 1, *(each for each in range(len(table.counts)) if each != before - 1)]
    order = [each for each in order if each >= 0]
    for column in order:
        for base in _fixed(table, column, numbers):
            yield Reading(parts=(column,), base=base)
    if any(row.role is Role.SUBTOTAL for row in table.rows):
        for column in order:
            whole = next((each.value for each in _named(table, column, ())), Decimal(0))
            yield Reading(parts=(column,), base=Base(source=Source.GROUP, label="", value=whole))
    yield from _across(table, order)


def _fixed(table: Table, column: int, numbers: Sequence[Number]) -> Iterator[Base]:
    seen: set[Decimal] = set()
    for base in _named(table, column, numbers):
        if base.value > 0 and base.value not in seen:
            seen.add(base.value)
            yield base


def _named(table: Table, column: int, numbers: Sequence[Number]) -> Iterator[Base]:
    if table.stated and column == 0:
        yield Base(source=Source.STATED, label=table.stated.label, value=table.stated.value)
    for row in table.rows:
        figure = row.counts[column]
        if row.role is Role.TOTAL and figure:
            yield Base(source=Source.TOTAL, label=row.label, value=figure.value)
    whole = total_of(table.rows, column)
    if whole is not None and not table.selection:
        yield Base(source=Source.SUM, label="", value=whole)
    for number in numbers:
        yield Base(source=Source.REPORT, label=number.label, value=number.value)


def _across(table: Table, order: Sequence[int]) -> Iterator[Reading]:
    """Row by row: one column, or a few together, over another one or over all."""
    columns = range(len(table.counts))
    for size in range(1, SUMMED + 1):
        for parts in combinations(sorted(order) if size > 1 else order, size):
            for base in columns:
                if base not in parts:
                    yield Reading(parts=parts, base=_column_base(table, (base,)))
            if len(table.counts) > max(size, 2):
                yield Reading(parts=parts, base=_column_base(table, tuple(columns)))


def _column_base(table: Table, columns: tuple[int, ...]) -> Base:
    label = " + ".join(table.counts[each] for each in columns)
    return Base(source=Source.COLUMN, label=label, columns=columns)


def combined(table: Table, at: int, numbers: Sequence[Number], column: int) -> Iterator[Reading]:
    """Sums and differences of two numbers of the report that every row allows as its base."""
    allowed = allowed_bases(table, at, column)
    if allowed is None:
        return
    least, greatest = allowed
    for one, other in combinations(numbers[:COMBINED], 2):
        high, low = sorted((one, other), key=lambda each: -each.value)
        pairs = (("+", high.value + low.value), ("−", high.value - low.value))
        for sign, value in pairs:
            if least <= value <= greatest:
                label = f"{_said(high)} {sign} {_said(low)}"
                base = Base(source=Source.COMBINED, label=label, value=value)
                yield Reading(parts=(column,), base=base)


def _said(number: Number) -> str:
    return f"{number.value:,} ({number.label})" if number.label else f"{number.value:,}"


def allowed_bases(table: Table, at: int, column: int) -> tuple[int, int] | None:
    """The whole numbers that plain rounding leaves as base of every printed row; None: none."""
    ranges = [
        bases_allowed(int(figure.value), share)
        for row in table.rows
        if (figure := row.counts[column]) and (share := row.shares[at])
        if figure.exact and share.exact and figure.value > 0 and share.value > 0
    ]
    known = [each for each in ranges if each is not None]
    if not known or len(known) < len(ranges):
        return None
    least, greatest = max(each[0] for each in known), min(each[1] for each in known)
    return (least, greatest) if least <= greatest else None


def possible_bases(count: Decimal, share: Figure, numbers: Sequence[Number]) -> list[Number]:
    """The numbers of the report over which ``count`` prints as ``share``, plain rounding."""
    allowed = bases_allowed(int(count), share)
    if allowed is None:
        return []
    return [each for each in numbers if allowed[0] <= each.value <= allowed[1]]
