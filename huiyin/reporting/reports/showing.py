"""A report's page: its sections with each text and what may be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiyin.documents.typesetting.blocks import numeral
from huiyin.reporting.models import ReportText
from huiyin.reporting.reports import slots
from huiyin.reporting.reports.composed import Block, Composed, Figure, Piece, Table
from huiyin.reporting.reports.names import names
from huiyin.reporting.reports.outline import Outline
from huiyin.reporting.reports.phrases import NAMES
from huiyin.ui import charts, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBlock:
    """One text or table as the page shows it. ``form`` is there for whoever may write it."""

    block: Block
    table: parts.Table | None = None
    number: int = 0
    chart: charts.Chart | None = None
    form: Any = None
    open: bool = False
    written: ReportText | None = None
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """``number`` as headings of the first level write it: 一, 二; blank for the opening."""

    number: str
    title: str
    blocks: list[ShownBlock]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """The forms of the texts by their codes, and which of them was refused."""

    forms: Mapping[str, Any]
    refused: str = ""


def sections(
    report: Composed,
    outline: Outline,
    *,
    texts: Mapping[str, ReportText],
    editing: Editing | None = None,
) -> list[ShownSection]:
    """Every section in order; tables are numbered through."""
    found, numbered, tables = [], 0, 0
    for section in report.sections:
        numbered += bool(section.title)
        blocks = []
        for block in section.blocks:
            tables += bool(block.table)
            blocks.append(_block(block, tables, outline, texts, editing))
        number = numeral(numbered) if section.title else ""
        found.append(ShownSection(number=number, title=section.title, blocks=blocks))
    return found


def _block(
    block: Block,
    number: int,
    outline: Outline,
    texts: Mapping[str, ReportText],
    editing: Editing | None,
) -> ShownBlock:
    if block.table:
        return ShownBlock(
            block=block, table=_table(block.table), number=number, chart=_chart(block.table)
        )
    if block.code not in outline.texts:
        return ShownBlock(block=block)
    written = texts.get(block.code)
    said = written.text if written else outline.texts[block.code].default
    return ShownBlock(
        block=block,
        form=editing.forms.get(block.code) if editing else None,
        open=bool(editing and editing.refused == block.code),
        written=written,
        typed=tuple(dict.fromkeys(slots.typed_numbers(said))) if editing else (),
    )


def _table(each: Table) -> parts.Table:
    rows = each.rows or ((f"—（{each.empty}）",),)
    numeric = [
        any(isinstance(row[at], Figure) for row in each.rows) for at in range(len(each.headings))
    ]
    return parts.Table(
        headings=[
            parts.Heading(label=said, num=num)
            for said, num in zip(each.headings, numeric, strict=True)
        ],
        rows=[[_cell(piece) for piece in row] for row in rows],
    )


def _cell(piece: Piece) -> parts.Cell:
    if isinstance(piece, str):
        return parts.Cell(text=piece)
    return parts.Cell(text=piece.text, url=piece.url, num=True)


def _chart(each: Table) -> charts.Chart | None:
    """The drawn column as bars; sums of others stay in the table."""
    if not each.drawn or len(each.rows) < 2:
        return None
    found = []
    for row in each.rows:
        piece = row[each.drawn]
        if isinstance(piece, Figure) and piece.value and not _is_sum(row):
            found.append(
                charts.Part(
                    label=str(row[0]), value=float(piece.value), url=piece.url, series=_tint(row)
                )
            )
    return charts.Chart(title=each.title, base=each.base, parts=found, label=each.headings[0])


def _is_sum(row: tuple[Piece, ...]) -> bool:
    return "合计" in row[:2] or "小计" in row[:2]


def _tint(row: tuple[Piece, ...]) -> str:
    """Classes keep their own tints wherever they are drawn."""
    letter = str(row[0])[:1].lower()
    return letter if letter in "abc" and len(str(row[0])) <= 2 else "1"


def notes(report: Composed) -> parts.Table:
    """Number, base and day of every figure of the running text."""
    heads = (_("Number"), _("Figure"), _("Value"), _("Base"), _("As of"))
    return parts.Table(
        headings=[parts.Heading(label=head, num=place == 2) for place, head in enumerate(heads)],
        rows=[
            [
                parts.Cell(text=each.code),
                parts.Cell(text=each.label),
                parts.Cell(text=each.text, url=each.url, num=True),
                parts.Cell(text=each.why or each.base),
                parts.Cell(text=each.as_of),
            ]
            for each in report.figures_in_text
        ],
    )


def offered() -> list[tuple[str, str]]:
    """Everything that may stand in a text: numbers, lists, the day."""
    return [*names().items(), *NAMES.items()]
