"""What a document is made of. Word and PDF are both set from these, so they say the same.

A document is a value: two with the same facts are equal, and their files have the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, pairwise

from huiyin.documents.typesetting.standard import (
    BODY_WIDTH,
    CHARACTERS,
    LETTER_RULE,
    LINE,
    NAME_HEIGHT,
    NAME_SIZE,
    RED,
    RULE_BELOW,
    SETTINGS,
    SIZE_2,
    SIZE_3,
    SMALLEST_NAME,
    Form,
    Setting,
    Style,
    points,
    width_in_characters,
)
from huiyin.documents.typesetting.text import one_line, paragraphs, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph. What is None is as its style says; ``size`` shrinks an organ's long name.

    ``end`` stands at the other end of its line. Whatever the texts were, they can be printed.
    """

    style: Style
    text: str
    end: str = ""
    right: float | None = None
    before: float | None = None
    size: float | None = None
    # On the same page as what follows, though its style does not say so.
    keeps_next: bool = False
    # Where in ``text`` a new line begins, in ascending order.
    breaks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))
        object.__setattr__(self, "end", one_line(self.end))

    @property
    def lines(self) -> list[str]:
        """``text`` where it is broken by hand."""
        return [self.text[start:end] for start, end in pairwise((0, *self.breaks, None))]

    @property
    def setting(self) -> Setting:
        """Its style with what is its own."""
        usual = SETTINGS[self.style]
        size = usual.size if self.size is None else self.size
        return replace(
            usual,
            size=size,
            height=usual.height if self.size is None else size * NAME_HEIGHT,
            right=usual.right if self.right is None else self.right,
            before=usual.before if self.before is None else self.before,
            keeps_next=self.keeps_next or usual.keeps_next,
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """Blank height in points."""

    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Strokes over one another, in points, across the middle of the type area."""

    strokes: tuple[float, ...]
    width: float = BODY_WIDTH
    colour: str = RED


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field of a table: its name, or what is written in it."""

    text: str = ""
    style: Style = Style.CELL
    span: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``height`` in millimetres is the least: room to write by hand.

    A head, the first row of its table, stands again on every page the table goes on to.
    """

    cells: tuple[Cell, ...]
    height: float = 10
    is_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Widths of the columns in millimetres, together those of the type area.

    ``together``: no page ends within it.
    """

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """版记: who else receives it, who printed it and when. It ends the last page.

    A letter has neither its rules nor its printer.
    """

    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None


# Of a letter's own size: what its line leaves white below its strokes.
_WHITE_BELOW = 0.08

Block = Paragraph | Gap | Rule | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document. ``title`` and ``organ`` also go into the properties of the file.

    ``link`` is where the code on the first page leads: the case it belongs to. What is laid
    before a meeting says so ``over`` its title, and ``under`` it from whom and of which day.
    """

    form: Form
    title: str
    organ: str
    number: str = ""
    class_mark: str = ""
    blocks: tuple[Block, ...] = ()
    imprint: Imprint = field(default_factory=Imprint)
    link: str = ""
    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[Block, ...]:
        """What stands above the title, from the edge its form gives it."""
        if self.form is Form.LETTER:
            return self._letter_head()
        return self._red_head() if self.form is Form.DOCUMENT else ()

    @property
    def foot(self) -> tuple[Paragraph, ...]:
        """The lines of the imprint, where there is one. A letter names no printer."""
        shown = [one_line(name) for name in self.imprint.copies if one_line(name)]
        lines = []
        if shown:
            lines.append(Paragraph(style=Style.COPIES, text=f"抄送：{'，'.join(shown)}。"))
        by, on = self.imprint.printed_by, self.imprint.printed_on
        if self.form is Form.DOCUMENT and by and on:
            lines.append(Paragraph(style=Style.PRINTED, text=by, end=f"{day(on)}印发"))
        return tuple(lines)

    @property
    def foot_is_ruled(self) -> bool:
        return self.form is Form.DOCUMENT

    @property
    def body(self) -> tuple[Block, ...]:
        """Number and title of a letter stand below its head, in the type area."""
        number = Paragraph(style=Style.LETTER_NUMBER, text=self.number)
        shown = (number,) if self.form is Form.LETTER else ()
        if self.form is Form.SHEET:
            return (*self._sheet_head(), Gap(LINE / 2), *self.blocks)
        return (*shown, *heading(self.title), *_held_together(self.blocks))

    def _sheet_head(self) -> list[Paragraph]:
        over = [Paragraph(style=Style.OCCASION, text=line) for line in self.over]
        under = [Paragraph(style=Style.BYLINE, text=line) for line in self.under]
        return [*over, *heading(self.title, before=1 if over else 0), *under]

    def _letter_head(self) -> tuple[Block, ...]:
        name = _name(self.organ)
        below = points(RULE_BELOW) - name.setting.size * _WHITE_BELOW
        return (
            Paragraph(style=Style.CLASS, text=self.class_mark),
            name,
            Gap(below),
            Rule(strokes=(2.25, 0.75), width=LETTER_RULE),
        )

    def _red_head(self) -> tuple[Block, ...]:
        return (
            _name(self.organ),
            Paragraph(style=Style.NUMBER, text=self.number),
            # The line of the number itself ends below its letters.
            Gap(points(RULE_BELOW) - (LINE - SIZE_3) / 2),
            Rule(strokes=(1.5,)),
        )


# Longer paragraphs may be divided between two pages instead.
_SHORT = 3 * CHARACTERS


def _held_together(blocks: Sequence[Block]) -> list[Block]:
    """No page bears a signature alone: what was said last goes with it, if it is short."""
    held = list(blocks)
    follows = False
    for at in range(len(held) - 1, -1, -1):
        block = held[at]
        if follows and isinstance(block, Paragraph):
            if width_in_characters(block.text) <= _SHORT:
                held[at] = replace(block, keeps_next=True)
            follows = block.style is Style.ANNEX
        elif isinstance(block, Paragraph) and block.style is Style.SIGNATURE:
            follows = True
    return held


# --- Parts of the text, in the order the standard has them


def heading(said: str, *, before: float | None = None) -> list[Paragraph]:
    """The title: several lines where the writer broke it, a long one divided between words."""
    lines = [one_line(line) for line in paragraphs(said) or [""]]
    return [
        Paragraph(
            style=Style.TITLE,
            text=line,
            before=before if at == 0 else 0,
            breaks=_between_words(line),
        )
        for at, line in enumerate(lines)
    ]


# 7.3.1: where a title is divided, no word is torn and its lines form a trapezium or a lozenge.
_TITLE_WIDTH = int(points(BODY_WIDTH) / SIZE_2)
_WORD_ENDS = re.compile("(?<=大会|会议|办理|交办|督办|调整|召开)(?!议|的)")
_MOST_LINES = 3


def _between_words(title: str) -> tuple[int, ...]:
    """Where to divide it, as evenly as its words allow; nowhere where they are not known."""
    if width_in_characters(title) <= _TITLE_WIDTH:
        return ()
    ends = [found.start() for found in _WORD_ENDS.finditer(title)][:12]
    for count in range(1, _MOST_LINES):
        ways = ((_raggedness(title, way), way) for way in combinations(ends, count))
        fitting = [(ragged, way) for ragged, way in ways if ragged is not None]
        if fitting:
            return min(fitting)[1]
    return ()


def _raggedness(title: str, breaks: tuple[int, ...]) -> float | None:
    """How far its lines differ in width; None where one does not fit."""
    widths = [width_in_characters(title[start:end]) for start, end in pairwise((0, *breaks, None))]
    return None if max(widths) > _TITLE_WIDTH else max(widths) - min(widths)


def addressee(said: str) -> Paragraph:
    """Flush left, with a full-width colon."""
    return Paragraph(style=Style.ADDRESSEE, text=f"{one_line(said).rstrip('：:')}：")


def text(said: str) -> list[Paragraph]:
    """Ordinary paragraphs."""
    return [Paragraph(style=Style.TEXT, text=each) for each in paragraphs(said)]


def section(number: int, said: str) -> Paragraph:
    """A heading of the first level: 一、"""
    return Paragraph(style=Style.LEVEL_1, text=f"{numeral(number)}、{one_line(said)}")


def annexes(*names: str) -> list[Paragraph]:
    """附件说明: below the text, without a stop at the end; numbered where there are several."""
    if len(names) == 1:
        return [Paragraph(style=Style.ANNEX, text=f"附件：{one_line(names[0])}")]
    lead = ("附件：", *["　　　"] * len(names))
    return [
        Paragraph(
            style=Style.ANNEX,
            text=f"{lead[at]}{at + 1}. {one_line(name)}",
            before=None if at == 0 else 0,
        )
        for at, name in enumerate(names)
    ]


def annex(title: str, *blocks: Block) -> list[Block]:
    """An annex after the letter: on a page of its own, its title on the third line (7.3.5)."""
    head = Paragraph(style=Style.ANNEX_HEAD, text="附件")
    return [head, *heading(title, before=1), Gap(LINE / 2), *blocks]


def signed(organ: str, on: date | None) -> list[Paragraph]:
    """Name and day of a sealed document: the day four characters in, the name centred over it."""
    name, said = one_line(organ), day(on)
    of_day = SETTINGS[Style.DAY].right
    beside = (width_in_characters(said) - width_in_characters(name)) / 2
    return [
        Paragraph(style=Style.SIGNATURE, text=name, right=max(of_day + beside, 0)),
        Paragraph(style=Style.DAY, text=said),
    ]


def contact(person: str, phone: str) -> Paragraph:
    """附注: whom to ask, in brackets."""
    said = f"（联系人：{one_line(person)}　联系电话：{one_line(phone)}）"
    return Paragraph(style=Style.NOTE, text=said)


def hint(said: str) -> list[Paragraph]:
    """What is said below a form about filling it in; further lines begin under the first's text."""
    lines = paragraphs(said)
    return [
        Paragraph(
            style=Style.HINT, text=each if at == 0 else f"　　{each}", before=0 if at else None
        )
        for at, each in enumerate(lines)
    ]


def label(said: str, *, span: int = 1) -> Cell:
    """The name of a field."""
    return Cell(text=said, style=Style.LABEL, span=span)


def field_of(said: str = "", *, span: int = 1) -> Cell:
    """What stands in a field, or room to write it."""
    return Cell(text="\n".join(paragraphs(said)), span=span)


def row(*cells: Cell, height: float = 10) -> Row:
    return Row(cells=cells, height=height)


def day(on: date | None) -> str:
    """A day as documents write it; room for it where it is not known yet."""
    return f"{on.year}年{on.month}月{on.day}日" if on else "　　　　年　　月　　日"


def field_of_day(on: date | None = None) -> Cell:
    """A day in a field, or room to write it: for the year as well."""
    return Cell(text=day(on) if on else "　　年　　月　　日")


_NUMERALS = "一二三四五六七八九"


def numeral(number: int) -> str:
    """
    >>> [numeral(each) for each in (1, 10, 14, 20, 36)]
    ['一', '十', '十四', '二十', '三十六']
    """
    tens, ones = divmod(number, 10)
    said = _NUMERALS[ones - 1] if ones else ""
    if tens:
        said = f"{_NUMERALS[tens - 1] if tens > 1 else ''}十{said}"
    return said


def _name(organ: str) -> Paragraph:
    """The organ's name on one line, as large as it fits."""
    name = one_line(organ)
    fitting = points(BODY_WIDTH) / max(width_in_characters(name), 1)
    size = float(max(SMALLEST_NAME, min(NAME_SIZE, int(fitting))))
    return Paragraph(style=Style.ORGAN, text=name, size=size)
