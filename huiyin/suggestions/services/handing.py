"""Handing suggestions to a system's office, and sending them back from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.kernel.errors import DomainError
from huiyin.organisations.models import Organ
from huiyin.suggestions.models import Act, HandingOver, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.assigning import Outcome
from huiyin.suggestions.services.sitting import locked_in_order
from huiyin.suggestions.services.turn import turn


def hand_over(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    office: Organ,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Hand it to the office of a system, which names the organs. No organ's time starts yet."""
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        handed = HandingOver(suggestion=running.case, office=office, at=at)
        return running.take(
            "hand_over",
            office=office,
            has_clerk=_has_clerk(office),
            data={"office": office.key, "name": office.name_on(running.on)},
            facts=[handed],
        )


def hand_back(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    why: str,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The office sends it back: it is not its system's, or several systems have to handle it."""
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        name = running.case.office.name if running.case.office else ""
        return running.take("hand_back", why=why, data={"name": name})


def hand_over_many(
    *, cases: Sequence[Suggestion], actor: Actor, at: datetime, office: Organ
) -> list[Outcome]:
    """Hand each to the office; one that cannot be does not hold up the others."""
    return _each(cases, lambda case: hand_over(case=case, actor=actor, at=at, office=office))


def hand_back_many(
    *, cases: Sequence[Suggestion], actor: Actor, at: datetime, why: str
) -> list[Outcome]:
    """Send each back for the same reason."""
    return _each(cases, lambda case: hand_back(case=case, actor=actor, at=at, why=why))


@transaction.atomic
def _each(cases: Sequence[Suggestion], take: Callable[[Suggestion], Act]) -> list[Outcome]:
    locked_in_order(cases)
    outcomes = []
    for case in cases:
        try:
            take(case)
            outcomes.append(Outcome(case=case))
        except DomainError as refusal:
            outcomes.append(Outcome(case=case, refusal=refusal))
    return outcomes


def _has_clerk(office: Organ) -> bool:
    """Whether anybody there holds a post that shares out."""
    role = Role.GOVERNMENT_CLERK if office.is_government_office else Role.LIAISON
    posts = Post.objects.filter(organ=office, role=role, standing=Standing.ACTIVE)
    return posts.exists()
