"""The list of promises: columns, tabs, questions. Every figure of promises leads here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ, Session
from huiyin.promises import duties, selectors, stages
from huiyin.promises.figures import YEARS
from huiyin.promises.models import Promise
from huiyin.promises.stages import PromiseKind, PromiseStage
from huiyin.suggestions.selectors import basis_of
from huiyin.ui.days import plain_day
from huiyin.ui.lists import Column, Context, Facet, Filter, ListSpec, Sort

Rows = QuerySet[Promise]


def rows_for(actor: Actor) -> Rows:
    """What the reader may know of, with what its columns show: one query a page."""
    return selectors.promises_for(actor).select_related(
        "organ", "suggestion__session", "suggestion__lead__person"
    )


# --- What a row says


def _number(row: Promise) -> SafeString:
    url = reverse("promises:promise", args=[row.key])
    return format_html('<a href="{}">{}</a>', url, row.suggestion.number or "—")


def _title(row: Promise) -> SafeString:
    return format_html(
        '<a class="words" href="{}">{}</a> <span class="row-note">{}</span>',
        reverse("promises:promise", args=[row.key]),
        row.sentence,
        row.suggestion.title,
    )


def _due(row: Promise) -> Words:
    if row.due_on is None:
        return _("no day named")
    day = format_html('<span class="nowrap">{}</span>', plain_day(row.due_on))
    if not row.postponed:
        return day
    times = ngettext(
        "postponed %(n)s time, first %(day)s", "postponed %(n)s times, first %(day)s", row.postponed
    ) % {"n": row.postponed, "day": plain_day(row.first_due_on) if row.first_due_on else "—"}
    return format_html('{} <span class="row-note">{}</span>', day, times)


def _stage(row: Promise) -> Words:
    return PromiseStage(row.stage).label


def _kind(row: Promise) -> Words:
    return PromiseKind(row.kind).label


COLUMNS = (
    Column(
        key="number",
        label=_("No."),
        cell=_number,
        kind="key",
        export=lambda row: row.suggestion.number or "",
        width=10,
    ),
    Column(
        key="promise",
        label=p_("ledger", "Promise"),
        cell=_title,
        kind="title",
        export=lambda row: row.sentence,
        width=60,
    ),
    Column(
        key="suggestion",
        label=_("Suggestion"),
        only="export",
        export=lambda row: row.suggestion.title,
        width=50,
    ),
    Column(
        key="class",
        label=p_("ledger", "Class"),
        cell="outcome_class",
        phone="labelled",
        width=8,
    ),
    Column(key="organ", label=_("Organ"), cell="organ.name", phone="labelled", width=30),
    Column(
        key="made",
        label=_("Promised on"),
        cell=lambda row: plain_day(row.made_on),
        kind="date",
        sort="made",
        phone="desk",
        export=lambda row: row.made_on,
    ),
    Column(
        key="due",
        label=_("To be fulfilled by"),
        cell=_due,
        sort="due",
        phone="labelled",
        export=lambda row: row.due_on,
    ),
    Column(
        key="first_due",
        label=_("First day named"),
        only="export",
        export=lambda row: row.first_due_on,
    ),
    Column(
        key="postponed",
        label=_("Times postponed"),
        only="export",
        export=lambda row: row.postponed,
        width=10,
    ),
    Column(
        key="stage",
        label=_("Standing"),
        cell=_stage,
        kind="badge",
        phone="labelled",
        export=lambda row: str(_stage(row)),
        width=20,
    ),
    Column(key="ended", label=_("Struck off on"), only="export", export=lambda row: row.ended_on),
    Column(
        key="kind", label=_("Kind of promise"), only="export", export=lambda row: str(_kind(row))
    ),
    Column(
        key="lead",
        label=_("Lead deputy"),
        only="export",
        export=lambda row: row.suggestion.lead.person.name,
    ),
)


# --- What it can be asked


def _sessions(context: Context) -> Iterable[tuple[str, Words]]:
    congress = context.actor.congress_id if context.actor else None
    rows = Session.objects.filter(congress=congress).order_by("-opens_on", "-pk")
    return list(rows.values_list("key", "name"))


def _organs(context: Context) -> Iterable[tuple[str, Words]]:
    congress = context.actor.congress_id if context.actor else None
    return list(Organ.objects.filter(congress=congress).values_list("key", "name"))


def _years(context: Context) -> Iterable[tuple[str, Words]]:
    """From the first year a promise was made in; the three that are compared in any case."""
    if context.actor is None:
        return []
    made = selectors.promises_for(context.actor).order_by("made_on", "pk")
    earliest = made.values_list("made_on", flat=True).first() or context.today
    first = min(earliest.year, context.today.year - YEARS + 1)
    return [(str(year), str(year)) for year in range(context.today.year, first - 1, -1)]


def _mine(rows: Rows, context: Context) -> Rows:
    """What the reader's own next step is about."""
    return rows.filter(duties.mine(context.actor)) if context.actor else rows.none()


def _made_in(rows: Rows, value: Any, _context: Context) -> Rows:
    year = int(value)
    return rows.filter(made_on__gte=date(year, 1, 1), made_on__lte=date(year, 12, 31))


def _facet(key: str, label: Words, condition: Any) -> Facet:
    return Facet(key=key, label=label, apply=lambda rows, _context: rows.filter(condition))


def _basis(context: Context) -> str:
    """Whatever is done about a promise leaves a line on the record."""
    known = basis_of(context.actor.congress) if context.actor else ""
    return f"{known} {context.today}"


# What links from figures and notes ask; each is a named set of ``selectors``.
_MARKS: tuple[tuple[str, Words], ...] = (
    ("postponed", _("Postponed")),
    ("no_day", _("No day named")),
    ("leaderless", _("Organ is no more")),
    ("fallen_due", _("First day has come")),
    ("kept_in_time", _("Struck off by the first day")),
)


def _marked(rows: Rows, value: Any, context: Context) -> Rows:
    return rows.filter(
        {
            "postponed": selectors.POSTPONED,
            "no_day": selectors.NO_DAY,
            "leaderless": selectors.leaderless(context.today),
            "fallen_due": selectors.fallen_due(context.today),
            "kept_in_time": selectors.KEPT_BY_FIRST_DAY,
        }[value]
    )


LIST = ListSpec(
    name="promises",
    title=_("Ledger of promises"),
    columns=COLUMNS,
    sorts=(
        Sort(key="due", label=_("To be fulfilled by"), field="due_on", nullable=True),
        Sort(key="made", label=_("Promised on"), field="made_on"),
    ),
    default_sort="due",
    facets=(
        _facet("running", p_("tab", "Not struck off"), stages.IS_RUNNING),
        Facet(key="mine", label=p_("tab", "My next step"), apply=_mine),
        Facet(
            key="overdue",
            label=p_("tab", "Overdue"),
            apply=lambda rows, context: rows.filter(selectors.overdue(context.today)),
        ),
        _facet("said_done", p_("tab", "Reported as done"), stages.IS_SAID_DONE),
        _facet("kept", p_("tab", "Struck off"), stages.IS_KEPT),
        _facet("released", p_("tab", "Released"), stages.IS_RELEASED),
        Facet(key="all", label=p_("tab", "All")),
    ),
    filters=(
        Filter(
            key="year",
            label=_("In the ledger of"),
            kind="choice",
            apply=lambda rows, value, _context: rows.filter(selectors.in_ledger_of(int(value))),
            choices=_years,
        ),
        Filter(key="made", label=_("Promised in"), kind="choice", apply=_made_in, choices=_years),
        Filter(
            key="made_before",
            label=_("Promised before the year"),
            kind="choice",
            apply=lambda rows, value, _context: rows.filter(selectors.made_before(int(value))),
            choices=_years,
        ),
        Filter(
            key="session",
            label=_("Session"),
            kind="choice",
            field="suggestion__session__key",
            choices=_sessions,
        ),
        Filter(key="organ", label=_("Organ"), kind="choice", field="organ__key", choices=_organs),
        Filter(
            key="kind",
            label=_("Kind of promise"),
            kind="multi",
            field="kind",
            choices=lambda _context: PromiseKind.choices,
        ),
        Filter(
            key="mark",
            label=p_("ledger", "Mark"),
            kind="choice",
            apply=_marked,
            choices=lambda _context: _MARKS,
        ),
        Filter(key="due_from", label=_("Due from"), kind="date_from", field="due_on"),
        Filter(key="due_to", label=_("Due until"), kind="date_to", field="due_on"),
    ),
    search=("suggestion__number", "suggestion__title", "sentence", "organ__name"),
    basis=_basis,
)
