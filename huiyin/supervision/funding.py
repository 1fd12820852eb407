"""Special funds and their micro-projects as one reader may see them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.selectors import visible_to
from huiyin.supervision.lifecycle import PROJECT
from huiyin.supervision.models import FundEntry, MicroProject, ProjectStep, SpecialFund
from huiyin.supervision.rules import ORGAN, OVERSEERS
from huiyin.supervision.stages import FundMove
from huiyin.supervision.standing import with_stage

FUND_TYPE, PROJECT_TYPE = "special_fund", "micro_project"
NOTHING = Decimal(0)


def funds_for(actor: Actor) -> QuerySet[Any]:
    """The funds of his congress for those who oversee, each with what is free in it."""
    rows = SpecialFund.objects.filter(congress=actor.congress_id)
    if actor.role not in OVERSEERS:
        return rows.none()
    entries = FundEntry.objects.filter(fund=OuterRef("pk"))
    free = Subquery(entries.order_by("-seq").values("balance")[:1])
    budget = Sum("entries__amount", filter=Q(entries__move=FundMove.BUDGET))
    spent = Sum("entries__amount", filter=Q(entries__move=FundMove.SPEND))
    projects = MicroProject.objects.filter(fund=OuterRef("pk")).order_by().values("fund")
    count = Subquery(projects.annotate(n=Count("pk")).values("n"))
    return rows.annotate(
        budget=Coalesce(budget, NOTHING),
        spent=Coalesce(spent, NOTHING),
        free=Coalesce(free, NOTHING),
        project_count=Coalesce(count, 0),
    )


def fund_for(actor: Actor, key: str) -> Any:
    """One fund by key."""
    found = funds_for(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def staged(rows: QuerySet[MicroProject]) -> QuerySet[Any]:
    """With the stage of each, what was spent and what is left of its money."""
    entries = FundEntry.objects.filter(project=OuterRef("pk")).order_by()
    left = Subquery(entries.order_by("-seq").values("left")[:1])
    spent = Subquery(
        entries.filter(move=FundMove.SPEND).values("project").annotate(n=Sum("amount")).values("n")
    )
    standing = with_stage(rows, PROJECT, ProjectStep.objects.all(), of="project")
    counted: QuerySet[Any] = standing.annotate(
        left=Coalesce(left, NOTHING), spent=Coalesce(spent, NOTHING)
    )
    return counted


def projects_for(actor: Actor) -> QuerySet[Any]:
    """The projects he may know of: overseers all, an organ its own, a deputy his suggestions'."""
    own = staged(MicroProject.objects.filter(fund__congress=actor.congress_id))
    if actor.role in OVERSEERS:
        return own
    if actor.role in ORGAN:
        return own.filter(organ=actor.organ_id)
    if actor.role == Role.DEPUTY:
        return own.filter(suggestion__in=visible_to(actor).values("pk"))
    return own.none()


def project_for(actor: Actor, key: str) -> Any:
    """One project by key."""
    rows = projects_for(actor).select_related("fund", "suggestion", "organ")
    found = rows.filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found
