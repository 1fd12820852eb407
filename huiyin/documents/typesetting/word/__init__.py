"""A document as a Word file: the same bytes for the same document."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from functools import cache
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from huiyin.documents.typesetting import codes
from huiyin.documents.typesetting.blocks import Paper
from huiyin.documents.typesetting.standard import (
    BOTTOM,
    LEFT,
    LETTER_NAME_FROM_EDGE,
    LETTER_RULE_FROM_EDGE,
    NAME_BELOW_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    POINTS_PER_MM,
    RIGHT,
    SETTINGS,
    TOP,
    Form,
    Style,
    points,
)
from huiyin.documents.typesetting.text import one_line
from huiyin.documents.typesetting.word import flow, foot, styles

# A file says nothing of when it was made: it is the same whenever it is.
_MADE = datetime(2012, 7, 1, tzinfo=UTC)
# What follows ``w:compat`` in the schema, as far as a new document has it.
_AFTER_COMPAT = [qn(f"w:{name}") for name in ("rsids", "themeFontLang", "clrSchemeMapping")]
_AFTER_COMPAT.append(qn("m:mathPr"))
_FONT_TABLE = "/fontTable.xml"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def to_word(paper: Paper) -> bytes:
    """The document as .docx."""
    document = Document(io.BytesIO(_blank(paper.form)))
    section, body = document.sections[0], document.element.body
    header = section.first_page_header
    if paper.form is Form.LETTER:
        foot.replace(header, flow.elements(paper.head))
    if paper.link:
        foot.place_code(header.paragraphs[0], codes.png(paper.link))
    _describe(document, paper)
    for element in _flow(paper):
        body.insert_element_before(element, "w:sectPr")
    return _fixed(document)


def _flow(paper: Paper) -> list[Any]:
    """What runs from page to page. The imprint hangs on the last paragraph, so on its page."""
    blocks = list(flow.elements(paper.body))
    if paper.form is Form.DOCUMENT:
        above = flow.blank(points(NAME_BELOW_TOP))
        blocks = [above, *flow.elements(paper.head), *blocks]
    if blocks[-1].tag == qn("w:tbl"):
        # Word wants a paragraph after a table.
        blocks.append(flow.blank(1))
    if paper.foot:
        blocks[-1].append(foot.imprint(paper))
    return blocks


@cache
def _blank(form: Form) -> bytes:
    """An empty document of that form: page, styles, numbers of pages."""
    document = Document()
    styles.declare(document)
    _name_fonts(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = Mm(_header_from_edge(form))
    section.footer_distance = Mm(LETTER_RULE_FROM_EDGE)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    _as_of_today(document.settings.element)
    _lines_of_the_page(section)
    foot.number_pages(section, letter=form is Form.LETTER)
    foot.replace(section.first_page_header, [flow.blank(1)])
    return _fixed(document)


def _as_of_today(settings: Any) -> None:
    """Not to be shown as by a Word of long ago, which placed tables and lines in other ways."""
    for usual in settings.findall(qn("w:compat")):
        settings.remove(usual)
    said = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    before = next(each for each in settings if each.tag in _AFTER_COMPAT)
    before.addprevious(said)


def _name_fonts(document: Any) -> None:
    """What may stand in for the faces of the standard on a machine that lacks them."""
    table = next(
        part for part in document.part.package.iter_parts() if part.partname.endswith(_FONT_TABLE)
    )
    table._blob = styles.font_table()


def _header_from_edge(form: Form) -> float:
    """The line of the class stands above the name of a letter."""
    above = SETTINGS[Style.CLASS].height / POINTS_PER_MM
    return LETTER_NAME_FROM_EDGE - above if form is Form.LETTER else codes.FROM_TOP


def _lines_of_the_page(section: Any) -> None:
    """Twenty-two lines; characters are not pinned, since programs spread them each in its way."""
    properties = section._sectPr
    for usual in properties.findall(qn("w:docGrid")):
        properties.remove(usual)
    pitch = flow.twips(SETTINGS[Style.TEXT].height)
    properties.append(
        parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{pitch}"/>')
    )


def _describe(document: Any, paper: Paper) -> None:
    about = document.core_properties
    about.title = one_line(paper.title)[:255]
    about.author = about.last_modified_by = one_line(paper.organ)[:255]
    about.created = about.modified = _MADE.replace(tzinfo=None)
    about.comments, about.revision, about.language = "", 1, "zh-CN"


def _fixed(document: Any) -> bytes:
    """The file without the hour at which its parts were put in."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w") as kept:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, parts.read(part))
    return out.getvalue()
