"""Cells and questions that several lists share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.ui.days import plain_day
from huiyin.ui.lists import Context, Facet

Rows = QuerySet[Any]


def link_to(url_name: str, text: Callable[[Any], Words]) -> Callable[[Any], SafeString]:
    """A cell that leads to the row's page."""

    def cell(row: Any) -> SafeString:
        return format_html(
            '<a class="words" href="{}">{}</a>', reverse(url_name, args=[row.key]), text(row)
        )

    return cell


def day_of(field: str) -> Callable[[Any], Words]:
    """A cell with a day that is never broken."""

    def cell(row: Any) -> Words:
        value: date | None = getattr(row, field)
        return format_html('<span class="nowrap">{}</span>', plain_day(value)) if value else ""

    return cell


def label_of(field: str, choices: Any) -> Callable[[Any], str]:
    """A cell with the words of a choice."""

    def cell(row: Any) -> str:
        value = getattr(row, field)
        return str(choices(value).label) if value else ""

    return cell


def tabs(field: str, choices: Iterable[Any], every: Words) -> tuple[Facet, ...]:
    """One tab for all rows and one for each value of a field."""

    def apply(value: str) -> Callable[[Rows, Context], Rows]:
        return lambda rows, _context: rows.filter(**{field: value})

    return (
        Facet(key="all", label=every),
        *(Facet(key=one.value, label=one.label, apply=apply(one.value)) for one in choices),
    )


def fixed(choices: Iterable[tuple[str, Words]]) -> Callable[[Context], Iterable[tuple[str, Words]]]:
    """What a question offers whoever asks."""
    return lambda _context: choices


def organs(context: Context) -> Iterable[tuple[str, Words]]:
    """The organs of the reader's congress."""
    if context.actor is None:
        return []
    rows = Organ.objects.filter(congress=context.actor.congress_id)
    return list(rows.values_list("key", "name"))
