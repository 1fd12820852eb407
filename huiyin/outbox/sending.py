"""Sending queued letters: at least once, each under one name, with ever longer pauses."""

from __future__ import annotations

import logging
import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.accounts.models import Person
from huiyin.outbox import links, words
from huiyin.outbox.models import Channel, Delivery, Notice, State

_log = logging.getLogger(__name__)

AT_ONCE = 200
# How long a try may take before another runner tries again.
TRY_LASTS = timedelta(minutes=10)
# The pause after the first, second … failed try; after the last one the letter has failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
# Line ends and other control characters, and the marks that turn the direction of writing.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
_PERMANENT = 500


@dataclass(slots=True)
class Tally:
    """What became of the letters of one run."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0


class _ServerDown(Exception):
    """The mail server itself does not answer; the other letters would fare no better."""


def send_due(*, at: datetime) -> Tally:
    """Try every letter that is due, and say what became of them.

    No transaction is open while the mail server is spoken to. A run that dies between sending
    and noting it sends that letter once more, under the same message id.
    """
    tally = Tally()
    backend = mail.get_connection()
    try:
        for delivery in _due(at):
            if _is_taken(delivery, at=at):
                _try(delivery, backend=backend, at=at, tally=tally)
    except _ServerDown:
        _log.warning("the mail server does not answer; the rest waits for the next run")
    finally:
        backend.close()
    return tally


def letter(delivery: Delivery) -> EmailMessage:
    """Return the letter in its reader's language, with nothing in a head that ends a line."""
    notice: Notice = delivery.notice
    person: Person = notice.person
    with translation.override(person.language):
        subject = one_line(words.subject(notice.event, notice.values))
        body = _("%(name)s: %(text)s\n\nPlease sign in to see the case.\n") % {
            "name": person.name,
            "text": words.body(notice.event, notice.values),
        }
    if address := _address(notice):
        body += f"{address}\n"
    return EmailMessage(
        subject=subject,
        body=body,
        to=[formataddr((one_line(person.name), person.email))],
        headers={"Message-ID": f"<{delivery.key}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )


def _address(notice: Notice) -> str:
    """Where the case is read; nothing when nobody has said where this house is reached."""
    path = links.to(notice.case)
    return f"{settings.HUIYIN_PUBLIC_URL}{path}" if settings.HUIYIN_PUBLIC_URL and path else ""


def one_line(text: str) -> str:
    """Return ``text`` without anything that could end a header or hide in one."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _due(at: datetime) -> Iterator[Delivery]:
    due = Delivery.objects.filter(
        channel=Channel.EMAIL, state=State.QUEUED, due_at__lte=at
    ).order_by("due_at", "pk")
    yield from due.select_related("notice__person")[:AT_ONCE]


def _is_taken(delivery: Delivery, *, at: datetime) -> bool:
    """Claim the letter for this run; False when another run has it."""
    claimed = Delivery.objects.filter(
        pk=delivery.pk, state=State.QUEUED, due_at=delivery.due_at
    ).update(attempts=F("attempts") + 1, due_at=at + TRY_LASTS, at=at)
    delivery.attempts += claimed
    return bool(claimed)


def _try(delivery: Delivery, *, backend: BaseEmailBackend, at: datetime, tally: Tally) -> None:
    person = delivery.notice.person
    if not (person.is_active and person.email):
        _note(delivery, state=State.FAILED, at=at, error=_("the account has no address any more"))
        tally.failed += 1
        return
    try:
        # Opened here, so that a server that does not answer counts as a try of this letter.
        backend.open()
        backend.send_messages([letter(delivery)])
    except (smtplib.SMTPException, OSError, ValueError, LookupError) as refusal:
        _refused(delivery, refusal, at=at, tally=tally)
        return
    _note(delivery, state=State.SENT, at=at)
    tally.sent += 1


def _refused(delivery: Delivery, refusal: Exception, *, at: datetime, tally: Tally) -> None:
    said = one_line(f"{type(refusal).__name__}: {refusal}")
    if _is_final(refusal) or delivery.attempts > len(PAUSES):
        _note(delivery, state=State.FAILED, at=at, error=said)
        tally.failed += 1
    else:
        pause = PAUSES[delivery.attempts - 1]
        _note(delivery, state=State.QUEUED, at=at, error=said, due_at=at + pause)
        tally.postponed += 1
    if _is_servers(refusal):
        raise _ServerDown from refusal


def _is_final(refusal: Exception) -> bool:
    """Whether trying again cannot help: the letter or its address is refused for good."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _said in refusal.recipients.values())
    if isinstance(refusal, (smtplib.SMTPDataError, smtplib.SMTPSenderRefused)):
        return refusal.smtp_code >= _PERMANENT
    return isinstance(refusal, (ValueError, LookupError))


def _is_servers(refusal: Exception) -> bool:
    """Whether the server failed, not this letter. Every refusal by SMTP is an ``OSError``."""
    of_the_letter = (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPDataError,
        smtplib.SMTPSenderRefused,
    )
    return isinstance(refusal, OSError) and not isinstance(refusal, of_the_letter)


def _note(
    delivery: Delivery,
    *,
    state: State,
    at: datetime,
    error: str = "",
    due_at: datetime | None = None,
) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, at=at, error=error[:300], due_at=due_at
    )


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
