"""A report as a paper after GB/T 9704: the same words and figures as its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiyin.documents.typesetting import Form, Paper
from huiyin.documents.typesetting import blocks as made
from huiyin.documents.typesetting.blocks import Block, Cell, Row
from huiyin.documents.typesetting.blocks import Paragraph as Set
from huiyin.documents.typesetting.blocks import Table as SetTable
from huiyin.documents.typesetting.standard import LINE, Style
from huiyin.reporting.reports.composed import Block as Part
from huiyin.reporting.reports.composed import Composed, Paragraph, Piece, Table

_NOTES = "统计说明"
_NOTED = "文中每个数字的编号、口径（基数）和截止日如下；表内数字的口径见各表。"
_NOTE_HEADS = ("编号", "指标", "数字", "口径（基数）", "截止日")
_NOTE_WIDTHS = (26, 34, 18, 48, 30)
_STYLES = {2: Style.LEVEL_2, 3: Style.LEVEL_3}
# Columns of words up to this long stand in the middle.
_SHORT = 12
# Tables up to this long are not divided between two pages.
_TOGETHER = 16


def paper(report: Composed, *, link: str = "") -> Paper:
    """The whole report with its notes at the end."""
    return Paper(
        form=Form.SHEET,
        title=report.title,
        organ=report.office,
        link=link,
        over=tuple(line for line in (report.meeting, report.agenda_item) if line),
        under=(report.office, made.day(report.on)),
        blocks=tuple(_blocks(report)),
    )


def _blocks(report: Composed) -> Iterator[Block]:
    yield made.addressee(report.addressee)
    number, tables = 0, 0
    for section in report.sections:
        if section.title:
            number += 1
            yield made.section(number, section.title)
        for block in section.blocks:
            if block.table:
                tables += 1
                yield from table(block.table, number=tables)
            else:
                yield from _paragraphs(block)
    yield from made.annexes(_NOTES)
    yield from _notes(report)


def _paragraphs(block: Part) -> Iterator[Block]:
    for each in block.paragraphs:
        yield Set(style=_STYLES.get(each.level, Style.TEXT), text=_said(each))


def _said(paragraph: Paragraph) -> str:
    return "".join(_text(piece) for piece in paragraph.pieces)


def _text(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def table(each: Table, *, number: int) -> Iterator[Block]:
    """Its title and base above it, kept together with its head."""
    yield Set(style=Style.TABLE_TITLE, text=f"表{number}　{each.title}")
    yield Set(style=Style.TABLE_BASE, text=each.under)
    head = _head(each.headings)
    wide = [
        any(len(_text(row[at])) > _SHORT for row in each.rows) for at in range(len(each.widths))
    ]
    rows = [_row(row, wide) for row in each.rows]
    if not rows:
        empty = Cell(text=f"—（{each.empty}）", style=Style.WORD_CELL, span=len(each.headings))
        rows = [Row(cells=(empty,), height=8)]
    together = len(rows) <= _TOGETHER
    yield SetTable(columns=each.widths, rows=(head, *rows), together=together)
    yield made.Gap(LINE / 2)


def _head(headings: tuple[str, ...]) -> Row:
    cells = (Cell(text=said, style=Style.NUMBER_CELL) for said in headings)
    return Row(cells=tuple(cells), height=8, is_head=True)


def _row(row: tuple[Piece, ...], wide: list[bool]) -> Row:
    """Numbers and columns of short words in the middle, columns of longer words from the left."""
    cells = (
        Cell(text=_text(piece), style=Style.WORD_CELL if long else Style.NUMBER_CELL)
        for piece, long in zip(row, wide, strict=True)
    )
    return Row(cells=tuple(cells), height=8)


def _notes(report: Composed) -> Iterator[Block]:
    """Number, base and day of every figure of the text (一数一口径)."""
    known = f"数据截至{_day(report.as_of)}，据系统记录第{report.known}行及以前的事项统计。"
    yield from made.annex(_NOTES, *made.text(f"{known}{_NOTED}"), _notes_table(report))


def _notes_table(report: Composed) -> SetTable:
    head = Row(cells=tuple(made.label(said) for said in _NOTE_HEADS), height=8, is_head=True)
    rows = [
        (each.code, each.label, each.text, each.why or each.base, each.as_of)
        for each in report.figures_in_text
    ]
    set_rows = [
        Row(cells=tuple(Cell(text=said, style=Style.NOTED) for said in row), height=7)
        for row in rows
    ]
    return SetTable(columns=_NOTE_WIDTHS, rows=(head, *set_rows))


def _day(iso: str) -> str:
    return made.day(date.fromisoformat(iso))
