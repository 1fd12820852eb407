"""From lines of cells to blocks: what stands above, the headings, the lines below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from huiyin.reporting.checking.figures import Written, written

_YEAR = re.compile(r"(?:19|20)\d\d(?:年(?:度)?)?")
_REMARK = re.compile(
    r"(?:注|备注|说明|资料来源|来源|单位|制表|填报|审核|note|source|unit)\s*[:.]", re.I
)
_RULE = re.compile(r"[\s:|+=_-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it lies in the file; ``place`` is its number as a person sees it."""

    place: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A line with its cells read; ``group`` is the heading it stands under within the block."""

    place: str
    cells: tuple[Written, ...]
    group: str = ""


@dataclass(slots=True)
class Block:
    titles: list[str] = field(default_factory=list)
    heads: list[tuple[str, ...]] = field(default_factory=list)
    body: list[Body] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        rows = [len(each) for each in self.heads] + [len(each.cells) for each in self.body]
        return max(rows, default=0)


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Divide ``lines``. Blank lines divide nothing by themselves: lists have them inside."""
    found = [Block()]
    group = ""
    read = [(line, tuple(map(written, line.cells))) for line in lines]
    read = [(line, cells) for line, cells in read if not _is_blank(cells)]
    for at, (line, cells) in enumerate(read):
        block = found[-1]
        texts = [cell.text for cell in cells if cell.text]
        if _is_body(cells, block):
            block.body.append(Body(line.place, cells, group))
        elif len(texts) == 1 and (_REMARK.match(texts[0]) or not block.body):
            (block.remarks if block.body else block.titles).append(texts[0])
        elif len(texts) == 1 and _goes_on(read[at + 1 :]):
            group = texts[0]
        else:
            if block.body:
                found.append(block := Block())
                group = ""
            _head(block, texts, cells)
    return [each for each in found if each.body] or found[:1]


def _head(block: Block, texts: Sequence[str], cells: Sequence[Written]) -> None:
    if len(texts) == 1:
        block.titles.append(texts[0])
    else:
        block.heads.append(tuple(cell.text for cell in cells))


def _is_blank(cells: Sequence[Written]) -> bool:
    """No text at all, or the rule under the headings of a table drawn in text."""
    joined = "".join(cell.text for cell in cells)
    return _RULE.fullmatch(joined) is not None and not any(cell.numeric for cell in cells)


def _is_body(cells: Sequence[Written], block: Block) -> bool:
    filled = [cell for cell in cells if cell.text]
    if len(filled) < 2:
        return False
    numbers = [cell for cell in filled if cell.numeric]
    if numbers:
        # 2022 and 2023 over columns are headings.
        return bool(block.body or block.heads) or not all(
            _YEAR.fullmatch(cell.text) for cell in numbers
        )
    # “其他 — —” is a line of the list, not a heading.
    return bool(block.body) and all(cell.empty for cell in filled[1:])


def _goes_on(rest: Sequence[tuple[Line, tuple[Written, ...]]]) -> bool:
    """Whether the next line is one of the list: then a text alone names a group in it."""
    if not rest:
        return False
    cells = rest[0][1]
    filled = [cell for cell in cells if cell.text]
    return len(filled) > 1 and any(cell.numeric for cell in filled)


def headings(block: Block) -> list[str]:
    """One heading a column: those above it from top to bottom, merged ones carried right."""
    width = block.width
    levels = [[*each, *[""] * (width - len(each))] for each in block.heads]
    for upper in range(len(levels) - 1):
        _carry_right(levels[upper], levels[upper + 1])
    return [
        " ".join(dict.fromkeys(filter(None, column))) for column in zip(*levels, strict=True)
    ] or ([""] * width)


def _carry_right(upper: list[str], lower: Sequence[str]) -> None:
    said = ""
    for at, label in enumerate(upper):
        if label:
            said = label
        elif said and lower[at]:
            upper[at] = said


def side_by_side(block: Block) -> Iterator[Block]:
    """Two lists printed beside each other under the same headings are one below the other."""
    heads = block.heads[-1] if block.heads else ()
    for times in (2, 3):
        piece, rest = divmod(len(heads), times)
        if piece > 1 and not rest and heads[:piece] * times == tuple(heads):
            yield _unfolded(block, piece, times)
            return
    yield block


def _unfolded(block: Block, piece: int, times: int) -> Block:
    body = [
        Body(line.place, line.cells[at * piece : (at + 1) * piece], line.group)
        for at in range(times)
        for line in block.body
        if any(cell.text for cell in line.cells[at * piece : (at + 1) * piece])
    ]
    heads = [each[:piece] for each in block.heads[-1:]]
    return Block(titles=block.titles, heads=heads, body=body, remarks=block.remarks)


def transposed(block: Block) -> Block:
    """Turn a table over whose lines are “件数” and “占比” and whose columns are the parts."""
    if not _is_lying(block):
        return block
    heads = headings(block)
    columns = range(1, block.width)
    labels = ["", *(line.cells[0].text for line in block.body)]
    body = [
        Body(
            heads[at] or str(at),
            (Written(heads[at]), *(_cell(line, at) for line in block.body)),
        )
        for at in columns
    ]
    return Block(titles=block.titles, heads=[tuple(labels)], body=body, remarks=block.remarks)


def _cell(line: Body, at: int) -> Written:
    return line.cells[at] if at < len(line.cells) else Written("")


_LYING = re.compile(r"占比|比例|比重|百分比|%|率|percent|share", re.IGNORECASE)


def _is_lying(block: Block) -> bool:
    if not block.heads or not 2 <= len(block.body) <= 6 or block.width < 3:
        return False
    kinds = [_kind(line) for line in block.body]
    return "share" in kinds and "count" in kinds


def _kind(line: Body) -> str:
    """What all the numbers of a line are; empty for a line that holds both, or one only."""
    numbers = [cell for cell in line.cells[1:] if cell.numeric]
    if line.cells[0].numeric or len(numbers) < 2:
        return ""
    if all(cell.share and not cell.count for cell in numbers) or _LYING.search(line.cells[0].text):
        return "share"
    return "count" if all(cell.count and not cell.share for cell in numbers) else ""
