"""The main menu: rooms register their entries, a reader sees those of the post in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from huiyin.kernel.acting import Acting

# From this place on, entries are looked up now and then: they stand together under one heading.
ASIDE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """``roles`` has no default: an entry that forgets whom it is for does not import.

    ``count`` is asked once a page and has to be bounded; 0 shows no number.
    """

    url_name: str
    label: str | Promise
    roles: frozenset[str]
    order: int
    count: Callable[[Acting], int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    url: str
    label: str | Promise
    active: bool
    count: int
    is_aside: bool = False


@dataclass(slots=True)
class Registry:
    """The entries, and what the tools in the head of the page lead to."""

    items: dict[str, MenuItem] = field(default_factory=dict)
    search: str = ""
    inbox: str = ""
    unread: Callable[[Acting], int] | None = None


registry = Registry()


def register(item: MenuItem) -> None:
    """Called while the rooms start; registering a name again replaces the entry."""
    registry.items[item.url_name] = item


def search_with(url_name: str) -> None:
    """Name the list that the search box in the head asks with ``?q=``."""
    registry.search = url_name


def inbox_with(url_name: str, *, unread: Callable[[Acting], int]) -> None:
    """Name the page of notices and the bounded count of those not yet read."""
    registry.inbox = url_name
    registry.unread = unread


def search_url() -> str:
    return _address(registry.search)


def inbox_url() -> str:
    return _address(registry.inbox)


def unread(actor: Acting | None) -> int:
    return registry.unread(actor) if actor and registry.unread else 0


def entries(actor: Acting | None, *, path: str) -> list[Entry]:
    """The menu of ``actor``; of the entries that lead to ``path`` the longest is active."""
    if actor is None:
        return []
    items = sorted(registry.items.values(), key=lambda item: (item.order, item.url_name))
    mine = [(item, _address(item.url_name)) for item in items if actor.role in item.roles]
    mine = [(item, url) for item, url in mine if url]
    leading = [url for _item, url in mine if path == url or (url != "/" and path.startswith(url))]
    here = max(leading, key=len, default="")
    return [
        Entry(
            url=url,
            label=item.label,
            active=url == here,
            count=item.count(actor) if item.count else 0,
            is_aside=item.order >= ASIDE,
        )
        for item, url in mine
    ]


def _address(url_name: str) -> str:
    """Empty while the room that has the address is not installed."""
    try:
        return reverse(url_name) if url_name else ""
    except NoReverseMatch:
        return ""
