"""Each official document against its golden structure: every part, its style and its words.

The golden files are read as an office would read the sheet; a changed word fails here and is
looked at before the file is changed. A line is the style of a part and its text; the fields of a
table stand in one line, an empty one as "□".
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument

from huiyin.documents.tests.sheets import opened, sheets, text_of
from huiyin.documents.typesetting import Paper, to_pdf, to_word
from huiyin.suggestions.tests import letters
from huiyin.suggestions.tests.letters import MATTER, PAPERS
from tests.security.corpus import ALIVE, STRANGE, TEMPLATES, UNKEPT

GOLDEN = Path(__file__).parent / "golden"


def structure(word: bytes) -> list[str]:
    """Head, body and imprint of a Word file, read back from its bytes."""
    made: Any = Document(io.BytesIO(word))
    names = {style.style_id: style.name for style in made.styles}
    head = made.sections[0].first_page_header._element
    return [*_lines(head, names), *_lines(made.element.body, names)]


def _lines(container: Any, names: dict[str, str]) -> Iterator[str]:
    for element in container:
        if element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                yield "表格行｜" + "｜".join(_words(cell) for cell in row.iter(qn("w:tc")))
        elif element.tag == qn("w:p"):
            for box in element.iter(qn("w:txbxContent")):
                yield from _lines(box, names)
                box.getparent().remove(box)
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None:
                yield f"{names[style.get(qn('w:val'))]}｜{_words(element)}"


def _words(element: Any) -> str:
    """The lines of a field with "/" between them, the ends of a line with "…"."""
    lines = (
        "".join("…" if each.tag == qn("w:tab") else each.text or "" for each in _pieces(line))
        for line in ([element] if element.tag == qn("w:p") else element.iter(qn("w:p")))
    )
    return "/".join(lines) or "□"


def _pieces(line: Any) -> Iterator[Any]:
    for run in line.iter(qn("w:r")):
        yield from (each for each in run if each.tag in (qn("w:t"), qn("w:tab")))


@pytest.mark.parametrize("name", PAPERS)
def test_each_part_is_that_of_the_golden_structure(name: str) -> None:
    golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert structure(to_word(PAPERS[name])) == golden


def test_every_document_has_its_golden_structure_and_the_other_way_round() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(PAPERS)
    assert len(PAPERS) == 13


@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_has_each_part_of_the_golden_structure_in_its_place(name: str) -> None:
    """Paragraphs stand whole and in their order, the lines of a field whole or wrapped."""
    golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    printed, at = _printed(PAPERS[name]), 0
    for style, _bar, text in (line.partition("｜") for line in golden):
        if style == "表格行":
            for field in text.replace("/", "｜").split("｜"):
                assert field == _EMPTY or not Counter(_solid(field)) - Counter(printed), field
        elif style in _AT_THE_FOOT:
            assert all(_solid(end) in printed for end in text.split("…")), text
        elif text != _EMPTY:
            at = printed.index(_solid(text), at) + len(_solid(text))


_EMPTY = "□"
# These stand at the end of the last page, though Word hangs them on a paragraph before it.
_AT_THE_FOOT = ("抄送机关", "印发机关")


def _printed(paper: Paper) -> str:
    """What the PDF says in the order in which it is set, without the numbers of its pages."""
    pages = (page.get_textpage().get_text_range() for page in PdfDocument(to_pdf(paper)))
    return re.sub(r"—\d+—", "", _solid("".join(pages)))


def _solid(text: str) -> str:
    return "".join(text.split())


def test_only_a_secret_ballot_and_what_has_no_case_bear_no_code() -> None:
    bare = {name for name, paper in PAPERS.items() if not paper.link}
    assert bare == {"evaluation", "reception", "summary", "rectification"}
    for name, paper in PAPERS.items():
        assert (b"a:blip" in _body(to_word(paper))) == (name not in bare), name


def _body(word: bytes) -> bytes:
    header: Any = Document(io.BytesIO(word)).sections[0].first_page_header
    return bytes(header.part.blob)


FILLED = [
    value
    for value in vars(letters).values()
    if hasattr(value, "paper") and not isinstance(value, type)
]


@pytest.mark.parametrize("letter", FILLED, ids=lambda letter: type(letter).__name__)
def test_every_field_of_words_reaches_the_sheet(letter: Any) -> None:
    marks = {name: f"〓{name}〓" for name in _texts(letter)}
    everything = "".join(structure(to_word(replace(letter, **marks).paper())))
    assert [name for name, mark in marks.items() if mark not in everything] == []


@pytest.mark.parametrize("letter", FILLED, ids=lambda letter: type(letter).__name__)
def test_no_text_breaks_a_letter(letter: Any) -> None:
    whole = "·".join((*ALIVE, *TEMPLATES, *STRANGE, UNKEPT))
    for said in (whole, "w" * 600, "\n", ""):
        paper = replace(letter, **dict.fromkeys(_texts(letter), said)).paper()
        assert structure(to_word(paper))
        assert sheets(to_pdf(paper))


def _texts(letter: Any) -> list[str]:
    """The fields that hold words of an office."""
    known = {"role", "link"}
    return [
        each.name
        for each in fields(letter)
        if isinstance(getattr(letter, each.name), str) and each.name not in known
    ]


def test_every_document_is_among_them() -> None:
    assert len(FILLED) == len(PAPERS)


def test_the_reply_adds_nothing_to_the_words_that_were_signed() -> None:
    silent = replace(letters.REPLY, opening="", closing="", answers=())
    said = [line for line in structure(to_word(silent.paper())) if line.startswith("公文正文")]
    assert said == []


def test_an_opinion_that_greets_the_lead_organ_itself_is_not_greeted_twice() -> None:
    plain = structure(to_word(letters.CO_OPINION.paper()))
    own = replace(letters.CO_OPINION, text=f"岳川省教育厅：\n{letters.CO_OPINION.text}")
    assert structure(to_word(own.paper())) == plain


def test_a_request_quoted_as_a_heading_ends_without_a_stop() -> None:
    (first, *_rest) = letters.REPLY.answers
    stopped = replace(letters.REPLY, answers=(replace(first, ask=f"{first.ask}。"),))
    assert "一级标题｜一、关于“在新区规划两所公办幼儿园”" in structure(to_word(stopped.paper()))


def test_a_letter_to_one_deputy_names_him_alone() -> None:
    alone = replace(MATTER, deputies=("林晓岚",))
    assert alone.raised_by == "林晓岚代表"
    assert replace(MATTER, deputies=()).raised_by == "代表"


@pytest.mark.slow
def test_libreoffice_opens_every_document(tmp_path: Path) -> None:
    printed = opened({name: to_word(paper) for name, paper in PAPERS.items()}, folder=tmp_path)
    for name, paper in PAPERS.items():
        ours = sorted(filter(str.isalnum, text_of(to_pdf(paper))))
        theirs = sorted(filter(str.isalnum, text_of(printed[name])))
        # A letter of two pages has a number on the second alone.
        assert _without_numbers(theirs) == _without_numbers(ours), name


def _without_numbers(letters_: list[str]) -> list[str]:
    return [letter for letter in letters_ if letter not in "123"]
