"""What templates say with one word: dates, lights, numbers, icons, keys of forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.kernel.ids import new_key
from huiyin.ui import days, diffing, figures, icons

register = template.Library()
# What groups the digits of a number as it is read.
_GROUPING = re.compile("[,\u202f\u00a0 ]")


# --- Days


@register.filter
def day(value: date | None) -> str:
    """``2026年6月3日（周三）``; nothing for no day."""
    return days.long_day(_day(value)) if value else ""


@register.filter
def plain_day(value: date | None) -> str:
    """``2026年6月3日``, for tables."""
    return days.plain_day(_day(value)) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """``6月3日``, where the year stands beside it."""
    return days.short_day(_day(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``2026年6月3日 10:32``."""
    return days.moment(value) if value else ""


@register.inclusion_tag("ui/_due.html", takes_context=True)
def due(
    context: template.Context,
    on: date | None,
    *,
    working_days: int | None = None,
    stopped: bool = False,
    light: str = "",
    word: Words = "",
    short: bool = False,
    url: str = "",
) -> dict[str, Any]:
    """Day, light and what is left. ``today`` comes from the page, never from a clock."""
    if on is None:
        return {"due": None}
    found = days.due(
        _day(on), today=context["today"], working_days=working_days, stopped=stopped, light=light
    )
    return {"due": found, "word": word or light_word(found.light), "short": short, "url": url}


# --- Lights, classes, icons


@register.inclusion_tag("ui/_light.html")
def light(name: str, word: Words = "") -> dict[str, Any]:
    """``name``: normal, near, late or still; colour, shape and word always together."""
    return {"name": name, "mark": icons.light_mark(name), "word": word or light_word(name)}


def light_word(name: str) -> str:
    return {
        "normal": pgettext("light", "In time"),
        "near": pgettext("light", "Due soon"),
        "late": pgettext("light", "Late"),
        "still": pgettext("light", "Stopped"),
    }[name]


@register.simple_tag
def light_mark(name: str) -> SafeString:
    return icons.light_mark(name)


@register.simple_tag
def class_badge(code: str, label: Words = "") -> SafeString:
    """``code`` such as A1: its letter chooses the tint; ``label`` is read out beside it."""
    letter = code[:1].lower()
    tint = f"class-{letter}" if letter in "abc" and letter else "class-none"
    spoken = format_html('<span class="away">{}</span>', label) if label else ""
    return format_html('<span class="class-badge {}">{}{}</span>', tint, code, spoken)


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


# --- Numbers and texts


@register.filter
def number(value: float | None) -> str:
    return "" if value is None else figures.grouped(value)


@register.filter
def percent(value: float | None) -> str:
    return "" if value is None else figures.percent(value)


@register.simple_tag
def opens(value: Any) -> SafeString:
    """Mark a link on a number: it opens exactly so many rows. Rates and dashes are not marked.

    ``tests.walking`` follows every such link and counts.
    """
    digits = _GROUPING.sub("", str(value))
    return format_html(' data-count="{}"', digits) if digits.isdecimal() else mark_safe("")


@register.simple_tag
def share(part: float, whole: float) -> str:
    """``part`` of ``whole`` with one decimal."""
    return figures.share(part, whole)


@register.inclusion_tag("ui/_diff.html")
def diff(old: str, new: str) -> dict[str, Sequence[diffing.Segment]]:
    return {"segments": diffing.compare(old, new)}


# --- Forms


@register.simple_tag
def once_key() -> SafeString:
    """A key that lets a form act once, however often it is sent."""
    return format_html('<input type="hidden" name="once" value="{}">', new_key())


@register.inclusion_tag("ui/_field.html")
def field(bound: Any, why: Words = "", example: Words = "") -> dict[str, Any]:
    """One question. ``why`` and ``example`` here serve forms that do not carry their own."""
    return {"field": bound, "why": why, "example": example}


def _day(value: date) -> date:
    return days.local_day(value)
