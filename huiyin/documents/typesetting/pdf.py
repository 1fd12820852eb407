"""A document as PDF, set by Typst inside the process: the same bytes for the same document.

The sheet is laid out by ``paper.typ``; this module only hands it the document as values.
"""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from importlib import resources
from typing import Any, cast

import typst
from django.utils.translation import gettext as _

from huiyin.documents.typesetting import codes, standard
from huiyin.documents.typesetting.blocks import Block, Cell, Gap, Paper, Paragraph, Rule, Table
from huiyin.documents.typesetting.standard import Align, Face, Form, Setting, Style
from huiyin.documents.typesetting.text import one_line
from huiyin.kernel.errors import DomainError

# Twenty-eight characters of size 3 are a little wider than the type area.
_CLOSER = -0.22
# So many letters without a place to break a line at would run off the sheet.
_UNBROKEN = re.compile(r"([!-~]{24})(?=[!-~])")


class NoChineseFont(DomainError):
    """This machine has no font with Chinese letters; the PDF would be empty boxes."""

    status = 503


def to_pdf(paper: Paper) -> bytes:
    """The document as PDF. Raises ``NoChineseFont`` where its letters could not be drawn."""
    if not any(name in _families() for face in Face for name in face.value.names):
        raise NoChineseFont(
            _("This machine has no Chinese font, so no PDF can be made."),
            remedy=_("Take the Word file, or have fonts-noto-cjk installed."),
        )
    made = _compiler().compile(
        input=_layout(), format="pdf", sys_inputs={"paper": json.dumps(_values(paper))}
    )
    return cast(bytes, made)


def substitutes() -> dict[str, str]:
    """For each typeface of the standard that this machine lacks: what stands in for it."""
    found: dict[str, str] = {}
    for face in Face:
        name, *others = face.value.names
        if name not in _families():
            found[name] = next((other for other in others if other in _families()), "")
    return found


@cache
def _layout() -> bytes:
    return resources.files(__package__).joinpath("paper.typ").read_bytes()


@cache
def _compiler() -> typst.Compiler:
    """It looks for fonts once. Its root is an empty folder: no document reads a file."""
    return typst.Compiler(root=tempfile.mkdtemp(prefix="huiyin-typst-"))


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


@cache
def _fonts(face: Face) -> list[str]:
    """Those of its names that are there; naming others would only slow the search."""
    there = [name for name in face.value.names if name in _families()]
    return there or [name for each in Face for name in each.value.names if name in _families()]


def _values(paper: Paper) -> dict[str, Any]:
    code = None
    if paper.link:
        code = {
            "svg": codes.svg(paper.link),
            "left": codes.FROM_LEFT,
            "top": codes.FROM_TOP,
            "width": codes.WIDTH,
        }
    return {
        "title": one_line(paper.title),
        "organ": one_line(paper.organ),
        "form": paper.form,
        "head": [_block(each) for each in paper.head],
        "body": _body(paper),
        "foot": [_block(each) for each in paper.foot],
        "foot_strokes": _strokes(paper),
        "head_from_top": _head_from_top(paper.form),
        "lower_rule": _block(Rule(strokes=(0.75, 2.25), width=standard.LETTER_RULE)),
        "number": _setting(standard.SETTINGS[Style.PAGE_NUMBER]),
        "code": code,
        "sheet": {
            "page_width": standard.PAGE_WIDTH,
            "page_height": standard.PAGE_HEIGHT,
            "top": standard.TOP,
            "bottom": standard.BOTTOM,
            "left": standard.LEFT,
            "right": standard.RIGHT,
            "body_width": standard.BODY_WIDTH,
            "letter_rule_from_edge": standard.LETTER_RULE_FROM_EDGE,
            "page_number_below": standard.PAGE_NUMBER_BELOW,
        },
    }


def _strokes(paper: Paper) -> tuple[float, float]:
    return (standard.OUTER_STROKE, standard.INNER_STROKE) if paper.foot_is_ruled else (0, 0)


def _body(paper: Paper) -> list[dict[str, Any]]:
    """The last paragraph goes to the next page with the imprint, rather than leave it alone."""
    blocks = [_block(each) for each in paper.body]
    if paper.foot and "setting" in blocks[-1]:
        blocks[-1]["setting"]["keeps_next"] = True
    return blocks


def _head_from_top(form: Form) -> float:
    """Where the head begins, from the upper edge of the type area."""
    if form is Form.DOCUMENT:
        return standard.NAME_BELOW_TOP
    if form is Form.SHEET:
        return 0
    above = standard.SETTINGS[Style.CLASS].height / standard.POINTS_PER_MM
    return standard.LETTER_NAME_FROM_EDGE - above - standard.TOP


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {
                "kind": "paragraph",
                "lines": [_breakable(line) for line in block.lines],
                "end": block.end,
                "setting": _setting(block.setting),
            }
        case Gap():
            return {"kind": "gap", "height": block.height}
        case Rule():
            return {
                "kind": "rule",
                "strokes": block.strokes,
                "width": block.width,
                "colour": f"#{block.colour}",
            }
        case Table():
            rows = [
                {
                    "height": row.height,
                    "is_head": row.is_head,
                    "cells": [_cell(cell) for cell in row.cells],
                }
                for row in block.rows
            ]
            return {
                "kind": "table",
                "columns": block.columns,
                "rows": rows,
                "together": block.together,
            }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "lines": [_breakable(line) for line in cell.text.split("\n")],
        "span": cell.span,
        "setting": _setting(standard.SETTINGS[cell.style]),
    }


def _setting(setting: Setting) -> dict[str, Any]:
    """In points: the indents, which the standard counts in characters, and the line above."""
    return {
        "fonts": _fonts(setting.face),
        "size": setting.size,
        # What stands in for a title's heavy face is heavy only when asked to be.
        "weight": "bold" if setting.face is Face.TITLE else "regular",
        "height": setting.height,
        "align": setting.align,
        "first": setting.first * setting.size,
        "left": setting.left * setting.size,
        "right": setting.right * setting.size,
        "before": setting.before * standard.LINE,
        "colour": f"#{standard.RED if setting.red else standard.BLACK}",
        "keeps_next": setting.keeps_next,
        "new_page": setting.new_page,
        "tracking": _CLOSER if setting.align is Align.BOTH else 0,
    }


def _breakable(text: str) -> str:
    """With places to break a line at in what has none, such as a long address."""
    return _UNBROKEN.sub("\\1\u200b", text)
