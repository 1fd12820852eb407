"""The published division codes, and what a code says of itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from huiyin.organisations.models.choices import Level

_TABLE = Path(__file__).with_name("divisions.toml")
NATION = "000000"


@dataclass(frozen=True, slots=True)
class Published:
    """One line of the published table."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        return level_of(self.code)

    @property
    def parent(self) -> str | None:
        return parent_of(self.code)


def level_of(code: str) -> Level:
    """The level a code speaks of: its trailing zeros say how far down it goes."""
    if len(code) > len(NATION):
        return Level.TOWNSHIP
    if code == NATION:
        return Level.NATIONAL
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def parent_of(code: str) -> str | None:
    """The code one step up. A county without a city above it belongs to its province."""
    level = level_of(code)
    if level is Level.TOWNSHIP:
        return code[:6]
    if level is Level.NATIONAL:
        return None
    if level is Level.PROVINCE:
        return NATION
    city = f"{code[:4]}00"
    return city if level is Level.COUNTY and city in _published() else f"{code[:2]}0000"


def published(code: str) -> Published | None:
    name = _published().get(code)
    return Published(code, name) if name else None


def named(name: str, *, within: str = "") -> list[Published]:
    """Every division of that full name, in a province (``within``, two digits) or anywhere.

    Names repeat: there are four 鼓楼区.
    """
    codes = _by_name().get(name, ())
    return [Published(code, name) for code in codes if code.startswith(within)]


def within(prefix: str) -> list[Published]:
    """Every division whose code begins so: 43 for a province, 4311 for a city."""
    return [Published(code, name) for code, name in _published().items() if code.startswith(prefix)]


@cache
def _published() -> Mapping[str, str]:
    with _TABLE.open("rb") as file:
        divisions: dict[str, str] = tomllib.load(file)["divisions"]
    return {NATION: "全国", **divisions}


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, name in _published().items():
        found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
