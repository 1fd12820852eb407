"""The list of co-handling: every co-handling organ's part, what is due, late, to be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound, Words
from huiyin.organisations.models import Session
from huiyin.suggestions import selectors
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import (
    Assignment,
    CoStatement,
    CountersignLapse,
    OpinionMark,
    StatementKind,
)
from huiyin.suggestions.presenters.clocks import light_of
from huiyin.suggestions.presenters.sight import ORGAN
from huiyin.suggestions.stages import (
    OPEN_ASSIGNMENT,
    AssignmentStage,
    HandlingRole,
    Stage,
)
from huiyin.ui import days, icons
from huiyin.ui.lists import Column, Context, Facet, Filter, ListSpec, Sort
from huiyin.ui.templatetags.ui_tags import light_word

Rows = QuerySet[Assignment]
OVERSEEING = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER, Role.COMMITTEE)
READERS = frozenset({*(role.value for role in ORGAN), *(role.value for role in OVERSEEING)})


def rows_for(actor: Actor) -> Rows:
    """Of an organ its own parts and those beside its lead; of an office all it may see."""
    if actor.role not in READERS:
        raise NotFound("co-handling")
    seen = selectors.visible_to(actor).select_related(None).order_by()
    rows = Assignment.objects.filter(suggestion__in=seen.values("pk"), role=HandlingRole.CO)
    if actor.role in ORGAN:
        rows = rows.filter(Q(organ=actor.organ_id) | Q(suggestion__lead_organ=actor.organ_id))
    return rows.select_related("suggestion__lead_organ", "organ")


# --- The slices; each is one condition, used by tabs and by the numbers of each organ alike

RUNNING = Q(suggestion__stage=Stage.IN_HANDLING, round=F("suggestion__round"))
OWED = RUNNING & Q(stage__in=OPEN_ASSIGNMENT)
TO_JUDGE = RUNNING & Q(stage=AssignmentStage.OPINION_GIVEN, opinion_mark="")
GIVEN = Q(done_on__isnull=False)
GIVEN_LATE = GIVEN & Q(done_on__gt=F("due_on"))
RETURNED = Q(opinion_returned_on__isnull=False)


def late(on: date) -> Q:
    """Still owed after its day."""
    return OWED & Q(due_on__lt=on)


def absent() -> Q:
    """A delivered or signed reply says that its opinion did not come in its time."""
    said = CoStatement.objects.filter(assignment=OuterRef("pk"), kind=StatementKind.ABSENT)
    return Q(Exists(said))


def unsigned() -> Q:
    """A reply was signed without its name, its time having run out."""
    return Q(Exists(CountersignLapse.objects.filter(assignment=OuterRef("pk"))))


ALL = Facet(key="all", label=p_("tab", "All"))
FACETS = (
    ALL,
    Facet(
        key="owed",
        label=p_("tab", "Opinion to come"),
        apply=lambda rows, _context: rows.filter(OWED),
    ),
    Facet(
        key="late",
        label=p_("tab", "Overdue"),
        apply=lambda rows, context: rows.filter(late(context.today)),
    ),
    Facet(
        key="judge",
        label=p_("tab", "To be judged"),
        apply=lambda rows, _context: rows.filter(TO_JUDGE),
    ),
    Facet(
        key="given_late",
        label=p_("tab", "Given late"),
        apply=lambda rows, _context: rows.filter(GIVEN_LATE),
    ),
    Facet(
        key="returned",
        label=p_("tab", "Returned as empty"),
        apply=lambda rows, _context: rows.filter(RETURNED),
    ),
    Facet(
        key="absent",
        label=p_("tab", "Absent from the reply"),
        apply=lambda rows, _context: rows.filter(absent()),
    ),
    Facet(
        key="unsigned",
        label=p_("tab", "Not countersigned"),
        apply=lambda rows, _context: rows.filter(unsigned()),
    ),
)


# --- What a row says


def _number(row: Assignment) -> SafeString:
    url = reverse("suggestions:co_part", args=[row.key])
    return format_html('<a href="{}">{}</a>', url, row.suggestion.number or "—")


def _title(row: Assignment) -> SafeString:
    url = reverse("suggestions:co_part", args=[row.key])
    lead = row.suggestion.lead_organ
    return format_html(
        '<a class="words" href="{}">{}</a> <span class="row-note">{}</span>',
        url,
        row.suggestion.title,
        _("Lead: %(organ)s") % {"organ": lead.name if lead else ""},
    )


def _due(row: Assignment, *, today: date, near: int) -> Words:
    """The day with its light while the opinion is owed; the day it came afterwards."""
    if row.done_on:
        return format_html('<span class="quiet">{}</span>', days.plain_day(row.done_on))
    if row.due_on is None or not where.is_owed(row):
        return ""
    light = light_of(row.due_on, today=today, threshold=near)
    return format_html(
        '<span class="due"><span class="light light-{}">{}{}</span> '
        '<a href="{}"><time datetime="{}">{}</time></a> '
        '<span class="quiet nowrap">{}</span></span>',
        light,
        icons.light_mark(light),
        light_word(light),
        reverse("suggestions:part_deadline", args=[row.key, "due"]),
        row.due_on.isoformat(),
        days.plain_day(row.due_on),
        days.left_in_words(row.due_on, today=today),
    )


def _mark(row: Assignment) -> str:
    return str(dict(OpinionMark.choices).get(row.opinion_mark, ""))


_COLUMNS = (
    Column(
        key="number",
        label=_("No."),
        cell=_number,
        kind="key",
        sort="number",
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
        key="lead",
        label=_("Lead organ"),
        only="export",
        cell="suggestion.lead_organ.name",
        width=30,
    ),
    Column(
        key="organ", label=_("Co-handling organ"), cell="organ.name", phone="labelled", width=30
    ),
    Column(
        key="stage",
        label=_("Stage"),
        cell=lambda row: AssignmentStage(row.stage).label,
        export=lambda row: str(AssignmentStage(row.stage).label),
        width=18,
    ),
    Column(
        key="mark", label=_("Adopted or not"), cell=_mark, export=_mark, phone="labelled", width=14
    ),
    Column(key="due_on", label=_("Opinion due"), only="export", export=lambda row: row.due_on),
    Column(key="done_on", label=_("Opinion given"), only="export", export=lambda row: row.done_on),
)


def _organs(context: Context) -> Iterable[tuple[str, Words]]:
    if context.actor is None:
        return []
    helping = rows_for(context.actor).order_by("organ__name")
    return list(helping.values_list("organ__key", "organ__name").distinct())


def _sessions(context: Context) -> Iterable[tuple[str, Words]]:
    if context.actor is None:
        return []
    rows = Session.objects.filter(congress=context.actor.congress_id).order_by("-opens_on", "-pk")
    return list(rows.values_list("key", "name"))


def list_for(*, today: date, near: int) -> ListSpec:
    """The list; ``near`` days before its day a light turns."""
    day = Column(
        key="due",
        label=_("Opinion due or given"),
        cell=partial(_due, today=today, near=near),
        kind="date",
        sort="due",
        only="screen",
        phone="wide",
    )
    return ListSpec(
        name="co_handling",
        title=_("Co-handling"),
        columns=(*_COLUMNS[:4], day, *_COLUMNS[4:]),
        sorts=(
            Sort(key="due", label=_("Opinion due"), field="due_on", nullable=True),
            Sort(key="number", label=_("Number"), field="suggestion__number_order", nullable=True),
        ),
        default_sort="due",
        facets=FACETS,
        filters=(
            Filter(
                key="session",
                label=_("Session"),
                kind="choice",
                field="suggestion__session__key",
                choices=_sessions,
            ),
            Filter(
                key="organ",
                label=_("Co-handling organ"),
                kind="choice",
                field="organ__key",
                choices=_organs,
            ),
        ),
        search=("suggestion__number", "suggestion__title"),
    )


# --- The same numbers organ by organ


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the rows it counts."""

    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganCounts:
    organ: str
    numbers: tuple[Number, ...]

    @property
    def is_spotless(self) -> bool:
        """Nothing late, returned or missing: all but the first number are none."""
        return not any(each.count for each in self.numbers[1:])


# Which tabs are counted organ by organ.
COUNTED = ("all", "late", "given_late", "returned", "absent", "unsigned")


def by_organ(actor: Actor, *, on: date) -> list[OrganCounts]:
    """How each organ keeps its time, for the offices; each number leads to its rows. One query."""
    if actor.role not in OVERSEEING:
        return []
    slices = {
        "all": Q(),
        "late": late(on),
        "given_late": GIVEN_LATE,
        "returned": RETURNED,
        "absent": absent(),
        "unsigned": unsigned(),
    }
    counts = {
        f"n_{name}": Count("pk", filter=condition) if condition else Count("pk")
        for name, condition in slices.items()
    }
    rows = rows_for(actor).select_related(None).order_by("organ__name")
    found: Iterable[Any] = rows.values("organ__key", "organ__name").annotate(**counts)
    return [
        OrganCounts(
            organ=row["organ__name"],
            numbers=tuple(
                Number(row[f"n_{name}"], _address(row["organ__key"], name)) for name in COUNTED
            ),
        )
        for row in found
    ]


def _address(organ: str, tab: str) -> str:
    asked = {"organ": organ} | ({"tab": tab} if tab != "all" else {})
    return f"{reverse('suggestions:co_handling')}?{urlencode(asked)}"


def headings() -> list[Words]:
    """What the numbers of each organ count, in their order."""
    by_key = {facet.key: facet.label for facet in FACETS}
    return [by_key[name] for name in COUNTED]
