"""Putting a report together: the texts as they stand, each place filled, the tables counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from huiyin.reporting.models import Report
from huiyin.reporting.reports import slots
from huiyin.reporting.reports.composed import (
    Block,
    Composed,
    Figure,
    Paragraph,
    Piece,
    Section,
)
from huiyin.reporting.reports.material import Material
from huiyin.reporting.reports.numbers import NOT_OF_A_PAST_DAY
from huiyin.reporting.reports.outline import Maker, Outline, Text
from huiyin.reporting.reports.phrases import phrase
from huiyin.reporting.reports.slots import Optional, Slot, Token
from huiyin.reporting.reports.years import filled
from huiyin.suggestions.letters.of_case import Offices

# Made of what lies before us; what they would say of a past day would not be of that day.
LIVE_TABLES = {"T15", "T16", "T17", "T18"}
# A short line that begins like this is a heading of the second level.
_HEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；]{1,26}")


def composed(
    report: Report, outline: Outline, material: Material, *, texts: Mapping[str, str]
) -> Composed:
    """The report as it stands: ``texts`` over the outline's own words."""
    sections = [
        Section(
            title=part.title,
            blocks=tuple(_block(each, material, texts) for each in part.blocks),
        )
        for part in outline.parts
    ]
    organ = report.organ
    day: date = report.meeting_on or report.as_of
    return Composed(
        title=report.title,
        office=organ.name if organ else Offices.of(report.congress).of_congress,
        as_of=report.as_of.isoformat(),
        known=material.line,
        addressee=report.addressee,
        meeting=report.meeting,
        agenda_item=report.agenda_item,
        day=day.isoformat(),
        sections=tuple(sections),
    )


def _block(each: Text | Maker, material: Material, texts: Mapping[str, str]) -> Block:
    if isinstance(each, Text):
        said = texts.get(each.code, each.default)
        return Block(code=each.code, paragraphs=tuple(paragraphs(said, material)))
    made = each(material)
    if isinstance(made, Block):
        lost = Paragraph(pieces=(f"—（{NOT_OF_A_PAST_DAY}）",))
        return replace(made, paragraphs=(lost,)) if material.is_past else made
    if material.is_past and made.code in LIVE_TABLES:
        made = replace(made, rows=(), empty=NOT_OF_A_PAST_DAY)
    return Block(code=made.code, table=made)


def paragraphs(text: str, material: Material) -> Iterable[Paragraph]:
    """One for each line; a short one that is numbered is a heading."""
    for line in text.splitlines():
        if said := line.strip():
            pieces = tuple(_merged(_filled(slots.parse(said), material)))
            if pieces:
                yield Paragraph(pieces=pieces, level=2 if _HEADING.fullmatch(said) else 0)


def unknown(text: str, material: Material) -> list[str]:
    """What stands in braces and is no figure of this report."""
    found = []
    for code in dict.fromkeys(slots.slots(text)):
        asked = slots.slot(code)
        if asked is None or _of_slot(asked, material) is None:
            found.append(code)
    return found


def _filled(tokens: Iterable[Token], material: Material) -> Iterable[Piece]:
    for token in tokens:
        if isinstance(token, Optional):
            inner = list(_filled(token.tokens, material))
            if not any(isinstance(piece, Figure) and piece.why for piece in inner):
                yield from inner
        elif isinstance(token, Slot):
            found = _of_slot(token, material)
            yield from [f"{{{token.code}}}"] if found is None else found
        else:
            yield token


def _of_slot(asked: Slot, material: Material) -> list[Piece] | None:
    if asked.base[0] in "LD":
        return None if asked.of or asked.year else phrase(material, asked.base)
    figure = filled(material, asked)
    return None if figure is None else [figure]


def _merged(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Words beside one another as one piece."""
    said = ""
    for piece in pieces:
        if isinstance(piece, str):
            said += piece
            continue
        if said:
            yield said
        said = ""
        yield piece
    if said:
        yield said
