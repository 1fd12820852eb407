"""Slowing down guessers without locking out the owner.

Every try is counted before the password is looked at, in up to three buckets; which ones depends
on nothing but what the visitor sent, so a name that exists and one that does not are told the
same. A browser the person has used before is counted by itself: others may guess until their
own bucket is full, he still gets in.

=====================  ======  ==========  =================================================
bucket                 tries   window      against
=====================  ======  ==========  =================================================
account and address         5  15 minutes  somebody guessing one account
account, any address       20  60 minutes  the same from many addresses
address, any account      100  60 minutes  one password tried on many accounts
known browser              10  15 minutes  a stolen or shared browser
address, activation code   20  60 minutes  somebody trying codes
calendar address           60  60 minutes  a program that asks all the time
address, unknown calendar 100  60 minutes  somebody trying calendar addresses
=====================  ======  ==========  =================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.accounts.models import Tally
from huiyin.accounts.models.people import normalise_login
from huiyin.kernel.errors import Throttled


@dataclass(frozen=True, slots=True)
class Limit:
    tries: int
    window: timedelta


ACCOUNT_AND_ADDRESS = Limit(5, timedelta(minutes=15))
ACCOUNT = Limit(20, timedelta(hours=1))
ADDRESS = Limit(100, timedelta(hours=1))
KNOWN_BROWSER = Limit(10, timedelta(minutes=15))
CODES = Limit(20, timedelta(hours=1))
CALENDAR = Limit(60, timedelta(hours=1))
UNKNOWN_CALENDAR = Limit(100, timedelta(hours=1))
# Old counts go when new ones come, a few at a time: a flood must not grow the table for ever.
_SWEPT_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """Who tries to sign in, from where, and by which browser if that is known to be his."""

    login: str
    address: str
    device: str = ""

    @property
    def account(self) -> str:
        """The name under which this account's tries are counted and recorded."""
        return _bucket("account", normalise_login(self.login))[:22]

    def buckets(self) -> dict[str, Limit]:
        account = normalise_login(self.login)
        if self.device:
            return {_bucket("device", account, self.device): KNOWN_BROWSER}
        return {
            _bucket("account-address", account, self.address): ACCOUNT_AND_ADDRESS,
            _bucket("account", account): ACCOUNT,
            _bucket("address", self.address): ADDRESS,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A try that must wait. ``first``: the one that went over; later ones only repeat it."""

    wait: timedelta
    first: bool

    def refusal(self) -> Throttled:
        minutes = max(1, -(-int(self.wait.total_seconds()) // 60))
        return Throttled(
            ngettext(
                "Too many tries. Wait %(minutes)d minute, then try again.",
                "Too many tries. Wait %(minutes)d minutes, then try again.",
                minutes,
            )
            % {"minutes": minutes},
            remedy=_("A computer you have signed in from before is counted by itself."),
        )


def count_try(buckets: Mapping[str, Limit], *, at: datetime) -> Held | None:
    """Count one try in each bucket; return how long to wait when it is one too many in any.

    The count is committed before it is compared: however many try in the same instant, no more
    than the limit get as far as a password.
    """
    over = [
        (tally, limit)
        for bucket, limit in buckets.items()
        if (tally := _raise_count(bucket, limit, at)).tries > limit.tries
    ]
    if not over:
        return None
    return Held(
        wait=max(tally.closes_at for tally, _limit in over) - at,
        first=any(tally.tries == limit.tries + 1 for tally, limit in over),
    )


def address_buckets(purpose: str, address: str) -> dict[str, Limit]:
    """For tries that name no account, such as activation codes."""
    return {_bucket(purpose, address): CODES}


def count_reading(purpose: str, value: str, limit: Limit) -> bool:
    """Count one reading, and say whether it is one too many.

    In the memory of the process: a page that is only read writes nothing, and where several
    processes answer each counts for itself.
    """
    bucket = _bucket(purpose, value)
    if cache.add(bucket, 1, limit.window.total_seconds()):
        return False
    try:
        return cache.incr(bucket) > limit.tries
    except ValueError:  # its window has closed meanwhile
        return False


def forgive(knock: Knock) -> None:
    """Forget the failures that led up to a success, except the address's own."""
    address = _bucket("address", knock.address)
    Tally.objects.filter(pk__in=[b for b in knock.buckets() if b != address]).delete()
    Tally.objects.filter(pk=address, tries__gt=0).update(tries=F("tries") - 1)


@transaction.atomic
def _raise_count(bucket: str, limit: Limit, at: datetime) -> Tally:
    Tally.objects.bulk_create(
        [Tally(bucket=bucket, opened_at=at, closes_at=at + limit.window, tries=0)],
        ignore_conflicts=True,
    )
    tally = Tally.objects.select_for_update().get(pk=bucket)
    if begins_anew := tally.closes_at <= at:
        tally.opened_at, tally.closes_at, tally.tries = at, at + limit.window, 0
    tally.tries += 1
    tally.save(update_fields=["opened_at", "closes_at", "tries"])
    if begins_anew:
        _sweep(at)
    return tally


def _sweep(at: datetime) -> None:
    stale = Tally.objects.filter(closes_at__lte=at - timedelta(days=1)).values_list("pk", flat=True)
    Tally.objects.filter(pk__in=list(stale[:_SWEPT_AT_ONCE])).delete()


def _bucket(*parts: str) -> str:
    """A keyed digest: the table tells nobody who signs in from where."""
    value = "\x00".join(f"{len(part)}:{part}" for part in parts)
    salt = "huiyin.accounts.throttle"
    return salted_hmac(salt, value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
