"""By which channel a person can be told, and what he wishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.conf import settings

from huiyin.accounts.models import Person, Post
from huiyin.outbox import timing
from huiyin.outbox.models import ROBOTS, Channel, Reach, When, Wish


@dataclass(frozen=True, slots=True)
class Ways:
    """What many persons wish, read at once."""

    reaches: dict[int, Reach] = field(default_factory=dict)
    wishes: dict[tuple[int, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, persons: Iterable[Person]) -> Self:
        keys = {person.pk for person in persons if person.is_active}
        if not keys:
            return cls()
        wishes = Wish.objects.filter(person__in=keys).values_list("person_id", "event", "when")
        return cls(
            {reach.person_id: reach for reach in Reach.objects.filter(person__in=keys)},
            {(person, event): when for person, event, when in wishes},
        )

    def reach(self, person: Person) -> Reach:
        return self.reaches.get(person.pk) or usual(person)

    def when(self, post: Post, event: str) -> When:
        named = event if timing.pressing(event, post.role) else timing.REST
        wished = self.wishes.get((post.person_id, named), "")
        allowed = timing.choices(event, post.role)
        return When(wished) if wished in allowed else timing.usual(event, post.role)

    def channels(self, post: Post, event: str) -> tuple[When, list[str]]:
        """Return when the event is told to ``post`` and by which channels outside the house.

        What presses on somebody whom no channel reaches at once goes into his digest.
        """
        person, when = post.person, self.when(post, event)
        reach = self.reach(person)
        if when == When.AT_ONCE:
            if found := [each for each in reach.at_once if address(person, each, reach=reach)]:
                return when, found
            when = When.DIGEST
        if when == When.DIGEST and address(person, reach.digest, reach=reach):
            return when, [reach.digest]
        return When.SITE, []


def usual(person: Person) -> Reach:
    """What holds for who has chosen nothing."""
    return Reach(person=person, at_once=[Channel.EMAIL.value], digest=Channel.EMAIL)


def address(person: Person, channel: str, *, reach: Reach) -> str:
    """Where ``channel`` reaches the person; nothing when it does not."""
    if not person.is_active:
        return ""
    if channel == Channel.EMAIL:
        return person.email
    if channel == Channel.SMS:
        return person.phone if settings.HUIYIN_SMS_URL else ""
    return str(getattr(reach, channel)) if channel in ROBOTS else ""
