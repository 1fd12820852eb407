"""The work schedule (工作安排表): day by day what is due and what a plan has set for that day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.accounts.actor import Actor
from huiyin.documents.workbooks import Heading
from huiyin.kernel.errors import Words
from huiyin.suggestions.models import Assignment, HandlingPlan, Milestone
from huiyin.suggestions.responsibility import OWED, parts_for, plans_in_force
from huiyin.suggestions.stages import ANSWERING

# How many lines a page shows; the workbook holds them all.
SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something is to be done by a day, by whom, in which item."""

    on: date
    kind: Words
    what: str
    organ: str
    division: str
    handler: str
    number: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    on: date
    entries: Sequence[Entry]
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The days asked for. What was due before ``first`` and is still owed stands first."""

    first: date
    last: date
    entries: Sequence[Entry]

    @property
    def days(self) -> list[Day]:
        """The first entries, day by day."""
        shown = self.entries[:SHOWN]
        return [
            Day(on=on, entries=list(found), late=on < self.first)
            for on, found in groupby(shown, key=lambda each: each.on)
        ]

    @property
    def more(self) -> int:
        return max(len(self.entries) - SHOWN, 0)


def schedule(actor: Actor, *, first: date, last: date, organ: str = "") -> Schedule:
    """Read the days in three queries."""
    parts = parts_for(actor).filter(OWED)
    if organ:
        parts = parts.filter(organ__key=organ)
    found = [*_dues(parts, last), *_feedback(parts, first, last), *_milestones(parts, first, last)]
    entries = sorted(found, key=lambda each: (each.on, each.organ, each.number.zfill(6)))
    return Schedule(first=first, last=last, entries=entries)


def _dues(parts: QuerySet[Assignment], last: date) -> Iterator[Entry]:
    rows = parts.filter(due_on__lte=last).select_related(
        "suggestion", "organ", "division", "handler__person"
    )
    for part in rows:
        answers = part.role in ANSWERING
        yield _entry(
            part,
            on=part.due_on or last,
            kind=pgettext("schedule", "Reply due")
            if answers
            else pgettext("schedule", "Opinion due"),
        )


def _feedback(parts: QuerySet[Assignment], first: date, last: date) -> Iterator[Entry]:
    plans = _planned(parts).filter(feedback_on__range=(first, last))
    for plan in plans:
        kind = pgettext("schedule", "Handler reports inside")
        yield _entry(plan.assignment, on=plan.feedback_on, kind=kind, plan=plan)


def _milestones(parts: QuerySet[Assignment], first: date, last: date) -> Iterator[Entry]:
    rows = Milestone.objects.filter(
        plan__in=plans_in_force(parts).values("pk"), due_on__range=(first, last)
    ).select_related(*(f"plan__{path}" for path in _PLAN), "plan")
    for row in rows:
        kind = pgettext("schedule", "Milestone")
        plan = row.plan
        yield _entry(plan.assignment, on=row.due_on, kind=kind, what=row.what, plan=plan)


_PLAN = (
    "assignment__suggestion",
    "assignment__organ",
    "assignment__division",
    "assignment__handler__person",
)


def _planned(parts: QuerySet[Assignment]) -> QuerySet[HandlingPlan]:
    return plans_in_force(parts).select_related(*_PLAN)


def _entry(
    part: Assignment,
    *,
    on: date,
    kind: Words,
    what: str = "",
    plan: HandlingPlan | None = None,
) -> Entry:
    division = part.division.name if part.division else ""
    handler = part.handler.person.name if part.handler else ""
    return Entry(
        on=on,
        kind=kind,
        what=what,
        organ=part.organ.name,
        division=division or (plan.division if plan else ""),
        handler=handler or (plan.handler if plan else ""),
        number=part.suggestion.number or "",
        title=part.suggestion.title,
        url=reverse("suggestions:case", args=[part.suggestion.key]),
    )


# --- As a workbook


def headings() -> list[Heading]:
    return [
        Heading(_("Day"), 14),
        Heading(pgettext("schedule", "What is due"), 18),
        Heading(_("Milestones"), 40),
        Heading(_("No."), 10),
        Heading(_("Title"), 60),
        Heading(pgettext("column", "Organ"), 30),
        Heading(_("Division"), 24),
        Heading(_("Handler"), 16),
        Heading(pgettext("tab", "Overdue"), 10),
    ]


def row(entry: Entry, *, first: date) -> list[date | str]:
    return [
        entry.on,
        str(entry.kind),
        entry.what,
        entry.number,
        entry.title,
        entry.organ,
        entry.division,
        entry.handler,
        _("Yes") if entry.on < first else "",
    ]
