"""What waits for one person's clearance, a line each, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.suggestions.clearance import USUAL, Clearing, Level
from huiyin.suggestions.duties import rows_of
from huiyin.suggestions.models import Assignment, Reply, Suggestion
from huiyin.suggestions.presenters.clocks import light_of
from huiyin.suggestions.presenters.story import class_label
from huiyin.suggestions.stages import ANSWERING

# As many as one reads in a sitting; the list has the others.
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ToClear:
    """One text: of which suggestion, at which level, due when, sent how often."""

    number: str
    title: str
    lead: str
    url: str
    level: Words
    signs: bool
    outcome: str
    outcome_label: Words
    ordinal: int
    at: datetime
    due_on: date | None
    light: str


def to_clear(actor: Actor, *, today: date, near_days: int) -> tuple[Sequence[ToClear], int]:
    """The texts that wait for the actor, the most pressing first, and how many there are."""
    waiting = Suggestion.objects.filter(
        pk__in=rows_of(actor, "check")
        .order_by()
        .values("pk")
        .union(rows_of(actor, "sign").order_by().values("pk"))
    )
    parts = (
        Assignment.objects.filter(
            suggestion__in=waiting.values("pk"), organ=actor.organ_id, role__in=ANSWERING
        )
        .filter(reply_file__level__gt=0)
        .select_related("suggestion__lead__person", "reply_file")
        .order_by("due_on", "pk")
    )
    shown = list(parts[:MOST])
    texts = _texts([part.reply_file.pk for part in shown])
    rows = [
        _row(part, texts[part.reply_file.pk], today=today, near_days=near_days)
        for part in shown
        if part.reply_file.pk in texts
    ]
    return rows, parts.count()


def _texts(files: Sequence[int]) -> dict[int, Reply]:
    """The present text of each file."""
    return {
        reply.file_id: reply for reply in Reply.objects.filter(file__in=files).order_by("ordinal")
    }


def _row(part: Assignment, reply: Reply, *, today: date, near_days: int) -> ToClear:
    own, case = part.reply_file, part.suggestion
    levels = [Level.read(each) for each in own.levels] or list(USUAL)
    clearing = Clearing(levels=levels, holders=(), at=own.level)
    light = light_of(part.due_on, today=today, threshold=near_days) if part.due_on else ""
    return ToClear(
        number=case.number or "",
        title=case.title,
        lead=case.lead.person.name,
        url=reverse("suggestions:reply", args=[part.key]),
        level=clearing.said(own.level),
        signs=own.level == len(levels),
        outcome=reply.outcome_class,
        outcome_label=class_label(reply.outcome_class),
        ordinal=reply.ordinal,
        at=reply.at,
        due_on=part.due_on,
        light=light,
    )
