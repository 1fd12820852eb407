"""What a page of a case is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.selectors import visible_to
from huiyin.supervision.models import PaperClause
from huiyin.ui import parts
from huiyin.ui.days import plain_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table or a text under a heading; ``empty`` stands where there is neither."""

    title: Words
    table: parts.Table | None = None
    text: str = ""
    empty: Words = ""
    # Where the whole of it is: address and words.
    link: tuple[str, Words] | None = None
    # By which an address leads to it.
    anchor: str = ""
    # Below the text: addresses and words.
    links: Sequence[tuple[str, Words]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One case for one reader."""

    title: Words
    number: Words = ""
    tags: Sequence[Words] = ()
    facts: Sequence[parts.Fact] = ()
    sections: Sequence[Section] = ()
    entries: Sequence[parts.Entry] = ()
    # Papers made of it: address and words.
    papers: Sequence[tuple[str, Words]] = ()
    waiting_for: Words = ""


def table(
    headings: Sequence[Words], rows: Sequence[Sequence[Any]], *, nums: Sequence[int] = ()
) -> parts.Table | None:
    """A table of plain cells, or None without rows; ``(text, url)`` is a link, a day a day."""
    if not rows:
        return None
    return parts.Table(
        headings=[parts.Heading(label=each, num=at in nums) for at, each in enumerate(headings)],
        rows=[[_cell(each, num=at in nums) for at, each in enumerate(row)] for row in rows],
    )


def _cell(said: Any, *, num: bool) -> parts.Cell:
    if isinstance(said, date):
        # A day that is broken into two lines is read as two things.
        said = format_html('<span class="nowrap">{}</span>', plain_day(said))
    if isinstance(said, tuple):
        return parts.Cell(text=said[0], url=said[1], num=num)
    return parts.Cell(text=said, num=num)


def clause_fact(clause: PaperClause | None) -> list[parts.Fact]:
    """The clause something rests on, leading to its text; nothing where none is cited."""
    if clause is None:
        return []
    url = f"{reverse('supervision:paper', args=[clause.paper.key])}#clause-{clause.position}"
    return [parts.Fact(label=_("Clause it rests on"), value=clause.name, url=url)]


def case_fact(actor: Actor, case: Suggestion | None) -> list[parts.Fact]:
    """The suggestion it is about; a link for whom its page is open, nothing for who sees it not."""
    if case is None or not visible_to(actor).filter(pk=case.pk).exists():
        return []
    url = reverse("suggestions:case", args=[case.key])
    return [parts.Fact(label=_("Suggestion"), value=f"{case.number} {case.title}", url=url)]


def facts(*pairs: tuple[Words, Any]) -> list[parts.Fact]:
    """Labels and values; what has no value is left out."""
    return [
        parts.Fact(label=label, value=value) for label, value in pairs if value not in ("", None)
    ]
