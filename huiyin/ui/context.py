"""What every page's frame needs: who reads, on which day, where he can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from huiyin.ui import menu


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Everything that asks the database waits until a template does."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "today": getattr(request, "today", None),
        "posts": getattr(request, "posts", []),
        "preferences": getattr(request, "preferences", None),
        "menu": SimpleLazyObject(lambda: menu.entries(actor, path=request.path)),
        "unread": SimpleLazyObject(lambda: menu.unread(actor)),
        "inbox_url": menu.inbox_url(),
        "search_url": menu.search_url(),
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "demo": settings.HUIYIN_DEMO,
        "rehearsal": settings.HUIYIN_TODAY is not None,
    }
