"""Figures in sentences: “城乡建设类320件，占32.89%；社会发展类338件，占34.73%”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from huiyin.reporting.checking.figures import UNITS, found_counts, found_shares, plain
from huiyin.reporting.checking.growth import HEADING as GROWTH
from huiyin.reporting.checking.printed import (
    Figure,
    Loose,
    Number,
    Paper,
    Row,
    ShareColumn,
    Table,
)

# Commas divide, but not those within 1,442.
_CLAUSE = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[;、:()\n]|[。；]")
_SENTENCE = re.compile(r"[。\n!?]")
_WHOLE = re.compile(r"其中|分别|包括|分为|按.{0,8}分|按照")
_TOTAL = re.compile(r"共|总|合计|收到|计有|全部")
_FILLING = re.compile(
    r"^(?:其中|分别|包括|分别为|和|以及|及|是|为|有|的|,|交|由|属于|涉及)+|(?:有|为|共|的|是|达|约占|占|达到|等)+$"
)
# What a clause may say before a percentage that belongs to the number before it.
_ONE = rf"约?\d[\d,.]*\s*(?:%|[{UNITS}])"
_RESPECTIVELY = re.compile(
    rf"([^,;:。]+?)分别(?:为|是|有|达到?)?(占)?({_ONE}(?:[、和与及]{_ONE})+)"
)
_OWN_SHARE = re.compile(
    r"(?:(?:所|约|大约|均)?占.{0,14}|(?:所占)?(?:比例|比重).{0,4}|为|达到?|约为?|即|的)?"
)
_RATE = re.compile(r"(.{2,6}?)(?:率|比例)(?:为|是|达到?|约)?")


@dataclass(frozen=True, slots=True)
class _Item:
    label: str
    count: Figure | None = None
    share: Figure | None = None


def paper(text: str, *, name: str = "") -> Paper:
    """Read the tables and numbers that stand in sentences."""
    numbers: list[Number] = []
    tables: list[Table] = []
    loose: list[Loose] = []
    for paragraph in plain(text).split("\n"):
        before = len(numbers)
        for said in filter(None, map(str.strip, _SENTENCE.split(paragraph))):
            sentence = _RESPECTIVELY.sub(_one_by_one, said)
            items = list(_items(sentence))
            numbers += [
                Number(label=each.label, value=each.count.value)
                for each in items
                if each.count and each.count.exact and each.count.value > 0
            ]
            tables += _tables(sentence, items)
            loose += _loose(items, numbers[before:])
    return Paper(
        name=name,
        tables=tuple(tables),
        numbers=tuple(numbers),
        loose=tuple(loose),
        texts=(text,),
    )


def _one_by_one(found: re.Match[str]) -> str:
    """“甲、乙分别为3件、4件” is “甲3件、乙4件”, when there are as many names as numbers."""
    labels = re.split("[、和与及]", found[1])
    figures = re.split("[、和与及]", found[3])
    if len(labels) != len(figures):
        return found[0]
    verb = found[2] or ""
    return "、".join(
        f"{label}{verb}{figure}" for label, figure in zip(labels, figures, strict=True)
    )


def _items(sentence: str) -> Iterator[_Item]:
    """Each number with the words before it and the percentage that belongs to it."""
    waiting: _Item | None = None
    said = ""
    for clause in _CLAUSE.split(sentence):
        found = list(_figures(clause, said))
        said = "" if found else clause.strip() or said
        for item, words in found:
            if item.share and waiting and _belongs(waiting, words, found):
                yield replace(waiting, share=item.share)
                waiting = None
                continue
            if waiting:
                yield waiting
            waiting = item
    if waiting:
        yield waiting


def _figures(clause: str, said: str) -> Iterator[tuple[_Item, str]]:
    """The numbers of a clause in their order, and the words between them."""
    shares = found_shares(clause)
    counts = [each for each in found_counts(clause) if not _within(each, shares)]
    end = 0
    for start, after, figure in sorted([*counts, *shares], key=lambda each: each[0]):
        words = clause[end:start].strip()
        label = _label(words, "" if end else said)
        is_share = (start, after, figure) in shares
        yield (_Item(label, share=figure) if is_share else _Item(label, count=figure)), words
        end = after


def _belongs(waiting: _Item, words: str, found: Sequence[tuple[_Item, str]]) -> bool:
    """Whether a percentage is that of the number before it."""
    if waiting.share is not None:
        return False
    beside = any(item is waiting for item, _words in found)
    # 反馈率 after the number of those 反馈 is its own; 满意率 after it is not.
    rate = _RATE.fullmatch(words)
    named = rate is not None and rate[1] in waiting.label
    return beside or named or _OWN_SHARE.fullmatch(words) is not None


def _within(count: tuple[int, int, Figure], shares: Sequence[tuple[int, int, Figure]]) -> bool:
    return any(start <= count[0] < end for start, end, _figure in shares)


def _label(words: str, said: str) -> str:
    own = _FILLING.sub("", words.strip())
    return own or _FILLING.sub("", said.strip()) or words.strip() or _("Number of cases")


def _tables(sentence: str, items: Sequence[_Item]) -> Iterator[Table]:
    """Numbers with percentages are one table; numbers alone are one only where it is said."""
    counted = [each for each in items if each.count]
    shared = [each for each in counted if each.share]
    if shared:
        total = _total_before(items, shared[0])
        yield _table(sentence, shared, total, claims=_claims_hundred(shared))
        return
    total = next((each for each in counted if _TOTAL.search(each.label)), None)
    if total is None or total.count is None:
        return
    unit = _unit(total.count)
    parts = [each for each in counted if each is not total and _unit(each.count) == unit]
    if len(parts) > 1:
        claims = len(parts) > 2 and _claims_whole(sentence, parts, total.count)
        yield _table(sentence, parts, total, claims=claims)


def _claims_whole(sentence: str, parts: Sequence[_Item], total: Figure) -> bool:
    """Whether numbers after a total are meant to be all of it, or only some worth naming."""
    lacking = total.value - sum(each.count.value for each in parts if each.count)
    return _WHOLE.search(sentence) is not None and lacking * 20 <= total.value


def _unit(figure: Figure | None) -> str:
    return figure.written[-1:] if figure else ""


def _total_before(items: Sequence[_Item], first: _Item) -> _Item | None:
    """The last number without a percentage before the first that has one."""
    found = None
    for each in items:
        if each is first:
            return found
        if each.count and each.count.exact and _unit(each.count) == _unit(first.count):
            found = each
    return None


def _claims_hundred(items: Sequence[_Item]) -> bool:
    whole = sum(each.share.value for each in items if each.share)
    return len(items) > 1 and 98 < whole < 102


def _table(sentence: str, items: Sequence[_Item], total: _Item | None, *, claims: bool) -> Table:
    rows = tuple(
        Row(label=each.label, place=str(at), counts=(each.count,), shares=(each.share,))
        for at, each in enumerate(items, start=1)
    )
    # A total that the rows exceed or miss by far is a number about something else.
    stated = (
        Number(label=total.label, value=total.count.value)
        if total and total.count and total.count.exact
        else None
    )
    has_shares = any(each.share for each in items)
    return Table(
        name=sentence if len(sentence) < 40 else f"{sentence[:38]}…",
        counts=(_("Number of cases"),),
        shares=(ShareColumn(label=_("Percentages")),) if has_shares else (),
        rows=rows,
        stated=stated,
        selection=not claims,
    )


def _loose(items: Sequence[_Item], numbers: Sequence[Number]) -> Iterator[Loose]:
    for each in items:
        if each.share and not each.count:
            growth = bool(GROWTH.search(each.label))
            yield Loose(label=each.label, share=each.share, beside=tuple(numbers), growth=growth)
