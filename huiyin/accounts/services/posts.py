"""Giving posts and ending them. A post is never deleted: what was done in it names it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post, Role, Standing
from huiyin.accounts.models.posts import ORGAN_ROLES
from huiyin.accounts.rules import require_as_read, require_keeper_of, require_not_himself
from huiyin.kernel.errors import Conflict, Invalid
from huiyin.ledger.services import record
from huiyin.organisations.models import Congress

_PLACES = frozenset({"organ", "inner_division", "delegation", "electing_unit", "term", "card_no"})


@transaction.atomic
def give_post(
    *,
    person: Person,
    role: str,
    congress: Congress,
    since: date,
    until: date | None = None,
    actor: Actor | None,
    at: datetime,
    via: str = "web",
    **place: Any,
) -> Post:
    """Give a post; ``place`` says where (organ, inner division, delegation, term, card number).

    Raises ``Invalid`` when the place does not fit the role or is another congress's, and
    ``Conflict`` when he holds the post already.
    """
    require_as_read(actor)
    require_keeper_of(actor, congress)
    require_not_himself(actor, person)
    if unknown := place.keys() - _PLACES:
        raise TypeError(f"a post has no {sorted(unknown)}")
    post = Post(person=person, role=role, congress=congress, since=since, until=until, **place)
    _require_sound(post)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as clash:
        raise Conflict(
            _("%(person)s holds this post already.") % {"person": person.name},
            remedy=_("End the present one first if it has changed."),
        ) from clash
    record_post(post, actor=actor, at=at, action="post.give", after=role, via=via)
    return post


def end_post(
    *, post: Post, on: date, actor: Actor | None, at: datetime, why: str = "", via: str = "web"
) -> Post:
    """End a post; ``on`` is its last day. It cannot be used from the next request on.

    Raises ``Invalid`` for a day before the post began or after today: a last day that lies
    ahead is a term, given with the post.
    """
    if on > at.date():
        raise Invalid(_("A post is ended when it has ended."), fields={"on": [_("Lies ahead.")]})
    if on < post.since:
        raise Invalid(_("The post had not begun on that day."), fields={"on": [_("Too early.")]})
    return _stand(post, Standing.ENDED, "post.end", until=on, actor=actor, at=at, why=why, via=via)


def suspend_post(
    *, post: Post, actor: Actor | None, at: datetime, why: str, via: str = "web"
) -> Post:
    """Suspend a mandate (暂停执行代表职务). It stays the deputy's, but must not be used."""
    return _stand(post, Standing.SUSPENDED, "post.suspend", actor=actor, at=at, why=why, via=via)


def resume_post(
    *, post: Post, actor: Actor | None, at: datetime, why: str, via: str = "web"
) -> Post:
    """Let a suspended mandate be used again."""
    return _stand(post, Standing.ACTIVE, "post.resume", actor=actor, at=at, why=why, via=via)


@transaction.atomic
def _stand(
    post: Post,
    standing: Standing,
    action: str,
    *,
    until: date | None = None,
    actor: Actor | None,
    at: datetime,
    why: str,
    via: str,
) -> Post:
    require_as_read(actor)
    require_keeper_of(actor, post.congress)
    row = Post.objects.select_for_update(of=("self",)).select_related("congress").get(pk=post.pk)
    require_not_himself(actor, row.person)
    if row.standing == standing:
        return row
    if row.standing == Standing.ENDED:
        raise Conflict(
            _("This post has ended."), remedy=_("Give a new post; the old one stays on record.")
        )
    before = row.standing
    row.standing = standing
    row.until = until or row.until
    row.save(update_fields=["standing", "until"])
    record_post(
        row, actor=actor, at=at, action=action, before=before, after=standing, why=why, via=via
    )
    return row


def _require_sound(post: Post) -> None:
    """The rules the database holds too, in words; and that every place is this congress's."""
    wrong = {**_missing(post), **_misplaced(post)}
    if post.role not in Role.values:
        wrong["role"] = [_("Choose a role.")]
    if post.until and post.until < post.since:
        wrong["until"] = [_("Before the first day.")]
    if wrong:
        raise Invalid(_("The post cannot be given like this."), fields=wrong)


def _missing(post: Post) -> dict[str, list[str]]:
    missing: dict[str, list[str]] = {}
    if post.role in ORGAN_ROLES and post.organ is None:
        missing["organ"] = [_("This role is held in an organ.")]
    if post.role == Role.ELECTING_LIAISON and post.electing_unit is None:
        missing["electing_unit"] = [_("This role is held in an electing unit.")]
    if post.role == Role.DEPUTY and post.term is None:
        missing["term"] = [_("A mandate belongs to a term.")]
    if post.role == Role.DEPUTY and post.delegation is None and post.electing_unit is None:
        missing["delegation"] = [_("Name the delegation or the electing unit.")]
    return missing


def _misplaced(post: Post) -> dict[str, list[str]]:
    places = {
        name: getattr(post, name) for name in ("organ", "delegation", "electing_unit", "term")
    }
    wrong = {
        name: [_("Belongs to another congress.")]
        for name, place in places.items()
        if place is not None and place.congress_id != post.congress_id
    }
    if post.inner_division and post.inner_division.organ_id != post.organ_id:
        wrong["inner_division"] = [_("Belongs to another organ.")]
    return wrong


def record_post(
    post: Post,
    *,
    actor: Actor | None,
    at: datetime,
    action: str,
    before: str = "",
    after: str = "",
    why: str = "",
    via: str,
) -> None:
    """Put a change of a post on the record of its congress."""
    record(
        chain=post.congress.key,
        actor=actor,
        at=at,
        action=action,
        subject=("post", post.key),
        before=before,
        after=after,
        why=why,
        via=via,
    )
