"""From lines of cells to tables: which column is the label, which are counts, which shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from huiyin.reporting.checking import growth
from huiyin.reporting.checking.blocks import (
    Block,
    Body,
    Line,
    blocks,
    headings,
    side_by_side,
    transposed,
)
from huiyin.reporting.checking.figures import Written, plain, ratio_as_share
from huiyin.reporting.checking.nesting import nested
from huiyin.reporting.checking.printed import Figure, Number, Role, Row, ShareColumn, Table
from huiyin.reporting.checking.roles import is_selection, role_of

_SERIAL = re.compile(r"序\s*号|编\s*号|no\.?|№|#|行次", re.IGNORECASE)
_REMARKS = re.compile(r"备\s*注|说\s*明|remarks?|notes?", re.IGNORECASE)
_SHARE = re.compile(
    r"占\s*比|比\s*例|比\s*重|百\s*分\s*比|百\s*分\s*率|份\s*额|%|率$|率\b|percent|share|pct|proportion|rate",
    re.IGNORECASE,
)
_PER_MILLE = re.compile("‰|千分")
_YEARS = re.compile(r"(?:19|20)\d\d(?:年(?:度)?)?")
_STATED = re.compile(
    r"(?:共计?|总数|合计|总计|总量|基数|base|total|\bn)\s*[=:为]?\s*(\d[\d,]*)", re.I
)


class Kind(StrEnum):
    LABEL = "label"
    COUNT = "count"
    SHARE = "share"
    GROWTH = "growth"
    BOTH = "both"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    kind: Kind
    label: str


def tables(lines: Sequence[Line], *, name: str = "") -> list[Table]:
    """Every table in ``lines`` that has numbers."""
    found = []
    for block in blocks(lines):
        for part in side_by_side(block):
            table = _table(transposed(part), name=name)
            if table is not None:
                found.append(table)
    return found


def _table(block: Block, *, name: str) -> Table | None:
    heads = headings(block)
    columns = [_Column(at, _kind(block, at, head), head) for at, head in enumerate(heads)]
    columns = _with_a_label(columns)
    counted = [each for each in columns if each.kind in {Kind.COUNT, Kind.BOTH}]
    shared = [each for each in columns if each.kind in {Kind.SHARE, Kind.BOTH, Kind.GROWTH}]
    if not counted and not shared:
        return None
    labels = [each for each in columns if each.kind is Kind.LABEL]
    rows = [*_rows(block, labels, counted, shared)]
    if not rows:
        return None
    title = " ".join(block.titles) or name
    ordered = tuple(nested(rows))
    return Table(
        name=title,
        counts=tuple(each.label for each in counted),
        shares=tuple(_share_column(each, counted) for each in shared),
        rows=ordered,
        stated=_stated(block, ordered),
        selection=is_selection(title, ordered),
    )


def _share_column(column: _Column, counted: Sequence[_Column]) -> ShareColumn:
    after = sum(each.at <= column.at for each in counted)
    return ShareColumn(label=column.label, after=after, growth=column.kind is Kind.GROWTH)


def _cells(block: Block, at: int) -> list[Written]:
    return [line.cells[at] for line in block.body if at < len(line.cells)]


def _kind(block: Block, at: int, head: str) -> Kind:
    filled = [cell for cell in _cells(block, at) if cell.text and not cell.empty]
    numeric = [cell for cell in filled if cell.numeric]
    if _REMARKS.fullmatch(head) or not filled or _is_serial(block, at, head, filled):
        return Kind.LEFT_OUT
    if 2 * len(numeric) <= len(filled) or _are_years(filled):
        return Kind.LABEL
    if growth.HEADING.search(head):
        return Kind.GROWTH
    if any(cell.count and cell.share for cell in numeric):
        return Kind.BOTH
    signed = [cell for cell in numeric if cell.share]
    if 2 * len(signed) > len(numeric) or _SHARE.search(head) or _PER_MILLE.search(head):
        return Kind.SHARE
    return Kind.SHARE if _looks_shared(block, at, numeric) else Kind.COUNT


def _is_serial(block: Block, at: int, head: str, filled: Sequence[Written]) -> bool:
    if head and _SERIAL.fullmatch(head):
        return True
    values = [cell.count.value for cell in filled if cell.count]
    numbered = values == [Decimal(each) for each in range(1, len(values) + 1)]
    # 1, 2, 3 … without a heading before a column of words.
    return at == 0 and not head and len(values) > 2 and numbered and block.width > 2


def _are_years(filled: Sequence[Written]) -> bool:
    return all(_YEARS.fullmatch(cell.text) for cell in filled)


def _looks_shared(block: Block, at: int, numeric: Sequence[Written]) -> bool:
    """Without sign or heading: decimals that add up to about 100 beside a column of counts."""
    figures = [cell.count for cell in numeric if cell.count]
    if at == 0 or len(figures) < 2 or not any(each.decimals for each in figures):
        return False
    before = [cell.count for cell in _cells(block, at - 1) if cell.count]
    if not before or any(each.decimals for each in before):
        return False
    whole = sum((each.value for each in figures if each.value != 100), Decimal(0))
    return all(each.value <= 100 for each in figures) and abs(whole - 100) <= 1


def _with_a_label(columns: Sequence[_Column]) -> list[_Column]:
    """Labels stand left of the numbers; what stands right of them is a remark."""
    numbers = [each.at for each in columns if each.kind not in {Kind.LABEL, Kind.LEFT_OUT}]
    first = min(numbers, default=len(columns))
    return [
        _Column(each.at, Kind.LEFT_OUT, each.label)
        if each.kind is Kind.LABEL and each.at > first
        else each
        for each in columns
    ]


def _rows(
    block: Block,
    labels: Sequence[_Column],
    counted: Sequence[_Column],
    shared: Sequence[_Column],
) -> Iterator[Row]:
    above = ""
    ratios = {each.at for each in shared if _is_ratio(block, each)}
    for line in block.body:
        said = [_cell(line, each.at).text for each in labels]
        if len(said) > 1:
            above = said[0] or above
        own = [each for each in said if each]
        counts = tuple(_cell(line, each.at).count for each in counted)
        shares = tuple(
            _share(_cell(line, each.at), ratio=each.at in ratios, head=each.label)
            for each in shared
        )
        if not any(counts) and not any(shares):
            continue
        role = role_of("".join(own)) if own else Role.PART
        role = role_of(own[-1]) if role is Role.PART and own else role
        yield Row(
            label=own[-1] if own else line.place,
            place=line.place,
            counts=counts,
            shares=shares,
            role=role,
            group=line.group or (above if len(said) > 1 and role is not Role.TOTAL else ""),
        )


def _cell(line: Body, at: int) -> Written:
    return line.cells[at] if at < len(line.cells) else Written("")


def _is_ratio(block: Block, column: _Column) -> bool:
    """Shares written as parts of one: 0.6346."""
    cells = [cell for cell in _cells(block, column.at) if cell.numeric]
    figures = [cell.count for cell in cells if cell.count]
    return (
        len(figures) == len(cells) > 0
        and all(each.value <= 1 for each in figures)
        and any(each.decimals >= 2 for each in figures)
        and "%" not in column.label
    )


def _share(cell: Written, *, ratio: bool, head: str) -> Figure | None:
    if cell.share:
        return cell.share
    if cell.count is None:
        return None
    if ratio:
        return ratio_as_share(cell.count)
    if _PER_MILLE.search(head):
        figure = cell.count
        return Figure(
            written=figure.written,
            value=figure.value.scaleb(-1),
            decimals=figure.decimals + 1,
            about=figure.about,
        )
    return cell.count


def _stated(block: Block, rows: Sequence[Row]) -> Number | None:
    """“（共1034件）” above the table, when the table has no line for it."""
    if any(row.role is Role.TOTAL for row in rows):
        return None
    for text in [*block.titles, *block.remarks]:
        if found := _STATED.search(plain(text)):
            return Number(label=text, value=Decimal(found[1].replace(",", "")))
    return None
