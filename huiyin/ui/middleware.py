"""Turns the refusals of the rooms below into answers a person can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError, Invalid
from huiyin.ui import errors

NUL = "\x00"


class DomainErrorMiddleware:
    """A ``DomainError`` that a view let through becomes a page, or JSON for a program.

    A NUL is refused before any view: PostgreSQL stops at it wherever it turns up, in a key as in
    a text, and SQLite keeps what could then never be moved.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        if any(NUL in str(value) for value in named.values()):
            return errors.not_found(request)
        if _holds_nul(request.GET):
            return errors.bad_request(request)
        if request.method == "POST" and _holds_nul(request.POST):
            refused = Invalid(
                _("The text holds characters that cannot be stored."),
                remedy=_("Type the marked place again, or paste it as plain text."),
            )
            return errors.refusal(request, refused)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return errors.refusal(request, exception)


def _holds_nul(sent: Any) -> bool:
    return any(NUL in value for name, values in sent.lists() for value in (name, *values))
