"""What a congress knows already, read once for a whole list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Self

from huiyin.organisations.matching import OrganIndex, OrganMatch, places_of
from huiyin.organisations.models import Congress, Level, Organ, Session
from huiyin.organisations.organ_names import fold, likely_system
from huiyin.organisations.rules_in_force import Rulebooks
from huiyin.rulebook import Rulebook
from huiyin.suggestions.importing.proposals import ProposedOrgan, ProposedSession
from huiyin.suggestions.importing.roster import Roster
from huiyin.suggestions.models import Suggestion

# How each level is called in 省十三届人大 and its like.
_LEVEL_WORDS = {
    Level.NATIONAL: {"全国"},
    Level.PROVINCE: {"省", "市", "自治区"},
    Level.CITY: {"市", "州", "盟", "地区"},
    Level.COUNTY: {"县", "市", "区", "旗"},
    Level.TOWNSHIP: {"乡", "镇"},
}
NEAREST = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A suggestion that is here already."""

    title: str
    number: str | None
    source_ref: str | None


@dataclass(slots=True)
class Register:
    """Sessions, organs, deputies, rules and suggestions of one congress."""

    congress: Congress
    today: date
    roster: Roster
    sessions: Mapping[tuple[str, int, int], Session]
    sessions_by_name: Mapping[str, Session]
    sessions_by_key: Mapping[str, Session]
    organs: list[Organ]
    places: set[str]
    rulebooks: Rulebooks
    _indexes: dict[date, OrganIndex] = field(default_factory=dict)
    _known: dict[int, dict[str, dict[str, Known]]] = field(default_factory=dict)
    _proposed: dict[str, ProposedOrgan] = field(default_factory=dict)

    @classmethod
    def of(cls, congress: Congress, *, today: date) -> Self:
        """Read it in a fixed number of queries."""
        sessions = list(
            Session.objects.filter(congress=congress).select_related("term", "congress")
        )
        return cls(
            congress=congress,
            today=today,
            roster=Roster.of(congress),
            sessions={(s.assembly, s.term.ordinal, s.ordinal): s for s in sessions},
            sessions_by_name={session.name: session for session in sessions},
            sessions_by_key={session.key: session for session in sessions},
            organs=list(Organ.objects.filter(congress=congress).order_by("pk")),
            places=places_of(congress),
            rulebooks=Rulebooks.of(congress),
        )

    # --- Sessions

    def is_own(self, place: str) -> bool:
        """Whether a session's text speaks of this congress: 省, 岳川省, or nothing at all."""
        words = _LEVEL_WORDS[Level(self.congress.level)]
        return not place or place in words or place in self.places

    def rules(self, session: Session | ProposedSession, *, on: date) -> Rulebook:
        """Return the rules for a row; raises ``RulebookError`` for a day no rules are known for."""
        real = session if isinstance(session, Session) else None
        return self.rulebooks.on(on, session=real)

    # --- Organs

    def organ(self, name: str, *, on: date) -> OrganMatch | None:
        """Return the organ the name means on that day."""
        if on not in self._indexes:
            self._indexes[on] = OrganIndex.of(self.congress, on=on)
        return self._indexes[on].find(name)

    def organ_by_key(self, key: str, *, on: date) -> Organ | None:
        """Return the organ the person chose, if it can be given work on that day."""
        found = next((organ for organ in self.organs if organ.key == key), None)
        return found if found and found.exists_on(on) else None

    def abolished(self, name: str, *, on: date) -> Organ | None:
        """Return the organ of that name that has ended and that nobody took over."""
        folded = self.folded(name)
        gone = (organ for organ in self.organs if organ.until and organ.until < on)
        return next((organ for organ in gone if self.folded(organ.name) == folded), None)

    def near_organs(self, name: str, *, on: date) -> list[Organ]:
        """Return the living organs whose names are written most alike."""
        living = {self.folded(o.name): o for o in self.organs if o.exists_on(on)}
        alike = get_close_matches(self.folded(name), list(living), n=NEAREST, cutoff=0.5)
        return [living[each] for each in alike]

    def proposed_organ(self, name: str) -> ProposedOrgan:
        """Return the one new organ that all ways of writing the name mean."""
        made = ProposedOrgan(name, likely_system(name).value)
        return self._proposed.setdefault(self.folded(name), made)

    def folded(self, name: str) -> str:
        return fold(name, places=self.places)

    # --- Suggestions

    def with_ref(self, session: Session | ProposedSession, ref: str) -> Known | None:
        """Return the suggestion that an import has brought in from the same source."""
        return self._of(session)["ref"].get(ref)

    def with_number(self, session: Session | ProposedSession, number: str) -> Known | None:
        """Return the suggestion that bears this number in the session."""
        return self._of(session)["number"].get(number)

    def _of(self, session: Session | ProposedSession) -> dict[str, dict[str, Known]]:
        if isinstance(session, ProposedSession):
            return {"ref": {}, "number": {}}
        if session.pk not in self._known:
            here = Suggestion.objects.filter(session=session)
            rows = [Known(*row) for row in here.values_list("title", "number", "source_ref")]
            self._known[session.pk] = {
                "ref": {row.source_ref: row for row in rows if row.source_ref},
                "number": {row.number: row for row in rows if row.number},
            }
        return self._known[session.pk]
