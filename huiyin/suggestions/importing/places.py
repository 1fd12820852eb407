"""Which congress a row of real rows belongs to: 永州市双牌县, 湘西州, 州政协, 某县.

The rows name a place as pages name it and a session as its own town does. The published table of
divisions tells which division is meant and what lies above it; a place it does not know keeps the
name it was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from huiyin.kernel.canonical import digest
from huiyin.organisations import divisions
from huiyin.organisations.divisions import NATION, Published
from huiyin.organisations.models import Level

_LEVEL_ENDINGS = {"省": Level.PROVINCE, "州": Level.CITY, "县": Level.COUNTY, "旗": Level.COUNTY}
_LEVEL_ENDINGS |= {"区": Level.COUNTY, "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP}
# One letter before 人大 or 政协: the level whose session it is.
_LEVEL_WORD = re.compile(
    r"^(全国|自治区|[省市州县区旗乡镇])(?=\W|人大|政协|党代|第|[一二三四五六七八九十\d]|$)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a congress sits."""

    name: str
    level: Level
    code: str = ""

    @property
    def full_name(self) -> str:
        """Told apart from its namesakes: 池州市贵池区, but 双牌县."""
        if not self.code or len(divisions.named(self.name)) < 2:
            return self.name
        above = divisions.published(divisions.parent_of(self.code) or "")
        return f"{above.name}{self.name}" if above else self.name

    @property
    def slug(self) -> str:
        return f"cn-{self.code}" if self.code else f"place-{digest('corpus.place', self.name)[:10]}"


def place_of(said: str, *, province: str, level: str) -> Place:
    """Return the place a row names; ``level`` is the row's own word where nothing else tells."""
    name = said.strip() or "未载明"
    if name in ("全国", "国家"):
        return Place("全国", Level.NATIONAL, NATION)
    within = _province_code(province)
    found = _found(name, within)
    if found:
        return Place(found.name, found.level, found.code)
    if name[-1] in "乡镇":
        return Place(name, Level.TOWNSHIP)
    # 永州市双牌县: the part behind the longest division that stands before it.
    for above in _before(name, within):
        inner = _found(name.removeprefix(above.name), above.code.rstrip("0"))
        if inner:
            return Place(inner.name, inner.level, inner.code)
    unnamed = len(name) == 1 or name.startswith("某")
    shown = f"{province}{name}（地名未载明）" if unnamed else name
    return Place(shown, _level(name, level))


def owner_of(place: Place, session: str, *, province: str) -> Place:
    """Return whose session it is: the place's own, that of its city or province, or another's."""
    word = _LEVEL_WORD.match(session.strip())
    if word is None:
        named = re.match(
            r"([\u4e00-\u9fff]{2,12}?[省市州县区旗])(?=[一二三四五六七八九十\d第人政])", session
        )
        return place_of(named[1], province=province, level=place.level) if named else place
    said = word[1]
    if said == "全国":
        return Place("全国", Level.NATIONAL, NATION)
    if place.name.endswith(said) or place.name.rstrip("）").endswith(f"{said}（地名未载明"):
        return place
    above = _above(place, said)
    return above or place


def _above(place: Place, said: str) -> Place | None:
    """The division above that ends with this word: 市 over 县, 省 over 市."""
    code = divisions.parent_of(place.code) if place.code else None
    while code and code != NATION:
        found = divisions.published(code)
        if found and (
            found.name.endswith(said) or (said == "省" and found.level is Level.PROVINCE)
        ):
            return Place(found.name, found.level, found.code)
        code = divisions.parent_of(code)
    return None


def _province_code(province: str) -> str:
    """The two digits of 湖南 or 内蒙古; nothing for an unknown one."""
    if not province:
        return ""
    provinces = (each for each in divisions.within("") if each.level is Level.PROVINCE)
    return next((each.code[:2] for each in provinces if each.name.startswith(province)), "")


def _found(name: str, within: str) -> Published | None:
    """The one division of that name, written in full or without its nationalities."""
    if len(name) < 2:
        return None
    exact = divisions.named(name, within=within)
    if len(exact) == 1:
        return exact[0]
    if exact:
        # 吉林市 and 吉林省 are two names; of two equal ones the text does not say which.
        return None
    alike = [
        each
        for each in divisions.within(within)
        if "自治" in each.name and each.name.startswith(name[:-1]) and each.name.endswith(name[-1])
    ]
    return alike[0] if len(alike) == 1 else None


def _before(name: str, within: str) -> list[Published]:
    """The divisions the name begins with, the longest first."""
    found = [e for e in divisions.within(within) if name.startswith(e.name) and name != e.name]
    return sorted(found, key=lambda each: -len(each.name))


def _level(name: str, said: str) -> Level:
    if name[-1] in _LEVEL_ENDINGS:
        return _LEVEL_ENDINGS[name[-1]]
    return Level(said) if said in Level.values else Level.COUNTY
