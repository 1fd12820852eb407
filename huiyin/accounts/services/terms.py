"""Mandates that end with their term (换届). What was raised under them goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.rules import require_as_read, require_keeper_of
from huiyin.ledger.services import Line, record_many
from huiyin.organisations.models import Term


def running_mandates(term: Term) -> QuerySet[Post]:
    """The mandates of a term that have not been ended before it."""
    mandates = Post.objects.filter(role=Role.DEPUTY, term=term).exclude(standing=Standing.ENDED)
    return mandates.select_related("person").order_by("pk")


@transaction.atomic
def end_mandates(*, term: Term, actor: Actor | None, at: datetime, via: str = "web") -> int:
    """Let every running mandate of the term end with its last day; return how many.

    One that ends earlier by itself keeps its day.
    """
    require_as_read(actor)
    require_keeper_of(actor, term.congress)
    last = term.ends_on
    if last is None:
        raise ValueError("a term without a last day ends no mandate")
    longer = Q(until__isnull=True) | Q(until__gt=last)
    found = running_mandates(term).filter(longer, since__lte=last)
    rows = list(found.select_for_update(of=("self",)))
    Post.objects.filter(pk__in=[row.pk for row in rows]).update(until=last)
    record_many(
        chain=term.congress.key,
        lines=[
            Line(
                at=at,
                action="post.term",
                subject=("post", row.key),
                actor=actor,
                before=str(row.until or ""),
                after=str(last),
                via=via,
            )
            for row in rows
        ],
    )
    return len(rows)
