"""What pages hand to the partials of templates/ui/: small frozen things with plain names.

Any object with the same attributes will do; these say which attributes there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from huiyin.kernel.errors import Words

Progress = Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """The last one has no ``url``: it is the page itself."""

    label: Words
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    label: Words
    state: Progress
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    label: Words
    state: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """``size`` and ``note`` are words already: ``1.2 MB``, ``scan of the paper original``."""

    name: str
    url: str
    size: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated fact of a story. ``words`` sets what was said in the serif of people's words."""

    at: datetime
    what: Words
    who: Words = ""
    post: Words = ""
    on_behalf: Words = ""
    said: Words = ""
    words: bool = False
    weighty: bool = False
    files: Sequence[File] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A sentence with a verb and a date: Sign for 3 cases, the last by 3 June."""

    verb: Words
    count: int
    unit: Words
    url: str
    act: Words
    on: date | None = None
    working_days: int | None = None
    light: str = ""
    note: Words = ""
    on_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    at: datetime
    text: Words
    url: str
    note: Words = ""
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A step open to this reader. ``after`` is its consequence in a line.

    A step without anything to fill in is one button; with a ``form`` it opens in place. A step
    that cannot be taken yet says so in ``why_not`` and shows no button.
    """

    label: Words
    url: str
    after: Words
    kind: Literal["primary", "quiet", "danger"] = "quiet"
    name: str = ""
    button: Words = ""
    form: Any = None
    fields: Sequence[tuple[str, str]] = ()
    why_not: Words = ""
    confirm: Words = ""
    open: bool = False
    multipart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """One step of the sum a deadline opens to, with where it is written."""

    words: Words
    day: date | None = None
    source: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """``url`` leads to the page that tells the whole sum; ``used`` says what has run of it."""

    on: date | None
    trace: Sequence[ClockLine] = ()
    title: Words = ""
    working_days: int | None = None
    stopped: bool = False
    light: str = ""
    provisional: bool = False
    url: str = ""
    used: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request of a suggestion and the answer given to it."""

    text: str
    answer: str = ""
    answered_by: Words = ""
    outcome: str = ""
    outcome_label: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A number, the rows it counts (``url``), and what it was counted in and when (``base``)."""

    label: Words
    number: str
    url: str
    base: Words
    unit: Words = ""
    weighty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    label: Words
    value: Any
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    label: Words
    url: str
    active: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    label: Words
    num: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    text: Any
    url: str = ""
    num: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The first cell of a row is its heading. Every number may lead to its rows."""

    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    caption: Words = ""
    foot: Sequence[Cell] = ()
