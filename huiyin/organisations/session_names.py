"""Reading which session a list means: 省十三届人大三次会议, 县政协九届一次, 十三届全国人大五次.

Pure text in, pure values out. Offices write the same session in many ways, and a list of one
congress often carries rows of the CPPCC, whose terms run on numbers of their own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from huiyin.organisations.models.choices import Assembly

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = "[0-9零〇一二两三四五六七八九十]{1,3}"
_TERM = re.compile(rf"第?({_NUMBER})届")
_SESSION = re.compile(rf"第?({_NUMBER})次(?:全体)?(?:会议|大会)?")
_PARTY_ORDINAL = re.compile(rf"第({_NUMBER})次(?=党代|代表大会)")
_MARKERS = {
    Assembly.CPPCC: re.compile(r"(?:中国)?(?:人民)?政治协商会议|政协"),
    Assembly.PARTY: re.compile(r"党的?代表?大会|党代会|中国共产党|中共"),
    Assembly.CONGRESS: re.compile(r"人民代表大会|人大"),
}
# Meetings of these bodies are no sessions, though they are counted 届 and 次 as well.
_OTHER_BODIES = re.compile(r"常务委员会|常委会|主席团|主任会议|全委会")
_NOISE = re.compile(r"委员会|代表大会|全体会议|会议|大会|\d{4}年|[《》「」()、，,.\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionName:
    """What a text says of a session; ordinals it leaves out are None.

    ``place`` is what remains: 省, 县, 天水市, 全国, or nothing.
    """

    assembly: Assembly
    term: int | None = None
    ordinal: int | None = None
    place: str = ""


def parse_session(text: str, *, assembly: Assembly | None = None) -> SessionName | None:
    """Return the session ``text`` names, or None when it names none or more than one assembly.

    ``assembly`` is taken when the text itself does not say whose session it is.

    >>> name = parse_session("省十三届人大三次会议")
    >>> (name.assembly.value, name.term, name.ordinal, name.place)
    ('congress', 13, 3, '省')
    >>> parse_session("省十三届人大常委会第十六次会议") is None
    True
    """
    said = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not said or _OTHER_BODIES.search(said):
        return None
    named = [kind for kind, marker in _MARKERS.items() if marker.search(said)]
    if len(named) > 1:
        return None
    kind = named[0] if named else assembly
    term, ordinal, rest = _ordinals(said, party=kind is Assembly.PARTY)
    if kind is None or (not named and term is None):
        return None
    place = _NOISE.sub("", _MARKERS[kind].sub("", rest))
    return SessionName(assembly=kind, term=term, ordinal=ordinal, place=place)


def _ordinals(said: str, *, party: bool) -> tuple[int | None, int | None, str]:
    """Term and session, and the text without them."""
    if party and not _TERM.search(said) and (match := _PARTY_ORDINAL.search(said)):
        # A party congress is itself the term: 第十二次党代会.
        return read_number(match[1]), 1, said.replace(match[0], "", 1)
    term = _TERM.search(said)
    ordinal = _SESSION.search(said)
    for match in (term, ordinal):
        said = said.replace(match[0], "", 1) if match else said
    return (
        read_number(term[1]) if term else None,
        read_number(ordinal[1]) if ordinal else None,
        said,
    )


def read_number(text: str) -> int | None:
    """Read a number up to 99 written in Chinese or in digits; None when it is not one.

    >>> [read_number(text) for text in ("三", "十", "十四", "二十", "二十一", "7", "三四")]
    [3, 10, 14, 20, 21, 7, None]
    """
    if text.isdigit() and text.isascii():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text)
    high = _DIGITS.get(tens) if tens else 1
    low = _DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low


_WRITTEN = "零一二三四五六七八九"


def write_number(value: int) -> str:
    """Write 1 to 99 as a session's name does.

    >>> [write_number(value) for value in (3, 10, 14, 20, 21)]
    ['三', '十', '十四', '二十', '二十一']
    """
    tens, ones = divmod(value, 10)
    head = ("" if tens == 1 else _WRITTEN[tens]) + "十" if tens else ""
    return head + (_WRITTEN[ones] if ones else "")
