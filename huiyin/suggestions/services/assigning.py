"""Assignment: which organs are charged with what, one suggestion at a time or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import DomainError
from huiyin.organisations.models import Organ
from huiyin.suggestions.clocks import Before
from huiyin.suggestions.models import Act, Assignment, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.ruling import assignment_due
from huiyin.suggestions.services.turn import Turn, lock_in_order, turn
from huiyin.suggestions.stages import HandlingRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One organ with its role, and its part when several answer separately."""

    organ: Organ
    role: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one suggestion in a bulk assignment."""

    case: Suggestion
    refusal: DomainError | None = None


def assign(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    organs: Sequence[Charge],
    wide: bool = False,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Hand it to the organs; their clocks start.

    ``wide``: the matter is broad and hard, so the law gives six months (代表法 art. 51). It is a
    class of items decided here, not an extension asked for later.
    """
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        running.case.round = 1
        act = running.take(
            "assign", organs=list(organs), data={"wide": wide, "organs": _said(organs)}
        )
        issue(running, organs, wide=wide)
    return act


def circulate(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    organs: Sequence[Organ],
    revision: int | None = None,
) -> Act:
    """Send it to organs for study; the deputy asked for no written reply."""
    charges = [Charge(organ=organ, role=HandlingRole.REFERENCE) for organ in organs]
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        running.case.round = 1
        act = running.take("circulate", organs=charges, data={"organs": _said(charges)})
        for part in issue(running, charges, wide=False):
            running.follow("inform", part)
    return act


def assign_many(
    *,
    cases: Sequence[Suggestion],
    actor: Actor,
    at: datetime,
    organs: Sequence[Charge],
    wide: bool = False,
) -> list[Outcome]:
    """Assign each of ``cases`` alike; one that cannot be assigned does not hold up the others."""
    outcomes: list[Outcome] = []
    with transaction.atomic():
        lock_in_order(*cases)
        for case in cases:
            try:
                assign(case=case, actor=actor, at=at, organs=organs, wide=wide)
                outcomes.append(Outcome(case=case))
            except DomainError as refusal:
                outcomes.append(Outcome(case=case, refusal=refusal))
    return outcomes


def issue(
    running: Turn, charges: Sequence[Charge], *, wide: bool, replaces: Assignment | None = None
) -> list[Assignment]:
    """Write one assignment per organ for the running round, with the day it is due.

    ``replaces`` is the part another organ was relieved of; the days it had count as the rules say.
    """
    close = running.case.session.closes_on
    issued = []
    for charge in charges:
        part = Assignment(
            suggestion=running.case,
            round=running.case.round,
            organ=charge.organ,
            role=charge.role,
            part=charge.part.strip(),
            wide=wide,
            assigned_on=running.on,
            replaces=replaces,
            before=before_of(replaces) if replaces else [],
        )
        day = assignment_due(part, ruling=running.ruling, session_close=close)
        part.due_on = day.date if day else None
        part.save()
        issued.append(part)
    return issued


def before_of(part: Assignment) -> list[dict[str, Any]]:
    """The days the clock of whoever takes over ``part`` brings along, as a column keeps them."""
    own = Before(assigned_on=part.assigned_on, acknowledged_on=part.acknowledged_on)
    return [*part.before, own.kept()]


def _said(charges: Sequence[Charge]) -> list[dict[str, str]]:
    return [
        {"organ": charge.organ.key, "role": charge.role, "part": charge.part.strip()}
        for charge in charges
    ]
