"""The whole check of a paper: every table, every loose percentage, every day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from huiyin.reporting.checking import days, growth, hundreds, loose, shares, sums
from huiyin.reporting.checking.bases import Tried
from huiyin.reporting.checking.findings import Checked, CheckedPaper, Finding, Weight
from huiyin.reporting.checking.printed import Number, Paper, Table

# Numbers of one report that may be a base; a longer list explains everything by chance.
MOST_NUMBERS = 150


def check(paper: Paper) -> CheckedPaper:
    """Check all of ``paper``. Its sentences are in the language in force."""
    numbers = list(_numbers(paper))[:MOST_NUMBERS]
    tables = tuple(_table(each, numbers) for each in paper.tables)
    own: list[Finding] = []
    for each in paper.loose:
        own += loose.checked(each, paper.tables, numbers)
    own += days.impossible_days(paper.texts)
    return CheckedPaper(paper=paper, tables=tables, findings=tuple(own))


def _numbers(paper: Paper) -> Iterator[Number]:
    """Everything the report counts that may be a base elsewhere in it."""
    yield from paper.numbers
    for table in paper.tables:
        if table.stated:
            label = table.stated.label or table.name
            yield Number(label=label, value=table.stated.value)
        for row in table.rows:
            for figure in row.counts:
                if figure and figure.exact and figure.value > 0:
                    yield Number(label=row.label, value=figure.value)


def _table(table: Table, numbers: Sequence[Number]) -> Checked:
    found = list(sums.added(table, numbers))
    columns: list[Tried | None] = []
    for at, column in enumerate(table.shares):
        if column.growth:
            columns.append(None)
            found += growth.checked(table, at)
            continue
        best, said = _column(table, at, numbers)
        columns.append(best)
        found += said
    if not found:
        said_nothing = _("One number without a total and without a percentage: nothing to check.")
        found.append(Finding(code="nothing", weight=Weight.NOTE, said=said_nothing))
    return Checked(table=table, findings=tuple(found), columns=tuple(columns))


def _column(table: Table, at: int, numbers: Sequence[Number]) -> tuple[Tried | None, list[Finding]]:
    explained = shares.explained(table, at, numbers)
    best = explained.best
    return best, [
        *shares.of_column(table, at, explained, numbers),
        *hundreds.added(table, at, best),
        *hundreds.impossible(table, at),
        *hundreds.uncounted(table, at, best),
        *hundreds.of_which(table, at, best),
        *hundreds.approximate(table, at, best),
    ]
