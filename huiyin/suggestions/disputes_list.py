"""The list of disputes about responsibility: who contests what, which round, for how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ, Session
from huiyin.rulebook import WorkCalendar
from huiyin.suggestions import selectors
from huiyin.suggestions.duties.disputes import disputed, settled_by
from huiyin.suggestions.models import Assignment, ReturnRequest
from huiyin.suggestions.presenters.disputes import working_days
from huiyin.suggestions.stages import DecidedBy, HandlingRole, ReturnStanding
from huiyin.ui.lists import Column, Context, Facet, Filter, ListSpec, Sort

Rows = QuerySet[Assignment]

# Those who settle disputes or oversee it.
READERS = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER, Role.COMMITTEE)


def rows_for(actor: Actor) -> Rows:
    """Every charge of a case the reader may see that was ever in dispute: three queries a page."""
    seen = selectors.visible_to(actor).select_related(None).order_by()
    asked = ReturnRequest.objects.annotate(named_name=F("named__name"))
    return (
        Assignment.objects.filter(return_round__gt=0, suggestion__in=seen.values("pk"))
        # Who took it over brings along the rounds of those before and had none itself.
        .exclude(contests=[])
        .select_related("suggestion__lead__person", "organ")
        .prefetch_related(Prefetch("return_requests", asked, to_attr="asked"))
    )


# --- What a row says


def _number(row: Assignment) -> SafeString:
    case = row.suggestion
    url = reverse("suggestions:case", args=[case.key])
    return format_html('<a href="{}">{}</a>', url, case.number or "—")


def _title(row: Assignment) -> SafeString:
    case = row.suggestion
    return format_html(
        '<a class="words" href="{}">{}</a> <span class="row-note">{}</span>',
        reverse("suggestions:case", args=[case.key]),
        case.title,
        case.lead.person.name,
    )


def _organ(row: Assignment) -> SafeString:
    role = HandlingRole(row.role).label
    return format_html('{} <span class="row-note">{}</span>', row.organ.name, role)


def _named(row: Assignment) -> str:
    return "、".join(dict.fromkeys(each.named_name for each in getattr(row, "asked", [])))


def _standing(row: Assignment) -> Words:
    return ReturnStanding(row.returning).label if row.returning else ""


def _office(row: Assignment) -> Words:
    return DecidedBy(row.arbiter).label if row.arbiter else ""


# Finished by ``list_for``, which knows the day and the calendar.
_DAYS = Column(key="days", label=_("Working days without owner"), kind="num", width=14)

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
        key="title",
        label=_("Title"),
        cell=_title,
        kind="title",
        export=lambda row: row.suggestion.title,
        width=60,
    ),
    Column(
        key="organ",
        label=_("Who contests"),
        cell=_organ,
        phone="labelled",
        export=lambda row: row.organ.name,
        width=30,
    ),
    Column(
        key="role",
        label=_("Role"),
        only="export",
        export=lambda row: str(HandlingRole(row.role).label),
    ),
    Column(
        key="named", label=_("Organs named"), cell=_named, phone="labelled", export=_named, width=30
    ),
    Column(
        key="rounds",
        label=_("Rounds"),
        cell="return_round",
        kind="num",
        phone="labelled",
        sort="rounds",
        width=8,
    ),
    _DAYS,
    Column(
        key="since",
        label=_("In dispute since"),
        cell=lambda row: row.contested_since or "",
        only="export",
        export=lambda row: row.contested_since,
    ),
    Column(
        key="standing",
        label=_("Standing"),
        cell=_standing,
        export=lambda row: str(_standing(row)),
        phone="labelled",
        width=20,
    ),
    Column(
        key="office",
        label=_("Decided by"),
        cell=_office,
        export=lambda row: str(_office(row)),
        phone="labelled",
    ),
)


# --- What it can be asked


def _open(rows: Rows, _context: Context) -> Rows:
    return rows.filter(pk__in=disputed().values("pk"))


def _mine(rows: Rows, context: Context) -> Rows:
    if context.actor is None:
        return rows.none()
    return rows.filter(pk__in=settled_by(context.actor).values("pk"))


def _sessions(context: Context) -> Iterable[tuple[str, Words]]:
    congress = context.actor.congress_id if context.actor else None
    rows = Session.objects.filter(congress=congress).order_by("-opens_on", "-pk")
    return list(rows.values_list("key", "name"))


def _organs(context: Context) -> Iterable[tuple[str, Words]]:
    congress = context.actor.congress_id if context.actor else None
    return list(Organ.objects.filter(congress=congress).values_list("key", "name"))


def _rounds(_context: Context) -> Iterable[tuple[str, Words]]:
    return [(str(number), str(number)) for number in range(1, 6)]


LIST = ListSpec(
    name="disputes",
    title=_("Disputed responsibility"),
    columns=COLUMNS,
    sorts=(
        Sort(key="recent", label=_("Entered last"), field="pk"),
        Sort(key="rounds", label=_("Rounds"), field="return_round"),
    ),
    default_sort="-recent",
    facets=(
        Facet(key="open", label=p_("tab", "Undecided"), apply=_open),
        Facet(key="mine", label=p_("tab", "Mine to decide"), apply=_mine),
        Facet(
            key="final",
            label=p_("tab", "Refused twice"),
            apply=lambda rows, _context: rows.filter(returning=ReturnStanding.ESCALATED),
        ),
        Facet(key="all", label=p_("tab", "All")),
    ),
    filters=(
        Filter(
            key="session",
            label=_("Session"),
            kind="choice",
            field="suggestion__session__key",
            choices=_sessions,
        ),
        Filter(
            key="organ", label=_("Who contests"), kind="choice", field="organ__key", choices=_organs
        ),
        Filter(
            key="named",
            label=_("Organ named"),
            kind="choice",
            apply=lambda rows, value, _context: rows.filter(
                pk__in=ReturnRequest.objects.filter(named__key=value).values("assignment")
            ),
            choices=_organs,
        ),
        Filter(
            key="standing",
            label=_("Standing"),
            kind="multi",
            field="returning",
            choices=lambda _context: ReturnStanding.choices,
        ),
        Filter(
            key="round",
            label=_("Rounds"),
            kind="choice",
            field="return_round",
            choices=_rounds,
        ),
        Filter(
            key="office",
            label=_("Decided by"),
            kind="choice",
            field="arbiter",
            choices=lambda _context: DecidedBy.choices,
        ),
    ),
    search=("suggestion__number", "suggestion__title", "organ__name"),
)


def list_for(*, count: Callable[[Assignment], int]) -> ListSpec:
    """The list with the days each charge was in dispute."""
    days = replace(_DAYS, cell=count, export=count, phone="labelled")
    return replace(LIST, columns=[days if each.key == "days" else each for each in COLUMNS])


def counted(on: Any, calendar: WorkCalendar) -> Callable[[Assignment], int]:
    """How to count the days of one row."""
    return lambda row: working_days(row.contests, on=on, calendar=calendar)
