"""The result of a check, as lines of text and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from huiyin.reporting.checking import saying
from huiyin.reporting.checking.bases import Tried
from huiyin.reporting.checking.findings import Checked, CheckedPaper, Finding, Weight
from huiyin.reporting.checking.printed import Figure

MARKS = {Weight.RIGHT: "✓", Weight.NOTE: "·", Weight.WRONG: "✗"}


def verdict(papers: Sequence[CheckedPaper]) -> str:
    """The result in one line."""
    wrong = sum(not table.adds_up for paper in papers for table in paper.tables)
    count = sum(len(paper.tables) for paper in papers)
    if all(paper.adds_up for paper in papers):
        return standing([each for paper in papers for each in paper.tables])
    if not wrong:
        return _("The tables add up, but something beside them does not.")
    said = ngettext(
        "%(wrong)d of %(count)d table does not add up.",
        "%(wrong)d of %(count)d tables do not add up.",
        count,
    )
    return said % {"wrong": wrong, "count": count}


def standing(tables: Sequence[Checked]) -> str:
    """What a table is called: adds up, adds up with adjusted figures, or does not."""
    if not all(table.adds_up for table in tables):
        return pgettext("table", "Does not add up.")
    if any(is_adjusted(table) for table in tables):
        return pgettext("table", "Adds up, with adjusted figures (named).")
    return pgettext("table", "Adds up.")


def is_adjusted(table: Checked) -> bool:
    """Whether a percentage is not the plain rounding of its own number."""
    return any(each.code in {"adjusted", "not_half_up"} for each in table.findings)


def lines(papers: Sequence[CheckedPaper]) -> Iterator[str]:
    """Yield the report as it is printed on a terminal."""
    for paper in papers:
        if paper.paper.name:
            yield f"== {paper.paper.name}"
        for number, checked in enumerate(paper.tables, start=1):
            name = checked.table.name or _("Table %(number)d") % {"number": number}
            yield f"  {name}: {standing([checked])}"
            for finding in checked.findings:
                yield f"    {_line(checked, finding)}"
        for finding in paper.findings:
            yield f"  {MARKS[finding.weight]} {finding.said}"
        if not paper.tables and not paper.findings:
            yield "  " + _("No table and no percentage: nothing to check.")
    yield verdict(papers)


def _line(checked: Checked, finding: Finding) -> str:
    place = "" if finding.row is None else checked.table.rows[finding.row].place
    where = _("row %(row)s: ") % {"row": place} if place.isdecimal() else ""
    return f"{MARKS[finding.weight]} {where}{finding.said}"


def as_data(papers: Sequence[CheckedPaper]) -> dict[str, Any]:
    """The whole result for programs. Add keys; never rename or drop one."""
    return {
        "adds_up": all(paper.adds_up for paper in papers),
        "said": verdict(papers),
        "reports": [
            {
                "name": paper.paper.name,
                "adds_up": paper.adds_up,
                "tables": [_table(each) for each in paper.tables],
                "findings": [_finding(each) for each in paper.findings],
            }
            for paper in papers
        ],
    }


def _table(checked: Checked) -> dict[str, Any]:
    table = checked.table
    return {
        "name": table.name,
        "adds_up": checked.adds_up,
        "adjusted": is_adjusted(checked),
        "selection": table.selection,
        "counts": list(table.counts),
        "shares": [
            {"label": column.label, "growth": column.growth, **_explained(tried)}
            for column, tried in zip(table.shares, checked.columns, strict=True)
        ],
        "rows": [
            {
                "label": row.label,
                "place": row.place,
                "role": row.role.value,
                "group": row.group.removeprefix("§"),
                "counts": [_written(each) for each in row.counts],
                "shares": [_written(each) for each in row.shares],
            }
            for row in table.rows
        ],
        "findings": [_finding(each) for each in checked.findings],
    }


def _explained(tried: Tried | None) -> dict[str, Any]:
    if tried is None:
        return {"base": None, "roundings": []}
    base = tried.reading.base
    return {
        "base": {
            "source": base.source.value,
            "value": str(base.value) if not base.columns else None,
            "label": base.label,
            "said": saying.base_in_words(base),
        },
        "roundings": [
            {
                "rounding": each.rounding.value,
                "decimals": each.decimals,
                "residual": each.residual.value,
            }
            for each in tried.declared
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "weight": finding.weight.value,
        "row": finding.row,
        "expected": finding.expected,
        "said": finding.said,
    }


def _written(figure: Figure | None) -> str | None:
    return figure.written if figure else None
