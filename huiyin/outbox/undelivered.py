"""What did not arrive: the congress office puts the cause right, and sends it again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post, Role
from huiyin.kernel.errors import Conflict, NotFound, NotPermitted
from huiyin.ledger.services import record
from huiyin.outbox import letters, links, sending, words
from huiyin.outbox.models import STRANDED, Channel, Delivery, Digest, Letter, State

PAGE = 100
SENT_AGAIN = "letter.send_again"
# Asked before the database is: it would choke on a NUL.
_KEY = re.compile(r"[\w-]{1,22}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """One letter that failed, or of which nobody knows whether it arrived."""

    key: str
    person: Person
    channel: Channel
    state: State
    at: datetime
    attempts: int
    error: str
    # What it was to say; a digest is called by its day.
    subject: str
    url: str

    @property
    def is_unsure(self) -> bool:
        return self.state == State.UNSURE


def require_office(actor: Actor) -> None:
    if actor.role != Role.CLERK:
        raise NotPermitted(_("Only the congress office sees what did not arrive."))


def stranded(actor: Actor) -> list[Stranded]:
    """What did not arrive in the actor's congress, newest first: at most ``PAGE``."""
    require_office(actor)
    singles = Delivery.objects.filter(_own(actor, "notice__"), digest__isnull=True)
    together = Digest.objects.filter(_own(actor)).select_related("person")
    found: list[Letter] = [
        *singles.filter(state__in=STRANDED).select_related("notice__person").order_by("-at")[:PAGE],
        *together.filter(state__in=STRANDED).order_by("-at")[:PAGE],
    ]
    return [_shown(each) for each in sorted(found, key=lambda each: each.at, reverse=True)][:PAGE]


def _own(actor: Actor, prefix: str = "") -> Q:
    """Letters to people of the actor's congress."""
    posts = Post.objects.filter(person=OuterRef(f"{prefix}person"), congress=actor.congress_id)
    return Q(Exists(posts))


def _shown(letter: Letter) -> Stranded:
    if isinstance(letter, Delivery):
        subject = words.subject(letter.notice.event, letter.notice.values)
        url = links.to(letter.notice.case)
    else:
        subject, url = _("Daily digest"), ""
    return Stranded(
        key=letter.key,
        person=letters.reader(letter),
        channel=Channel(letter.channel),
        state=State(letter.state),
        at=letter.at,
        attempts=letter.attempts,
        error=letter.error,
        subject=subject,
        url=url,
    )


@transaction.atomic
def send_again(*, key: str, actor: Actor, at: datetime) -> None:
    """Have the next tick try a letter anew, from the first pause on, under the same name.

    Raises ``NotFound`` for one that is none of the actor's congress and ``Conflict`` when it is
    under way already.
    """
    require_office(actor)
    letter = _find(key, actor)
    claimed = type(letter)._default_manager.filter(pk=letter.pk, state__in=STRANDED)
    if not claimed.update(attempts=0):
        raise Conflict(_("It is under way already, or has arrived."))
    sending.note(letter, state=State.QUEUED, at=at, due_at=at)
    record(
        chain=actor.congress.key,
        actor=actor,
        at=at,
        action=SENT_AGAIN,
        subject=("letter", letter.key),
    )


def _find(key: str, actor: Actor) -> Letter:
    if _KEY.fullmatch(key):
        single = Delivery.objects.filter(_own(actor, "notice__"), key=key, digest__isnull=True)
        digest = Digest.objects.filter(_own(actor), key=key)
        if found := single.first() or digest.first():
            return found
    raise NotFound(_("There is no such letter."))
