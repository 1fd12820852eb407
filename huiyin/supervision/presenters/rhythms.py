"""Rhythms and circulars as their pages show them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.supervision.models import Circular, CitedClause, Rhythm, RhythmEnd
from huiyin.supervision.presenters.page import Page, Section, clause_fact, facts, table
from huiyin.supervision.stages import RhythmKind
from huiyin.ui.days import plain_day

# How many turns a page shows; the export has no end.
SHOWN = 60


def rhythm_page(_actor: Actor, rhythm: Rhythm) -> Page:
    """The turns of a rhythm, the latest first, each with its minutes or without."""
    tasks = rhythm.tasks.select_related("minutes").order_by("-due_on")[:SHOWN]
    rows = [
        (
            each.due_on,
            each.minutes.held_on if hasattr(each, "minutes") else _("no minutes yet"),
            each.minutes.attended if hasattr(each, "minutes") else "",
            each.minutes.text if hasattr(each, "minutes") else "",
        )
        for each in tasks
    ]
    end = RhythmEnd.objects.filter(rhythm=rhythm).first()
    cited = CitedClause.objects.filter(rhythm=rhythm).select_related("clause__paper").first()
    heads = (_("Due on"), _("Held on"), _("Who took part"), _("What was dealt with"))
    return Page(
        title=rhythm.title,
        tags=[RhythmKind(rhythm.kind).label],
        facts=[
            *clause_fact(cited.clause if cited else None),
            *facts(
                (_("Document and clause"), rhythm.basis),
                (_("First on"), plain_day(rhythm.begins_on)),
                (_("Until"), plain_day(rhythm.ends_on) if rhythm.ends_on else ""),
                (_("Ended earlier, on"), plain_day(end.last_on) if end else ""),
                (_("Reason"), end.why if end else ""),
            ),
        ],
        sections=[
            Section(
                title=_("Turns and minutes"),
                table=table(heads, rows),
                empty=_("The first turn appears on its day."),
            )
        ],
    )


def circular_page(_actor: Actor, circular: Circular) -> Page:
    """A circular with the figures of its day."""
    heads = (
        _("Organ"),
        _("Led"),
        _("Answered"),
        _("Overdue"),
        _("Not satisfied"),
        _("Handled again"),
    )
    rows = [[str(each) for each in line] for line in circular.lines]
    return Page(
        title=circular.number,
        number=f"{circular.month:%Y-%m}",
        facts=facts((_("Issued on"), plain_day(circular.issued_on))),
        sections=[
            Section(title=_("What is pointed out"), text=circular.note, empty=_("Nothing.")),
            Section(
                title=_("Organs"),
                table=table(heads, rows, nums=(1, 2, 3, 4, 5)),
                empty=_("No organ had anything to answer."),
            ),
        ],
        papers=[
            (reverse("supervision:circular_paper", args=[circular.key, ending]), words)
            for ending, words in (("docx", _("Circular, Word")), ("pdf", _("Circular, PDF")))
        ],
    )
