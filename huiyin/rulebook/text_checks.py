"""Looking a reply through for what must not go out: blanks, wrong names, empty words.

Pure text in, findings out. Rules, patterns and phrases stand in ``text_checks.toml``; whether a
finding stops the letter is a matter of the rule and of where in the letter it stands.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from huiyin.rulebook.words import Words

OPENING = "opening"


class Blocks(StrEnum):
    """Where a finding of a rule keeps the letter from being sent on."""

    ALWAYS = "always"
    OPENING = "opening"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRule:
    code: str
    blocks: Blocks
    said: Words
    do: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the case says of itself. ``others``: deputies of the congress who did not sign."""

    organ: str
    session: str = ""
    numbers: frozenset[str] = frozenset()
    signers: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place in the text. ``lacks`` says more of it where the phrase has its own words."""

    rule: TextRule
    where: str
    start: int
    end: int
    text: str
    blocking: bool
    lacks: Words | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """By what it is confirmed: the same words at another place need no second look."""
        return f"{self.rule.code}:{self.text}"


_DATA = tomllib.loads(Path(__file__).with_name("text_checks.toml").read_text("utf-8"))


def _words(raw: Mapping[str, str]) -> Words:
    return Words(zh=raw["zh"], en=raw["en"])


TEXT_RULES: dict[str, TextRule] = {
    code: TextRule(
        code=code, blocks=Blocks(raw["blocks"]), said=_words(raw["said"]), do=_words(raw["do"])
    )
    for code, raw in _DATA["rule"].items()
}
PHRASES: dict[str, Words] = {each["text"]: _words(each["lacks"]) for each in _DATA["phrase"]}

_LEFTOVER = re.compile("|".join(_DATA["leftover"]["patterns"]))
_PHRASE = re.compile("|".join(map(re.escape, sorted(PHRASES, key=len, reverse=True))))
_NOT_NAMES = tuple(_DATA["titles"]["not_names"])
_KINDS = tuple(_DATA["self"]["kinds"])
_SELF = re.compile(f"(?:我|本)({'|'.join(_KINDS)})(?![一-鿿]?长)")
_DEPUTY = re.compile(r"(?P<before>[一-鿿·]{2,8})代表")
# A letter begins by the deputy's name: alone on its line, or greeted.
_GREETED = re.compile(
    r"(?:^|\n|尊敬的)\s*(?:尊敬的)?(?P<name>[一-鿿·]{2,6}?)\s*(?:等)?代表\s*(?:您好|你好|[：:])"
)
_NUMBER = re.compile(r"第\s*(?P<number>\d{1,5})\s*号(?!文|楼|令|公告|线|院)")
_NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
_SESSION = re.compile(
    rf"第?(?P<term>{_NUMERAL})届(?P<body>[^，。；\n]{{0,14}}?)第?(?P<ordinal>{_NUMERAL})次会议"
)
_OTHER_BODY = re.compile("常委会|常务委员会|政协|党代会|委员会")
_NAME_LENGTHS = (2, 3, 4)


def names_before_title(text: str) -> set[str]:
    """Return what may be a deputy's name: the two to four characters before each 代表."""
    return {
        found["before"][-length:]
        for found in _DEPUTY.finditer(text)
        for length in _NAME_LENGTHS
        if len(found["before"]) >= length
    }


def check_text(parts: Mapping[str, str], *, known: Known) -> list[Finding]:
    """Return what is to be looked at in the parts of a letter, in the order of the text."""
    found: list[Finding] = []
    for where, text in parts.items():
        mine = [finding for check in _CHECKS for finding in check(where, text, known)]
        found += sorted(_without_doubles(mine), key=lambda each: each.start)
    return found


def _without_doubles(found: list[Finding]) -> Iterator[Finding]:
    seen: set[tuple[str, int]] = set()
    for each in found:
        if (each.rule.code, each.end) not in seen:
            seen.add((each.rule.code, each.end))
            yield each


def _finding(
    code: str, where: str, span: tuple[int, int], text: str, lacks: Words | None = None
) -> Finding:
    rule = TEXT_RULES[code]
    blocking = rule.blocks is Blocks.ALWAYS or (rule.blocks is Blocks.OPENING and where == OPENING)
    start, end = span
    return Finding(
        rule=rule,
        where=where,
        start=start,
        end=end,
        text=text[start:end],
        blocking=blocking,
        lacks=lacks,
    )


def _leftovers(where: str, text: str, _known: Known) -> Iterator[Finding]:
    for found in _LEFTOVER.finditer(text):
        yield _finding("leftover", where, found.span(), text)


def _deputies(where: str, text: str, known: Known) -> Iterator[Finding]:
    """Greeted by a name that is no signer's; or a deputy of the roster who did not sign."""
    for found in _GREETED.finditer(text):
        name = found["name"]
        if name not in known.signers and not name.endswith(_NOT_NAMES):
            yield _finding("other_deputy", where, found.span("name"), text)
    for found in _DEPUTY.finditer(text):
        end = found.end("before")
        ends = [found["before"][-length:] for length in _NAME_LENGTHS]
        if any(name in known.signers for name in ends):
            continue
        for name in reversed(ends):
            if name in known.others:
                yield _finding("other_deputy", where, (end - len(name), end), text)
                break


def _numbers(where: str, text: str, known: Known) -> Iterator[Finding]:
    own = {number.lstrip("0") for number in known.numbers}
    if not own:
        return
    for found in _NUMBER.finditer(text):
        if found["number"].lstrip("0") not in own:
            yield _finding("other_number", where, found.span(), text)


def _sessions(where: str, text: str, known: Known) -> Iterator[Finding]:
    own = _SESSION.search(known.session)
    if own is None:
        return
    mine = (_numeral(own["term"]), _numeral(own["ordinal"]))
    for found in _SESSION.finditer(text):
        if _OTHER_BODY.search(found["body"]):
            continue
        if (_numeral(found["term"]), _numeral(found["ordinal"])) != mine:
            yield _finding("other_session", where, found.span(), text)


def _selves(where: str, text: str, known: Known) -> Iterator[Finding]:
    for found in _SELF.finditer(text):
        if not all(character in known.organ for character in found[1]):
            yield _finding("other_organ", where, found.span(), text)


def _phrases(where: str, text: str, _known: Known) -> Iterator[Finding]:
    for found in _PHRASE.finditer(text):
        yield _finding("empty_phrase", where, found.span(), text, PHRASES[found[0]])


_CHECKS = (_leftovers, _deputies, _numbers, _sessions, _selves, _phrases)
_DIGITS = "零一二三四五六七八九"


def _numeral(text: str) -> int:
    """Return the number that a numeral up to 99 says: 13, 十三, 二十."""
    if text.isascii():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return _DIGITS.index(text) if len(text) == 1 else 0
    return (_DIGITS.index(tens) if tens in _DIGITS and tens else 1) * 10 + (
        _DIGITS.index(ones) if ones else 0
    )
