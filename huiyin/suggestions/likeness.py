"""Suggestions that are likely on the same matter, by what their titles say. Nothing is decided.

Two titles are alike by the pairs of characters they share; a pair that many titles contain says
little, one that few contain says much. The shared words are shown, so that a clerk sees why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from re import compile as pattern

from huiyin.organisations.models import Session
from huiyin.suggestions.lifecycle import SUGGESTION
from huiyin.suggestions.models import Suggestion

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
    matter = matter_of(title)
    return frozenset(matter[at : at + 2] for at in range(len(matter) - 1))


def likenesses(cases: Sequence[Suggestion]) -> list[Likeness]:
    """Every two of ``cases`` that are likely on the same matter, the likest first.

    Those that are handled together already are left out.
    """
    pairs = {case.pk: pairs_of(case.title) for case in cases}
    holders: dict[str, list[int]] = defaultdict(list)
    for pk, own in pairs.items():
        for pair in own:
            holders[pair].append(pk)
    weight = {pair: log(1 + len(cases) / len(held)) for pair, held in holders.items()}
    by_pk = {case.pk: case for case in cases}
    found = []
    for one, other in sorted(_candidates(holders)):
        made = _compared(by_pk[one], by_pk[other], pairs, weight)
        if made is not None:
            found.append(made)
    return sorted(found, key=lambda each: -each.score)


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
) -> Likeness | None:
    if one.merge_group_id is not None and one.merge_group_id == other.merge_group_id:
        return None
    common = pairs[one.pk] & pairs[other.pk]
    least = min(_sum(pairs[one.pk], weight), _sum(pairs[other.pk], weight))
    score = _sum(common, weight) / least if least else 0.0
    same = bool(one.category) and one.category == other.category
    if score + (SAME_CATEGORY if same else 0) < LIKELY:
        return None
    shared = shared_words(one.title, other.title)
    return Likeness(one=one, other=other, score=min(score, 1.0), shared=shared)


def _sum(pairs: Iterable[str], weight: Mapping[str, float]) -> float:
    return sum(weight[pair] for pair in sorted(pairs))


def shared_words(one: str, other: str) -> list[str]:
    """The longest pieces both titles contain, the longest first.

    >>> shared_words("关于修建城北公园的建议", "关于扩大城北公园绿地的建议")
    ['城北公园']
    """
    a, b = matter_of(one), matter_of(other)
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
