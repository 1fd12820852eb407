"""What is fixed to the page in Word: its number, a letter's lower rule, the code above the text."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from huiyin.documents.typesetting import codes
from huiyin.documents.typesetting.blocks import Block, Paper, Paragraph, Rule
from huiyin.documents.typesetting.standard import (
    BODY_WIDTH,
    BOTTOM,
    INNER_STROKE,
    LETTER_RULE,
    LETTER_RULE_FROM_EDGE,
    OUTER_STROKE,
    PAGE_NUMBER_BELOW,
    SETTINGS,
    Style,
    points,
    width_in_characters,
)
from huiyin.documents.typesetting.word.flow import elements as set_out
from huiyin.documents.typesetting.word.flow import style_id, twips

_EMU_PER_MM, _EMU_PER_POINT = 36000, 12700
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def replace(part: Any, elements: Iterable[Any]) -> None:
    """Put ``elements`` into a header or footer in place of what is there."""
    container = part._element
    for usual in list(container):
        container.remove(usual)
    for element in elements:
        container.append(element)


def number_pages(section: Any, *, letter: bool) -> None:
    """「— 1 —」 at the outer edge; the first page of a letter bears its lower rule instead."""
    replace(section.footer, [_number("right")])
    replace(section.even_page_footer, [_number("left")])
    first = [_number("right")]
    if letter:
        first = list(set_out([Rule(strokes=(0.75, 2.25), width=LETTER_RULE)]))
    replace(section.first_page_footer, first)


def place_code(paragraph: Any, picture: bytes) -> None:
    """Hang the picture on ``paragraph``, at a fixed place of the page and beside no text."""
    run = paragraph.add_run()
    side = Mm(codes.WIDTH)
    shape = run.add_picture(io.BytesIO(picture), width=side, height=side)
    inline = shape._inline
    held = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{round(at * _EMU_PER_MM)}'
        f"</wp:posOffset></wp:position{axis}>"
        for axis, at in (("H", codes.FROM_LEFT), ("V", codes.FROM_TOP))
    )
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" '
        f'allowOverlap="1"><wp:simplePos x="0" y="0"/>{held}'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="code" descr="二维码：本件所属建议"/></wp:anchor>'
    )
    anchor.append(inline.graphic)
    inline.getparent().replace(inline, anchor)


def imprint(paper: Paper) -> Any:
    """The imprint in a box at the foot of its page, with its rules in a document.

    A floating table would do in Word; other programs put one in the middle of the text.
    """
    lines = list(paper.foot)
    height = sum(_lines(line) * line.setting.height for line in lines)
    blocks: list[Block] = list(lines)
    if paper.foot_is_ruled:
        outer, inner = _stroke(OUTER_STROKE), _stroke(INNER_STROKE)
        between = [part for line in lines for part in (inner, line)][1:]
        blocks = [outer, *between, outer]
        height += 2 * (len(lines) + 1)
    wide, high = round(BODY_WIDTH * _EMU_PER_MM), round(height * _EMU_PER_POINT)
    anchor = parse_xml(
        f'<w:p {nsdecls("w", "wp", "a")} xmlns:wps="{_SHAPES}" xmlns:mc="{_CHOICES}"><w:r>'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="150000" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>left</wp:align>'
        '</wp:positionH><wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align>'
        f'</wp:positionV><wp:extent cx="{wide}" cy="{high}"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="2" name="imprint"/><a:graphic><a:graphicData uri="{_SHAPES}"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" '
        f'cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )
    content = next(anchor.iter(qn("w:txbxContent")))
    for element in set_out(blocks):
        content.append(element)
    return next(anchor.iter(qn("w:r")))


def _lines(line: Paragraph) -> int:
    """How many lines it takes, rather one too many."""
    setting = line.setting
    room = points(BODY_WIDTH) / setting.size - setting.left - setting.right
    return math.ceil(max(width_in_characters(line.text) - 2, 1) / room)


def _stroke(width: float) -> Rule:
    return Rule(strokes=(round(width, 2),), colour="000000")


def _number(side: str) -> Any:
    """The field of the page's number between dashes, one character in from the edge."""
    setting = SETTINGS[Style.PAGE_NUMBER]
    indent = twips(setting.size)
    # The footer ends where the lower rule of a letter does; the number stands higher.
    above = BOTTOM - PAGE_NUMBER_BELOW - LETTER_RULE_FROM_EDGE
    after = twips(points(above) - setting.height / 2)
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style_id(Style.PAGE_NUMBER)}"/>'
        f'<w:spacing w:after="{after}"/><w:ind w:left="{indent}" w:right="{indent}"/>'
        f'<w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
