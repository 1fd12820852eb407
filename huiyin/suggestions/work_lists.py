"""The three lists of a handling organ (三个清单): what it was given, what is key, what is chased.

Each row is one organ's part. Whoever is concerned reads them: the organ's liaison officer, checker
and head their own, the congress office and the government office those of all their organs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import NotFound, Words
from huiyin.suggestions import part_cells as cells
from huiyin.suggestions import selectors
from huiyin.suggestions.models import Assignment, Contact, HandlingPlan, Suggestion
from huiyin.suggestions.responsibility import (
    KEY_ITEM,
    OVERSEERS,
    OWED,
    parts_for,
    plans_in_force,
)
from huiyin.suggestions.stages import ANSWERING, HandlingRole
from huiyin.suggestions.work_questions import FILTERS, ORGAN
from huiyin.ui.lists import Column, Context, Facet, ListSpec, Sort

Rows = QuerySet[Assignment]
ASSIGNED, KEY, CHASING = "assigned", "key", "chasing"


# --- The rows


def rows_for(actor: Actor, name: str, *, today: date, near_days: int) -> Rows:
    """What stands in the list for this reader, with what its columns show: five queries a page."""
    plans = HandlingPlan.objects.select_related("leader").prefetch_related("milestones")
    charged = Assignment.objects.annotate(organ_name=F("organ__name")).order_by("pk")
    rows = parts_for(actor).filter(_held(name, today=today, near_days=near_days))
    rows = rows.annotate(has_contact=Exists(Contact.objects.filter(assignment=OuterRef("pk"))))
    cases = Suggestion.objects.annotate(lead_name=F("lead__person__name"))
    return rows.select_related("organ", "division", "handler__person").prefetch_related(
        Prefetch("suggestion", cases),
        Prefetch("plans", plans.order_by("pk"), to_attr="planned"),
        Prefetch("suggestion__assignments", charged, to_attr="charged"),
    )


def _held(name: str, *, today: date, near_days: int) -> Q:
    if name == ASSIGNED:
        return Q()
    if name == KEY:
        return KEY_ITEM
    return OWED & (late(today) | near(today, near_days) | without_plan() | without_contact())


def late(today: date) -> Q:
    return OWED & Q(due_on__lt=today)


def near(today: date, near_days: int) -> Q:
    return OWED & Q(due_on__range=(today, today + timedelta(days=near_days)))


def without_plan() -> Q:
    """Who answers the deputy and has no plan yet."""
    plans = HandlingPlan.objects.filter(assignment=OuterRef("pk"))
    return OWED & Q(role__in=ANSWERING) & Q(~Exists(plans))


def without_contact() -> Q:
    """Who answers the deputy and has not spoken with him."""
    contacts = Contact.objects.filter(assignment=OuterRef("pk"))
    return OWED & Q(role__in=ANSWERING) & Q(~Exists(contacts))


# --- Their parts


def _facet(key: str, label: Words, condition: Q) -> Facet:
    return Facet(key=key, label=label, apply=lambda rows, _context: rows.filter(condition))


def _not_by_main(rows: Rows, _context: Context) -> Rows:
    led = plans_in_force(rows).filter(leader__is_main=True)
    return rows.exclude(pk__in=led.values("assignment"))


ALL = Facet(key="all", label=p_("tab", "All"))
MARKED = (
    _facet("hot", p_("mark", "Hot issue"), Q(is_hot=True)),
    _facet("hard", p_("mark", "Hard issue"), Q(is_hard=True)),
    _facet("focus", p_("mark", "Focus issue"), Q(is_focus=True)),
)
WIDE = _facet("wide", p_("tab", "Broad and hard"), Q(wide=True))
TO_ANSWER = _facet("answering", p_("tab", "To be answered"), Q(role__in=ANSWERING))
CO = _facet("co", HandlingRole.CO.label, Q(role=HandlingRole.CO))
OWING = _facet("owed", p_("tab", "Not done yet"), OWED)
NO_PLAN = _facet("no_plan", p_("tab", "Without a plan"), without_plan())
NO_CONTACT = _facet("no_contact", p_("tab", "Deputy not contacted"), without_contact())
NOT_BY_MAIN = Facet(
    key="not_by_main", label=p_("tab", "Not led by the main leader"), apply=_not_by_main
)


# --- Their columns


def _column(key: str, label: Words, cell: cells.Cell, *, width: int = 16, **more: str) -> Column:
    """A text that stands on the page as it stands in the workbook."""
    return Column(key=key, label=label, cell=cell, export=cell, width=width, **more)  # type: ignore[arg-type]


NUMBER = Column(
    key="number",
    label=_("No."),
    cell=cells.number,
    kind="key",
    sort="number",
    export=lambda row: row.suggestion.number or "",
    width=10,
)
TITLE = Column(
    key="title",
    label=_("Title"),
    cell=cells.title,
    kind="title",
    export=lambda row: row.suggestion.title,
    width=60,
)
DEPUTY = Column(
    key="lead", label=_("Lead deputy"), only="export", cell="suggestion.lead.person.name"
)
AT_ORGAN = _column("organ", p_("column", "Organ"), cells.organ, width=30, phone="labelled")
ROLE = _column("role", p_("column", "Role"), cells.role)
CO_ORGANS = Column(
    key="co",
    label=_("Co-handling organs"),
    only="export",
    export=cells.co_organs,
    width=40,
)
RECEIVED = Column(
    key="received",
    label=p_("column", "Received"),
    cell=cells.received,
    kind="date",
    sort="received",
    export=lambda row: row.assigned_on,
    phone="labelled",
)
DUE = Column(
    key="due",
    label=p_("column", "Due"),
    kind="date",
    sort="due",
    export=lambda row: row.due_on,
    phone="wide",
)
MARKS = _column("marks", p_("marks", "Marks"), cells.marks)
LEADER = _column("leader", _("Responsible leader"), cells.leader, phone="labelled")
BY_MAIN = Column(
    key="by_main",
    label=p_("column", "Led by the main leader"),
    only="export",
    export=cells.by_main,
)
GIVEN = Column(
    key="given",
    label=_("Division and handler"),
    cell=cells.given,
    only="screen",
    phone="labelled",
)
DIVISION = Column(
    key="division", label=_("Division"), only="export", export=cells.division, width=24
)
DIVISION_HEAD = Column(
    key="division_head", label=_("Head of division"), only="export", export=cells.division_head
)
HANDLER = Column(key="handler", label=_("Handler"), only="export", export=cells.handler)
GOAL = _column("goal", p_("plan", "Goal"), cells.goal, width=40, phone="wide")
MILESTONES = Column(
    key="milestones",
    label=_("Milestones"),
    only="export",
    export=cells.milestones,
    width=40,
)
FEEDBACK = Column(
    key="feedback",
    label=_("Day of feedback"),
    only="export",
    export=cells.feedback_on,
)
STAGE = Column(key="stage", label=_("Stage"), only="export", export=cells.stage, width=18)
DAYS = Column(key="days", label=p_("column", "Days"), kind="num", phone="labelled", width=12)
PLAN = Column(key="plan", label=_("Handling plan"), phone="labelled", width=18)
CONTACT = Column(key="contact", label=_("Contact with the deputy"), phone="labelled", width=18)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """One of the three: its title, its parts, its columns."""

    title: Words
    facets: tuple[Facet, ...]
    columns: tuple[Column, ...]


WORK_LISTS: dict[str, WorkList] = {
    ASSIGNED: WorkList(
        title=_("List of items assigned"),
        facets=(ALL, TO_ANSWER, CO, OWING, *MARKED, WIDE),
        columns=(
            *(NUMBER, TITLE, DEPUTY, AT_ORGAN, ROLE, CO_ORGANS, RECEIVED, DUE, MARKS),
            *(GIVEN, DIVISION, DIVISION_HEAD, HANDLER, LEADER, STAGE),
        ),
    ),
    KEY: WorkList(
        title=_("List of key items"),
        facets=(ALL, *MARKED, WIDE, NO_PLAN, NOT_BY_MAIN),
        columns=(
            *(NUMBER, TITLE, DEPUTY, AT_ORGAN, MARKS, LEADER, BY_MAIN),
            *(GIVEN, DIVISION, HANDLER),
            *(GOAL, MILESTONES, FEEDBACK, DUE, STAGE),
        ),
    ),
    CHASING: WorkList(
        title=_("List of items to be urged"),
        facets=(ALL, NO_PLAN, NO_CONTACT),
        columns=(
            *(NUMBER, TITLE, DEPUTY, AT_ORGAN, ROLE, GIVEN, DIVISION, HANDLER, DUE, DAYS),
            *(PLAN, CONTACT, STAGE),
        ),
    ),
}


def list_for(actor: Actor, name: str, *, today: date, near_days: int) -> ListSpec:
    """One of the lists as this reader finds it. Raises ``NotFound`` for another name."""
    if name not in WORK_LISTS:
        raise NotFound(name)
    found = WORK_LISTS[name]
    over_all = actor.role in OVERSEERS
    on_day = {
        "due": partial(cells.due, today=today, near_days=near_days),
        "days": partial(cells.days, today=today),
        "plan": partial(cells.plan, today=today),
        "contact": partial(cells.contact, today=today),
    }
    columns = [
        replace(each, cell=on_day[each.key], export=each.export or on_day[each.key])
        if each.key in on_day
        else each
        for each in found.columns
        if each is not AT_ORGAN or over_all
    ]
    return ListSpec(
        name=f"work-{name}",
        title=found.title,
        columns=columns,
        sorts=(
            Sort(key="due", label=p_("column", "Due"), field="due_on", nullable=True),
            Sort(key="received", label=p_("column", "Received"), field="assigned_on"),
            Sort(key="number", label=_("Number"), field="suggestion__number_order", nullable=True),
        ),
        default_sort="number" if name == ASSIGNED else "due",
        facets=_facets(found, name, today=today, near_days=near_days),
        filters=[each for each in FILTERS if each is not ORGAN or over_all],
        search=("suggestion__number", "suggestion__title", "suggestion__lead__person__name"),
        basis=_basis,
    )


def _facets(found: WorkList, name: str, *, today: date, near_days: int) -> tuple[Facet, ...]:
    if name != CHASING:
        return found.facets
    first, *others = found.facets
    overdue = _facet("late", p_("tab", "Overdue"), late(today))
    soon = _facet("near", p_("tab", "Near due"), near(today, near_days))
    return (first, overdue, soon, *others)


def _basis(context: Context) -> str:
    """What the counts rest on: the record of the congress."""
    return selectors.basis_of(context.actor.congress) if context.actor else ""
