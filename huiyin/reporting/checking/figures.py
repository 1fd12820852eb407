"""Numbers as people print them: full-width digits, thousands, units, per cent, 约 and 余."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from huiyin.reporting.checking.printed import About, Figure

UNITS = "件条个项名人次家户起份篇票处场批所宗封类组册张位"
_NUMBER = r"[-+]?(?:\d{1,3}(?:[,' \u202f\u00a0]\d{3})+|\d+)(?:\.\d+)?"
# The narrow spaces and commas that group thousands; never the dot, which is for decimals.
_GROUPING = re.compile("[,' \u202f\u00a0]")
_BEFORE = r"(?P<before>约|大约|近|将近|不足|超过|超|逾|达到|至少|≥|>|≤|<)?\s*"
_AFTER = r"(?P<after>余|多|左右|以上|以下|上下)?"
_PERCENT = re.compile(
    rf"{_BEFORE}(?P<number>{_NUMBER})\s*(?P<sign>%|‰|percent|per cent)\s*{_AFTER}", re.IGNORECASE
)
_COUNT = re.compile(
    rf"{_BEFORE}(?P<number>{_NUMBER})\s*(?P<scale>[万亿])?\s*(?P<more>余|多)?\s*"
    rf"(?P<unit>[{UNITS}](?:次|数)?)?\s*{_AFTER}"
)
_SPOKEN = re.compile(r"(?P<before>约|近|超过)?百分之(?P<said>[〇零一二两三四五六七八九十百点\d.]+)")
_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NOTHING = frozenset({"", "-", "—", "——", "–", "/", "\\", "…", "无", "n/a", "null", "none"})
_ABOUT = {
    **dict.fromkeys(("约", "大约", "左右", "上下"), About.ABOUT),
    **dict.fromkeys(("超过", "超", "逾", "至少", "余", "多", "以上", "≥", ">"), About.AT_LEAST),
    **dict.fromkeys(("近", "将近", "不足", "以下", "≤", "<"), About.AT_MOST),
}
_SCALES = {"万": 4, "亿": 8}


@dataclass(frozen=True, slots=True)
class Written:
    """What one cell holds: a count, a percentage, both, or neither."""

    text: str
    count: Figure | None = None
    share: Figure | None = None

    @property
    def empty(self) -> bool:
        return self.text.casefold() in _NOTHING

    @property
    def numeric(self) -> bool:
        return self.count is not None or self.share is not None


def plain(text: object) -> str:
    """Full-width digits, signs and commas as half-width ones; blanks around it are gone."""
    return unicodedata.normalize("NFKC", "" if text is None else str(text)).strip()


def written(text: object) -> Written:
    """Read a whole cell. Text around a number makes it text: “2023年” is no count.

    >>> written("１，４４２件").count.value, written("34.73％").share.decimals
    (Decimal('1442'), 2)
    """
    said = plain(text)
    bare = said.strip("()[]约 ") if said.startswith("(") else said
    if found := _PERCENT.fullmatch(bare):
        return Written(said, share=_share(found))
    if found := _SPOKEN.fullmatch(bare):
        return Written(said, share=_spoken(found))
    if found := _COUNT.fullmatch(bare):
        return Written(said, count=_count(found))
    return _both(said) or Written(said)


def _both(said: str) -> Written | None:
    """Read “43件(75.4%)”, “75.4%(43件)” and “43/75.4%”."""
    pieces = [piece.strip() for piece in re.split(r"[(/;、,，]|占(?:比)?", said.rstrip(") "))]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) != 2:
        return None
    counts = [each for each in map(_COUNT.fullmatch, pieces) if each]
    shares = [each for each in map(_PERCENT.fullmatch, pieces) if each]
    if len(counts) == len(shares) == 1:
        return Written(said, count=_count(counts[0]), share=_share(shares[0]))
    return None


def ratio_as_share(figure: Figure) -> Figure | None:
    """0.6346 under “proportion” is 63.46 %; fewer than two decimals are no percentage."""
    if figure.decimals < 2:
        return None
    return Figure(
        written=figure.written,
        value=figure.value.scaleb(2),
        decimals=figure.decimals - 2,
        about=figure.about,
    )


def found_shares(text: str) -> list[tuple[int, int, Figure]]:
    """Every percentage within a text with where it stands."""
    found = [(each.start(), each.end(), _share(each)) for each in _PERCENT.finditer(text)]
    found += [(each.start(), each.end(), _spoken(each)) for each in _SPOKEN.finditer(text)]
    return sorted(found, key=lambda each: each[0])


def found_counts(text: str) -> list[tuple[int, int, Figure]]:
    """Every number with a unit within a text; bare numbers are dates, numbers of papers, years."""
    return [
        (each.start(), each.end(), _count(each)) for each in _COUNT.finditer(text) if each["unit"]
    ]


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _about(*said: str | None) -> About:
    return next((_ABOUT[each] for each in said if each in _ABOUT), About.EXACT)


def _share(found: re.Match[str]) -> Figure:
    number = _GROUPING.sub("", found["number"])
    value, decimals = Decimal(number), _decimals(number)
    if found["sign"] == "‰":
        value, decimals = value.scaleb(-1), decimals + 1
    return Figure(
        written=found[0].strip(),
        value=value,
        decimals=decimals,
        about=_about(found["before"], found["after"]),
    )


def _count(found: re.Match[str]) -> Figure:
    number = _GROUPING.sub("", found["number"])
    value = Decimal(number)
    about = _about(found["before"], found["more"], found["after"])
    if scale := found["scale"]:
        value = value.scaleb(_SCALES[scale])
        about = About.ABOUT if about is About.EXACT else about
    return Figure(written=found[0].strip(), value=value, decimals=_decimals(number), about=about)


def _spoken(found: re.Match[str]) -> Figure:
    whole, _point, rest = found["said"].partition("点")
    tail = "".join(str(_DIGITS.get(each, each)) for each in rest)
    number = f"{chinese_number(whole)}.{tail}" if tail else str(chinese_number(whole))
    return Figure(
        written=found[0], value=Decimal(number), decimals=len(tail), about=_about(found["before"])
    )


def chinese_number(said: str) -> int:
    """Read 三十一, 一百零五, 二〇〇八; digits stay as they are.

    >>> chinese_number("三十一"), chinese_number("二〇〇八"), chinese_number("十")
    (31, 2008, 10)
    """
    if said.isdecimal():
        return int(said)
    if not set(said) & set("十百"):
        return int("".join(str(_DIGITS[each]) for each in said if each in _DIGITS) or "0")
    total, digit = 0, 0
    for each in said:
        if each in "十百":
            total += (digit or 1) * (10 if each == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(each, 0)
    return total + digit
