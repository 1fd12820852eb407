"""A cross-table: one field down, another across, and in each cell how many suggestions fit both.

Every number leads to exactly its rows: a cell is the query with two more conditions. A suggestion
that several organs handle stands once under each of them and once in the total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.reporting.queries import running
from huiyin.reporting.queries.conditions import EMPTY, IS, Asking
from huiyin.reporting.queries.fields import FIELDS, Field
from huiyin.reporting.queries.tree import BadQuery, Condition, Group
from huiyin.suggestions.models import Suggestion

MOST_ROWS, MOST_COLUMNS = 400, 60
# What stands for a field without a value.
NOTHING = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """``url`` is empty where there is nothing to open."""

    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    label: Words
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """``adds_up``: whether the lines add up to the totals below them."""

    down: Words
    across: Words
    headings: list[Words]
    lines: list[Line]
    totals: Line
    adds_up: bool


def crossable() -> list[Field]:
    return [field for field in FIELDS.values() if field.crosses]


def cross(
    group: Group, *, down: str, across: str, asking: Asking, link: Callable[[Group], str]
) -> Crossed:
    """Count. ``link`` gives the address of the list of a query. Raises ``BadQuery``."""
    rows_of, columns_of = _fields(down, across)
    base = running.suggestions(group, asking)
    counts = _counts(base, rows_of, columns_of, asking)
    foot = _totals(counts) if rows_of.of is None else _own(base, columns_of)
    rows = _in_order(rows_of, {row for row, _column in counts}, asking)
    columns = _in_order(columns_of, set(foot), asking)
    if len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise BadQuery(
            _("The table would have %(rows)s lines and %(columns)s columns.")
            % {"rows": len(rows), "columns": len(columns)},
            remedy=_("Narrow the query, or choose a field with fewer values."),
        )

    def cell(count: int, *conditions: Condition) -> Cell:
        return Cell(count=count, url=link(group.narrowed(*conditions)) if count else "")

    lines = [
        Line(
            label=row_label,
            cells=[
                cell(counts.get((row, column), 0), _is(rows_of, row), _is(columns_of, column))
                for column, _label in columns
            ],
            total=cell(
                sum(counts.get((row, column), 0) for column, _label in columns), _is(rows_of, row)
            ),
        )
        for row, row_label in rows
    ]
    return Crossed(
        down=rows_of.label,
        across=columns_of.label,
        headings=[label for _value, label in columns],
        lines=lines,
        totals=Line(
            label=_("Total"),
            cells=[cell(foot[column], _is(columns_of, column)) for column, _label in columns],
            total=cell(sum(foot.values())),
        ),
        adds_up=rows_of.of is None,
    )


def _fields(down: str, across: str) -> tuple[Field, Field]:
    """Raises ``BadQuery`` where the two cannot make a table."""
    chosen = [FIELDS.get(key) for key in (down, across)]
    rows_of, columns_of = chosen
    if rows_of is None or columns_of is None or not (rows_of.crosses and columns_of.crosses):
        raise BadQuery(_("These fields cannot be the lines and columns of a table."))
    if rows_of.key == columns_of.key:
        raise BadQuery(
            _("Lines and columns are the same field."), remedy=_("Choose two different fields.")
        )
    if columns_of.of is not None:
        raise BadQuery(
            _("“%(field)s” can stand in the lines only: a suggestion may have several of it.")
            % {"field": columns_of.label},
            remedy=_("Choose it for the lines, and a field of the suggestion for the columns."),
        )
    return rows_of, columns_of


def _counts(
    base: QuerySet[Suggestion], rows_of: Field, columns_of: Field, asking: Asking
) -> dict[tuple[str, str], int]:
    """How many suggestions each pair of values has."""
    across = columns_of.column
    if rows_of.of is None:
        return _grouped(base.order_by(), rows_of.column, across)
    way = rows_of.of.way
    related = rows_of.of.rows(asking.context)
    seen = related.filter(**{f"{way}__in": base.order_by().values("pk")})
    found = _grouped(seen.order_by(), rows_of.column, f"{way}__{across}", count=f"{way}")
    # A value that is no value is the same as having none.
    found = {pair: count for pair, count in found.items() if pair[0] != NOTHING}
    having = related.filter(**{way: OuterRef("pk"), f"{rows_of.column}__isnull": False})
    having = having.exclude(**{rows_of.column: ""})
    without = base.filter(~Q(Exists(having.order_by())))
    return found | {(NOTHING, value): count for value, count in _own(without, columns_of).items()}


def _grouped(
    rows: QuerySet[Any], down: str, across: str, *, count: str = "pk"
) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for first, second, number in rows.values_list(down, across).annotate(
        number=Count(count, distinct=count != "pk")
    ):
        pair = (first or NOTHING, second or NOTHING)
        found[pair] = found.get(pair, 0) + number
    return found


def _totals(counts: dict[tuple[str, str], int]) -> dict[str, int]:
    """Where every suggestion stands in one line, the lines add up."""
    found: dict[str, int] = {}
    for (_row, column), number in counts.items():
        found[column] = found.get(column, 0) + number
    return found


def _own(rows: QuerySet[Suggestion], asked: Field) -> dict[str, int]:
    found: dict[str, int] = {}
    for value, number in rows.order_by().values_list(asked.column).annotate(number=Count("pk")):
        found[value or NOTHING] = found.get(value or NOTHING, 0) + number
    return found


def _in_order(asked: Field, values: Iterable[str], asking: Asking) -> list[tuple[str, Words]]:
    """The values that occur, in the order they are offered; what is empty comes last."""
    left = set(values)
    known = [(value, label) for value, label in asking.offer(asked).items() if value in left]
    last = [(NOTHING, pgettext("cell of a table", "(none)"))] if NOTHING in left else []
    return [*known, *last]


def _is(asked: Field, value: str) -> Condition:
    return Condition(asked.key, IS, (value,)) if value else Condition(asked.key, EMPTY)
