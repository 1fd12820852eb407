"""What is remarkable about a rating as it comes in (quality.md T069). Nothing is decided by it.

A rating is the deputy's own word. Where it comes from the organ's own browser or network, from
ten minutes after the organ signed in, or from a clerk who types them in a row, somebody else may
have held the pen; the congress office is told, and asks.
"""

from __future__ import annotations

from datetime import timedelta

from huiyin.accounts import whereabouts
from huiyin.accounts.actor import Actor
from huiyin.accounts.whereabouts import Whereabouts
from huiyin.kernel.clock import ZONE
from huiyin.suggestions.models import Act, Rating, RatingFlag
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.flags import FlagKind

JUST_BEFORE = timedelta(minutes=10)
SERIES, SERIES_WITHIN = 5, timedelta(minutes=2)


def flags_of(rating: Rating, *, actor: Actor, where: Whereabouts) -> list[RatingFlag]:
    """What strikes about ``rating``, which ``actor`` is about to put on record from ``where``.

    Only what came over a page is looked at: histories and imports were typed by nobody.
    """
    if rating.via == Via.PAPER:
        return [_flag(rating, FlagKind.SERIES)] if _in_a_row(rating, actor) else []
    if rating.via != Via.PAGE or not (where.device or where.address):
        return []
    parts = rating.suggestion.assignments.values_list("organ", flat=True)
    organs = set(parts)
    besides, on = actor.person, rating.at.astimezone(ZONE).date()
    devices = whereabouts.organs_of_browser(where, organs=organs, besides=besides, on=on)
    addresses = whereabouts.organs_at_address(where, organs=organs, besides=besides, at=rating.at)
    recent = whereabouts.organs_signed_in(
        organs=organs, besides=besides, since=rating.at - JUST_BEFORE, until=rating.at
    )
    found = ((FlagKind.DEVICE, devices), (FlagKind.ADDRESS, addresses))
    return [
        _flag(rating, kind, organ)
        for kind, struck in (*found, (FlagKind.JUST_BEFORE, recent))
        for organ in sorted(struck)
    ]


def _in_a_row(rating: Rating, actor: Actor) -> bool:
    """Whether this is the fifth, or a later one, that the clerk enters within two minutes."""
    entered = Act.objects.filter(
        move="enter_rating", post=actor.post, at__range=(rating.at - SERIES_WITHIN, rating.at)
    )
    return entered.count() + 1 >= SERIES


def _flag(rating: Rating, kind: FlagKind, organ: int | None = None) -> RatingFlag:
    return RatingFlag(rating=rating, kind=kind, organ_id=organ, at=rating.at)
