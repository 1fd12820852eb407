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
    """The choices of one congress. One query, however many days are asked for."""

    congress: Congress
    choices: Sequence[RuleChoice]

    @classmethod
    def of(cls, congress: Congress) -> Self:
        chosen = RuleChoice.objects.filter(congress=congress).order_by("-valid_from")
        return cls(congress, list(chosen))

    def on(self, on: date, *, session: Session | None = None) -> Rulebook:
        """The rules in force on ``on``. A choice for the session wins over the general one."""
        choice = self._choice(on, session)
        if choice is None:
            return _load(default_pack(self.congress), on, None)
        return _load(choice.pack, on, _as_text(choice))

    def _choice(self, on: date, session: Session | None) -> RuleChoice | None:
        valid = [choice for choice in self.choices if choice.valid_from <= on]
        own = [c for c in valid if session is not None and c.session_id == session.pk]
        general = [c for c in valid if c.session_id is None]
        return next(iter(own or general), None)


def _as_text(choice: RuleChoice) -> str:
    """A choice as hashable text: the key under which its rules are kept in memory.

    The content and not the row's id, so that no process goes on with rules since corrected.
    """
    said = [choice.overrides, choice.decided_by, choice.decided_on, choice.valid_from, choice.basis]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=date.isoformat)


@cache
def _pack_of_place(division: str, level: str) -> str:
    """Asked once for each place: the packs do not change under a running server."""
    return pack_for(division, level) or DEFAULT_PACK


@lru_cache(maxsize=2048)
def _load(pack: str, on: date, choice: str | None) -> Rulebook:
    return load(pack, on=on, decision=_decision(choice) if choice else None)


def _decision(choice: str) -> Decision | None:
    overrides, decided_by, decided_on, since, basis = json.loads(choice)
    if not overrides:
        return None
    return Decision(
        values=overrides,
        decided_by=decided_by,
        decided_on=date.fromisoformat(decided_on),
        since=date.fromisoformat(since),
        basis=basis,
    )
