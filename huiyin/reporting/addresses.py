"""Addresses of exactly the rows that a number counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from huiyin.organisations.models import Session

Asked = Mapping[str, str | Sequence[str]]


def listed(url_name: str, asked: Asked) -> str:
    """The list of that name as it is asked; empty values are left out."""
    given = {name: value for name, value in asked.items() if value}
    address = reverse(url_name)
    return f"{address}?{urlencode(given, doseq=True)}" if given else address


def suggestions(**asked: str | Sequence[str]) -> str:
    """The list of suggestions, narrowed."""
    return listed("suggestions:list", asked)


def rows(
    code: str, *, session: Session, as_of: date, known: int | None = None, **narrow: str
) -> str:
    """Return where the rows of a statistic are listed.

    ``narrow`` takes one group of a table: ``category="water"``, ``organ=<key>``; see
    ``statistics.dimensions``. ``known``: as the record up to this line tells it.
    """
    asked = {"session": session.key, "as_of": as_of.isoformat()}
    if known is not None:
        asked["known"] = str(known)
    asked |= {name: value for name, value in sorted(narrow.items()) if value}
    return f"{reverse('reporting:statistics:rows', args=[code])}?{urlencode(asked)}"
