"""Turns the refusals of the rooms below into answers a person can use."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from huiyin.kernel.errors import DomainError
from huiyin.ui import errors


class DomainErrorMiddleware:
    """A ``DomainError`` that a view let through becomes a page, or JSON for a program."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return errors.refusal(request, exception)
