"""Walks the pages of one reader and opens every number that leads to a list.

A number is a link marked with ``data-count`` (``{% opens %}``), or a link of digits alone where
numbers stand: in a figure, a cell of numbers, the value of a chart. What it opens has to hold
exactly as many rows; a figure entered from an earlier paper opens its source, which has to print
the same. Pages are walked by their shape, so many of each, since a thousand cases
look alike.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.test import Client

NUMBERS_STAND_IN = frozenset({"figure-number", "num", "value", "count"})
_DIGITS = re.compile(r"\d[\d,\u202f]*")
_KEY = re.compile(r"/[\w-]{22}(?=/|$)")
# What is fetched, not read, and what belongs to a page: sizes, sorting, months of a calendar.
_FETCHED = re.compile(
    r"\.(?:docx|pdf|xlsx|csv|ics|zip|ofd|png|jpe?g|svg)$|/export/|^/(?:static|media)/"
)
_LIST_ASKS = frozenset(
    {"size", "sort", "after", "before", "print", "format", "month", "week", "day"}
)
_VOID = frozenset(
    {"area", "br", "col", "hr", "img", "input", "link", "meta", "rect", "path", "use"}
)


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    text: str
    count: str | None
    stands_in: frozenset[str]

    @property
    def number(self) -> int | None:
        """What it says that it opens; None when it is no number."""
        if self.count is not None:
            return int(self.count)
        if NUMBERS_STAND_IN & self.stands_in and _DIGITS.fullmatch(self.text):
            return int(re.sub(r"\D", "", self.text))
        return None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Link] = []
        self._open: list[tuple[str, frozenset[str]]] = []
        self._link: tuple[str, str | None, frozenset[str]] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = frozenset((given.get("class") or "").split())
        if tag not in _VOID:
            self._open.append((tag, classes))
        if tag == "a" and given.get("href"):
            around = frozenset().union(*(each for _tag, each in self._open[-3:]))
            self._link = (str(given["href"]), given.get("data-count"), around)
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            href, count, around = self._link
            text = "".join(self._text).strip()
            self.found.append(Link(href, text, count, around))
            self._link = None
        while self._open and (closed := self._open.pop()[0]) != tag:
            if closed in {"body", "main", "html"}:
                break

    def handle_data(self, text: str) -> None:
        if self._link:
            self._text.append(text)


def links_of(html: str) -> list[Link]:
    parser = _Links()
    parser.feed(html)
    return parser.found


@dataclass(frozen=True, slots=True)
class Difference:
    """``length`` is None where what a number opens is no list."""

    who: str
    page: str
    address: str
    number: int
    length: int | None


@dataclass(slots=True)
class Walk:
    """One reader's walk. ``each`` is how many pages of one shape are read."""

    who: str
    client: Client
    each: int = 2
    pages: int = 0
    numbers: int = 0
    differences: list[Difference] = field(default_factory=list)
    failed: list[tuple[str, int]] = field(default_factory=list)
    _lengths: dict[str, int | None] = field(default_factory=dict)
    _shapes: Counter[str] = field(default_factory=Counter)

    def go(self, *, start: str = "/") -> Walk:
        waiting, known = deque([start]), {start}
        while waiting:
            page = waiting.popleft()
            for link in self._read(page):
                address = _plain(urljoin(page, link.href))
                if address is None:
                    continue
                number = link.number
                if number is not None:
                    self._compare(page, address, number)
                if address not in known and self._is_new(address):
                    known.add(address)
                    waiting.append(address)
        return self

    def _is_new(self, address: str) -> bool:
        """Whether enough pages of this shape have been read; answered lists are not walked on."""
        if set(dict(parse_qsl(urlsplit(address).query))) - {"session", "tab", "year"}:
            return False
        shape = shape_of(address)
        self._shapes[shape] += 1
        return self._shapes[shape] <= self.each

    def _read(self, page: str) -> Iterator[Link]:
        answer = self.client.get(page, follow=True)
        if answer.status_code != 200:
            self.failed.append((page, answer.status_code))
            return
        if not str(answer.get("Content-Type", "")).startswith("text/html"):
            return
        self.pages += 1
        yield from links_of(answer.content.decode())

    def _compare(self, page: str, address: str, number: int) -> None:
        if address not in self._lengths:
            self._lengths[address] = self._length(address)
        length = self._lengths[address]
        self.numbers += 1
        if length != number:
            self.differences.append(Difference(self.who, page, address, number, length))

    def _length(self, address: str) -> int | None:
        answer = self.client.get(address, follow=True)
        if answer.status_code != 200 or answer.context is None:
            self.failed.append((address, answer.status_code))
            return None
        return length_of(answer.context)


def length_of(context: Any) -> int | None:
    """How many rows the whole list has, on all its pages; None for a page that is no list."""
    if "page" in context and hasattr(context["page"], "filtered"):
        page = context["page"]
        length: int = page.filtered.count()
        # What is drawn has to be what is counted.
        if len(page.rows) != min(length, page.size):
            return -1
        return length
    if "found" in context and hasattr(context["found"], "printed"):
        printed = str(context["found"].printed)
        return int(printed) if printed.isdigit() else None
    if "count" in context and isinstance(context["count"], int):
        return int(context["count"])
    return None


def shape_of(address: str) -> str:
    """An address without the keys in it: all cases have one shape."""
    split = urlsplit(address)
    asked = "&".join(sorted(name for name, _value in parse_qsl(split.query)))
    return f"{_KEY.sub('/K', split.path)}?{asked}"


def _plain(address: str) -> str | None:
    """The address as it is walked; None for what is fetched or lies elsewhere."""
    split = urlsplit(address)
    if split.scheme or split.netloc or _FETCHED.search(split.path):
        return None
    asked = [each for each in parse_qsl(split.query) if each[0] not in _LIST_ASKS]
    query = urlencode(asked)
    return f"{split.path}?{query}" if query else split.path
