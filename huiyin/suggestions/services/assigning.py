"""Assignment: which organs are charged with what, one suggestion at a time or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import DomainError
from huiyin.organisations.models import Organ
from huiyin.suggestions.breakdown import named_items
from huiyin.suggestions.clocks import Before
from huiyin.suggestions.models import Act, Assignment, ItemCharge, RequestItem, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.ruling import assignment_due
from huiyin.suggestions.services.sitting import Sitting, sitting
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.stages import IN_CHARGE, HandlingRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One organ with its role, and its part when several answer separately.

    ``items`` are the requests named in its charge; a charge that names none is with all of them.
    """

    organ: Organ
    role: str
    part: str = ""
    items: tuple[RequestItem, ...] = ()

    @classmethod
    def again(cls, part: Assignment) -> Charge:
        """The same charge for another round."""
        items = sorted((each.request for each in part.item_charges.all()), key=_ordinal)
        return cls(organ=part.organ, role=part.role, part=part.part, items=tuple(items))

    @property
    def said_part(self) -> str:
        """Its part in words; of one that answers separately its requests say it."""
        part = self.part.strip()
        return part or (named_items(self.items) if self.role == HandlingRole.SEPARATE else "")


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
    among: Sitting | None = None,
) -> Act:
    """Hand it to the organs; their clocks start.

    ``wide``: the matter is broad and hard, so the law gives six months (代表法 art. 51). It is a
    class of items decided here, not an extension asked for later.
    """
    with turn(
        case=case, actor=actor, at=at, revision=revision, via=via, on=on, among=among
    ) as running:
        running.case.round = 1
        act = running.take(
            "assign",
            organs=list(organs),
            requests=running.requests,
            data={"wide": wide, "organs": _said(organs)},
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
    with sitting(cases=cases, actor=actor, at=at) as among:
        for case in cases:
            try:
                assign(case=case, actor=actor, at=at, organs=organs, wide=wide, among=among)
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
            part=charge.said_part,
            wide=wide,
            assigned_on=running.on,
            replaces=replaces,
            before=before_of(replaces) if replaces else [],
        )
        day = assignment_due(part, ruling=running.ruling, session_close=close)
        part.due_on = day.date if day else None
        part.save()
        running.issued(part)
        running.leave(item_charges(part, charge, at=running.at))
        issued.append(part)
    return issued


def item_charges(part: Assignment, charge: Charge, *, at: datetime) -> list[ItemCharge]:
    """Return the facts that say which requests the organ was named for."""
    named = () if charge.role in IN_CHARGE else charge.items
    return [ItemCharge(assignment=part, request=item, at=at) for item in named]


def said(charge: Charge) -> dict[str, Any]:
    """A charge as the act keeps it; requests by number where some are named."""
    kept = {"organ": charge.organ.key, "role": str(charge.role), "part": charge.said_part}
    named = [item.ordinal for item in charge.items]
    return {**kept, "items": named} if named else kept


def _said(charges: Sequence[Charge]) -> list[dict[str, Any]]:
    return [said(charge) for charge in charges]


def _ordinal(item: RequestItem) -> int:
    return item.ordinal


def before_of(part: Assignment) -> list[dict[str, Any]]:
    """The days the clock of whoever takes over ``part`` brings along, as a column keeps them."""
    own = Before(assigned_on=part.assigned_on, acknowledged_on=part.acknowledged_on)
    return [*part.before, own.kept()]
