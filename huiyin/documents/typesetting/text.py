"""What of a text can be printed. The words stay; what would break a file or the reading goes."""

from __future__ import annotations

import unicodedata

# Turn the direction of all that follows them; a letter read backwards is no letter (T020).
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\u2028\u2029\x0b\x0c\x85")
MISSING = "\ufffd"


def printable(text: str) -> str:
    r"""``text`` without what no document can hold; line breaks become ``\n``.

    Control characters go, halves of characters are shown as missing.

    >>> printable("甲\x00乙\r\n丙\u202e丁")
    '甲乙\n丙丁'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_kept(letter) for letter in plain)


def one_line(text: str) -> str:
    """``printable`` text of a part that has one line: a title, a name, a number.

    Wide blanks at its beginning set it in; they stay.
    """
    return " ".join(printable(text).split("\n")).strip(" ")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a longer text; blank ones and blanks at their ends are left out."""
    lines = (line.strip() for line in printable(text).split("\n"))
    return [line for line in lines if line]


def _kept(letter: str) -> str:
    if letter in "\n\t":
        return letter if letter == "\n" else " "
    if letter in _BREAKS:
        return "\n"
    if letter in _TURNING:
        return ""
    kind = unicodedata.category(letter)
    if kind == "Cs" or ord(letter) & 0xFFFE == 0xFFFE:
        return MISSING
    return "" if kind == "Cc" else letter
