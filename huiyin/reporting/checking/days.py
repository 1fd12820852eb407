"""Days that do not exist, in whatever text a report holds."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from huiyin.reporting.checking.figures import chinese_number, plain
from huiyin.reporting.checking.findings import Finding, Weight

_NUMERAL = "0-9〇零一二三四五六七八九十"
_WITH_YEAR = re.compile(
    rf"(?<![{_NUMERAL}])([{_NUMERAL}]{{4}})\s*年\s*([{_NUMERAL}]{{1,3}})\s*月\s*"
    rf"([{_NUMERAL}]{{1,3}})\s*[日号]"
)
_ISO = re.compile(r"(?<![\d./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d./-])")
_WITHOUT_YEAR = re.compile(
    rf"(?<![年{_NUMERAL}])([{_NUMERAL}]{{1,3}})\s*月\s*([{_NUMERAL}]{{1,3}})\s*[日号]"
)
# Any leap year: without a year the 29th of February may be meant.
_LEAP = 2024


def impossible_days(texts: Iterable[str]) -> Iterator[Finding]:
    """Yield each day that does not exist, once."""
    seen: set[str] = set()
    for text in map(plain, texts):
        for written, day in _days(text):
            if written in seen or (why := _why_not(day)) is None:
                continue
            seen.add(written)
            said = _("“%(day)s” is no day: %(why)s") % {"day": written, "why": why}
            yield Finding(code="impossible_day", weight=Weight.WRONG, said=said)


def _days(text: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    for found in _WITH_YEAR.finditer(text):
        yield found[0], _numbers(found[1], found[2], found[3])
    for found in _ISO.finditer(text):
        # 2020.9.3 may number a section; only what could be meant as a day is one.
        if found[2] != "." and 1900 <= int(found[1]) <= 2200:
            yield found[0], (int(found[1]), int(found[3]), int(found[4]))
    for found in _WITHOUT_YEAR.finditer(text):
        yield found[0], _numbers(str(_LEAP), found[1], found[2])


def _numbers(year: str, month: str, day: str) -> tuple[int, int, int]:
    return chinese_number(year), chinese_number(month), chinese_number(day)


def _why_not(day: tuple[int, int, int]) -> str | None:
    year, month, number = day
    if not 1 <= month <= 12:
        return _("there is no month %(month)d.") % {"month": month}
    if year == 0:
        return _("there is no year 0.")
    length = monthrange(year, month)[1]
    if not 1 <= number <= length:
        return _("month %(month)d has %(length)d days.") % {"month": month, "length": length}
    return None
