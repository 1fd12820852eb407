"""Sending what is due, with ever longer pauses between tries.

That a try begins is written down before it begins. Of what a dead process left behind, an e-mail is
sent again under the same Message-ID, by which a mailbox knows it; a message that bears no such name
(SMS, robots) is not sent again by itself: it waits on the page of what did not arrive.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from huiyin.outbox import letters, posting, reaching, refusals
from huiyin.outbox.models import (
    RUNNING,
    Channel,
    Delivery,
    Digest,
    Letter,
    Reach,
    State,
)
from huiyin.outbox.refusals import Fate, Refused

_log = logging.getLogger(__name__)

AT_ONCE = 200
# How long a try may take before another runner takes it over.
TRY_LASTS = timedelta(minutes=10)
# The pause after the first, second … failed try; after the last one the letter has failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
# What was touched later than now was touched by a wrong clock: its time to wait means nothing.
AHEAD = timedelta(minutes=5)
KINDS: tuple[type[Delivery | Digest], ...] = (Delivery, Digest)


@dataclass(slots=True)
class Tally:
    """What became of the letters of one run."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unsure: int = 0


@dataclass(slots=True)
class _Round:
    """One run: what it came to, and the channels that did not answer any more."""

    at: datetime
    backend: BaseEmailBackend
    tally: Tally = field(default_factory=Tally)
    down: set[str] = field(default_factory=set)


def send_due(*, at: datetime) -> Tally:
    """Try every letter that is due, and say what became of them.

    No transaction is open while the other side is spoken to. A channel that does not answer is
    left alone for the rest of the run; the other channels go on.
    """
    running = _Round(at, mail.get_connection())
    try:
        for letter in _due(at):
            if letter.channel not in running.down and _is_taken(letter, at=at):
                _try(letter, running)
    finally:
        running.backend.close()
    return running.tally


def _due(at: datetime) -> Iterator[Letter]:
    wanted = Q(due_at__lte=at) | Q(at__gt=at + AHEAD)
    for kind in KINDS:
        person = "notice__person__reach" if kind is Delivery else "person__reach"
        due = kind.objects.filter(wanted, state__in=RUNNING).order_by("due_at", "pk")
        yield from due.select_related(person)[:AT_ONCE]


def _is_taken(letter: Letter, *, at: datetime) -> bool:
    """Write down that a try begins; False when another run has been faster."""
    claimed = type(letter)._default_manager.filter(
        pk=letter.pk, state=letter.state, due_at=letter.due_at, at=letter.at
    )
    taken = claimed.update(
        state=State.TRYING, attempts=F("attempts") + 1, due_at=at + TRY_LASTS, at=at
    )
    letter.attempts += taken
    return bool(taken)


def _try(letter: Letter, running: _Round) -> None:
    person = letters.reader(letter)
    reach: Reach = getattr(person, "reach", None) or reaching.usual(person)
    try:
        if letter.state == State.TRYING and letter.channel != Channel.EMAIL:
            raise Refused(_("a try was broken off"), fate=Fate.UNSURE)
        if not reaching.address(person, letter.channel, reach=reach):
            raise Refused(_("the account has no address any more"), fate=Fate.FINAL)
        if letter.channel == Channel.EMAIL:
            _by_mail(letter, running.backend)
        else:
            posting.post(letter, reach=reach)
    except Refused as refusal:
        _refused(letter, refusal, running)
        return
    note(letter, state=State.SENT, at=running.at)
    running.tally.sent += 1


def _by_mail(letter: Letter, backend: BaseEmailBackend) -> None:
    try:
        # Opened here, so that a server that does not answer counts as a try of this letter.
        backend.open()
        backend.send_messages([letters.by_mail(letter)])
    except (smtplib.SMTPException, OSError, ValueError, LookupError) as refusal:
        raise refusals.by_mail_server(refusal) from refusal


def _refused(letter: Letter, refusal: Refused, running: _Round) -> None:
    said, at = letters.one_line(str(refusal)), running.at
    if refusal.fate == Fate.UNSURE:
        note(letter, state=State.UNSURE, at=at, error=said)
        running.tally.unsure += 1
    elif refusal.fate == Fate.FINAL or letter.attempts > len(PAUSES):
        note(letter, state=State.FAILED, at=at, error=said)
        running.tally.failed += 1
    else:
        pause = PAUSES[letter.attempts - 1]
        note(letter, state=State.QUEUED, at=at, error=said, due_at=at + pause)
        running.tally.postponed += 1
    if refusal.is_down:
        _log.warning("%s does not answer; its other letters wait", letter.channel)
        running.down.add(letter.channel)


def note(
    letter: Letter,
    *,
    state: State,
    at: datetime,
    error: str = "",
    due_at: datetime | None = None,
) -> None:
    """Write down how far a letter has got; what a digest holds shares its fate once it is known."""
    known = {"state": state, "at": at, "error": error[:300]}
    with transaction.atomic():
        type(letter)._default_manager.filter(pk=letter.pk).update(**known, due_at=due_at)
        if isinstance(letter, Digest):
            fate = State.HELD if state in RUNNING else state
            letter.deliveries.update(**{**known, "state": fate})
