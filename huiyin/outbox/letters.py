"""What goes out: one notice, or the lines of a digest; as an e-mail, or as a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.accounts.models import Person
from huiyin.outbox import links, words
from huiyin.outbox.models import Delivery, Digest, Letter, Notice

# Line ends and other control characters, and the marks that turn the direction of writing.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
# What a short message holds; a title may be longer.
SHORT = 200
# More lines nobody reads; the rest is in the site.
LINES = 100


def one_line(text: str) -> str:
    """Return ``text`` without anything that could end a header or hide in one."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def reader(letter: Letter) -> Person:
    """Whom a letter goes to."""
    return letter.person if isinstance(letter, Digest) else _notice(letter).person


def by_mail(letter: Letter) -> EmailMessage:
    """Return the letter in its reader's language, with nothing in a head that ends a line."""
    person = reader(letter)
    with translation.override(person.language):
        subject, body = _digest(letter) if isinstance(letter, Digest) else _single(_notice(letter))
    return EmailMessage(
        subject=one_line(subject),
        body=body,
        to=[formataddr((one_line(person.name), person.email))],
        headers={"Message-ID": f"<{letter.key}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )


def in_short(letter: Letter) -> str:
    """Return the letter as one line and an address: what it says is read in the site."""
    with translation.override(reader(letter).language):
        if isinstance(letter, Digest):
            said, address = _digest(letter)[0], _site("/notices/")
        else:
            notice = _notice(letter)
            said = words.subject(notice.event, notice.values)
            address = _page(notice)
    return f"{one_line(said)[:SHORT]} {address}".strip()


def _single(notice: Notice) -> tuple[str, str]:
    body = _("%(name)s: %(text)s\n\nPlease sign in to see the case.\n") % {
        "name": notice.person.name,
        "text": words.body(notice.event, notice.values),
    }
    if address := _page(notice):
        body += f"{address}\n"
    return words.subject(notice.event, notice.values), body


def _digest(digest: Digest) -> tuple[str, str]:
    """One line for each case: the last thing that happened in it."""
    told = (delivery.notice for delivery in digest.deliveries.all())
    last: dict[tuple[str, str], Notice] = {}
    for notice in sorted(told, key=lambda notice: notice.pk):
        last.pop(notice.case, None)
        last[notice.case] = notice
    count = len(last)
    subject = ngettext(
        "%(day)s: something new in %(n)s case", "%(day)s: something new in %(n)s cases", count
    ) % {"day": date_format(digest.on), "n": count}
    return subject, "\n".join([subject, "", *_lines(list(last.values())), "", *_foot()])


def _lines(notices: list[Notice]) -> Iterable[str]:
    for notice in notices[:LINES]:
        said = one_line(words.subject(notice.event, notice.values))
        yield f"· {said} {_page(notice)}".rstrip()
    if (left := len(notices) - LINES) > 0:
        yield _("… and %(n)s more; they are in the site.") % {"n": left}


def _foot() -> Iterable[str]:
    yield _("Please sign in to see the cases. When you are told of what, you choose yourself.")
    if address := _site("/notices/wishes/"):
        yield address
    yield ""


def _page(notice: Notice) -> str:
    return _site(links.to(notice.case)) if settings.HUIYIN_PUBLIC_URL else ""


def _site(path: str) -> str:
    """The whole address; nothing when nobody has said where this house is reached."""
    return f"{settings.HUIYIN_PUBLIC_URL}{path}" if settings.HUIYIN_PUBLIC_URL and path else ""


def _notice(letter: Letter) -> Notice:
    if not isinstance(letter, Delivery):
        raise TypeError("only a delivery speaks of one notice")
    return letter.notice


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
