"""Turns the refusals of the rooms below into answers a person can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError, Invalid, TooLarge
from huiyin.ui import errors

NUL = "\x00"


class UploadMiddleware:
    """Reads a form before anybody else does, so that one too large gets a page that says so.

    It stands before the check of the form's token, which would find none in a form cut off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., Any],
        _args: Any,
        _named: dict[str, Any],
    ) -> HttpResponse | None:
        if request.method != "POST":
            return None
        try:
            request.POST  # noqa: B018 - reading it is what may fail
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return errors.refusal(request, TooLarge(""))
        if not getattr(request, "upload_refused", False):
            return None
        limit = {"megabytes": settings.HUIYIN_UPLOAD_MEGABYTES}
        said = _("What was sent is larger than the %(megabytes)s MB taken here.") % limit
        return errors.refusal(request, TooLarge(said))


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
