"""Which organ leads which matter, and which organs help."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from huiyin.demo import material, quotas
from huiyin.demo.chance import Chance
from huiyin.demo.fates import Charge, Fate
from huiyin.demo.material import Topic
from huiyin.suggestions.stages import HandlingRole

PARTY_GROUP = ("party", "congress")
# Organs that many matters touch, when the topic names too few.
_OFTEN = ("czt", "fgw", "zrt", "rst", "zjt", "nyt")
_CO_COUNTS, _CO_WEIGHTS = (0, 1, 2, 3, 4), (30, 30, 24, 11, 5)
# Which organs of the party group a matter of that category may touch.
_PARTY_HELP = {
    "economy": ("tzb", "bb", "zgh"),
    "industry": ("wxb", "kx", "tzb"),
    "finance": ("zzb", "tzb"),
    "agriculture": ("zzb", "fl", "xcb"),
    "water": ("zzb", "xcb"),
    "transport": ("zgh", "bb"),
    "construction": ("zzb", "zfw", "xcb"),
    "environment": ("xcb", "zfw"),
    "land": ("zfw", "xcb"),
    "education": ("bb", "xcb", "tsw", "fl", "cl", "kx"),
    "health": ("bb", "xcb", "zgh", "cl"),
    "civil_affairs": ("zzb", "cl", "zfw", "xcb", "lgj"),
    "employment": ("zgh", "zzb", "bb", "tsw"),
    "commerce": ("tzb", "wxb", "zgh"),
    "culture": ("xcb", "bb", "tsw"),
    "justice": ("zfw", "bb", "wxb", "fl"),
    "governance": ("zzb",),
    "other": ("bgt", "bb", "swdx", "gwdj"),
}
_PARTS = ("第一项要求及总体情况", "其余各项要求中属本单位职能的部分")
_TAGS = {"talent": quotas.TALENT, "villages": quotas.VILLAGES}


def is_party(code: str) -> bool:
    """Whether the organ belongs to the party group (党群)."""
    return not code.startswith("city") and material.organ(code).system in PARTY_GROUP


def led_by() -> dict[str, int]:
    """How many suggestions each organ leads, exactly; together all that are received."""
    party = {each.code: each.weight for each in material.organs() if is_party(each.code)}
    others = {each.code: each.weight for each in material.organs() if not is_party(each.code)}
    left = quotas.RECEIVED - quotas.PARTY_LED
    total = sum(others.values())
    # Whoever leads anything at all leads one.
    counts = {code: max(weight * left // total, bool(weight)) for code, weight in others.items()}
    largest = sorted(others, key=lambda code: (-others[code], code))
    at = 0
    while sum(counts.values()) < left:
        counts[largest[at % 20]] += 1
        at += 1
    return party | counts


def topics_of() -> list[tuple[str, Topic]]:
    """Return one organ and topic for every suggestion received, each organ as often as it leads."""
    by_organ: dict[str, list[Topic]] = defaultdict(list)
    for topic in material.topics():
        by_organ[topic.lead].append(topic)
    chosen: list[tuple[str, Topic]] = []
    for code, count in led_by().items():
        offered = by_organ["city"] if code.startswith("city") else by_organ[code]
        chosen += [(code, topic) for topic in _spread(offered, count)]
    return chosen


def _spread(offered: Sequence[Topic], count: int) -> Iterable[Topic]:
    """The topics by turns, those with a count of their own exactly that often."""
    fixed = [topic for topic in offered for _each in range(_TAGS.get(topic.tag, 0))]
    free = [topic for topic in offered if topic.tag not in _TAGS]
    # A topic with more ways to say it is taken up more often.
    turns = [topic for topic in free for _each in topic.titles]
    return [*fixed, *(turns[at % len(turns)] for at in range(count - len(fixed)))]


def charge(fates: Sequence[Fate]) -> None:
    """Name the organs of each suggestion whose lead alone is known yet."""
    for fate in fates:
        chance = Chance("charge", fate.name)
        if fate.pending is not None:
            named = [code for code, _done in fate.pending.partners]
        else:
            named = _partners(fate, chance)
        _set(fate, named)
    _separate(fates)


def _partners(fate: Fate, chance: Chance) -> list[str]:
    """The organs that help, none of the party group unless its own organ leads."""
    count = chance.weighed(_CO_COUNTS, _CO_WEIGHTS)
    known = [code for code in fate.topic.partners if is_party(fate.main) or not is_party(code)]
    found = chance.shuffled(known)
    if chance.falls(0.16):
        found.insert(chance.below(2), _government(fate))
    found += chance.shuffled(_OFTEN)
    different = [code for code in dict.fromkeys(found) if code and code != fate.main]
    return different[:count]


def _government(fate: Fate) -> str:
    return next(city.code for city in material.cities() if city.name == fate.slots["S"])


def _set(fate: Fate, partners: Sequence[str]) -> None:
    role = HandlingRole.LEAD if partners else HandlingRole.SOLE
    helping = [Charge(organ=code, role=HandlingRole.CO) for code in partners]
    fate.charges = [Charge(organ=fate.main, role=role), *helping]


def help_from(fate: Fate, code: str) -> None:
    """Have one more organ help."""
    _set(fate, [*fate.partners, code])


def _separate(fates: Sequence[Fate]) -> None:
    """Some are answered by two organs, each for its part."""
    able = [
        fate
        for fate in fates
        if fate.in_session and len(fate.partners) == 1 and not is_party(fate.main)
    ]
    for fate in Chance("separate").some(able, quotas.SEPARATE):
        main, partner = fate.main, fate.partners[0]
        fate.charges = [
            Charge(organ=main, role=HandlingRole.SEPARATE, part=_PARTS[0]),
            Charge(organ=partner, role=HandlingRole.SEPARATE, part=_PARTS[1]),
        ]


def bring_in_party(fates: Sequence[Fate]) -> None:
    """Let the party group help in as many as its figure leaves, and the congress organ in four."""
    chance = Chance("party helps")
    able = [
        fate
        for fate in fates
        if fate.in_session
        and not is_party(fate.main)
        and not fate.merged_with
        and len(fate.partners) < 4
        and fate.charges[0].role != HandlingRole.SEPARATE
    ]
    chosen = chance.some(able, quotas.PARTY_CO_ONLY)
    outside = quotas.CONGRESS_HANDLED - quotas.CONGRESS_LED - quotas.CONGRESS_CO_IN_GROUP
    for at, fate in enumerate(chosen):
        offered = _PARTY_HELP[fate.topic.category]
        help_from(fate, "rd" if at < outside else chance.pick(offered))
    led = [fate for fate in fates if fate.main == "bb" and "rd" not in fate.partners]
    for fate in led[: quotas.CONGRESS_CO_IN_GROUP]:
        help_from(fate, "rd")


def employ_everyone(fates: Sequence[Fate]) -> None:
    """See that every organ that only helps is asked at least three times."""
    handled = Counter(charge.organ for fate in fates for charge in fate.charges)
    for kind in material.organs():
        for _missing in range(3 - handled[kind.code]):
            _employ(kind.code, fates)


def _employ(code: str, fates: Sequence[Fate]) -> None:
    fitting = [
        fate
        for fate in fates
        if code in fate.topic.partners
        and code != fate.main
        and code not in fate.partners
        and fate.in_session
        and not is_party(code)
        and fate.charges[0].role != HandlingRole.SEPARATE
        and not fate.merged_with
    ]
    if fitting:
        help_from(Chance("employ", code, len(fitting)).pick(fitting), code)
