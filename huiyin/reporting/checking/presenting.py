"""The result of a check as the page shows it: each table again, each row marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.reporting.checking import telling
from huiyin.reporting.checking.findings import Checked, CheckedPaper, Finding, Weight
from huiyin.reporting.checking.printed import Figure, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence; ``weight`` picks its sign, and ``word`` says the same in a word."""

    text: str
    weight: str
    mark: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    label: str
    cells: tuple[str, ...]
    said: tuple[Said, ...]
    weight: str
    total: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    title: str
    standing: str
    weight: str
    headings: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPaper:
    name: str
    tables: tuple[ShownTable, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    verdict: str
    weight: str
    papers: tuple[ShownPaper, ...]


def result(papers: Sequence[CheckedPaper]) -> Result:
    """Everything the page shows below its form."""
    tables = [table for paper in papers for table in paper.tables]
    adds_up = all(paper.adds_up for paper in papers)
    return Result(
        verdict=telling.verdict(papers),
        weight=_weight(adds_up=adds_up, adjusted=any(map(telling.is_adjusted, tables))),
        papers=tuple(
            ShownPaper(
                name=paper.paper.name,
                tables=tuple(_table(at, each) for at, each in enumerate(paper.tables, start=1)),
                said=_all_said(paper.findings),
            )
            for paper in papers
        ),
    )


def _weight(*, adds_up: bool, adjusted: bool) -> str:
    if not adds_up:
        return Weight.WRONG.value
    return Weight.NOTE.value if adjusted else Weight.RIGHT.value


def _table(number: int, checked: Checked) -> ShownTable:
    table = checked.table
    of_rows: dict[int, list[Finding]] = {}
    for finding in checked.findings:
        if finding.row is not None:
            of_rows.setdefault(finding.row, []).append(finding)
    headings = (
        *(label or _("Number of cases") for label in table.counts),
        *(column.label or _("Percentages") for column in table.shares),
    )
    rows = tuple(
        ShownRow(
            label=row.label,
            cells=tuple(map(_written, (*row.counts, *row.shares))),
            said=_all_said(of_rows.get(at, ())),
            weight=max(
                (each.weight for each in of_rows.get(at, ())), key=_HEAVIEST.index, default=""
            ),
            total=row.role in {Role.TOTAL, Role.SUBTOTAL},
        )
        for at, row in enumerate(table.rows)
    )
    return ShownTable(
        title=table.name or _("Table %(number)d") % {"number": number},
        standing=telling.standing([checked]),
        weight=_weight(adds_up=checked.adds_up, adjusted=telling.is_adjusted(checked)),
        headings=headings,
        rows=rows,
        said=_all_said(each for each in checked.findings if each.row is None),
    )


_HEAVIEST = (Weight.RIGHT, Weight.NOTE, Weight.WRONG)


def _all_said(findings: Iterable[Finding]) -> tuple[Said, ...]:
    words = {
        Weight.RIGHT: pgettext("finding", "Right"),
        Weight.NOTE: pgettext("finding", "To know"),
        Weight.WRONG: pgettext("finding", "Wrong"),
    }
    return tuple(
        Said(
            text=each.said,
            weight=each.weight.value,
            mark=telling.MARKS[each.weight],
            word=words[each.weight],
        )
        for each in findings
    )


def _written(figure: Figure | None) -> str:
    return figure.written if figure else "—"
