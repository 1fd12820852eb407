"""The yearly letter to a deputy with the state of each promise, and its return slip (回执)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.kernel.errors import NotFound
from huiyin.organisations.selectors import rulebook_for
from huiyin.promises import selectors
from huiyin.promises.models import Promise, PromiseAct
from huiyin.promises.presenters import NamedDay, days_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyLine:
    """One deputy: how many promises concern him, and of how many he has been told."""

    key: str
    name: str
    count: int
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One promise in the letter, with every day it was promised by and what was said last."""

    promise: Promise
    days: list[NamedDay]
    latest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter of one year to one deputy."""

    deputy: Post
    year: int
    on: date
    lines: list[Told]
    untold: int
    # Whether the rules in force have a return slip come with it.
    with_slip: bool

    @property
    def promises(self) -> list[Promise]:
        return [line.promise for line in self.lines]


def _told_in(year: int) -> Exists:
    return Exists(PromiseAct.objects.filter(promise=OuterRef("pk"), move="tell", year=year))


def by_deputy(actor: Actor, *, year: int) -> list[DeputyLine]:
    """The lead deputies whose promises the reader tells of. One query."""
    rows = selectors.state_due(actor, year=year).annotate(is_told=_told_in(year)).order_by()
    grouped = rows.values("suggestion__lead__key", "suggestion__lead__person__name").annotate(
        count=Count("pk"), told=Count("pk", filter=Q(is_told=True))
    )
    return [
        DeputyLine(
            key=each["suggestion__lead__key"],
            name=each["suggestion__lead__person__name"],
            count=each["count"],
            told=each["told"],
        )
        for each in grouped.order_by("suggestion__lead__person__name", "suggestion__lead__key")
    ]


def letter_for(actor: Actor, key: str, *, year: int, on: date) -> Letter:
    """The letter to the deputy with this key, of what the reader may know.

    A deputy reads his own only. ``NotFound`` for another's, for a strange key and year.
    """
    deputy = Post.objects.filter(key=key, role=Role.DEPUTY, congress=actor.congress_id)
    found = deputy.select_related("person", "delegation").first()
    if found is None or (actor.role == Role.DEPUTY and actor.post_id != found.pk):
        raise NotFound(key)
    rows = (
        selectors.state_due(actor, year=year)
        .filter(suggestion__lead=found)
        .annotate(is_told=_told_in(year))
        .select_related("organ", "suggestion__congress", "suggestion__session")
        .prefetch_related("statements", "acts")
        .order_by("due_on", "pk")
    )
    lines: list[Any] = list(rows)
    if not lines or year > on.year:
        raise NotFound(key)
    rules = rulebook_for(congress=actor.congress, on=on)
    return Letter(
        deputy=found,
        year=year,
        on=on,
        lines=[Told(promise=row, days=days_of(row), latest=_latest(row)) for row in lines],
        untold=sum(not row.is_told for row in lines),
        with_slip=rules.promise.return_slip,
    )


def _latest(promise: Promise) -> str:
    """What was last reported of it: progress, what was done, or why it cannot be kept."""
    said = [
        act.evidence or act.why
        for act in promise.acts.all()
        if act.move in ("progress", "claim_done", "explain", "postpone")
    ]
    return said[-1] if said else ""
