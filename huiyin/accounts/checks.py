"""The door must be hung, or every page stands open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

_DOOR = "huiyin.accounts.middleware.ActorMiddleware"
# In this order: each needs what the one before it has put on the request.
_BEFORE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)


@register("huiyin")
def the_door_is_hung(**_asked: Any) -> list[CheckMessage]:
    """Sign-in closes every page by default only while its middleware is in place."""
    installed = list(settings.MIDDLEWARE)
    needed = [*_BEFORE, _DOOR]
    present = [name for name in installed if name in needed]
    if present == needed:
        return []
    return [
        Error(
            _("The pages are not closed: the sign-in middleware is missing or out of order."),
            hint=_("Keep MIDDLEWARE as delivered: session, CSRF, authentication, then the door."),
            id="huiyin.E020",
        )
    ]
