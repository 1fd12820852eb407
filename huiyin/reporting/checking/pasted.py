"""Text from the clipboard or a file: cells divided by whatever divides them, or sentences."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid, TooLarge
from huiyin.reporting.checking import annual, prose
from huiyin.reporting.checking.blocks import Line
from huiyin.reporting.checking.figures import plain, written
from huiyin.reporting.checking.layout import tables
from huiyin.reporting.checking.printed import Paper

MOST_CHARACTERS = 400_000
_WIDE = re.compile(r"[ \u3000]{2,}")
_LABELLED = re.compile(r"([^:：]{1,60})[:：]\s*([约近超]?\d[^:：]{0,40})[,，;；。]?")
# 合　计 is one word spread over a cell.
_SPREAD = re.compile(r"(合|总|小|共)[ \u3000]+(计)|(其)[ \u3000]+(中)")
_NUMBER_AT_END = re.compile(
    r"\s+(?=[-+约近超]?\d[\d,.]*\s*(?:[%‰％]|\S{0,2})?(?:\s|$)|[-—]+(?:\s|$))"
)


def read(text: str, *, name: str = "") -> list[Paper]:
    """Return the papers in ``text``. ``Invalid`` when it holds nothing that can be checked."""
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(
            _("The text is longer than %(limit)d characters.") % {"limit": MOST_CHARACTERS},
            remedy=_("Check the tables one after the other."),
        )
    if text.lstrip().startswith(("{", "[")):
        return annual.papers(parsed(text, name=name))
    found = of_lines(lines(text), name=name) or prose.paper(text, name=name)
    if not found.tables and not found.loose:
        raise no_table(name)
    return [found]


def parsed(text: str, *, name: str) -> object:
    """The JSON in ``text``. ``Invalid`` names the line where it breaks off."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Invalid(
            _("Line %(line)d is not JSON.") % {"line": error.lineno},
            remedy=_("Correct that line, or paste the table as text."),
        ) from error
    except RecursionError as error:
        raise no_table(name) from error


def no_table(name: str) -> Invalid:
    said = _("“%(name)s” holds no table.") % {"name": name} if name else _("This is no table.")
    return Invalid(
        said,
        remedy=_(
            "Give rows with a label and a number or a percentage each, or sentences such as "
            "“城乡建设320件，占32.9%”."
        ),
    )


def of_lines(found: Sequence[Line], *, name: str = "") -> Paper | None:
    """The tables in lines of cells; None when there are none. What is no table is prose."""
    held = tables(found, name=name)
    if not held:
        return None
    single = "\n".join(line.cells[0] for line in found if sum(map(bool, line.cells)) == 1)
    around = prose.paper(single)
    return Paper(
        name=name,
        tables=(*held, *around.tables),
        numbers=around.numbers,
        loose=around.loose,
        texts=tuple(cell for line in found for cell in line.cells),
    )


def lines(text: str) -> list[Line]:
    """Divide ``text`` into lines of cells by the sign that divides most of its lines."""
    rows = [_SPREAD.sub(r"\1\2\3\4", row) for row in text.splitlines()]
    filled = [row for row in rows if row.strip()]
    for divides, divided in (*_WAYS[:-1], *_by_words(filled), _WAYS[-1]):
        if filled and sum(map(divides, filled)) * 2 >= len(filled):
            return [Line(str(at), divided(row)) for at, row in enumerate(rows, start=1)]
    return []


def _by_bars(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip().strip("|｜").replace("｜", "|").split("|"))


def _by_commas(row: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader(io.StringIO(row)), [])
    except csv.Error:
        cells = row.split(",")
    return tuple(cell.strip() for cell in cells)


def _by_semicolons(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.split(";"))


def _by_colon(row: str) -> tuple[str, ...]:
    """“A类：596件” is a label and its number."""
    found = _LABELLED.fullmatch(row.strip())
    return (found[1].strip(), found[2].strip()) if found else (row.strip(),)


def _has_semicolons(row: str) -> bool:
    return ";" in row and any(written(cell).numeric for cell in _by_semicolons(row)[1:])


def _is_labelled(row: str) -> bool:
    cells = _by_colon(row)
    return len(cells) > 1 and written(cells[1]).numeric


def _by_blanks(row: str) -> tuple[str, ...]:
    return tuple(_WIDE.split(row.strip()))


def _by_numbers(row: str) -> tuple[str, ...]:
    """“城乡建设 365 39%”: what follows a blank and is a number is a cell of its own."""
    return tuple(cell.strip() for cell in _NUMBER_AT_END.split(plain(row)))


def _has_commas(row: str) -> bool:
    return "," in row and any(written(cell).numeric for cell in _by_commas(row)[1:])


def _ends_in_numbers(row: str) -> bool:
    cells = _by_numbers(row)
    return len(cells) > 1 and any(written(cell).numeric for cell in cells[1:])


def _by_words(rows: Sequence[str]) -> Sequence[_Way]:
    """Single blanks divide where they divide most lines into as many words, numbers among them."""
    counts = [len(row.split()) for row in rows if _ends_in_numbers(row)]
    usual = max(counts, key=counts.count, default=0)
    if usual < 2 or counts.count(usual) * 3 < len(rows) * 2:
        return ()
    return ((lambda row: len(row.split()) == usual, lambda row: tuple(row.split())),)


_Way = tuple[Callable[[str], bool], Callable[[str], tuple[str, ...]]]
_WAYS: tuple[_Way, ...] = (
    (lambda row: "\t" in row, lambda row: tuple(cell.strip() for cell in row.split("\t"))),
    (lambda row: "|" in row or "｜" in row, _by_bars),
    (_has_commas, _by_commas),
    (_has_semicolons, _by_semicolons),
    (_is_labelled, _by_colon),
    (lambda row: len(_by_blanks(row)) > 1, _by_blanks),
    (_ends_in_numbers, _by_numbers),
)
