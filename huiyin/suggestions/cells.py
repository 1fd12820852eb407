"""What the cells of the list say of a row.

Written here and not in templates: a page has more than a hundred cells, and a template each would
take longer than everything else on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from huiyin.kernel.errors import Words
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Kind, Raised, Suggestion
from huiyin.suggestions.presenters.clocks import light_of
from huiyin.suggestions.presenters.story import class_label
from huiyin.suggestions.stages import Stage
from huiyin.ui import days, icons
from huiyin.ui.templatetags.ui_tags import class_badge, light_word


def number(row: Suggestion) -> SafeString:
    """The number as it is called, or that there is none yet."""
    if row.number:
        url = reverse("suggestions:case", args=[row.key])
        return format_html('<a href="{}">{}</a>', url, row.number)
    return format_html('<span class="quiet">{}</span>', pgettext("no number", "—"))


def title(row: Suggestion) -> SafeString:
    """The title in the serif of people's words; under it who signed, and what sets it apart."""
    return format_html(
        '<a class="words" href="{}">{}</a> <span class="row-note">{}</span>',
        reverse("suggestions:case", args=[row.key]),
        row.title or _("Suggestion without a title"),
        format_html_join(" · ", "{}", ((each,) for each in _notes(row))),
    )


def _notes(row: Any) -> list[Words]:
    signed = len(getattr(row, "cosigned", ()))
    words = ngettext("and %(n)s co-signer", "and %(n)s co-signers", signed) % {"n": signed}
    notes: list[Words] = [f"{row.lead_name} {words}" if signed else row.lead_name]
    if row.delegation_id:
        notes.append(_("whole delegation"))
    if row.kind != Kind.SUGGESTION:
        notes.append(Kind(row.kind).label)
    if row.entered_by_id:
        notes.append(_("entered from paper"))
    if row.merge_group_id:
        notes.append(_("handled together with others"))
    return notes


def due(
    row: Suggestion,
    *,
    today: date,
    threshold: int,
    is_provisional: Callable[[Suggestion], bool],
) -> Words:
    """The deadline with its light while it runs; the day it was answered afterwards."""
    if row.due_on and where.is_handled(row):
        light = light_of(row.due_on, today=today, threshold=threshold)
        return format_html(
            '<span class="due"><span class="light light-{}">{}{}</span> '
            '<a href="{}"><time datetime="{}">{}</time></a> '
            '<span class="quiet nowrap">{}</span>{}</span>',
            light,
            icons.light_mark(light),
            light_word(light),
            reverse("suggestions:deadline", args=[row.key, "reply"]),
            row.due_on.isoformat(),
            days.plain_day(row.due_on),
            days.left_in_words(row.due_on, today=today),
            _provisional_tag() if is_provisional(row) else "",
        )
    if row.replied_on:
        words = _("replied %(day)s") % {"day": days.plain_day(row.replied_on)}
        return format_html('<span class="quiet">{}</span>', words)
    return ""


def certainty(row: Suggestion, *, is_provisional: Callable[[Suggestion], bool]) -> str:
    """Whether a running deadline may yet move, for a column of its own in an export."""
    running = bool(row.due_on) and where.is_handled(row)
    return pgettext("date", "provisional") if running and is_provisional(row) else ""


def _provisional_tag() -> SafeString:
    return format_html(' <span class="tag">{}</span>', pgettext("date", "provisional"))


def stage(row: Suggestion) -> SafeString:
    """The stage; under it, for the organ's own people, the level at which its text lies."""
    said = format_html('<span class="nowrap">{}</span>', Stage(row.stage).label)
    at = [part for part in getattr(row, "charged", ()) if getattr(part, "level", 0)]
    if not at or at[-1].round != row.round:
        return said
    words = {"number": at[-1].level, "count": at[-1].level_count}
    note = _("reply at level %(number)s of %(count)s") % words
    return format_html('{} <span class="row-note">{}</span>', said, note)


def outcome(row: Suggestion) -> Words:
    """The outcome class of the last reply."""
    code = row.outcome_class
    return class_badge(code, class_label(code)) if code else ""


def raised(row: Suggestion) -> Words:
    """During the session or between sessions."""
    if not row.raised:
        return ""
    return format_html('<span class="nowrap">{}</span>', Raised(row.raised).label)


def rounds(row: Suggestion) -> Words:
    """How many rounds of handling it has had; nothing before the first."""
    return str(row.round or "")
