"""Paragraphs, rules and tables as Word writes them.

Elements stand in the order of the schema: what is out of place is dropped by Word in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from huiyin.documents.typesetting.blocks import Block, Cell, Gap, Paragraph, Row, Rule, Table
from huiyin.documents.typesetting.standard import (
    BODY_WIDTH,
    LEFT,
    LINE,
    PAGE_WIDTH,
    RIGHT,
    SETTINGS,
    Setting,
    Style,
    points,
)

_NAMESPACE = nsdecls("w")
_CELL_MARGIN = 2.0


def twips(length: float) -> int:
    """Points as Word counts lengths."""
    return round(length * 20)


def elements(blocks: Iterable[Block]) -> Iterator[Any]:
    """Each block as one or several elements of a body, a header or a footer."""
    for block in blocks:
        match block:
            case Paragraph():
                yield paragraph(block)
            case Gap():
                yield blank(block.height)
            case Rule():
                yield from _strokes(block)
            case Table():
                yield _table(block)


def paragraph(said: Paragraph) -> Any:
    """One paragraph of a named style; only what differs from the style stands in it."""
    setting, usual = said.setting, SETTINGS[said.style]
    keep = "<w:keepNext/>" if setting.keeps_next and not usual.keeps_next else ""
    own = ""
    if (setting.height, setting.before) != (usual.height, usual.before):
        own += spacing(setting)
    if setting.right != usual.right:
        own += indents(setting)
    size = f"<w:rPr>{_size(setting.size)}</w:rPr>" if setting.size != usual.size else ""
    return _parsed(
        f'<w:p {_NAMESPACE}><w:pPr><w:pStyle w:val="{style_id(said.style)}"/>{keep}'
        f"{_stop(said)}{own}</w:pPr>{_runs(said, size)}</w:p>"
    )


def blank(height: float) -> Any:
    """An empty line of that height."""
    return _parsed(
        f"<w:p {_NAMESPACE}><w:pPr>{_exactly(height)}<w:rPr>{_size(1)}</w:rPr></w:pPr></w:p>"
    )


def spacing(setting: Setting) -> str:
    before = twips(setting.before * LINE)
    return (
        f'<w:spacing w:before="{before}" w:after="0" w:line="{twips(setting.height)}" '
        'w:lineRule="exact"/>'
    )


def indents(setting: Setting) -> str:
    """The first line in characters for Word, and as a length for programs that know no others."""
    left, right, first = (
        twips(count * setting.size) for count in (setting.left, setting.right, setting.first)
    )
    said = f'w:left="{left}" w:right="{right}"'
    if first > 0:
        said += f' w:firstLineChars="{round(setting.first * 100)}" w:firstLine="{first}"'
    elif first < 0:
        said += f' w:hanging="{-first}"'
    return f"<w:ind {said}/>"


def style_id(style: Style) -> str:
    """Programs differ in what they make of a Chinese id, never of its name."""
    return f"huiyin-{style.name.lower().replace('_', '-')}"


def _runs(said: Paragraph, size: str) -> str:
    end = f"<w:tab/>{_text(said.end)}" if said.end else ""
    return f"<w:r>{size}{'<w:br/>'.join(map(_text, said.lines))}{end}</w:r>"


def _text(said: str) -> str:
    return f'<w:t xml:space="preserve">{escape(said)}</w:t>'


def _stop(said: Paragraph) -> str:
    """Where a line has two ends, the second stands at the right edge."""
    if not said.end:
        return ""
    at = twips(points(BODY_WIDTH) - said.setting.right * said.setting.size)
    return f'<w:tabs><w:tab w:val="right" w:pos="{at}"/></w:tabs>'


def _strokes(rule: Rule) -> Iterator[Any]:
    """Each stroke is the lower border of a line of its own: programs draw double ones unalike."""
    for stroke in rule.strokes:
        border = (
            f'<w:pBdr><w:bottom w:val="single" w:sz="{max(round(stroke * 8), 2)}" w:space="0" '
            f'w:color="{rule.colour}"/></w:pBdr>'
        )
        more = border + _exactly(1) + _across(rule.width)
        yield _parsed(f"<w:p {_NAMESPACE}><w:pPr>{more}<w:rPr>{_size(1)}</w:rPr></w:pPr></w:p>")


def _across(width: float) -> str:
    """Indents that give a rule its length; one longer than the text is centred on the page."""
    if width == BODY_WIDTH:
        return ""
    beside = (PAGE_WIDTH - width) / 2
    left, right = twips(points(beside - LEFT)), twips(points(beside - RIGHT))
    return f'<w:ind w:left="{left}" w:right="{right}"/>'


def _exactly(height: float) -> str:
    """Off the page's lines, to which some programs pull whatever stands on none."""
    return (
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(height)}" w:lineRule="exact"/>'
    )


def _size(size: float) -> str:
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'


def _table(table: Table) -> Any:
    widths = [twips(points(width)) for width in table.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margin = twips(points(_CELL_MARGIN))
    # Each row but the last stays with the one below it.
    kept = len(table.rows) - 1 if table.together else 0
    rows = "".join(_row(row, widths, keep=at < kept) for at, row in enumerate(table.rows))
    return _parsed(
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(row: Row, widths: list[int], *, keep: bool) -> str:
    cells, at = "", 0
    for cell in row.cells:
        width = sum(widths[at : at + cell.span])
        cells += _cell(cell, width, keep=keep)
        at += cell.span
    height = twips(points(row.height))
    again = "<w:tblHeader/>" if row.is_head else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{again}'
        "</w:trPr>"
        f"{cells}</w:tr>"
    )


def _cell(cell: Cell, width: int, *, keep: bool) -> str:
    next_ = "<w:keepNext/>" if keep else ""
    style = f'<w:pPr><w:pStyle w:val="{style_id(cell.style)}"/>{next_}</w:pPr>'
    lines = "".join(f"<w:p>{style}<w:r>{_text(line)}</w:r></w:p>" for line in cell.text.split("\n"))
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{lines}</w:tc>"
    )


def _parsed(xml: str) -> Any:
    return parse_xml(xml)
