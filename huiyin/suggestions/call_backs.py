"""What stands in the draws of ratings that are called back, as the congress office reads it."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Session
from huiyin.suggestions.models import CallBack, CallBackDraw, InDraw


def drawn_of(actor: Actor) -> QuerySet[InDraw]:
    """The drawn ratings of the reader's congress with what was heard; the last call last."""
    calls = CallBack.objects.select_related("post__person")
    return (
        InDraw.objects.filter(drawn=True, draw__session__congress=actor.congress)
        .select_related("rating__suggestion__lead_organ", "rating__deputy__person", "draw")
        .prefetch_related(Prefetch("calls", calls))
        .order_by("-draw__ordinal", "rating__suggestion__number_order", "pk")
    )


def find_drawn(actor: Actor, key: str) -> InDraw:
    """One of them. ``NotFound`` for a key that is none of theirs."""
    found = drawn_of(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def draws_of(session: Session) -> QuerySet[CallBackDraw]:
    """The draws, the last first: ``many`` drawn ``of`` those that stood in each."""
    draws = CallBackDraw.objects.filter(session=session).select_related("post__person")
    counted = draws.annotate(
        of=Count("ratings"), many=Count("ratings", filter=Q(ratings__drawn=True))
    )
    return counted.order_by("-ordinal")
