"""Tables of statistics: one row for each group of a dimension, or one for each of some numbers.

A table is declared like a number is: what it is called, its base, by what it is divided, which
numbers stand in it. What it prints as a percentage says of what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.reporting.counting import Counted, count, counted_by
from huiyin.reporting.figures import GRADES
from huiyin.reporting.standpoint import Standpoint
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS
from huiyin.reporting.statistics.dimensions import DIMENSIONS, NONE, group_names
from huiyin.rulebook import Rulebook, percents
from huiyin.supervision.rules import OVERSEERS

_ONCE = _("each suggestion once in a line; lines overlap where several organs handle one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """One row for each group of ``by``. ``columns``: numbers of counts and of rates.

    ``by_size``: those with most of the first column first; otherwise in the order of the groups.
    """

    code: str
    label: Words
    base: Words
    by: str
    columns: tuple[str, ...]
    by_size: bool = True
    roles: frozenset[str] | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the groups of each count add up to the count itself."""
        return not DIMENSIONS[self.by].overlaps

    @property
    def needs(self) -> list[str]:
        """The counts it is made of."""
        return _counts_in(self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row for each of ``rows``, with its share of each of ``of``.

    ``adds_up``: the rows together are the first of ``of``, so that shares may be made to add up
    to a hundred as the rules declare (``percent.residual``).
    """

    code: str
    label: Words
    base: Words
    rows: tuple[str, ...]
    of: tuple[str, ...]
    adds_up: bool = True
    roles: frozenset[str] | None = None

    @property
    def needs(self) -> list[str]:
        return [*self.rows, *self.of]


Table = Grouped | Listed
_DONE = ("R001", "R010", "R013", "R015", "R114", "R131", "R134", "R040")


def _grades(dimension: str, *last: str) -> tuple[str, ...]:
    return (*(f"{dimension}_{grade}" for grade in GRADES), *last)


_ALL: tuple[Table, ...] = (
    Listed(
        code="T01",
        label=_("When it was raised"),
        base=_("of those received"),
        rows=("R002", "R003"),
        of=("R001",),
    ),
    Listed(
        code="T02",
        label=_("Who raised it"),
        base=_("of those received; names confirmed by the co-signers themselves"),
        rows=("R004", "R005", "R006"),
        of=("R001",),
    ),
    Grouped(
        code="T03",
        label=_("By category"),
        base=_("of those received, as sorted on registration"),
        by="category",
        columns=("R001", "R010", "R114", "R134"),
    ),
    Grouped(
        code="T04",
        label=_("By delegation"),
        base=_("of those received, by the delegation of the lead deputy"),
        by="delegation",
        columns=("R001", "R004", "R005", "R006", "R010", "R131"),
    ),
    Grouped(
        code="T05",
        label=_("By electing unit"),
        base=_("of those received, by the unit that elected the lead deputy"),
        by="city",
        columns=("R001", "R002", "R003", "R010", "R131"),
    ),
    Grouped(
        code="T06",
        label=_("By system of the organs"),
        base=_ONCE,
        by="system",
        columns=("R001", "R010", "R114", "R134"),
    ),
    Grouped(code="T07", label=_("By organ"), base=_ONCE, by="organ", columns=_DONE),
    Grouped(code="T08", label=_("By leading organ"), base=_ONCE, by="leading", columns=_DONE),
    Grouped(
        code="T09",
        label=_("First replies by month"),
        base=_("of those answered, by the day of the first delivery"),
        by="replied_in",
        columns=("R010", "R014", "R015"),
        by_size=False,
    ),
    Listed(
        code="T20",
        label=_("Rating of the attitude, last round"),
        base=_("shares of those fed back, and of those asked for feedback"),
        rows=_grades("attitude", "R032"),
        of=("R030", "R031"),
    ),
    Listed(
        code="T21",
        label=_("Rating of the result, last round"),
        base=_("shares of those fed back, and of those asked for feedback"),
        rows=_grades("result", "R032"),
        of=("R030", "R031"),
    ),
    Listed(
        code="T22",
        label=_("Rating of the attitude, first round"),
        base=_("of those rated in the first round, whatever came later"),
        rows=_grades("first_attitude"),
        of=("R050",),
    ),
    Listed(
        code="T23",
        label=_("Rating of the result, first round"),
        base=_("of those rated in the first round, whatever came later"),
        rows=_grades("first_result"),
        of=("R050",),
    ),
    Listed(
        code="T24",
        label=_("What became of those not satisfied"),
        base=_("of those not satisfied in the first round"),
        rows=("R043", "R044", "R045", "R046", "R047", "R048"),
        of=("R040",),
    ),
    Listed(
        code="T30",
        label=_("How deputies came to it"),
        base=_("of those received, by the deputy's word; several ways may be named"),
        rows=("R091", "R092", "R093", "R094", "R095"),
        of=("R001",),
        adds_up=False,
    ),
    Listed(
        code="T31",
        label=_("What deputies agree to have published"),
        base=_("of those received, what the deputy agrees to; not what is published"),
        rows=("R096", "R097", "R098"),
        of=("R001",),
    ),
    Listed(
        code="T40",
        label=_("How it is handled"),
        base=_("of those received; one suggestion may be in several lines"),
        rows=("R060", "R061", "R062", "R063", "R064", "R065", "R066"),
        of=("R001",),
        adds_up=False,
        roles=OVERSEERS,
    ),
    Listed(
        code="T41",
        label=_("What is pressed and disputed"),
        base=_("of those received; one suggestion may be in several lines"),
        rows=("R070", "R071", "R072", "R073", "R074", "R075"),
        of=("R001",),
        adds_up=False,
        roles=OVERSEERS,
    ),
    Listed(
        code="T42",
        label=_("What replies promise"),
        base=_("of those with a promise; one suggestion may be in several lines"),
        rows=("R081", "R082", "R083"),
        of=("R080",),
        adds_up=False,
    ),
)
TABLES: dict[str, Table] = {each.code: each for each in _ALL}


def tables_for(role: str) -> list[Table]:
    """The tables a post of this role may ask for."""
    return [each for each in _ALL if each.roles is None or role in each.roles]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table. ``group``: as an address asks for it; blank for the row of all."""

    label: Words
    group: str
    counted: Counted
    # The counts it prints, beside what rates of it rest on.
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedTable:
    """A table as of a day. ``total``: all groups together, each suggestion once."""

    table: Table
    here: Standpoint
    lines: Sequence[Line]
    total: Counted

    def shares(self, of: str) -> list[Decimal | None]:
        """The share of each line of a listed table; the rules say how they are rounded."""
        assert isinstance(self.table, Listed)  # noqa: S101 - grouped tables have rates
        own = [line for line in self.lines if self.belongs(line.code, of)]
        rounded = self.total.rules.percent
        values = percents(
            [self.total.numbers[line.code] for line in own],
            base=self.total.numbers[of],
            decimals=rounded.decimals,
            rounding=rounded.rounding,
            residual=rounded.residual,
        )
        known = dict(zip([line.code for line in own], values, strict=True))
        return [known.get(line.code) for line in self.lines]

    def belongs(self, code: str, of: str) -> bool:
        """Whether a line is part of that base: who was not rated is none of those fed back."""
        return not (code == "R032" and of == "R031")


def counted_table(table: Table, here: Standpoint, *, rules: Rulebook) -> CountedTable:
    """Count a table, in one query for a listed one and two for a grouped one."""
    total = count(
        actor=here.actor,
        session=here.session,
        as_of=here.as_of,
        known=here.asked,
        rules=rules,
        codes=table.needs,
    )
    if isinstance(table, Listed):
        lines = [
            Line(label=STATISTICS[code].label, group="", counted=total, code=code)
            for code in table.rows
        ]
    else:
        lines = _groups(table, here, total)
    return CountedTable(table=table, here=here, lines=lines, total=total)


def _groups(table: Grouped, here: Standpoint, total: Counted) -> list[Line]:
    found = counted_by(table.by, here, codes=table.needs)
    first = table.columns[0]
    # A group that has none of what the table is about is no row of it.
    found = {group: numbers for group, numbers in found.items() if any(numbers.values())}
    named = group_names(here, table.by, found)
    order = sorted(found, key=lambda group: (group == NONE, str(named.get(group, group))))
    if table.by_size:
        order.sort(key=lambda group: -found[group][first])
    return [
        Line(label=named.get(group, group), group=group, counted=total.of_group(found[group]))
        for group in order
    ]


def _counts_in(codes: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for code in codes:
        rate = ALL_RATES.get(code)
        found |= dict.fromkeys((*rate.parts, rate.of) if rate else (code,))
    return list(found)
