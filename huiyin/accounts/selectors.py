"""Reading people and posts. Callers that show a page start from a congress they may see."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import CalendarFeed, Person, Post, Role, Standing
from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Congress

# What a page says of a post, fetched with it.
_PLACE = ("congress", "organ", "delegation", "electing_unit")


def usable_on(on: date) -> Q:
    """The condition under which a post may be acted in; the SQL of ``Post.is_usable``."""
    running = Q(until__isnull=True) | Q(until__gte=on)
    return running & Q(standing=Standing.ACTIVE, since__lte=on, person__is_active=True)


def posts_of(person: Person, *, on: date) -> list[Post]:
    """The posts this person may come in with: those in use oldest first, then served mandates.

    A served mandate's holder looks after what he raised, and nothing else: it is still answered
    to him. Everyone's few posts are read at every request, so they are sorted out here.
    """
    if not person.is_active:
        return []
    held = person.posts.select_related(*_PLACE, "term").order_by("pk")
    usable = [post for post in held if post.is_usable(on=on)]
    return usable + [post for post in held if post.has_served(on=on)]


def post_of(person: Person, *, key: str, on: date) -> Post:
    """One of the posts this person may come in with. Raises ``NotFound`` for any other."""
    for post in posts_of(person, on=on):
        if post.key == key:
            return post
    raise NotFound(_("You hold no such post."))


def placed(wanted: Iterable[int | None]) -> dict[int, Post]:
    """The posts of these primary keys with all that their titles say, in one query.

    For rows that name many posts: joined to each of them, the same few would be read again and
    again, and the statement would take longer to put together than to answer.
    """
    keys = {key for key in wanted if key is not None}
    found = Post.objects.filter(pk__in=keys).select_related("person", *_PLACE).order_by()
    return {post.pk: post for post in found}


def posts(congress: Congress, *, on: date) -> QuerySet[Post]:
    """Every usable post of a congress."""
    held = Post.objects.filter(usable_on(on), congress=congress)
    return held.select_related("person", *_PLACE)


def names_of_posts(keys: Iterable[str]) -> dict[str, str]:
    """The name behind each post's key, for lists of those who were told."""
    return dict(Post.objects.filter(key__in=set(keys)).values_list("key", "person__name"))


def deputies(congress: Congress, *, on: date) -> QuerySet[Post]:
    """The mandates that may be used, in the order of a roll."""
    return posts(congress, on=on).filter(role=Role.DEPUTY).order_by("person__name_sort", "pk")


def first_of_each_role(*, on: date) -> QuerySet[Post]:
    """The oldest usable post of each role. For the demo's sign-in page."""
    return _oldest(Post.objects.filter(usable_on(on)), by="role")


def first_of_each_login(logins: Iterable[str], *, on: date) -> QuerySet[Post]:
    """The oldest usable post of each of these people."""
    theirs = Post.objects.filter(usable_on(on), person__login__in=list(logins))
    return _oldest(theirs, by="person")


def _oldest(posts: QuerySet[Post], *, by: str) -> QuerySet[Post]:
    first = posts.order_by().values(by).annotate(first=Min("pk")).values_list("first", flat=True)
    return Post.objects.filter(pk__in=list(first)).select_related("person", *_PLACE)


def with_feeds(posts: Sequence[Post]) -> list[tuple[Post, CalendarFeed | None]]:
    """Each post with its calendar address, if one has been made."""
    made = {each.post_id: each for each in CalendarFeed.objects.filter(post__in=posts)}
    return [(post, made.get(post.pk)) for post in posts]


def feed_digest(token: str) -> str:
    """What is kept of the secret part of a calendar's address."""
    return digest("accounts.feed", token)


def actor_of_feed(token: str, *, on: date) -> Actor | None:
    """Whose calendar an address opens: nobody's once it is void or the post is not usable."""
    feeds = CalendarFeed.objects.filter(token_digest=feed_digest(token))
    posts = Post.objects.filter(usable_on(on), calendar_feed__in=feeds)
    found = posts.select_related("person", *_PLACE).first()
    return Actor.of(found) if found else None


def search_deputies(congress: Congress, text: str, *, on: date) -> QuerySet[Post]:
    """Deputies whose name, card number or delegation contains every word of ``text``.

    For choosing co-signers: suspended and ended mandates are not offered. No text, nobody: a
    roll is not handed out by an empty search.
    """
    words = unicodedata.normalize("NFKC", text).split()
    if not words:
        return Post.objects.none()
    found = deputies(congress, on=on)
    for word in words:
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(card_no__iexact=word)
            | Q(delegation__name__icontains=word)
        )
    return found


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """The people a clerk keeps: who holds, or has held, a post in the congress. Others see none."""
    if actor.role != Role.CLERK:
        return Person.objects.none()
    return Person.objects.filter(posts__congress_id=actor.congress_id).distinct()


def person_visible_to(actor: Actor, key: str) -> Person:
    """The person of that key, if the actor keeps him. Raises ``NotFound`` otherwise."""
    person = people_visible_to(actor).filter(key=key).first()
    if person is None:
        raise NotFound(_("There is no such person in your congress."))
    return person


def post_kept_by(actor: Actor, key: str) -> Post:
    """The post of that key, if the actor keeps it. Raises ``NotFound`` otherwise."""
    post = posts_kept_by(actor).filter(key=key).first()
    if post is None:
        raise NotFound(_("There is no such post in your congress."))
    return post


def posts_kept_by(actor: Actor) -> QuerySet[Post]:
    """Every post of a clerk's congress, ended ones too, in the order of a roll."""
    if actor.role != Role.CLERK:
        return Post.objects.none()
    kept = Post.objects.filter(congress_id=actor.congress_id).select_related("person", *_PLACE)
    return kept.order_by("person__name_sort", "pk")


def roll(actor: Actor, *, text: str = "", role: str = "", waiting: bool = False) -> QuerySet[Post]:
    """The posts a clerk looks through: by name, login, card number; by role.

    ``waiting``: only those whose holders have never set a password.
    """
    found = posts_kept_by(actor)
    for word in unicodedata.normalize("NFKC", text).split():
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(person__login__icontains=word)
            | Q(card_no__iexact=word)
        )
    if role in Role.values:
        found = found.filter(role=role)
    if waiting:
        unset = Q(person__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        found = found.filter(unset, standing=Standing.ACTIVE, person__is_active=True)
    return found
