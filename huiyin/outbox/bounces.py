"""Letters that came back: a mail server's report (RFC 3464) that it could not deliver one.

A server may take a letter and say only hours later that nobody has it. What it then sends to
``HUIYIN_EMAIL_FROM`` names the letter by its ``Message-ID``, which nobody can guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message
from typing import Any

from django.utils.translation import gettext as _

from huiyin.outbox import letters
from huiyin.outbox.models import Channel, Delivery, Digest, Letter, State
from huiyin.outbox.sending import note

# Nobody's report is longer; what follows is the letter itself.
LONGEST = 1_000_000
_NAMED = re.compile(r"<([\w-]{22})@", re.ASCII)


def came_back(raw: bytes, *, at: datetime) -> Letter | None:
    """Note that the letter which the report speaks of did not arrive, and return it.

    None for what is no report, speaks of a delay alone, or of no letter that was sent from here.
    """
    mail: Any = message_from_bytes(raw[:LONGEST], _class=EmailMessage, policy=policy.default)
    reason = _reason(mail)
    letter = _sent(set(_names(mail))) if reason else None
    if letter is not None:
        note(letter, state=State.FAILED, at=at, error=_("came back: %(why)s") % {"why": reason})
    return letter


def _reason(mail: Message) -> str:
    """Why it could not be delivered for good; nothing when that is not said."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        fields: Any = part.get_payload()
        for each in fields if isinstance(fields, list) else ():
            if str(each.get("Action", "")).strip().lower() == "failed":
                said = each.get("Diagnostic-Code") or each.get("Status") or _("no reason given")
                return letters.one_line(str(said))
    return ""


def _names(mail: Message) -> Iterator[str]:
    """What the letters that came back with the report are called."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inside: Any = part.get_payload()
            heads = inside if isinstance(inside, list) else [inside]
        elif kind == "text/rfc822-headers":
            heads = [message_from_string(str(part.get_payload()))]
        else:
            continue
        for head in heads:
            if found := _NAMED.search(str(head.get("Message-ID", ""))):
                yield found[1]


def _sent(names: set[str]) -> Letter | None:
    """The one of these letters that this house has noted as delivered by e-mail."""
    known = {"key__in": names, "channel": Channel.EMAIL, "state": State.SENT}
    single = Delivery.objects.filter(**known, digest__isnull=True).first()
    return single or Digest.objects.filter(**known).first()
