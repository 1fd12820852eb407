"""From where somebody acts: a browser and a network address, as keyed digests only.

What is kept of a sign-in is who, from which address (its digest) and when last, for a week; the
browsers are those of ``devices``. Nobody can read an address out of it, and nothing else asks for
it than the look at ratings (quality.md T069): had somebody of the organ just signed in from where
the deputy's rating came?
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from huiyin.accounts import devices, doorway
from huiyin.accounts.models import KnownDevice, Person, Post, SignInTrace, Standing
from huiyin.accounts.models.posts import ORGAN_ROLES

if TYPE_CHECKING:
    from django.http import HttpRequest

# A weekend lies between two working days of an office; longer than that nothing is kept.
KEPT = timedelta(days=7)
# Old traces go when new ones come, a few at a time.
_SWEPT_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """A browser and an address. Empty where nobody sits at a browser: commands, imports."""

    device: str = ""
    address: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Whereabouts:
        return cls(device=devices.mark_of(request), address=_address(request))


NOWHERE = Whereabouts()


def leave_trace(request: HttpRequest, *, person: Person, at: datetime) -> None:
    """Note that somebody has just signed in from here, and forget what is a week old."""
    SignInTrace.objects.update_or_create(
        person=person, address=_address(request), defaults={"at": at}
    )
    stale = SignInTrace.objects.filter(at__lt=at - KEPT).values_list("pk", flat=True)
    SignInTrace.objects.filter(pk__in=list(stale[:_SWEPT_AT_ONCE])).delete()


def organs_of_browser(
    where: Whereabouts, *, organs: Collection[int], besides: Person, on: date
) -> set[int]:
    """Which of these organs have somebody who signs in with this very browser."""
    if not where.device:
        return set()
    people = KnownDevice.objects.filter(
        token_digest=where.device, last_seen_on__gte=on - devices.REMEMBERED
    )
    return _organs_of(people.values("person"), organs=organs, besides=besides)


def organs_at_address(
    where: Whereabouts, *, organs: Collection[int], besides: Person, at: datetime
) -> set[int]:
    """Which of these organs have signed in from this address within the week."""
    if not where.address:
        return set()
    traces = SignInTrace.objects.filter(address=where.address, at__range=(at - KEPT, at))
    return _organs_of(traces.values("person"), organs=organs, besides=besides)


def organs_signed_in(
    *, organs: Collection[int], besides: Person, since: datetime, until: datetime
) -> set[int]:
    """Which of these organs have signed in between the two moments, from wherever."""
    traces = SignInTrace.objects.filter(at__range=(since, until))
    return _organs_of(traces.values("person"), organs=organs, besides=besides)


def _organs_of(
    people: models.QuerySet[Any, Any], *, organs: Collection[int], besides: Person
) -> set[int]:
    """Whoever is a deputy and works in the organ as well signs in as himself."""
    held = Post.objects.filter(organ__in=organs, role__in=ORGAN_ROLES, standing=Standing.ACTIVE)
    found = held.exclude(person=besides).filter(person__in=people)
    return set(found.values_list("organ_id", flat=True))


def _address(request: HttpRequest) -> str:
    salt = "huiyin.accounts.whereabouts"
    value = doorway.visitor_address(request)
    return salted_hmac(salt, value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
