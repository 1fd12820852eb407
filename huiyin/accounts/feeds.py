"""Where the calendar of a post is served. The room that has the deadlines says so at the start."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

_served: list[str] = []


def serve_at(url_name: str) -> None:
    """Name the address that takes the secret part as its only argument."""
    _served[:] = [url_name]


def is_served() -> bool:
    return bool(_served)


def address(request: HttpRequest, token: str) -> str:
    """The whole address, as it is typed into a calendar program."""
    return request.build_absolute_uri(reverse(_served[0], args=[token]))
