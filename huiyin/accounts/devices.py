"""Remembering the browsers a person has signed in from. Only to count guesses, never to let in.

The cookie is random and worthless without the password; the table keeps its digest.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from huiyin.accounts.models import KnownDevice, Person
from huiyin.accounts.models.people import normalise_login
from huiyin.kernel.canonical import digest

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

REMEMBERED = timedelta(days=180)


def cookie_name() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "huiyin-device"


def known_device(request: HttpRequest, *, login: str, on: date) -> str:
    """Return the digest of this browser's mark if it is this person's, else nothing.

    One query whether or not the person exists.
    """
    mark = mark_of(request)
    known = KnownDevice.objects.filter(
        person__login=normalise_login(login),
        token_digest=mark,
        last_seen_on__gte=on - REMEMBERED,
    )
    return mark if known.exists() else ""


def mark_of(request: HttpRequest) -> str:
    """The digest of this browser's mark; nothing for one that has none yet."""
    token = request.COOKIES.get(cookie_name(), "")
    return _digest(token) if token else ""


def remember(request: HttpRequest, response: HttpResponse, *, person: Person, on: date) -> None:
    """Note that this person has signed in from this browser."""
    token = request.COOKIES.get(cookie_name()) or secrets.token_urlsafe(32)
    KnownDevice.objects.update_or_create(
        person=person,
        token_digest=_digest(token),
        defaults={"last_seen_on": on},
        create_defaults={"first_seen_on": on, "last_seen_on": on},
    )
    response.set_cookie(
        cookie_name(),
        token,
        max_age=REMEMBERED,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _digest(token: str) -> str:
    return digest("accounts.device", token)
