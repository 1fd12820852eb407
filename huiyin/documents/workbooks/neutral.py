"""Text that a spreadsheet would take for a formula, made harmless and back.

An apostrophe goes in front, which shows in the cell but survives every saving: a cell that is
text only by its type becomes a formula again when the sheet is saved as CSV. Text that itself
begins with such an apostrophe gets one more, so that ``restore`` always gives the text back.

In CSV the same is done behind ``;``, TAB and line breaks inside a text: where the list separator
of the computer is another than the comma, a new cell begins there.
"""

from __future__ import annotations

import re

# Full-width forms are formulas for some programs in China, and after an input method's change.
_SIGN = "[=+\\-@＝＋－＠]"
# Marks that are not seen hide the sign from a reader, not from a spreadsheet.
_UNSEEN = "\x00\u200b-\u200f\ufeff"
_START = f"(?:[\t\r\n\x00]|[\\s{_UNSEEN}]*{_SIGN})"
# Without the separators themselves, or a long run of line breaks would cost its square.
_BLANKS = f"(?:[^\\S\t\r\n]|[{_UNSEEN}])*"

_AT_START = re.compile(f"'*{_START}")
_APOSTROPHE_AT_START = re.compile(f"''*{_START}")
_INSIDE = re.compile(f"(?<=[;\t\r\n])({_BLANKS})(?='*{_SIGN})")
_APOSTROPHE_INSIDE = re.compile(f"(?<=[;\t\r\n])({_BLANKS})'(?='*{_SIGN})")


def neutralise(text: str) -> str:
    """Return ``text`` so that no spreadsheet calculates it.

    >>> neutralise("=1+1"), neutralise("1+1"), neutralise("'=1")
    ("'=1+1", '1+1', "''=1")
    """
    return f"'{text}" if _AT_START.match(text) else text


def restore(text: str) -> str:
    """Return the text that ``neutralise`` was given.

    >>> restore("'=1+1"), restore("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if _APOSTROPHE_AT_START.match(text) else text


def neutralise_for_csv(text: str) -> str:
    return neutralise(_INSIDE.sub(r"\1'", text))


def restore_from_csv(text: str) -> str:
    return _APOSTROPHE_INSIDE.sub(r"\1", restore(text))
