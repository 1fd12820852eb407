"""Texts with places for figures: ``{R131}``, ``{R020·A1}``, ``{R134.上年}``; ``{D001}`` is the day.

What stands in double brackets, ``[[，比上年{R134.增减}]]``, is left out where one of its figures
is not known. Whatever else a writer types stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SLOT = re.compile(r"\{([^{}\n]*)\}")
_CODE = re.compile(r"(?P<base>[RLD]\d{3})(?:·(?P<of>[^.{}·]+))?(?:\.(?P<year>上年|前年|增减))?")
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
# What the office has still to write; such a report is not issued.
UNWRITTEN = re.compile(r"【请[^】]*】")
# Numbers a person typed, apart from days, ordinals, and the numbers of documents.
_TYPED = re.compile(r"(?<![\d第〔（\(－-])\d+(?:\.\d+)?%?(?![\d年月日号届次时分点〕])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a figure. ``of`` narrows it, ``year`` asks for an earlier one."""

    code: str
    base: str
    of: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Optional:
    """Words that need all their figures."""

    tokens: tuple[str | Slot, ...]


Token = str | Slot | Optional


def parse(text: str) -> list[Token]:
    """The text as words, slots and optional parts. What is no slot stays as words."""
    tokens: list[Token] = []
    at = 0
    for found in _OPTIONAL.finditer(text):
        tokens += _plain(text[at : found.start()])
        tokens.append(Optional(tuple(_plain(found[1]))))
        at = found.end()
    return tokens + list(_plain(text[at:]))


def slot(code: str) -> Slot | None:
    """The slot such a code asks for; None where it is none."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    return Slot(code, found["base"], found["of"] or "", found["year"] or "")


def slots(text: str) -> list[str]:
    """Everything in braces, slot or not."""
    return [each.strip() for each in _SLOT.findall(text)]


def typed_numbers(text: str) -> list[str]:
    """Numbers written by hand, which no counting stands behind.

    >>> typed_numbers("9月1日，60名代表评议7家单位，占{R131}。")
    ['60', '7']
    """
    return _TYPED.findall(_SLOT.sub("", text))


def _plain(text: str) -> Iterator[str | Slot]:
    at = 0
    for found in _SLOT.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        yield slot(found[1].strip()) or found[0]
        at = found.end()
    if at < len(text):
        yield text[at:]
