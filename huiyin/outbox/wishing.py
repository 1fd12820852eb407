"""A person says by which channels he is told, and of what how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts.models import Person
from huiyin.kernel.errors import Invalid, Words
from huiyin.outbox import posting, reaching, timing, words
from huiyin.outbox.models import OUTSIDE, ROBOTS, Channel, Reach, When, Wish

# How much of a robot's address a page shows: enough to know it by.
TAIL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """One event: what it is called, what may be chosen, and what holds now."""

    event: str
    label: Words
    # Why it presses; empty for the rest.
    why: Words = ""
    choices: tuple[When, ...]
    now: When


def reach_of(person: Person) -> Reach:
    return Reach.objects.filter(person=person).first() or reaching.usual(person)


def masked(address: str) -> str:
    return f"…{address[-TAIL:]}" if address else ""


def offered() -> list[Channel]:
    """The channels there are in this house."""
    without = () if settings.HUIYIN_SMS_URL else (Channel.SMS,)
    return [channel for channel in OUTSIDE if channel not in without]


def wishes(person: Person, roles: Sequence[str]) -> list[Wished]:
    """Every event that may press on somebody in one of these roles, and the rest as one."""
    kept = dict(Wish.objects.filter(person=person).values_list("event", "when"))
    shown = []
    for event, why in timing.events():
        role = next((role for role in roles if timing.pressing(event, role)), None)
        if role is None:
            continue
        allowed = timing.choices(event, role)
        now = When(kept[event]) if kept.get(event) in allowed else timing.usual(event, role)
        shown.append(
            Wished(
                event=event,
                label=words.label(event),
                why=why.label,
                choices=allowed,
                now=now,
            )
        )
    rest = kept.get(timing.REST, When.DIGEST.value)
    everything = Wished(
        event=timing.REST,
        label=_("Everything else in my cases"),
        choices=(When.DIGEST, When.SITE),
        now=When(rest),
    )
    return [*shown, everything]


@transaction.atomic
def save(
    *,
    person: Person,
    roles: Sequence[str],
    at_once: Sequence[str],
    digest: str,
    addresses: Mapping[str, str],
    chosen: Mapping[str, str],
) -> None:
    """Keep the wishes. Raises ``Invalid`` for a channel, an address or a wish that cannot be.

    An address left empty stays as it is; ``-`` takes it away.
    """
    reach = reach_of(person)
    _take_addresses(reach, addresses)
    _require_reachable(reach, {*at_once, digest})
    reach.person, reach.at_once, reach.digest = person, sorted(at_once), digest
    reach.save()
    for wished in wishes(person, roles):
        when = chosen.get(wished.event, wished.now)
        if when not in wished.choices:
            raise Invalid(_("That cannot be chosen."))
        Wish.objects.update_or_create(person=person, event=wished.event, defaults={"when": when})


def _take_addresses(reach: Reach, addresses: Mapping[str, str]) -> None:
    for channel in ROBOTS:
        typed = addresses.get(channel, "").strip()
        if typed == "-":
            setattr(reach, channel, "")
        elif typed:
            setattr(reach, channel, posting.check_address(channel, typed))


def _require_reachable(reach: Reach, channels: set[str]) -> None:
    if channels - {channel.value for channel in offered()}:
        raise Invalid(_("There is no such channel."))
    for channel in channels & set(ROBOTS):
        if not getattr(reach, channel):
            label = Channel(channel).label
            raise Invalid(_("Give the address of the robot of %(channel)s.") % {"channel": label})
