"""Urging an organ by hand (催办): one part, or all that is owed in the chosen suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.suggestions import urgings
from huiyin.suggestions.lifecycle import still_owes
from huiyin.suggestions.models import Act, Assignment, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.urging import Rung, Urging
from huiyin.suggestions.services.assigning import Outcome
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.sitting import locked_in_order
from huiyin.suggestions.services.turn import turn


def urge(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    demand: str,
    answer_by: date,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The office urges the organ; its head, liaison and handler are told what is asked for.

    Raises ``Conflict`` sooner after the last urging than the rules allow.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("urge", part)
        fact = Urging(
            assignment=part,
            rung=Rung.BY_HAND,
            on=running.on,
            due_on=part.due_on,
            at=at,
            post=actor.post,
            demand=demand.strip(),
            answer_by=answer_by,
        )
        return running.take(
            "urge",
            part,
            why=demand,
            last=urgings.last_day(part),
            answer_by=answer_by,
            data={"urging": fact.key},
            facts=[fact],
        )


@transaction.atomic
def urge_many(
    *, cases: Sequence[Suggestion], actor: Actor, at: datetime, demand: str, answer_by: date
) -> list[Outcome]:
    """Urge every organ that still owes something; one refused does not hold up the others."""
    locked_in_order(cases)
    return [
        Outcome(case=case, refusal=_urge_all(case, actor=actor, at=at, demand=demand, by=answer_by))
        for case in cases
    ]


def _urge_all(
    case: Suggestion, *, actor: Actor, at: datetime, demand: str, by: date
) -> DomainError | None:
    """Return what stood against it when no organ of the case could be urged."""
    refusal: DomainError | None = Conflict(_("No organ owes anything here."))
    urged = False
    parts = case.assignments.filter(round=case.round, due_on__isnull=False)
    for part in filter(still_owes, parts.select_related("suggestion")):
        try:
            urge(assignment=part, actor=actor, at=at, demand=demand, answer_by=by)
            urged = True
        except DomainError as refused:
            refusal = refused
    return None if urged else refusal
