"""Which organ a name in a list means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Self

from huiyin.organisations.models import Congress, Organ
from huiyin.organisations.organ_names import fold


class How(Enum):
    """By what an organ was recognised, surest first."""

    NAME = "name"
    SHORT_NAME = "short name"
    FORMER_NAME = "former name"
    SUCCESSOR = "successor"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class OrganMatch:
    organ: Organ
    how: How


@dataclass(frozen=True, slots=True)
class OrganIndex:
    """The organs of a congress as they are on one day, for looking up many names."""

    places: tuple[str, ...]
    exact: tuple[tuple[How, Mapping[str, tuple[Organ, ...]]], ...]
    folded: Mapping[str, tuple[Organ, ...]]

    @classmethod
    def of(cls, congress: Congress, *, on: date) -> Self:
        """Read every organ with its history: two queries."""
        rows = list(Organ.objects.filter(congress=congress).prefetch_related("former_names"))
        by_id = {organ.pk: organ for organ in rows}
        named = [(how, name, organ) for organ in rows for how, name in _names(organ)]
        found = [
            (how if organ is heir else How.SUCCESSOR, name, heir)
            for how, name, organ in named
            if (heir := _living_heir(organ, by_id, on))
        ]
        places = tuple(sorted(places_of(congress)))
        return cls(
            places=places,
            exact=tuple((how, _grouped(found, how)) for how in How if how is not How.SPELLING),
            folded=_group((fold(name, places=places), organ) for _how, name, organ in found),
        )

    def find(self, name: str) -> OrganMatch | None:
        """The one organ ``name`` means; None when it means none, or several equally well."""
        wanted = name.strip()
        for how, names in self.exact:
            if organs := names.get(wanted):
                return OrganMatch(organs[0], how) if len(organs) == 1 else None
        organs = self.folded.get(fold(wanted, places=self.places), ())
        return OrganMatch(organs[0], How.SPELLING) if len(organs) == 1 else None


def places_of(congress: Congress) -> set[str]:
    """How the division itself is written: 湖南省 and 湖南."""
    full = {congress.short_name, congress.name.removesuffix("人民代表大会")}
    if congress.division:
        full.add(congress.division.name)
    short = {name.rstrip("省市县区州旗") for name in full if len(name) > 2}
    return {name for name in full | short if len(name) > 1}


def _names(organ: Organ) -> Iterator[tuple[How, str]]:
    yield How.NAME, organ.name
    if organ.short_name:
        yield How.SHORT_NAME, organ.short_name
    for former in organ.former_names.all():
        yield How.FORMER_NAME, former.name


def _living_heir(organ: Organ, by_id: Mapping[int, Organ], on: date) -> Organ | None:
    """The organ itself if it exists on that day, else who took over from it, if anybody."""
    seen: set[int] = set()
    heir: Organ | None = organ
    while heir is not None and not heir.exists_on(on):
        if heir.pk in seen or (heir.until is not None and on <= heir.until):
            return None
        seen.add(heir.pk)
        heir = by_id.get(heir.successor_id) if heir.successor_id else None
    return heir


def _grouped(found: list[tuple[How, str, Organ]], how: How) -> Mapping[str, tuple[Organ, ...]]:
    return _group((name, organ) for each, name, organ in found if each is how)


def _group(named: Iterator[tuple[str, Organ]]) -> Mapping[str, tuple[Organ, ...]]:
    groups: dict[str, dict[int, Organ]] = {}
    for name, organ in named:
        groups.setdefault(name, {})[organ.pk] = organ
    return {name: tuple(organs.values()) for name, organs in groups.items()}
