"""Filling the slots of a text, and finding each suggestion a title of its own."""

from __future__ import annotations

import re
from collections import Counter

from huiyin.demo import material
from huiyin.demo.chance import Chance
from huiyin.demo.material import City, Title, Topic

_NUMBERS = re.compile(r"\{(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)\}")
_WORDS = re.compile(r"\{(C|S|T|U|R|M|P|Z|push)\}")
# A district of a city has no villages to speak of.
_RURAL = ("农", "乡", "村", "水库", "山塘", "茶叶", "柑橘")
_TRIES = 60
# After these a place reads well: 关于提高澄州市……
_VERB = re.compile(
    "关于(?:加强|提高|完善|支持|推进|解决|规范|促进|改善|建立|减轻|方便|控制|保障|整治|打击|发展|优化|扩大|推动|加快|加大|深化"
    "|打通|预防|保护|培育|建设|化解|增加|做好|稳定|落实|推行|简化|开展|清理|关爱|健全|防范|弘扬|充实|引导|扶持|调整)"
    "(?=[^、，])(?!对)"
)


def filled(text: str, slots: dict[str, str], chance: Chance) -> str:
    """Return ``text`` with its slots filled and its numbers drawn."""
    with_words = _WORDS.sub(lambda found: slots[found[1]], text)
    return _NUMBERS.sub(lambda found: _drawn(found[1], found[2], chance), with_words)


def _drawn(low: str, high: str, chance: Chance) -> str:
    if "." in low or "." in high:
        return f"{float(low) + (float(high) - float(low)) * chance.fraction():.1f}"
    return str(chance.between(int(low), int(high)))


def city_of(code: str, chance: Chance) -> City:
    """Return the city of that code, or for the army and the province any city by its weight."""
    cities = material.cities()
    for city in cities:
        if city.code == code:
            return city
    return chance.weighed(cities, [city.share for city in cities])


def slots_in(city: City, *, rural: bool, chance: Chance) -> dict[str, str]:
    """Return places to speak of in that city, and a word for furthering a thing."""
    counties = [each for each in city.counties if not (rural and each.endswith("区"))]
    town, other = chance.some(material.towns(), 2)
    return {
        "S": city.name,
        "C": chance.pick(counties),
        "T": town,
        "U": other,
        "R": city.river,
        "push": chance.pick(material.texts("writing")["titles"]["push"]),
    }


class Titles:
    """Gives every suggestion a title that no other has, using each pattern as little as it can."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._used: Counter[str] = Counter()
        self._begin: dict[str, list[str]] = {
            first: ways
            for first, ways in material.texts("writing")["titles"].items()
            if first != "push"
        }

    def give(self, topic: Topic, city: City, chance: Chance) -> tuple[int, str, dict[str, str]]:
        """Return which title of the topic it is, the title itself, and the places it speaks of."""
        for attempt in range(_TRIES):
            order = sorted(
                range(len(topic.titles)),
                key=lambda at: (self._used[topic.titles[at].text], chance.fraction()),
            )
            # When the rarest pattern is worn out, look further.
            at = order[min(attempt // 12, len(order) - 1)]
            title = topic.titles[at]
            slots = slots_in(city, rural=_is_rural(title, topic), chance=chance)
            pattern = title.text if attempt == 0 else self._varied(title.text, chance)
            text = filled(pattern, slots, chance)
            if text not in self._taken:
                self._taken.add(text)
                self._used[title.text] += 1
                return at, text, slots
        raise LookupError(f"the topic {topic.name} has no title left")

    def _varied(self, pattern: str, chance: Chance) -> str:
        """Return the pattern begun in another way, or speaking of a place."""
        for begin, ways in self._begin.items():
            if pattern.startswith(begin):
                return self._placed(pattern, chance).replace(begin, chance.pick(ways), 1)
        return self._placed(pattern, chance)

    def _placed(self, pattern: str, chance: Chance) -> str:
        verb = _VERB.match(pattern)
        if verb is None or "{" in pattern or chance.falls(0.3):
            return pattern
        return verb[0] + chance.pick(("{S}", "{C}")) + pattern[verb.end() :]


def _is_rural(title: Title, topic: Topic) -> bool:
    said = title.text + "".join(topic.titles[0].facts)
    return any(word in said for word in _RURAL)
