"""The sheet against the numbers of GB/T 9704-2012, stated here again by hand."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.oxml.ns import qn

from huiyin.documents.tests.sheets import opened, sheets, text_of
from huiyin.documents.typesetting import Form, Imprint, NoChineseFont, Paper, to_pdf, to_word
from huiyin.documents.typesetting.blocks import (
    Cell,
    Paragraph,
    Table,
    addressee,
    annex,
    annexes,
    contact,
    field_of,
    heading,
    label,
    row,
    section,
    signed,
    text,
)
from huiyin.documents.typesetting.standard import Style
from tests.security.corpus import ALIVE, STRANGE, TEMPLATES, UNKEPT, combining

LINK = "https://huiyin.example/suggestions/AbCdEfGhIjKlMnOpQrStUv/"
DAY = date(2020, 3, 2)
LONG = "新区三年间入住一万二千人，只有一所公办幼儿园，每年有两百多名幼儿要到老城区入园。"

LETTER = Paper(
    form=Form.LETTER,
    title="关于岳川省第十三届人民代表大会第三次会议第12号建议的答复",
    organ="岳川省教育厅",
    number="岳教提〔2020〕7号",
    class_mark="A1",
    blocks=(
        addressee("林晓岚等2名代表"),
        *text("现答复如下："),
        section(1, "关于幼儿园"),
        *text(LONG * 14),
        *annexes("征询意见表"),
        *signed("岳川省教育厅", DAY),
        contact("何晓", "0700-1234567"),
    ),
    imprint=Imprint(copies=("省人大常委会联络工作委员会", "省人民政府办公厅")),
    link=LINK,
)
NOTICE = Paper(
    form=Form.DOCUMENT,
    title="关于交办第12号建议的通知",
    organ="岳川省人大常委会联络工作委员会文件",
    number="岳人联〔2020〕7号",
    blocks=(
        addressee("省教育厅"),
        *text(LONG),
        *annexes("建议原文", "承办单位名单"),
        *signed("岳川省人大常委会联络工作委员会", DAY),
        contact("陈思源", "0700-7654321"),
    ),
    imprint=Imprint(
        copies=("省人民政府办公厅",),
        printed_by="岳川省人大常委会联络工作委员会",
        printed_on=DAY,
    ),
    link=LINK,
)
GRID = Paper(form=Form.SHEET, title="版心", organ="岳川省", blocks=tuple(text("国" * 28 * 46)))
FORM = Paper(
    form=Form.SHEET,
    title="征询意见表",
    organ="岳川省",
    blocks=(
        Table(
            columns=(36, 42, 36, 42),
            rows=(
                row(label("编号"), field_of("12"), label("单位"), field_of("省教育厅")),
                row(label("意见"), field_of(span=3), height=60),
            ),
        ),
    ),
)
PAPERS = {"letter": LETTER, "notice": NOTICE, "grid": GRID, "form": FORM}


def read(paper: Paper) -> Any:
    return Document(io.BytesIO(to_word(paper)))


# --- Word, read by another hand than wrote it

MM = 36000
# Style: face, size in points, height of a line, indent of the first line in points, alignment.
GOLDEN: dict[str, tuple[str, float, float | None, float, Any]] = {
    "公文标题": ("方正小标宋简体", 22, 34, 0, AT.CENTER),
    "主送机关": ("仿宋_GB2312", 16, 28.95, 0, AT.LEFT),
    "公文正文": ("仿宋_GB2312", 16, 28.95, 32, AT.JUSTIFY),
    "一级标题": ("黑体", 16, 28.95, 32, AT.JUSTIFY),
    "二级标题": ("楷体_GB2312", 16, 28.95, 32, AT.JUSTIFY),
    "三级标题": ("仿宋_GB2312", 16, 28.95, 32, AT.JUSTIFY),
    "附件说明": ("仿宋_GB2312", 16, 28.95, -48, AT.LEFT),
    "发文机关署名": ("仿宋_GB2312", 16, 28.95, 0, AT.RIGHT),
    "成文日期": ("仿宋_GB2312", 16, 28.95, 0, AT.RIGHT),
    "附注": ("仿宋_GB2312", 16, 28.95, 0, AT.LEFT),
    "抄送机关": ("仿宋_GB2312", 14, 24, -42, AT.LEFT),
    "页码": ("宋体", 14, 14, 0, AT.RIGHT),
    "发文机关标志": ("方正小标宋简体", 36, None, 0, AT.CENTER),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_style_is_as_the_standard_says(name: str) -> None:
    face, size, height, first, align = GOLDEN[name]
    style = read(LETTER).styles[name]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {face}
    setting = style.paragraph_format
    assert style.font.size.pt == size
    assert height is None or setting.line_spacing.pt == height
    indent = setting.first_line_indent
    assert (indent.pt if indent is not None else 0) == first
    assert setting.alignment == align
    red = name == "发文机关标志"
    assert str(style.font.color.rgb) == ("FF0000" if red else "000000")


@pytest.mark.parametrize("name", PAPERS)
def test_the_page_is_a4_with_the_margins_of_the_standard(name: str) -> None:
    (page,) = read(PAPERS[name]).sections
    lengths = (page.page_width, page.page_height, page.top_margin, page.bottom_margin)
    sides = (page.left_margin, page.right_margin)
    said = [round(length / MM, 1) for length in (*lengths, *sides)]
    assert said == [210, 297, 37, 35, 28, 26]
    grid = page._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_a_letter_bears_class_and_name_above_its_rule_and_no_number_on_its_first_page() -> None:
    letter = read(LETTER)
    head = letter.sections[0].first_page_header.paragraphs
    assert [(each.style.name, each.text) for each in head[:2]] == [
        ("首页类别", "A1"),
        ("发文机关标志", "岳川省教育厅"),
    ]
    assert letter.sections[0].first_page_footer.paragraphs[0].style.name == "Normal"
    assert [each.style.name for each in letter.paragraphs[:2]] == ["函件发文字号", "公文标题"]
    footers = (letter.sections[0].footer, letter.sections[0].even_page_footer)
    assert [footer.paragraphs[0].alignment for footer in footers] == [AT.RIGHT, AT.LEFT]


def test_the_parts_stand_in_the_order_of_the_standard() -> None:
    said = [(each.style.name, each.text) for each in read(NOTICE).paragraphs]
    assert [each for each in said if each[0] != "Normal"] == [
        ("发文机关标志", "岳川省人大常委会联络工作委员会文件"),
        ("发文字号", "岳人联〔2020〕7号"),
        ("公文标题", "关于交办第12号建议的通知"),
        ("主送机关", "省教育厅："),
        ("公文正文", LONG),
        ("附件说明", "附件：1. 建议原文"),
        ("附件说明", "　　　2. 承办单位名单"),
        ("发文机关署名", "岳川省人大常委会联络工作委员会"),
        ("成文日期", "2020年3月2日"),
        ("附注", "（联系人：陈思源　联系电话：0700-7654321）"),
    ]
    imprint = [
        "".join(piece.text or "\t" for piece in line.iter(qn("w:t"), qn("w:tab")) if piece.text)
        for box in read(NOTICE).element.iter(qn("w:txbxContent"))
        for line in box
    ]
    assert [line for line in imprint if line] == [
        "抄送：省人民政府办公厅。",
        "岳川省人大常委会联络工作委员会2020年3月2日印发",
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于交办第12号建议的通知", ["关于交办第12号建议的通知"]),
        (
            "关于申请延期办理岳川省第十三届人民代表大会第三次会议第12号建议的函",
            ["关于申请延期办理", "岳川省第十三届人民代表大会", "第三次会议第12号建议的函"],
        ),
        (
            "关于岳川省第十三届人民代表大会第三次会议第12号建议的答复",
            ["关于岳川省第十三届人民代表大会", "第三次会议第12号建议的答复"],
        ),
        ("长" * 50, ["长" * 50]),
    ],
)
def test_a_long_title_is_divided_between_words(title: str, lines: list[str]) -> None:
    (made,) = heading(title)
    assert made.text == title
    assert made.lines == lines
    made_word = read(replace(LETTER, title=title)).paragraphs
    (word,) = [each for each in made_word if each.style.name == "公文标题"]
    assert word.text.split("\n") == lines
    if len(lines) > 1:
        printed = [line.text for line in sheets(to_pdf(replace(LETTER, title=title)))[0].lines]
        assert set(lines) <= set(printed)


def test_an_annex_begins_on_a_page_of_its_own_with_its_title_on_the_third_line() -> None:
    paper = replace(NOTICE, blocks=(*NOTICE.blocks, *annex("问题清单", *text("一项。"))))
    *_before, last = sheets(to_pdf(paper))
    mark, title = last.lines[:2]
    assert (mark.text, title.text) == ("附件", "问题清单")
    assert mark.left == pytest.approx(28, abs=1)
    assert 37 < mark.top < title.top < 37 + 3.5 * 10.2
    assert last.line("印发").bottom > 240
    (word,) = [each for each in read(paper).paragraphs if each.text == "附件"]
    assert word.style.paragraph_format.page_break_before


def test_the_name_stands_over_the_middle_of_the_day_which_is_four_characters_in() -> None:
    name, on = signed("岳川省教育厅", DAY)
    assert (name.right, on.setting.right) == (4, 4)
    longer, _on = signed("岳川省教育厅基础教育处", DAY)
    assert longer.right == 1.5
    assert signed("岳川省人大常委会联络工作委员会", DAY)[0].right == 0


# --- PDF, with a ruler


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    page = sheets(to_pdf(GRID))[1]
    number, lines = page.lines[-1], page.lines[:-1]
    assert number.text == "—2—"
    assert [len(line.text) for line in lines] == [28] * 22
    assert all(28 <= line.left < 29 and 183 < line.right <= 184 for line in lines)
    assert 37 < lines[0].top < 41
    assert 258 < lines[-1].bottom <= 262
    heights = {round(after.top - line.top, 1) for line, after in pairwise(lines)}
    assert heights == {10.2}


def test_the_number_of_a_page_stands_seven_millimetres_below_the_text_at_its_outer_edge() -> None:
    first, second, *_rest = sheets(to_pdf(GRID))
    assert first.lines[-1].middle == pytest.approx(262 + 7, abs=0.6)
    assert first.lines[-1].right == pytest.approx(184 - 4.9, abs=1)
    assert second.lines[-1].left == pytest.approx(28 + 4.9, abs=1)


def test_a_letter_s_name_and_rules_stand_where_the_standard_puts_them() -> None:
    first, *_rest = sheets(to_pdf(LETTER))
    name = first.line("教育厅")
    assert (round(first.width), round(first.height)) == (210, 297)
    assert name.top == pytest.approx(30, abs=1)
    assert (name.left + name.right) / 2 == pytest.approx(106, abs=1)
    rules = [each for each in first.strokes if each[2] - each[1] > 160]
    # A stroke's own ends are counted in.
    assert [right - left for _at, left, right in rules] == [pytest.approx(171, abs=1)] * 4
    assert [left for _at, left, _right in rules] == [pytest.approx(20, abs=1)] * 4
    assert rules[0][0] == pytest.approx(name.bottom + 4, abs=1.5)
    assert rules[-1][0] == pytest.approx(297 - 20, abs=1)
    assert "A1" in first.lines[0].text
    assert first.lines[0].right == pytest.approx(184, abs=1)
    assert not any("—1—" in line.text for line in first.lines)


def test_a_document_s_name_and_rule_stand_where_the_standard_puts_them() -> None:
    page, *_more, last = sheets(to_pdf(NOTICE))
    assert page.line("文件").top == pytest.approx(37 + 35, abs=1)
    red = next(each for each in page.strokes if each[2] - each[1] > 150)
    assert red[0] == pytest.approx(page.line("〔2020〕").bottom + 4, abs=1.5)
    assert red[1] == pytest.approx(28, abs=1)
    assert red[2] == pytest.approx(184, abs=1)
    assert last.line("抄送").bottom > 240


def test_the_imprint_is_never_alone_on_a_page() -> None:
    for count in range(8, 24):
        paper = replace(LETTER, blocks=(*text(LONG * count), *signed("岳川省教育厅", DAY)))
        last = sheets(to_pdf(paper))[-1]
        assert len(last.lines) >= 3, count


# --- Both


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_document_has_the_same_bytes(name: str) -> None:
    assert to_word(PAPERS[name]) == to_word(replace(PAPERS[name]))
    assert to_pdf(PAPERS[name]) == to_pdf(replace(PAPERS[name]))
    with zipfile.ZipFile(io.BytesIO(to_word(PAPERS[name]))) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def _strange(said: str) -> Paper:
    return replace(
        LETTER,
        title=said,
        organ=said,
        number=said,
        class_mark=said,
        blocks=(
            addressee(said),
            *text(said),
            section(1, said),
            Table(columns=(56, 100), rows=(row(label("栏"), Cell(text=said)),)),
            *annexes(said, said),
            *signed(said, None),
            contact(said, said),
        ),
        imprint=Imprint(copies=(said, ""), printed_by=said, printed_on=DAY),
    )


HARD = (
    *(ALIVE + TEMPLATES + STRANGE),
    *(
        UNKEPT,
        combining(120),
        "长" * 400,
        "w" * 2000,
        "\ud800",
        "\x0b\x1f\x7f\uffff",
        "",
        " \n\t ",
        "#(1/0)",
    ),
)


@pytest.mark.parametrize("said", HARD, ids=range(len(HARD)))
@pytest.mark.parametrize("form", Form)
def test_no_text_breaks_a_document(said: str, form: Form) -> None:
    paper = replace(_strange(said), form=form)
    made = read(paper)
    assert made.paragraphs
    assert sheets(to_pdf(paper))
    everything = "".join(each.text for each in made.paragraphs)
    assert not set(everything) & set("\x00\x0b\u202e\u2066\ud800")


def test_no_letter_leaves_the_sheet() -> None:
    for said in ("w" * 2000, "长" * 400, "https://example/" + "a" * 300):
        for sheet in sheets(to_pdf(_strange(said))):
            assert all(line.right < 210 and line.left > 0 for line in sheet.lines), said[:4]


def test_an_empty_field_is_a_field() -> None:
    assert Paragraph(style=Style.TEXT, text="").setting.size == 16
    assert read(FORM).tables[0].cell(1, 1).text == ""


def test_without_a_chinese_font_it_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "huiyin.documents.typesetting.pdf._families", lambda: frozenset({"DejaVu Sans"})
    )
    with pytest.raises(NoChineseFont):
        to_pdf(FORM)


@pytest.mark.slow
def test_libreoffice_opens_each_and_prints_the_same_words(tmp_path: Path) -> None:
    printed = opened({name: to_word(paper) for name, paper in PAPERS.items()}, folder=tmp_path)
    for name, paper in PAPERS.items():
        assert _words(printed[name]) == _words(to_pdf(paper)), name
    page = sheets(printed["grid"])[1]
    assert [len(line.text) for line in page.lines[:22]] == [28] * 22
    assert sheets(printed["letter"])[0].line("教育厅").top == pytest.approx(30, abs=2)


def _words(printed: bytes) -> list[str]:
    """Every letter and figure; stops at the ends of lines are set in more than one way."""
    return sorted(letter for letter in text_of(printed) if letter.isalnum())
