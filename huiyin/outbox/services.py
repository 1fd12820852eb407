"""Telling people, within the transaction of what happened; and marking what they have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post
from huiyin.outbox import selectors, words
from huiyin.outbox.models import Channel, Delivery, Notice, State, Value, kept
from huiyin.outbox.sending import send_due

__all__ = ["mark_all_read", "mark_read", "seen", "send_due", "tell"]


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
    """Put a notice for each person who holds one of ``posts``, but never for ``actor`` himself.

    Who holds several of them is told once, in the first. It lies in his inbox at once, and a
    letter is queued when he has an address. Raises ``TransactionManagementError`` outside a
    transaction and ``LookupError`` for an event without words.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "people are told in the transaction of what they are told of"
        )
    words.require(event)
    case_type, case_key = case
    notices = [
        Notice(
            person=post.person,
            post=post,
            event=event,
            case_type=case_type,
            case_key=case_key,
            title=title,
            params={name: kept(value) for name, value in params.items()},
            urgent=urgent,
            created_at=at,
        )
        for post in _one_post_each(posts, without=actor)
    ]
    Notice.objects.bulk_create(notices)
    Delivery.objects.bulk_create(
        delivery for notice in notices for delivery in _deliveries(notice, at=at)
    )
    return notices


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


def _deliveries(notice: Notice, *, at: datetime) -> Iterable[Delivery]:
    yield Delivery(notice=notice, channel=Channel.SITE, state=State.SENT, at=at)
    if notice.person.email and notice.person.is_active:
        yield Delivery(notice=notice, channel=Channel.EMAIL, state=State.QUEUED, at=at, due_at=at)
