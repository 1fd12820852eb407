"""What the demo is made of, read from ``texts/``: places, organs, topics and turns of phrase.

A topic is a matter deputies write about. ``titles`` may end in `` f01 a2``: which facts and
requests go with that title (a digit each; none: only those that fit any title); without it all do.
A request is written ``what is asked|what the organ does about it``; the second half begins with a
verb, so that it reads on after 已, 将 and 逐年. Slots: {C} county, {S} city, {T} and {U} towns,
{R} river, {Z} the matter as the title names it, {push} a word for furthering; {2-5} and {0.3-1.6}
are numbers to be drawn.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from huiyin.suggestions.models import Category

_FOLDER = Path(__file__).with_name("texts")
# One file for each category.
_TOPIC_FILES = tuple(Category.values)
_BOUND = re.compile(r"^(.*) f(\d*) a(\d*)$")


@dataclass(frozen=True, slots=True)
class City:
    """One of the fourteen. ``code`` is that of its government among the organs."""

    code: str
    name: str
    river: str
    share: int
    counties: tuple[str, ...]

    @property
    def short(self) -> str:
        return self.name.removesuffix("市")


@dataclass(frozen=True, slots=True)
class OrganKind:
    """An organ as the table of organs gives it. ``weight``: see there."""

    code: str
    system: str
    name: str
    short: str
    word: str
    weight: int
    divisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the facts and requests that go with it."""

    text: str
    facts: tuple[str, ...]
    asks: tuple[str, ...]
    bound: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter, who answers for it and who helps. ``lead`` may be ``city``."""

    name: str
    category: str
    lead: str
    partners: tuple[str, ...]
    titles: tuple[Title, ...]
    tag: str


@cache
def texts(name: str) -> dict[str, Any]:
    """Return one file of the folder."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def cities() -> tuple[City, ...]:
    """The fourteen cities, the capital first."""
    return tuple(
        City(f"city{at:02d}", each["name"], each["river"], each["share"], tuple(each["counties"]))
        for at, each in enumerate(texts("places")["city"], start=1)
    )


@cache
def towns() -> tuple[str, ...]:
    table = texts("places")["town"]
    last = table["last"]
    return tuple(first + last[at % len(last)] for at, first in enumerate(table["first"]))


@cache
def organs() -> tuple[OrganKind, ...]:
    """The ninety-five that handle, those of the party group first."""
    named = [
        OrganKind(code, system, name, short, word, weight, tuple(divisions))
        for system, rows in texts("organs").items()
        if system != "beside"
        for code, (name, short, word, weight, divisions) in rows.items()
    ]
    governments = [
        OrganKind(
            city.code,
            "government",
            f"{city.name}人民政府",
            f"{city.name}政府",
            f"{city.short}政",
            6 if at == 0 else 2 + at % 2,
            ("建议提案科",),
        )
        for at, city in enumerate(cities())
    ]
    return (*named, *governments)


@cache
def beside() -> tuple[OrganKind, ...]:
    """The congress's own bodies that receive, assign and review, and handle nothing."""
    return tuple(
        OrganKind(code, "congress", name, short, "", 0, ())
        for code, (name, short) in texts("organs")["beside"].items()
    )


@cache
def organ(code: str) -> OrganKind:
    return next(each for each in organs() if each.code == code)


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(
        Topic(
            name=f"{name}{at}",
            category=name,
            lead=raw.get("lead", table["lead"]),
            partners=tuple(raw["co"]),
            titles=tuple(_title(text, raw) for text in raw["titles"]),
            tag=raw.get("tag", ""),
        )
        for name in _TOPIC_FILES
        for table in [texts(name)]
        for at, raw in enumerate(table["topic"])
    )


def _title(text: str, raw: dict[str, Any]) -> Title:
    facts, asks = tuple(raw["facts"]), tuple(raw["asks"])
    bound = _BOUND.match(text)
    if bound is None:
        return Title(text, facts, asks, bound=False)
    chosen_facts = tuple(facts[int(digit)] for digit in bound[2])
    chosen_asks = tuple(asks[int(digit)] for digit in bound[3])
    return Title(bound[1], chosen_facts, chosen_asks, bound=True)
