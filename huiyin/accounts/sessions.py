"""How long a session lives: idle and absolute limits, kept without a database write per page.

When a session began is in the session itself. When it was last used is a signed cookie bound to
that session: reading a page writes nothing. An old cookie only makes a session seem older, and a
session id without the cookie counts from its beginning, so neither prolongs anything.

The limits run on the machine's own clock, never on the rehearsed one: moving the day of a
rehearsal must neither end nor prolong anybody's session.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.utils import timezone

from huiyin.kernel.canonical import digest

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BEGAN = "began"
POST_IN_USE = "post"
_SALT = "huiyin.accounts.seen"
# A cookie for every request of a page would be noise; a minute is exact enough for half an hour.
_REFRESH_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """What the cookie says: which session, whose, and when it was last used."""

    session: str
    person_key: str
    at: int


def cookie_name() -> str:
    return "__Host-seen" if settings.SESSION_COOKIE_SECURE else "huiyin-seen"


def wall_clock() -> int:
    return int(timezone.now().timestamp())


@receiver(user_logged_in)
def _remember_beginning(request: HttpRequest, **_rest: Any) -> None:
    request.session[BEGAN] = wall_clock()


def read_seen(request: HttpRequest) -> Seen | None:
    """Return the cookie's content, or None when it is missing or not of our making."""
    try:
        session, person_key, at = signing.loads(request.COOKIES[cookie_name()], salt=_SALT)
    except (KeyError, ValueError, signing.BadSignature):
        return None
    return Seen(session, person_key, at)


def has_expired(request: HttpRequest, *, at: int) -> bool:
    """Whether the session is past its absolute limit or has lain idle too long."""
    began = request.session.get(BEGAN, 0)
    seen = read_seen(request)
    last = began
    if seen and seen.session == _bound_to(request):
        last = max(began, seen.at)
    return bool(
        at - began >= settings.SESSION_COOKIE_AGE or at - last >= settings.SESSION_IDLE_SECONDS
    )


def mark_seen(request: HttpRequest, response: HttpResponse, *, person_key: str, at: int) -> None:
    """Note on the answer that the session was used, at most once a minute."""
    bound = _bound_to(request)
    seen = read_seen(request)
    if seen and seen.session == bound and at - seen.at < _REFRESH_SECONDS:
        return
    response.set_cookie(
        cookie_name(),
        signing.dumps([bound, person_key, at], salt=_SALT),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def forget_seen(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), samesite="Lax")


def _bound_to(request: HttpRequest) -> str:
    return digest("accounts.session", request.session.session_key or "")[:32]
