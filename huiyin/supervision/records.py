"""Outcomes, publicity, papers and bulletins as one reader may see them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.selectors import visible_to
from huiyin.supervision.models import Bulletin, Outcome, Publicity, YearlyPaper
from huiyin.supervision.rules import ORGAN, OVERSEERS

INSIDE = (*OVERSEERS, *ORGAN, Role.DEPUTY)


def outcomes_for(actor: Actor) -> QuerySet[Outcome]:
    """The outcomes of the suggestions he may see."""
    rows = Outcome.objects.filter(suggestion__in=visible_to(actor).values("pk"))
    return rows.select_related("suggestion", "organ")


def publicity_for(actor: Actor) -> QuerySet[Publicity]:
    """Training and publicity of his congress."""
    return _of_congress(Publicity.objects.all(), actor, OVERSEERS)


def papers_for(actor: Actor) -> QuerySet[Any]:
    """The yearly papers of his congress: whoever works by them reads them."""
    rows = _of_congress(YearlyPaper.objects.all(), actor, INSIDE).select_related("organ")
    counted: QuerySet[Any] = rows.annotate(clause_count=Count("clauses"))
    return counted


def bulletins_for(actor: Actor) -> QuerySet[Any]:
    """The issues of the bulletin of his congress."""
    rows: Any = _of_congress(Bulletin.objects.all(), actor, INSIDE)
    counted: QuerySet[Any] = rows.select_related("congress").annotate(
        article_count=Count("articles")
    )
    return counted


def _of_congress(rows: QuerySet[Any], actor: Actor, roles: Collection[str]) -> QuerySet[Any]:
    own = rows.filter(congress=actor.congress_id)
    return own if actor.role in roles else own.none()


def found(rows: QuerySet[Any], key: str) -> Any:
    """One row by key. ``NotFound`` alike for another's and for none at all."""
    row = rows.filter(key=key).first()
    if row is None:
        raise NotFound(key)
    return row
