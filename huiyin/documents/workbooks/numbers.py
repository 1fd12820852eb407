"""Numbers of a workbook, and which of them are days.

A workbook has no dates: a day is a number shown through a format. Day 1 is 1900-01-01, and day 60
is 1900-02-29, which never was; files of old Macs count from 1904-01-01.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from huiyin.documents.workbooks.table import Value

# Built-in formats that show a day or a time. 27-36 and 50-58 do so in Chinese programs.
BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
EXACT_DIGITS = 15
LAST_DAY = 2_958_465

# Literals, escaped characters, widths, fillings, and what stands in brackets: [Red], [$-804].
_NO_LETTERS_OF_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# Digits that are always shown; those behind #, such as 0.0##, come and go.
_FIXED = re.compile(r"0(?:\.(?P<decimals>0+))?(?![#?.0E])")
_DATE_LETTERS = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)


def shows_date(code: str) -> bool:
    """Whether the number format ``code`` shows a day or a time of day.

    >>> shows_date('yyyy"年"m"月"d"日";@'), shows_date('#,##0.00"元"'), shows_date("General")
    (True, False, False)
    """
    if _ELAPSED.search(code):
        return False
    shown = _NO_LETTERS_OF_FORMAT.sub("", code.split(";")[0])
    return bool(_DATE_LETTERS.search(shown)) and "general" not in code.lower()


@dataclass(frozen=True, slots=True)
class Shown:
    """How a number is shown: with how many decimals, and whether in per cent."""

    decimals: int
    percent: bool

    def text(self, value: float) -> str:
        """The number as it stands on the screen.

        >>> Shown(2, percent=True).text(0.347379), Shown(1, percent=False).text(34.25)
        ('34.74%', '34.3')
        """
        exact = Decimal(repr(value)) * (100 if self.percent else 1)
        shown = exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return f"{shown:f}%" if self.percent else f"{shown:f}"


# The built-in formats of plain numbers and of percentages.
BUILT_IN_SHOWN = {
    1: Shown(0, percent=False),
    2: Shown(2, percent=False),
    3: Shown(0, percent=False),
    4: Shown(2, percent=False),
    9: Shown(0, percent=True),
    10: Shown(2, percent=True),
}


def shown_by(code: str) -> Shown | None:
    """What the number format ``code`` makes of a number; None when it fixes nothing.

    >>> shown_by("0.0%"), shown_by("General")
    (Shown(decimals=1, percent=True), None)
    """
    first = _NO_LETTERS_OF_FORMAT.sub("", code.split(";")[0])
    found = _FIXED.search(first)
    if found is None or _DATE_LETTERS.search(first):
        return None
    return Shown(len(found["decimals"] or ""), percent="%" in first)


def number(text: str) -> int | float:
    """Return the number that ``text`` writes; beyond 15 digits a float, as it was rounded.

    Raises ``ValueError`` for anything that is no finite number.
    """
    # Python would read "1_000" and full-width digits, which no workbook writes.
    if "_" in text or not text.isascii():
        raise ValueError(text)
    if text.removeprefix("-").isdecimal() and len(text) <= EXACT_DIGITS:
        return int(text)
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return int(value) if value.is_integer() and abs(value) < 10**EXACT_DIGITS else value


def day(serial: float, *, from_1904: bool) -> Value:
    """Return the day, moment or time of day that ``serial`` stands for.

    What is no day is returned as a spreadsheet would show it (1900-02-29) or as the number.

    >>> day(43831, from_1904=False), day(42369, from_1904=True), day(0.4375, from_1904=False)
    (datetime.date(2020, 1, 1), datetime.date(2020, 1, 1), '10:30')
    """
    if not 0 <= serial <= LAST_DAY:
        return serial
    if serial < 1:
        hours, minutes = divmod(round(serial * 1440), 60)
        return f"{hours:02}:{minutes:02}" if serial else "1900-01-00"
    if int(serial) == 60 and not from_1904:
        return "1900-02-29"
    moment = _epoch(serial, from_1904=from_1904) + timedelta(seconds=round(serial * 86400))
    return moment if moment.time() != time.min else moment.date()


def _epoch(serial: float, *, from_1904: bool) -> datetime:
    if from_1904:
        return _START_1904
    return _START_1900 if serial > 60 else _START_1900 + timedelta(days=1)


# Readings on a sheet, in no time zone.
_START_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_START_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
