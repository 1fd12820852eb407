"""Which rules a congress follows on a day: its dated choices, read once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Self

from huiyin.organisations.models import Congress, RuleChoice, Session
from huiyin.rulebook.load import Decision, load
from huiyin.rulebook.model import Rulebook
from huiyin.rulebook.places import pack_for

# What a congress follows for whose place no pack is written: the laws of the nation alone.
DEFAULT_PACK = "national"


def default_pack(congress: Congress) -> str:
    """The pack a congress follows as long as it has decided nothing: that of its place.

    A congress without a division stands where the one above it does, at its own level.
    """
    place = congress
    while place.division_id is None and place.parent is not None:
        place = place.parent
    return _pack_of_place(place.division_id or "", congress.level)


@dataclass(frozen=True, slots=True)
class Rulebooks:
    """The choices of one congress, the latest first. One query, however many days are asked for."""

    congress: Congress
    choices: Sequence[RuleChoice]

    @classmethod
    def of(cls, congress: Congress) -> Self:
        rows = RuleChoice.objects.filter(congress=congress)
        return cls(congress, list(rows.order_by("-valid_from", "-pk")))

    def on(self, on: date, *, session: Session | None = None) -> Rulebook:
        """The rules in force on ``on``. A choice for the session wins over the general one."""
        return self.under(self.choice_on(on, session=session), on=on)

    def choice_on(self, on: date, *, session: Session | None = None) -> RuleChoice | None:
        """The choice that rules ``on``; None while nothing has been decided."""
        valid = [choice for choice in self.choices if choice.valid_from <= on]
        own = [c for c in valid if session is not None and c.session_id == session.pk]
        general = [c for c in valid if c.session_id is None]
        return next(iter(own or general), None)

    def under(self, choice: RuleChoice | None, *, on: date) -> Rulebook:
        """The rules as ``choice`` has them on ``on``."""
        if choice is None:
            return _load(default_pack(self.congress), on, "[]")
        return _load(choice.pack, on, self._as_text(choice))

    def latest(self, *, session: Session | None = None) -> RuleChoice | None:
        """The last choice of that scope, also one that has not begun yet."""
        scope = session.pk if session else None
        return next((each for each in self.choices if each.session_id == scope), None)

    def before(self, choice: RuleChoice) -> list[RuleChoice]:
        """The choices of the same scope that came before it, the latest first."""
        later = [each.pk for each in self.choices].index(choice.pk) + 1
        return [each for each in self.choices[later:] if each.session_id == choice.session_id]

    def deciders(self, choice: RuleChoice) -> dict[str, RuleChoice]:
        """For each deviation of ``choice`` the choice that decided it and was not revised since."""
        found = dict.fromkeys(choice.overrides, choice)
        standing = dict(choice.overrides)
        for earlier in self.before(choice):
            said = earlier.overrides
            standing = {
                key: value for key, value in standing.items() if key in said and said[key] == value
            }
            found |= dict.fromkeys(standing, earlier)
        return found

    def _as_text(self, choice: RuleChoice) -> str:
        """Its decisions as hashable text: the key under which its rules are kept in memory.

        The content and not the row's id, which a database put back may give to another row.
        """
        deciders = self.deciders(choice)
        said = [
            [
                {key: choice.overrides[key] for key, who in deciders.items() if who == by},
                by.decided_by,
                by.decided_on,
                by.valid_from,
                by.basis,
            ]
            for by in sorted(set(deciders.values()), key=lambda each: (each.valid_from, each.pk))
        ]
        return json.dumps(said, ensure_ascii=False, sort_keys=True, default=date.isoformat)


@cache
def _pack_of_place(division: str, level: str) -> str:
    """Asked once for each place: the packs do not change under a running server."""
    return pack_for(division, level) or DEFAULT_PACK


@lru_cache(maxsize=2048)
def _load(pack: str, on: date, decisions: str) -> Rulebook:
    return load(pack, on=on, decision=_decision(decisions))


def _decision(decisions: str) -> Decision | None:
    """The last of the decisions, each standing on the one before."""
    built: Decision | None = None
    for values, decided_by, decided_on, since, basis in json.loads(decisions):
        built = Decision(
            values=values,
            decided_by=decided_by,
            decided_on=date.fromisoformat(decided_on),
            since=date.fromisoformat(since),
            basis=basis,
            before=built,
        )
    return built
