"""A report as it stands on one day: words, figures and tables as plain values.

Page, Word, PDF and workbook are made of this alone, so they say the same; kept as JSON it is the
same again whenever it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as printed. ``url`` leads to what it counts; ``why`` says why there is none.

    ``value`` is the number itself, in the words of a number: what a workbook computes with.
    """

    code: str
    label: str
    text: str
    base: str
    as_of: str
    value: str = ""
    url: str = ""
    why: str = ""


Piece = str | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; ``level`` 2 and 3 are headings, 0 is running text."""

    pieces: tuple[Piece, ...]
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table over one base (一表一基数). Widths are millimetres of the sheet, 156 together.

    ``drawn`` is the column a page shows as bars, if any.
    """

    code: str
    title: str
    base: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Piece, ...], ...]
    empty: str = ""
    drawn: int = 0

    @property
    def under(self) -> str:
        """What stands under its title: the base, and why some of its numbers are a dash."""
        pieces = (piece for row in self.rows for piece in row)
        reasons = dict.fromkeys(
            each.why for each in pieces if isinstance(each, Figure) and each.why
        )
        return "；".join([self.base, *(f"—：{why}" for why in reasons)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands under one code: a text that may be rewritten, or a table that may not."""

    code: str
    paragraphs: tuple[Paragraph, ...] = ()
    table: Table | None = None

    @property
    def said(self) -> Iterator[Piece]:
        """The pieces of its running text."""
        for paragraph in self.paragraphs:
            yield from paragraph.pieces

    @property
    def pieces(self) -> Iterator[Piece]:
        """All its pieces, in text and table."""
        yield from self.said
        for row in self.table.rows if self.table else ():
            yield from row


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the first level and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The whole report."""

    title: str
    office: str
    as_of: str
    known: int
    addressee: str
    meeting: str
    agenda_item: str
    day: str
    sections: tuple[Section, ...]

    @property
    def on(self) -> date:
        """The day it bears: that of its meeting, else the one it was counted on."""
        return date.fromisoformat(self.day)

    @property
    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks

    @property
    def figures(self) -> list[Figure]:
        """Every figure it prints, each code once, in the order of the text."""
        return _each_once(piece for block in self.blocks for piece in block.pieces)

    @property
    def figures_in_text(self) -> list[Figure]:
        """Those of its running text, each code once: what its notes tell the base of."""
        return _each_once(piece for block in self.blocks for piece in block.said)

    @property
    def tables(self) -> list[Table]:
        return [block.table for block in self.blocks if block.table]

    def kept(self) -> dict[str, Any]:
        """As plain JSON; ``of`` reads it again."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Composed:
        """What ``kept`` gave."""
        sections = tuple(
            Section(title=each["title"], blocks=tuple(map(_block, each["blocks"])))
            for each in kept["sections"]
        )
        return cls(**{**kept, "sections": sections})


def _each_once(pieces: Iterable[Piece]) -> list[Figure]:
    found: dict[str, Figure] = {}
    for piece in pieces:
        if isinstance(piece, Figure):
            found.setdefault(piece.code, piece)
    return list(found.values())


def _piece(kept: str | dict[str, Any]) -> Piece:
    return kept if isinstance(kept, str) else Figure(**kept)


def _block(kept: dict[str, Any]) -> Block:
    paragraphs = tuple(
        Paragraph(pieces=tuple(map(_piece, each["pieces"])), level=each["level"])
        for each in kept["paragraphs"]
    )
    said = kept["table"]
    return Block(code=kept["code"], paragraphs=paragraphs, table=_table(said) if said else None)


def _table(kept: dict[str, Any]) -> Table:
    plain = {name: tuple(kept[name]) for name in ("headings", "widths")}
    rows = tuple(tuple(map(_piece, row)) for row in kept["rows"])
    return Table(**{**kept, **plain, "rows": rows})
