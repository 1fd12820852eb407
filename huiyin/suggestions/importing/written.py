"""Reading what people write into one cell: numbered requests, names in a row, yes and no."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = "一二三四五六七八九十"
# 1. 1、 (1) ① 一、 （一） 第一， at the beginning of a line.
_MARK = re.compile(
    rf"^[ \t\u3000]*(?:[（(](?:\d{{1,2}}|[{_DIGITS}]{{1,3}})[)）][、.．]?"
    rf"|\d{{1,2}}(?:[、．)）]|\.(?!\d))"
    rf"|[{_DIGITS}]{{1,3}}[、.．]|第[{_DIGITS}]{{1,2}}[，、]|[①-⑳])[ \t\u3000]*",
    re.MULTILINE,
)
_KINDS = (
    re.compile(rf"[（(][{_DIGITS}]"),
    re.compile(r"[（(]\d"),
    re.compile(r"[①-⑳]"),
    re.compile(rf"第[{_DIGITS}]"),
    re.compile(rf"[{_DIGITS}]"),
    re.compile(r"\d"),
)
# A line that says: what follows is what is asked for.
_ASKS = re.compile(
    rf"^[ \t\u3000]*(?:[{_DIGITS}]{{1,2}}、|[（(][{_DIGITS}][)）]|\d[.、])?[ \t\u3000]*"
    r"(?:为此，?|因此，?|鉴于此，?|现)?[^。\n]{0,12}?"
    r"(?:具体建议|意见和建议|工作建议|对策建议|几点建议|建议如下|提出如下建议|建议|请求事项|请求)"
    r"[：:。]?[ \t\u3000]*$",
    re.MULTILINE,
)
_BETWEEN_NAMES = re.compile(r"[、，,;；/／\n|]+")
_AND_OTHERS = re.compile(r"等[\d一二三四五六七八九十]*[名位人个]?(?:代表|单位)?$")
YES = frozenset({"是", "有", "√", "✓", "对", "y", "yes", "true", "1", "六个月", "6个月", "x"})
NO = frozenset({"", "否", "无", "不是", "×", "n", "no", "false", "0", "三个月", "3个月"})


def split_requests(text: str) -> tuple[str, ...]:
    """Return the single requests of a numbered text; the whole text when nothing is numbered.

    Only the outermost numbering divides: 1. and 2. below 一、 belong to it. What stands before
    the first number introduces and asks nothing.

    >>> split_requests("1.修路；\\n2.架桥。")
    ('修路；', '架桥。')
    >>> split_requests("一、修路\\n1.东段\\n2.西段\\n二、架桥")
    ('修路\\n1.东段\\n2.西段', '架桥')
    >>> split_requests("请修路。")
    ('请修路。',)
    """
    whole = text.strip()
    marks = list(_MARK.finditer(_lined(whole)))
    if len(marks) < 2:
        return (_MARK.sub("", whole, count=1).strip(),) if whole else ()
    whole = _lined(whole)
    outermost = _kind(marks[0].group())
    starts = [mark for mark in marks if _kind(mark.group()) == outermost]
    ends = [mark.start() for mark in starts[1:]] + [len(whole)]
    items = (whole[mark.end() : end].strip() for mark, end in zip(starts, ends, strict=True))
    return tuple(item for item in items if item)


def _lined(text: str) -> str:
    """Put each number of “1.修路；2.架桥” on a line of its own when all stand on one."""
    if "\n" in text:
        return text
    return re.sub(
        rf"(?<=[；;。])[ \t\u3000]*(?=(?:\d{{1,2}}[、．.)）](?!\d)"
        rf"|[（(][{_DIGITS}\d]{{1,2}}[)）]|[{_DIGITS}]{{1,2}}、|[①-⑳]))",
        "\n",
        text,
    )


def _kind(mark: str) -> int:
    return next(place for place, sign in enumerate(_KINDS) if sign.search(mark))


def split_body(text: str) -> tuple[str, tuple[str, ...]]:
    """Return situation and requests of a whole text.

    The requests are what follows the last line that announces them. Without one, the text is the
    situation and the requests are left open.

    >>> split_body("村里没有桥。\\n建议：\\n1.架桥\\n2.修路")
    ('村里没有桥。', ('架桥', '修路'))
    """
    announced = [mark for mark in _ASKS.finditer(text) if text[mark.end() :].strip()]
    if not announced:
        return text.strip(), ()
    last = announced[-1]
    return text[: last.start()].strip(), split_requests(text[last.end() :])


def split_names(text: str) -> list[str]:
    """Return the names in a cell, each once: 林晓岚、赵立新；周　平 等3人.

    >>> split_names("林晓岚、赵立新；周　平 等3人")
    ['林晓岚', '赵立新', '周平']
    >>> split_names("王 伟 李晓明")
    ['王伟', '李晓明']
    """
    names: list[str] = []
    for piece in _BETWEEN_NAMES.split(unicodedata.normalize("NFKC", text)):
        names += _spaced(_AND_OTHERS.sub("", piece.strip()))
    return list(dict.fromkeys(names))


def _spaced(piece: str) -> list[str]:
    """Names divided by blanks; a blank within 王 伟 only widens a name of two characters."""
    names: list[str] = []
    half = ""
    for word in piece.split():
        if len(word) > 1:
            names.append(word)
        elif half:
            names.append(half + word)
            half = ""
        else:
            half = word
    return [*names, half] if half else names


def split_organs(text: str) -> list[str]:
    """Return the organs in a cell, each once. Blanks do not divide them."""
    pieces = (_AND_OTHERS.sub("", each.strip()) for each in _BETWEEN_NAMES.split(text))
    return list(dict.fromkeys(each for each in pieces if each))


def read_yes(text: str) -> bool | None:
    """Whether a cell says yes; None when it says neither.

    >>> [read_yes(said) for said in ("是", "", "也许")]
    [True, False, None]
    """
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if said in YES:
        return True
    return False if said in NO else None
