"""Calling deputies back about their ratings: the draw, and what is heard (quality.md M1)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import Session
from huiyin.organisations.rules import require_keeper
from huiyin.suggestions.models import Act, CallBack, CallBackDraw, Grade, HeardBack, InDraw, Rating
from huiyin.suggestions.sampling import PERCENT, drawn
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.stages import Stage

DRAW, CALL = "call_back.draw", "call_back.call"


def to_draw_from(session: Session) -> QuerySet[Rating]:
    """The satisfied ratings of closed cases that became final since the last draw."""
    ratings = Rating.objects.filter(
        suggestion__session=session,
        suggestion__stage=Stage.CLOSED,
        counted=True,
        replaced_by__isnull=True,
        in_draw__isnull=True,
    ).exclude(result=Grade.NOT_SATISFIED)
    later = Rating.objects.filter(
        suggestion=OuterRef("suggestion"), counted=True, round__gt=OuterRef("round")
    )
    ratings = ratings.exclude(attitude=Grade.NOT_SATISFIED).exclude(Exists(later))
    last = CallBackDraw.objects.filter(session=session).order_by("-ordinal").first()
    if last:
        closed = Act.objects.filter(suggestion=OuterRef("suggestion"), move="close")
        ratings = ratings.filter(Exists(closed.filter(at__gt=last.at)))
    return ratings.select_related("suggestion").order_by("suggestion__number_order", "pk")


@transaction.atomic
def draw_call_backs(
    *, session: Session, actor: Actor, at: datetime, seed: str, declared: str
) -> CallBackDraw:
    """Draw one in ten of the satisfied ratings with a seed that was public before.

    Raises ``Invalid`` without a seed or where it was public, ``Conflict`` when there is nothing to
    draw from.
    """
    require_keeper(actor, session.congress)
    require_as_read(actor)
    seed, declared = seed.strip(), declared.strip()
    if not (seed and declared):
        raise Invalid(_("Give the seed, and where it was made public before."))
    # Two who draw at once: the second finds nothing left.
    Session.objects.select_for_update().get(pk=session.pk)
    ratings = {each.suggestion.number or each.key: each for each in to_draw_from(session)}
    if not ratings:
        raise Conflict(_("No satisfied rating has become final since the last draw."))
    draw = CallBackDraw(
        session=session,
        ordinal=CallBackDraw.objects.filter(session=session).count() + 1,
        seed=seed,
        declared=declared,
        percent=PERCENT,
        post=actor.post,
        at=at,
    )
    draw.save()
    chosen = set(drawn(seed, ratings))
    rows = [
        InDraw(draw=draw, rating=rating, drawn=name in chosen) for name, rating in ratings.items()
    ]
    InDraw.objects.bulk_create(rows)
    record(
        chain=session.congress.key,
        actor=actor,
        at=at,
        action=DRAW,
        subject=("session", session.key),
        after=f"{len(chosen)}/{len(rows)}",
        facts=[draw, *rows],
    )
    return draw


@transaction.atomic
def record_call_back(
    *, drawn: InDraw, actor: Actor, at: datetime, heard: str, held_on: date, gist: str = ""
) -> CallBack:
    """Put on record what the deputy said of his rating. The rating itself stays what it is.

    Raises ``Invalid`` when it is not said what he says otherwise, ``Conflict`` for a rating that
    was not drawn and for a day that has not come.
    """
    case = drawn.rating.suggestion
    require_keeper(actor, case.congress)
    require_as_read(actor)
    if heard not in HeardBack.values or (heard == HeardBack.OTHERWISE and not gist.strip()):
        raise Invalid(_("Say what you heard; when he says otherwise, what."))
    if not drawn.drawn:
        raise Conflict(_("This rating was not drawn."))
    if not drawn.rating.at.astimezone(ZONE).date() <= held_on <= at.astimezone(ZONE).date():
        raise Conflict(_("A call is held after the rating and before it is put on record."))
    call = CallBack(
        drawn=drawn, heard=heard, held_on=held_on, gist=gist.strip(), post=actor.post, at=at
    )
    call.save()
    record(
        chain=case.congress.key,
        actor=actor,
        at=at,
        action=CALL,
        subject=(CASE_TYPE, case.key),
        after=heard,
        facts=[call],
    )
    return call
