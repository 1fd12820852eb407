"""Acts of supervision and the problems they found, as one reader may see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Delegation
from huiyin.suggestions import named_sets
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.selectors import (
    BEING_REHANDLED,
    POPULATIONS,
    RECEIVED,
    overdue,
    visible_to,
)
from huiyin.supervision.lifecycle import PROBLEM
from huiyin.supervision.models import (
    Counterpart,
    Problem,
    ProblemStep,
    SupervisedCase,
    SupervisedOrgan,
    SupervisionAct,
)
from huiyin.supervision.rules import ORGAN, OVERSEERS
from huiyin.supervision.standing import with_stage

ACT_TYPE, PROBLEM_TYPE = "supervision_act", "supervision_problem"


def acts_for(actor: Actor) -> QuerySet[SupervisionAct]:
    """The acts he may know of: overseers all, organs and deputies those that concern them."""
    own = SupervisionAct.objects.filter(congress=actor.congress_id)
    if actor.role in OVERSEERS:
        return own
    about = SupervisedCase.objects.filter(suggestion__in=visible_to(actor).values("pk"))
    seen = Q(pk__in=about.values("act"))
    if actor.role in ORGAN:
        organ = SupervisedOrgan.objects.filter(organ=actor.organ_id)
        return own.filter(seen | Q(pk__in=organ.values("act")))
    if actor.role == Role.DEPUTY:
        return own.filter(seen)
    return own.none()


def act_for(actor: Actor, key: str) -> SupervisionAct:
    """One act by key. ``NotFound`` alike for another's and for none at all."""
    found = acts_for(actor).select_related("topic", "post__person").filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def staged(rows: QuerySet[Problem]) -> QuerySet[Any]:
    """With the stage of each and the day by which its organ has to answer."""
    asked = ProblemStep.objects.filter(problem=OuterRef("pk"), due_on__isnull=False)
    due = Subquery(asked.order_by("-pk").values("due_on")[:1])
    standing = with_stage(rows, PROBLEM, ProblemStep.objects.all(), of="problem")
    asked_by: QuerySet[Any] = standing.annotate(answer_due=due)
    return asked_by


def problems_for(actor: Actor) -> QuerySet[Any]:
    """The problems he may know of: overseers all, an organ its own once it has been told."""
    own = staged(Problem.objects.filter(congress=actor.congress_id))
    if actor.role in OVERSEERS:
        return own
    if actor.role in ORGAN:
        return own.filter(organ=actor.organ_id, answer_due__isnull=False)
    return own.none()


def problem_for(actor: Actor, key: str) -> Problem:
    """One problem by key. ``NotFound`` alike for another's and for none at all."""
    rows = problems_for(actor).select_related("organ", "suggestion", "act", "congress")
    found: Problem | None = rows.filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


# --- The four lists of what is not let go (四个不放过, 源文000)

NOT_LET_GO: dict[str, Callable[[date], Q]] = {
    "undone": lambda on: overdue(on=on),
    "paper_only": lambda _on: POPULATIONS["class_unproven"],
    "promise_overdue": lambda on: named_sets.named("promise_overdue", on=on),
    "dissatisfied": lambda _on: Q(result="NS") | BEING_REHANDLED,
}


def not_let_go(actor: Actor, on: date) -> QuerySet[Suggestion]:
    """Everything that stands on at least one of the lists, within his sight."""
    which = Q(pk__in=())
    for rows in NOT_LET_GO.values():
        which |= rows(on)
    return visible_to(actor).filter(which)


# --- A chosen set to go back to (回访 of one delegation's suggestions over a term)


def delegations(actor: Actor) -> list[tuple[str, str]]:
    """Key and name of each delegation of his congress, those of the last term first."""
    rows = Delegation.objects.filter(congress=actor.congress_id).select_related("term__congress")
    found = rows.order_by("-term__starts_on", "name", "pk")
    return [(each.key, f"{each.name}（{each.term}）") for each in found]


def raised_by(actor: Actor, key: str) -> QuerySet[Suggestion]:
    """What the deputies of a delegation led in its term, as far as he sees it."""
    return visible_to(actor).filter(RECEIVED, lead__delegation__key=key).order_by("pk")


# --- Who follows whose suggestions (对口督办目录)


def catalogue(actor: Actor) -> QuerySet[Any]:
    """The suggestions that some committee follows, each with that committee's key and name."""
    latest = Counterpart.objects.filter(organ=OuterRef("lead_organ")).order_by("-pk")
    rows = visible_to(actor).annotate(
        followed_by=Subquery(latest.values("committee__key")[:1]),
        committee_name=Subquery(latest.values("committee__name")[:1]),
    )
    return rows.filter(followed_by__isnull=False)
