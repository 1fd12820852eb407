"""The old replies a look-back asks about again, each with its latest answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.promises import selectors
from huiyin.promises.models import LookBack, LookBackAnswer, LookBackItem
from huiyin.promises.models.reviews import Progress
from huiyin.ui.lists import Column, Context, Facet, Filter, ListSpec, Sort

Rows = QuerySet[LookBackItem]
_ANSWERED = Exists(LookBackAnswer.objects.filter(item=OuterRef("pk")))


def rows_for(actor: Actor, look: LookBack) -> Rows:
    """Those of the campaign the reader may know of: one query a page."""
    last = LookBackAnswer.objects.filter(item=OuterRef("pk")).order_by("-pk")
    return (
        selectors.items_for(actor)
        .filter(look_back=look)
        .select_related("organ", "assignment__suggestion__lead__person")
        .annotate(
            progress=Subquery(last.values("progress")[:1]), said=Subquery(last.values("text")[:1])
        )
    )


def _title(row: Any) -> SafeString:
    case = row.assignment.suggestion
    return format_html(
        '<a class="words" href="{}">{}　{}</a> <span class="row-note">{}</span>',
        reverse("promises:item", args=[row.key]),
        case.number or "",
        case.title,
        row.said or "",
    )


def _progress(row: Any) -> Words:
    return Progress(row.progress).label if row.progress else p_("look-back", "Not answered yet")


def _organs(context: Context) -> Iterable[tuple[str, Words]]:
    congress = context.actor.congress_id if context.actor else None
    return list(Organ.objects.filter(congress=congress).values_list("key", "name"))


LIST = ListSpec(
    name="look-back",
    title=_("Look-back"),
    columns=(
        Column(
            key="title",
            label=_("Suggestion"),
            cell=_title,
            kind="title",
            export=lambda row: row.assignment.suggestion.title,
            width=60,
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
            key="lead",
            label=_("Lead deputy"),
            cell="assignment.suggestion.lead.person.name",
            phone="labelled",
        ),
        Column(
            key="progress",
            label=_("How it stands now"),
            cell=_progress,
            phone="labelled",
            export=lambda row: str(_progress(row)),
            width=24,
        ),
        Column(
            key="said", label=_("The latest, for the deputy"), only="export", cell="said", width=60
        ),
    ),
    sorts=(Sort(key="first", label=_("Entered first"), field="pk"),),
    default_sort="first",
    facets=(
        Facet(
            key="waiting",
            label=p_("look-back", "Not answered yet"),
            apply=lambda rows, _context: rows.filter(~_ANSWERED),
        ),
        Facet(
            key="answered",
            label=p_("tab", "Answered afresh"),
            apply=lambda rows, _context: rows.filter(_ANSWERED),
        ),
        Facet(key="all", label=p_("tab", "All")),
    ),
    filters=(
        Filter(key="organ", label=_("Organ"), kind="choice", field="organ__key", choices=_organs),
    ),
    search=("assignment__suggestion__number", "assignment__suggestion__title", "organ__name"),
)
