"""Telling people, within the transaction of what happened; and marking what they have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post
from huiyin.outbox import selectors, words
from huiyin.outbox.models import Channel, Delivery, Notice, State, Value, When, kept
from huiyin.outbox.reaching import Ways
from huiyin.outbox.sending import send_due
from huiyin.outbox.undelivered import send_again

__all__ = [
    "Telling",
    "mark_all_read",
    "mark_read",
    "seen",
    "send_again",
    "send_due",
    "tell",
    "tell_many",
]


BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told of one thing that happened, and to whom."""

    posts: Iterable[Post]
    event: str
    case: tuple[str, str]
    title: str
    params: Mapping[str, Value]
    urgent: bool = False


def tell(
    *,
    posts: Iterable[Post],
    event: str,
    case: tuple[str, str],
    title: str,
    params: Mapping[str, Value],
    actor: Actor | None,
    at: datetime,
    urgent: bool = False,
) -> list[Notice]:
    """Tell one thing. See ``tell_many``."""
    telling = Telling(
        posts=posts, event=event, case=case, title=title, params=params, urgent=urgent
    )
    return tell_many([telling], actor=actor, at=at)


def tell_many(tellings: Iterable[Telling], *, actor: Actor | None, at: datetime) -> list[Notice]:
    """Put a notice for each person who holds one of the posts, but never for ``actor`` himself.

    Who holds several of them is told once of each thing, in the first. It lies in his inbox at
    once; what presses on him is queued for each channel that reaches him, the rest is held for his
    digest. Raises ``TransactionManagementError``
    outside a transaction and ``LookupError`` for an event without words.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "people are told in the transaction of what they are told of"
        )
    notices = [notice for telling in tellings for notice in _notices(telling, without=actor, at=at)]
    Notice.objects.bulk_create(notices, batch_size=BATCH)
    ways = Ways.of({notice.person for notice in notices})
    deliveries = [each for notice in notices for each in _deliveries(notice, ways=ways, at=at)]
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH)
    return notices


def _notices(telling: Telling, *, without: Actor | None, at: datetime) -> Iterable[Notice]:
    words.require(telling.event)
    case_type, case_key = telling.case
    for post in _one_post_each(telling.posts, without=without):
        yield Notice(
            person=post.person,
            post=post,
            event=telling.event,
            case_type=case_type,
            case_key=case_key,
            title=telling.title,
            params={name: kept(value) for name, value in telling.params.items()},
            urgent=telling.urgent,
            created_at=at,
        )


@transaction.atomic
def mark_read(*, key: str, actor: Actor, at: datetime) -> None:
    """Mark one notice. Raises ``NotFound`` unless it is the actor's own."""
    notice = selectors.own(actor.person, key=key)
    _mark(Notice.objects.filter(pk=notice.pk), person=actor.person, at=at)


@transaction.atomic
def mark_all_read(*, actor: Actor, at: datetime) -> None:
    _mark(Notice.objects.all(), person=actor.person, at=at)


def seen(*, case: tuple[str, str], actor: Actor, at: datetime) -> None:
    """Mark the actor's notices of a case: who reads the case has read what they say.

    Every page of a case asks, and mostly there is nothing left to mark: then one query is all,
    and nobody waits for the right to write.
    """
    told = Notice.objects.filter(case_type=case[0], case_key=case[1])
    if told.filter(person=actor.person, read_at__isnull=True).exists():
        with transaction.atomic():
            _mark(told, person=actor.person, at=at)


def _mark(notices: QuerySet[Notice], *, person: Person, at: datetime) -> None:
    unread = list(notices.filter(person=person, read_at__isnull=True).values_list("pk", flat=True))
    if not unread:
        return
    Notice.objects.filter(pk__in=unread).update(read_at=at)
    Delivery.objects.filter(notice__in=unread, channel=Channel.SITE).update(state=State.READ, at=at)


def _one_post_each(posts: Iterable[Post], *, without: Actor | None) -> list[Post]:
    listed = list(posts)
    prefetch_related_objects(listed, "person")
    first: dict[int, Post] = {}
    for post in listed:
        first.setdefault(post.person_id, post)
    if without is not None:
        first.pop(without.person_id, None)
    return list(first.values())


def _deliveries(notice: Notice, *, ways: Ways, at: datetime) -> Iterable[Delivery]:
    yield Delivery(notice=notice, channel=Channel.SITE, state=State.SENT, at=at)
    when, channels = ways.channels(notice.post, notice.event)
    for channel in channels:
        known = {"notice": notice, "channel": channel, "at": at}
        if when == When.AT_ONCE:
            yield Delivery(**known, state=State.QUEUED, due_at=at)
        else:
            yield Delivery(**known, state=State.HELD)
