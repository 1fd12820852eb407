"""Making and taking back the address of a post's calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts import selectors
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import CalendarFeed, Person, Post
from huiyin.kernel.errors import NotFound
from huiyin.kernel.ids import new_key
from huiyin.ledger.services import record


@transaction.atomic
def open_feed(*, person: Person, key: str, at: datetime) -> str:
    """Make a new address for one of the person's own posts; the one before is void.

    Returns the secret part of it, which is shown once and never again.
    """
    post = _own_post(person, key=key, at=at)
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
    post = _own_post(person, key=key, at=at)
    gone, _each = CalendarFeed.objects.filter(post=post).delete()
    if gone:
        _record(post, "feed.close", at=at)


def _own_post(person: Person, *, key: str, at: datetime) -> Post:
    post = selectors.posts_of(person, on=at.date()).filter(key=key).first()
    if post is None:
        raise NotFound(_("You hold no such post."))
    return post


def _record(post: Post, action: str, *, at: datetime) -> None:
    record(
        chain=post.congress.key,
        actor=Actor.of(post),
        at=at,
        action=action,
        subject=("post", post.key),
    )
