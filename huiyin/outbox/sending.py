"""Sending what is due, with ever longer pauses between tries.

That a try begins is written down before it begins. Of what a dead process left behind, an e-mail is
sent again under the same Message-ID, by which a mailbox knows it; a message that bears no such name
(SMS, robots) is not sent again by itself: it waits on the page of what did not arrive.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, prefetch_related_objects
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
# How many e-mails are claimed in one statement. What a dead process had claimed and not sent goes
# out after ``TRY_LASTS``; anything but an e-mail is claimed alone, right before its try.
CLAIMED_AT_ONCE = 50
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
        for found in _due(at):
            _send(found, running)
    finally:
        running.backend.close()
    return running.tally


def _due(at: datetime) -> Iterator[list[Letter]]:
    wanted = Q(due_at__lte=at) | Q(at__gt=at + AHEAD)
    for kind in KINDS:
        person = "notice__person__reach" if kind is Delivery else "person__reach"
        due = kind.objects.filter(wanted, state__in=RUNNING).order_by("due_at", "pk")
        yield list(due.select_related(person)[:AT_ONCE])


def _send(found: Sequence[Letter], running: _Round) -> None:
    """Send the letters of one kind, claimed one after another or, of e-mails, many at once."""
    for batch in _batches(found):
        waiting = batch if batch[0].channel not in running.down else []
        waiting = _taken(waiting, at=running.at)
        if isinstance(batch[0], Digest):
            prefetch_related_objects(waiting, "deliveries__notice")
        for nth, letter in enumerate(waiting):
            _try(letter, running)
            if letter.channel in running.down:
                _give_back(waiting[nth + 1 :], at=running.at)
                break


def _batches(found: Sequence[Letter]) -> Iterator[list[Letter]]:
    mails = [letter for letter in found if letter.channel == Channel.EMAIL]
    for start in range(0, len(mails), CLAIMED_AT_ONCE):
        yield mails[start : start + CLAIMED_AT_ONCE]
    yield from ([letter] for letter in found if letter.channel != Channel.EMAIL)


def _taken(batch: Sequence[Letter], *, at: datetime) -> list[Letter]:
    """Write down that a try of each begins; return those no other run has taken meanwhile."""
    if not batch:
        return []
    known = type(batch[0])._default_manager.filter(pk__in=[letter.pk for letter in batch])
    with transaction.atomic():
        now = known.select_for_update().values_list("pk", "state", "due_at", "at")
        unchanged = {pk: tuple(rest) for pk, *rest in now}
        taken = [
            letter
            for letter in batch
            if unchanged.get(letter.pk) == (letter.state, letter.due_at, letter.at)
        ]
        known.filter(pk__in=[letter.pk for letter in taken]).update(
            state=State.TRYING, attempts=F("attempts") + 1, due_at=at + TRY_LASTS, at=at
        )
    for letter in taken:
        letter.attempts += 1
    return taken


def _give_back(untried: Sequence[Letter], *, at: datetime) -> None:
    """What was claimed and not tried waits for the next run, and no try is counted."""
    if untried:
        kind = type(untried[0])._default_manager
        kind.filter(pk__in=[letter.pk for letter in untried], state=State.TRYING).update(
            state=State.QUEUED, attempts=F("attempts") - 1, due_at=at, at=at
        )


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
    own = type(letter)._default_manager.filter(pk=letter.pk)
    if not isinstance(letter, Digest):
        own.update(**known, due_at=due_at)
        return
    with transaction.atomic():
        own.update(**known, due_at=due_at)
        fate = State.HELD if state in RUNNING else state
        Delivery.objects.filter(digest=letter.pk).update(**{**known, "state": fate})
