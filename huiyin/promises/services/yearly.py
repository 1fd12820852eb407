"""What returns every year: organs told of what rolls on, deputies told how promises stand."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Organ
from huiyin.outbox import services as outbox
from huiyin.promises import selectors
from huiyin.promises.models import Promise, YearRoll
from huiyin.promises.services.acting import Said, take
from huiyin.suggestions.audience import in_office

ROLL_TYPE = "promise_roll"


def roll_year(*, year: int, actor: Actor, at: datetime) -> YearRoll:
    """Put on record that what was unfinished before ``year`` goes on with its suggestions.

    Each organ is told once, of all of its own. Raises ``Conflict`` when this was done before.
    """
    if actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress rolls the ledger over."))
    on = at.astimezone(ZONE).date()
    if year > on.year:
        raise Conflict(_("That year has not begun."))
    try:
        with transaction.atomic():
            require_as_read(actor)
            return _rolled(year=year, actor=actor, at=at, on=on)
    except IntegrityError as refused:
        raise Conflict(
            _("The ledger of %(year)s has been rolled over already.") % {"year": year}
        ) from refused


def _rolled(*, year: int, actor: Actor, at: datetime, on: date) -> YearRoll:
    carried = selectors.unfinished_before(actor.congress_id, year=year)
    by_organ = dict(
        carried.order_by().values("organ").annotate(n=Count("pk")).values_list("organ", "n")
    )
    roll = YearRoll(
        congress=actor.congress,
        year=year,
        promises=sum(by_organ.values()),
        organs=len(by_organ),
        post=actor.post,
        on=on,
        at=at,
    )
    roll.save()
    outbox.tell_many(
        [
            _told_of(organ, number=by_organ[organ.pk], roll=roll)
            for organ in Organ.objects.filter(pk__in=by_organ).order_by("pk")
        ],
        actor=actor,
        at=at,
    )
    ledger.record(
        chain=actor.congress.key,
        actor=actor,
        at=at,
        action="promise.roll",
        subject=(ROLL_TYPE, roll.key),
        after=str(year),
        facts=[roll],
    )
    return roll


def _told_of(organ: Organ, *, number: int, roll: YearRoll) -> outbox.Telling:
    posts = Post.objects.filter(organ=organ, role__in=(Role.LIAISON, Role.HEAD))
    return outbox.Telling(
        posts=list(in_office(posts, on=roll.on)),
        event="promise.roll",
        case=(ROLL_TYPE, roll.key),
        title=organ.name,
        params={"year": roll.year, "count": number, "organ": organ.name},
    )


def tell_year(*, promise: Promise, year: int, actor: Actor, at: datetime) -> bool:
    """Tell the deputies how one promise stands in ``year``; False when they have been told."""
    if promise.acts.filter(move="tell", year=year).exists():
        return False
    take("tell", promise=promise, actor=actor, at=at, said=Said(year=year))
    return True
