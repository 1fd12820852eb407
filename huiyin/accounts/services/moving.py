"""What becomes of the posts held in an organ that is no more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.accounts.models.posts import ORGAN_ROLES
from huiyin.accounts.services.posts import end_post, give_post, record_post
from huiyin.kernel.errors import Conflict
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Organ


@transaction.atomic
def move_post(
    *, post: Post, organ: Organ | None, on: date, actor: Actor, at: datetime, why: str
) -> Post | None:
    """End the post the day before ``on`` and give the same one in ``organ``; return that.

    Without an organ it ends. Who holds the new post already keeps that one. A post whose rights do
    not come from the organ (a clerk's) stays the same post, held elsewhere.
    """
    if post.role not in ORGAN_ROLES:
        row = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        before = row.organ.name if row.organ else ""
        row.organ = organ
        row.save(update_fields=["organ"])
        after = organ.name if organ else ""
        record_post(
            row,
            actor=actor,
            at=at,
            action="post.change",
            before=before,
            after=after,
            why=why,
            via="web",
        )
        return row
    last = max(on - timedelta(days=1), post.since)
    end_post(post=post, on=last, actor=actor, at=at, why=why)
    if organ is None:
        return None
    division = post.inner_division and organisations.add_inner_division(
        organ=organ, name=post.inner_division.name, actor=actor, at=at
    )
    try:
        return give_post(
            person=post.person,
            role=post.role,
            congress=post.congress,
            since=max(on, post.since),
            until=post.until,
            actor=actor,
            at=at,
            organ=organ,
            inner_division=division,
        )
    except Conflict:
        return Post.objects.get(
            person=post.person, role=post.role, organ=organ, standing=post.standing
        )
