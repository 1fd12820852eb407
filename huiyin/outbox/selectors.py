"""What a person has been told, and whom a case has reached."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from huiyin.accounts.models import Person, Post
from huiyin.accounts.selectors import placed
from huiyin.kernel.errors import NotFound
from huiyin.outbox import links, words
from huiyin.outbox.models import STRANDED, Channel, Delivery, Notice, State

PAGE = 50
# What the title of a post is made of.
_POST = ("organ", "delegation", "electing_unit", "congress")
COUNTED = 1000
# Asked before the database is: it would choke on a NUL.
_KEY = re.compile(r"[\w-]{1,22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Outside:
    """How far a notice got by one channel outside the site."""

    channel: Channel
    state: State
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One recipient of one notice of a case, and how far it got."""

    person: Person
    post: Post
    event: str
    subject: str
    at: datetime
    read_at: datetime | None
    site: State
    # By what else he was told, or is to be, and how far that got.
    outside: tuple[Outside, ...]

    @property
    def error(self) -> str:
        return next((each.error for each in self.outside if each.error), "")

    @property
    def state(self) -> State:
        """The furthest it got by any channel."""
        return State.READ if self.read_at else self.site

    @property
    def is_undelivered(self) -> bool:
        """Whether a letter failed and the notice has not been read either."""
        stranded = any(each.state in STRANDED for each in self.outside)
        return stranded and self.read_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A notice in words, as its reader sees it."""

    key: str
    subject: str
    body: str
    url: str
    at: datetime
    unread: bool
    urgent: bool
    post: Post


def inbox(person: Person) -> QuerySet[Notice]:
    """The notices of ``person``, newest first.

    His posts are few and come in a query of their own: joined, they would lead the database to
    put all he was ever told in order before it shows the first line.
    """
    mine = Notice.objects.filter(person=person).order_by("-created_at", "-pk")
    return mine.prefetch_related(Prefetch("post", Post.objects.select_related(*_POST)))


def unread(person: Person) -> QuerySet[Notice]:
    return inbox(person).filter(read_at__isnull=True)


def read(person: Person, *, before: Notice | None = None) -> QuerySet[Notice]:
    """The notices already read; with ``before``, only those older than that one."""
    already = inbox(person).filter(read_at__isnull=False)
    if before is None:
        return already
    same_moment = Q(created_at=before.created_at, pk__lt=before.pk)
    # The first condition bounds the index scan; OR alone would read the index from its start.
    until = already.filter(created_at__lte=before.created_at)
    return until.filter(Q(created_at__lt=before.created_at) | same_moment)


def own(person: Person, *, key: str) -> Notice:
    """The notice of that key. Raises ``NotFound`` for anybody else's and for no key at all."""
    notice = inbox(person).filter(key=key).first() if _KEY.fullmatch(key) else None
    if notice is None:
        raise NotFound(_("There is no such notice."))
    return notice


def unread_count(person: Person) -> int:
    """How many are unread, counted no further than ``COUNTED``."""
    return Notice.objects.filter(person=person, read_at__isnull=True)[:COUNTED].count()


def for_case(case: tuple[str, str]) -> list[Told]:
    """Whom the case has reached so far, newest first: three queries however many there are."""
    found = Notice.objects.filter(case_type=case[0], case_key=case[1])
    notices = list(found.prefetch_related("deliveries").order_by("-created_at", "-pk"))
    posts = placed(notice.post_id for notice in notices)
    for notice in notices:
        notice.post = posts[notice.post_id]
        notice.person = notice.post.person
    return [_told(notice) for notice in notices]


def last_told(case_type: str, event: str, *, key: OuterRef) -> Subquery:
    """When ``event`` was last told of a case, for a query of the room that owns the cases."""
    told = Notice.objects.filter(case_type=case_type, case_key=key, event=event)
    return Subquery(told.order_by("-created_at").values("created_at")[:1])


def told_in_organ(case_type: str, *, key: OuterRef) -> QuerySet[Notice]:
    """What of a case was told to posts of the organ of the row asked for (its ``organ``)."""
    return Notice.objects.filter(case_type=case_type, case_key=key, post__organ=OuterRef("organ"))


def in_words(notices: Iterable[Notice]) -> list[Line]:
    """Put notices into the active language."""
    return [
        Line(
            key=notice.key,
            subject=words.subject(notice.event, notice.values),
            body=words.body(notice.event, notice.values),
            url=links.to(notice.case),
            at=notice.created_at,
            unread=notice.read_at is None,
            urgent=notice.urgent,
            post=notice.post,
        )
        for notice in notices
    ]


def _told(notice: Notice) -> Told:
    by_channel: dict[str, Delivery] = {one.channel: one for one in notice.deliveries.all()}
    outside = (each for name, each in sorted(by_channel.items()) if name != Channel.SITE)
    return Told(
        person=notice.person,
        post=notice.post,
        event=notice.event,
        subject=words.subject(notice.event, notice.values),
        at=notice.created_at,
        read_at=notice.read_at,
        site=State(by_channel[Channel.SITE].state),
        outside=tuple(
            Outside(Channel(each.channel), State(each.state), each.error) for each in outside
        ),
    )
