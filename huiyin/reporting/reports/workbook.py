"""A report as a workbook: a sheet for each table with its base and day, numbers as numbers."""

from __future__ import annotations

from decimal import Decimal

from huiyin.documents.workbooks import Heading, Sheet, book
from huiyin.reporting.reports.composed import Composed, Figure, Piece, Table

# Millimetres of the sheet of paper for a narrow letter of a column.
_LETTER = 2.2


def workbook(report: Composed) -> bytes:
    """The tables, then every figure of the text with its number, base and day."""
    tables = [_sheet(each, number=number) for number, each in enumerate(report.tables, start=1)]
    return book([*tables, _notes(report)])


def _sheet(each: Table, *, number: int) -> Sheet:
    return Sheet(
        name=f"表{number} {each.title}",
        above=(f"表{number}　{each.title}", each.under),
        headings=[
            Heading(_headed(each, at), max(round(width / _LETTER), 8))
            for at, width in enumerate(each.widths)
        ],
        rows=[[_value(piece) for piece in row] for row in each.rows] or [[f"—（{each.empty}）"]],
    )


def _headed(each: Table, at: int) -> str:
    """A column of percentages says so in its head: its cells are plain numbers."""
    shares = [row[at] for row in each.rows if isinstance(row[at], Figure)]
    rates = [piece for piece in shares if isinstance(piece, Figure) and piece.text.endswith("%")]
    return f"{each.headings[at]}（%）" if rates and len(rates) == len(shares) else each.headings[at]


def _value(piece: Piece) -> str | Decimal | None:
    if isinstance(piece, str):
        return piece or None
    return Decimal(piece.value) if piece.value else f"{piece.text}（{piece.why}）"


def _notes(report: Composed) -> Sheet:
    return Sheet(
        name="统计说明",
        above=(
            report.title,
            f"数据截至{report.as_of}，据系统记录第{report.known}行及以前的事项统计",
        ),
        headings=[
            Heading(said, width)
            for said, width in zip(
                ("编号", "指标", "数字", "数值", "口径（基数）", "截止日"),
                (14, 30, 14, 12, 60, 16),
                strict=True,
            )
        ],
        rows=[
            [
                each.code,
                each.label,
                each.text,
                Decimal(each.value) if each.value else None,
                each.why or each.base,
                each.as_of,
            ]
            for each in report.figures_in_text
        ],
    )
