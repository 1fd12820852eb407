"""Why a letter was not taken, in one form for all channels."""

from __future__ import annotations

import smtplib
from enum import Enum

_PERMANENT = 500


class Fate(Enum):
    """What a refusal means for the letter."""

    AGAIN = "again"
    # Trying again cannot help: the letter or its address is refused for good.
    FINAL = "final"
    # It may have arrived; sending it again might tell a person twice.
    UNSURE = "unsure"


class Refused(Exception):
    """A channel did not take a letter. ``is_down``: it takes nobody's at present."""

    def __init__(self, said: str, *, fate: Fate, is_down: bool = False) -> None:
        super().__init__(said)
        self.fate = fate
        self.is_down = is_down


def by_mail_server(refusal: Exception) -> Refused:
    """Put what the mail server or the way to it said into our form."""
    final = Fate.FINAL if _is_final(refusal) else Fate.AGAIN
    return Refused(f"{type(refusal).__name__}: {refusal}", fate=final, is_down=_is_servers(refusal))


def _is_final(refusal: Exception) -> bool:
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
