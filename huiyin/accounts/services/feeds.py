"""Making and taking back the address of a post's calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.accounts import selectors
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import CalendarFeed, Person, Post
from huiyin.kernel.ids import new_key
from huiyin.ledger.services import record


@transaction.atomic
def open_feed(*, person: Person, key: str, at: datetime) -> str:
    """Make a new address for one of the person's own posts; the one before is void.

    Returns the secret part of it, which is shown once and never again.
    """
    post = selectors.post_of(person, key=key, on=at.date())
    token = new_key()
    CalendarFeed.objects.update_or_create(
        post=post,
        defaults={"token_digest": selectors.feed_digest(token), "made_at": at},
    )
    _record(post, "feed.open", at=at)
    return token


@transaction.atomic
def close_feed(*, person: Person, key: str, at: datetime) -> None:
    """Make the address void. Where there is none, nothing happens."""
    post = selectors.post_of(person, key=key, on=at.date())
    gone, _each = CalendarFeed.objects.filter(post=post).delete()
    if gone:
        _record(post, "feed.close", at=at)


def _record(post: Post, action: str, *, at: datetime) -> None:
    record(
        chain=post.congress.key,
        actor=Actor.of(post),
        at=at,
        action=action,
        subject=("post", post.key),
    )
