"""Suggestions that are likely on the same matter, by their titles or their requests.

Two texts are alike by the pairs of characters they share; a pair that many contain says little,
one that few contain says much. The shared words are shown, so that a clerk sees why; nothing is
decided.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from re import compile as pattern

from huiyin.organisations.models import Session
from huiyin.suggestions.lifecycle import SUGGESTION
from huiyin.suggestions.models import RequestItem, Suggestion

# How every title begins and ends says nothing of its matter.
_FRAME = pattern(
    r"^(?:关于)?(?:进一步|切实|大力|加快|加强|推进|促进|支持|完善|尽快)*|的(?:建议|提案|议案)$"
)
_SIGNS = pattern(r"[\s\W_]+")
# From here on two are shown to the clerk; with the same category a little sooner.
LIKELY, SAME_CATEGORY = 0.45, 0.08
# A pair of characters in more titles than this leads to too many to be looked at.
COMMON = 60
SHORTEST = 2
# So many characters of the requests are read. They are long, so only those are compared that share
# so many pairs which hardly any other holds.
READ, RARE, TELLING = 400, 6, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two suggestions, how alike they are from 0 to 1, and the words they share."""

    one: Suggestion
    other: Suggestion
    score: float
    shared: Sequence[str]

    @property
    def same_category(self) -> bool:
        return bool(self.one.category) and self.one.category == self.other.category


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Suggestions of which each is like another one of them."""

    members: Sequence[Suggestion]
    shared: Sequence[str]
    same_category: bool


def open_ones(session: Session) -> list[Suggestion]:
    """The suggestions of a session that could still be handled together."""
    sources = SUGGESTION.find("merge").sources
    rows = Suggestion.objects.filter(session=session, stage__in=sources)
    return list(rows.select_related("lead__person").order_by("number_order", "pk"))


def matter_of(title: str) -> str:
    """What a title is about, without how every title begins and ends.

    >>> matter_of("关于加快修建城北公园的建议")
    '修建城北公园'
    """
    return _SIGNS.sub("", _FRAME.sub("", title.strip()))


def pairs_of(title: str) -> frozenset[str]:
    return _pairs(matter_of(title))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def asked_in(cases: Sequence[Suggestion]) -> dict[int, str]:
    """What each of them asks for in its present text; one query."""
    rows = RequestItem.objects.filter(version__suggestion__in=cases)
    lines = rows.order_by("version__ordinal", "ordinal").values_list(
        "version__suggestion", "version__ordinal", "text"
    )
    texts: dict[int, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    for pk, version, line in lines:
        texts[pk][version] += line
    return {pk: _SIGNS.sub("", versions[max(versions)])[:READ] for pk, versions in texts.items()}


def likenesses(
    cases: Sequence[Suggestion], asked: Mapping[int, str] | None = None
) -> list[Likeness]:
    """Every two of ``cases`` that are likely on the same matter, the likest first.

    ``asked``: their requests, which count where the titles say too little. Those that are handled
    together already are left out.
    """
    found = {(each.one.pk, each.other.pk): each for each in _by_titles(cases)}
    for each in _by_requests(cases, asked or {}):
        found.setdefault((each.one.pk, each.other.pk), each)
    return sorted(found.values(), key=lambda each: -each.score)


def _by_titles(cases: Sequence[Suggestion]) -> Iterable[Likeness]:
    pairs = {case.pk: pairs_of(case.title) for case in cases}
    holders: dict[str, list[int]] = defaultdict(list)
    for pk, own in pairs.items():
        for pair in own:
            holders[pair].append(pk)
    weight = {pair: log(1 + len(cases) / len(held)) for pair, held in holders.items()}
    words = {case.pk: matter_of(case.title) for case in cases}
    by_pk = {case.pk: case for case in cases}
    for one, other in sorted(_candidates(holders)):
        yield from _compared(by_pk[one], by_pk[other], pairs, weight, words)


def _by_requests(cases: Sequence[Suggestion], asked: Mapping[int, str]) -> Iterable[Likeness]:
    pairs = {pk: _pairs(text) for pk, text in asked.items()}
    holders: dict[str, list[int]] = defaultdict(list)
    for pk, own in pairs.items():
        for pair in own:
            holders[pair].append(pk)
    weight = {pair: log(1 + len(asked) / len(held)) for pair, held in holders.items()}
    together = Counter(
        two
        for held in holders.values()
        if len(held) <= RARE
        for two in combinations(sorted(held), 2)
    )
    by_pk = {case.pk: case for case in cases}
    for (one, other), times in sorted(together.items()):
        if times >= TELLING:
            yield from _compared(by_pk[one], by_pk[other], pairs, weight, asked)


def _candidates(holders: Mapping[str, Sequence[int]]) -> set[tuple[int, int]]:
    """Those that share a pair of characters which is not in everybody's title."""
    return {
        (one, other)
        for held in holders.values()
        if len(held) <= COMMON
        for place, one in enumerate(sorted(held))
        for other in sorted(held)[place + 1 :]
    }


def _compared(
    one: Suggestion,
    other: Suggestion,
    pairs: Mapping[int, frozenset[str]],
    weight: Mapping[str, float],
    words: Mapping[int, str],
) -> Iterable[Likeness]:
    if one.merge_group_id is not None and one.merge_group_id == other.merge_group_id:
        return
    common = pairs[one.pk] & pairs[other.pk]
    least = min(_sum(pairs[one.pk], weight), _sum(pairs[other.pk], weight))
    score = _sum(common, weight) / least if least else 0.0
    same = bool(one.category) and one.category == other.category
    if score + (SAME_CATEGORY if same else 0) >= LIKELY:
        shared = _shared(words[one.pk], words[other.pk])
        yield Likeness(one=one, other=other, score=min(score, 1.0), shared=shared)


def _sum(pairs: Iterable[str], weight: Mapping[str, float]) -> float:
    return sum(weight[pair] for pair in sorted(pairs))


def shared_words(one: str, other: str) -> list[str]:
    """The longest pieces both titles contain, the longest first.

    >>> shared_words("关于修建城北公园的建议", "关于扩大城北公园绿地的建议")
    ['城北公园']
    """
    return _shared(matter_of(one), matter_of(other))


def _shared(a: str, b: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(a):
        length = 0
        while at + length < len(a) and a[at : at + length + 1] in b:
            length += 1
        if length >= SHORTEST:
            found.append(a[at : at + length])
        at += max(length, 1)
    return sorted(dict.fromkeys(found), key=len, reverse=True)


def clusters(found: Sequence[Likeness]) -> list[Cluster]:
    """Likenesses that hang together, as one list each, the likest first."""
    leader: dict[int, int] = {}

    def root(pk: int) -> int:
        while leader.setdefault(pk, pk) != pk:
            pk = leader[pk]
        return pk

    for each in found:
        leader[root(each.other.pk)] = root(each.one.pk)
    grouped: dict[int, list[Likeness]] = defaultdict(list)
    for each in found:
        grouped[root(each.one.pk)].append(each)
    return [_cluster(alike) for alike in grouped.values()]


def _cluster(alike: Sequence[Likeness]) -> Cluster:
    members = {case.pk: case for each in alike for case in (each.one, each.other)}
    words = dict.fromkeys(word for each in alike for word in each.shared)
    return Cluster(
        members=sorted(members.values(), key=lambda case: (case.number_order or 0, case.pk)),
        shared=sorted(words, key=len, reverse=True)[:4],
        same_category=all(each.same_category for each in alike),
    )
