"""The numbers of GB/T 9704-2012, and the styles that follow from them.

Lengths of the sheet are millimetres; sizes of type, heights of lines and strokes are points;
indents are characters of the paragraph's own size, as the standard counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

POINTS_PER_MM = 72 / 25.4

# --- The sheet (5.1 to 5.2)

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
BODY_WIDTH, BODY_HEIGHT = 156.0, 225.0
RIGHT = PAGE_WIDTH - LEFT - BODY_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - BODY_HEIGHT
LINES, CHARACTERS = 22, 28
# 22 of them fill the type area to a tenth of a millimetre.
LINE = 28.95

# --- The head

# Upper edge of the organ's name below the top of the type area (7.2.4).
NAME_BELOW_TOP = 35.0
# Distance of the red rule from what stands above it (7.2.7 and 10.1).
RULE_BELOW = 4.0
# In a letter (10.1): the name from the edge of the page, the length of the red double rules, and
# the second of them from the edge below.
LETTER_NAME_FROM_EDGE = 30.0
LETTER_RULE = 170.0
LETTER_RULE_FROM_EDGE = 20.0

# --- The foot

# The dashes of the page number below the type area (7.5).
PAGE_NUMBER_BELOW = 7.0
# Rules of the imprint: the outer ones and those between (7.4.1).
OUTER_STROKE, INNER_STROKE = 0.35 * POINTS_PER_MM, 0.25 * POINTS_PER_MM

# --- Sizes of type by their names in the trade

SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = 22.0, 16.0, 14.0, 12.0, 10.5
NAME_SIZE, SMALLEST_NAME = 36.0, 20.0
# Height of its line in its own size.
NAME_HEIGHT = 1.05

RED, BLACK = "FF0000", "000000"


@dataclass(frozen=True, slots=True)
class Fonts:
    """A typeface by its name in an office's own program, and what stands in for it elsewhere."""

    name: str
    others: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.others)


_SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC")
_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei")


class Face(Enum):
    """The typefaces the standard names."""

    TITLE = Fonts(
        "方正小标宋简体", ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", *_SERIF)
    )
    TEXT = Fonts(
        "仿宋_GB2312",
        ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang R", *_SERIF),
    )
    STRONG = Fonts("黑体", ("SimHei", "STHeiti", "FandolHei", *_SANS))
    SCRIPT = Fonts(
        "楷体_GB2312",
        ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FandolKai", "LXGW WenKai", *_SERIF),
    )
    FIGURES = Fonts("宋体", ("SimSun", "STSong", "FandolSong", *_SERIF))


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


class Form(StrEnum):
    """How a document begins: under a red head, as a letter between offices, or as a sheet."""

    DOCUMENT = "document"
    LETTER = "letter"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a paragraph of one style is set. ``before`` counts lines left blank above it."""

    face: Face = Face.TEXT
    size: float = SIZE_3
    height: float = LINE
    align: Align = Align.BOTH
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    red: bool = False
    # Never the last line of a page.
    keeps_next: bool = False
    # The first line of one.
    new_page: bool = False


class Style(StrEnum):
    """The parts of a document by the names the standard gives them."""

    ORGAN = "发文机关标志"
    CLASS = "首页类别"
    NUMBER = "发文字号"
    LETTER_NUMBER = "函件发文字号"
    TITLE = "公文标题"
    ADDRESSEE = "主送机关"
    TEXT = "公文正文"
    LEVEL_1 = "一级标题"
    LEVEL_2 = "二级标题"
    LEVEL_3 = "三级标题"
    LEVEL_4 = "四级标题"
    ANNEX = "附件说明"
    ANNEX_HEAD = "附件标志"
    SIGNATURE = "发文机关署名"
    DAY = "成文日期"
    NOTE = "附注"
    COPIES = "抄送机关"
    PRINTED = "印发机关"
    PAGE_NUMBER = "页码"
    LABEL = "表格栏目"
    CELL = "表格内容"
    HINT = "填表说明"
    OCCASION = "会议议题"
    BYLINE = "题下署名"
    TABLE_TITLE = "表题"
    TABLE_BASE = "表注"
    NOTED = "注表内容"
    NUMBER_CELL = "报告表格数字"
    WORD_CELL = "报告表格文字"


# Lines of a table stand closer than those of the text; those of notes closer still.
_TABLE_LINE = 22.0
_REPORT_LINE, _NOTE_LINE = 19.0, 15.0

SETTINGS: dict[Style, Setting] = {
    Style.ORGAN: Setting(
        face=Face.TITLE,
        size=NAME_SIZE,
        height=NAME_SIZE * NAME_HEIGHT,
        align=Align.CENTER,
        red=True,
    ),
    Style.CLASS: Setting(face=Face.STRONG, height=22, align=Align.RIGHT),
    Style.NUMBER: Setting(align=Align.CENTER, before=2),
    Style.LETTER_NUMBER: Setting(align=Align.RIGHT),
    Style.TITLE: Setting(
        face=Face.TITLE, size=SIZE_2, height=34, align=Align.CENTER, before=2, keeps_next=True
    ),
    Style.ADDRESSEE: Setting(align=Align.LEFT, before=1, keeps_next=True),
    Style.TEXT: Setting(first=2),
    Style.LEVEL_1: Setting(face=Face.STRONG, first=2, keeps_next=True),
    Style.LEVEL_2: Setting(face=Face.SCRIPT, first=2, keeps_next=True),
    Style.LEVEL_3: Setting(first=2),
    Style.LEVEL_4: Setting(first=2),
    Style.ANNEX: Setting(align=Align.LEFT, left=5, first=-3, before=1),
    Style.ANNEX_HEAD: Setting(face=Face.STRONG, align=Align.LEFT, keeps_next=True, new_page=True),
    Style.SIGNATURE: Setting(align=Align.RIGHT, before=2, right=4, keeps_next=True),
    Style.DAY: Setting(align=Align.RIGHT, right=4, keeps_next=True),
    Style.NOTE: Setting(align=Align.LEFT, left=2),
    Style.COPIES: Setting(size=SIZE_4, height=24, align=Align.LEFT, left=4, first=-3, right=1),
    Style.PRINTED: Setting(size=SIZE_4, height=24, align=Align.LEFT, left=1, right=1),
    Style.PAGE_NUMBER: Setting(face=Face.FIGURES, size=SIZE_4, height=SIZE_4, align=Align.RIGHT),
    Style.LABEL: Setting(size=SIZE_4, height=_TABLE_LINE, align=Align.CENTER),
    Style.CELL: Setting(size=SIZE_4, height=_TABLE_LINE, align=Align.LEFT),
    Style.HINT: Setting(
        size=SIZE_4, height=_TABLE_LINE, align=Align.LEFT, left=2, first=-2, before=0.5
    ),
    # A paper laid before a meeting names it above its title, its writer and day below.
    Style.OCCASION: Setting(face=Face.SCRIPT, align=Align.LEFT),
    Style.BYLINE: Setting(face=Face.SCRIPT, align=Align.CENTER),
    Style.TABLE_TITLE: Setting(
        face=Face.STRONG, size=SIZE_4, align=Align.CENTER, before=0.5, keeps_next=True
    ),
    Style.TABLE_BASE: Setting(size=SIZE_5, height=_NOTE_LINE, align=Align.CENTER, keeps_next=True),
    Style.NUMBER_CELL: Setting(size=SIZE_SMALL_4, height=_REPORT_LINE, align=Align.CENTER),
    Style.WORD_CELL: Setting(size=SIZE_SMALL_4, height=_REPORT_LINE, align=Align.LEFT),
    Style.NOTED: Setting(size=SIZE_5, height=_NOTE_LINE, align=Align.LEFT),
}


def points(millimetres: float) -> float:
    return millimetres * POINTS_PER_MM


def width_in_characters(text: str) -> float:
    """How many characters wide ``text`` is: what is not Chinese takes half a place.

    >>> width_in_characters("2020年3月2日")
    6.0
    """
    return sum(0.5 if ord(letter) < 0x2E80 else 1.0 for letter in text)
