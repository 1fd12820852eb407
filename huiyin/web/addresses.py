"""Addresses of lists that show exactly the rows behind a number."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode


def suggestions(**parameters: str) -> str:
    """Return the address of the list of suggestions, filtered; empty values are left out."""
    asked = {name: value for name, value in parameters.items() if value}
    address = reverse("suggestions:list")
    return f"{address}?{urlencode(asked)}" if asked else address
