"""Addresses of the lists that show exactly the rows behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.http import urlencode

Asked = Mapping[str, str | Sequence[str]]


def listed(url_name: str, asked: Asked) -> str:
    """The list as it is asked; empty values are left out."""
    given = {name: value for name, value in asked.items() if value}
    address = reverse(url_name)
    return f"{address}?{urlencode(given, doseq=True)}" if given else address


def suggestions(**asked: str | Sequence[str]) -> str:
    return listed("suggestions:list", asked)
