"""The list of key topics."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.supervision.lists.cells import fixed, label_of, link_to, tabs
from huiyin.supervision.stages import NAMED, TopicStage
from huiyin.supervision.topics import topics_for
from huiyin.ui.lists import Column, Filter, ListSpec, Sort


def rows_for(actor: Actor) -> Any:
    """The topics he may know of, each with the number of its suggestions."""
    rows = topics_for(actor).select_related("proposed_by", "session")
    return rows.annotate(case_count=Count("cases"))


def _years(context: Any) -> list[tuple[str, str]]:
    if context.actor is None:
        return []
    years = topics_for(context.actor).order_by("-year").values_list("year", flat=True)
    return [(str(year), str(year)) for year in dict.fromkeys(years)]


_stage = label_of("stage", TopicStage)

LIST = ListSpec(
    name="key-topics",
    title=_("Key topics"),
    columns=(
        Column(
            key="year",
            label=_("Year"),
            cell="year",
            kind="num",
            sort="year",
            phone="labelled",
            width=8,
        ),
        Column(
            key="title",
            label=_("Topic"),
            cell=link_to("supervision:topic", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=60,
        ),
        Column(
            key="cases",
            label=_("Suggestions"),
            cell="case_count",
            kind="num",
            phone="labelled",
            export=lambda row: row.case_count,
        ),
        Column(
            key="proposed_by",
            label=_("Proposed by"),
            cell=lambda row: row.proposed_by or p_("holder", "Congress office"),
            export=lambda row: str(row.proposed_by or p_("holder", "Congress office")),
            phone="labelled",
            width=30,
        ),
        Column(key="stage", label=_("Stage"), cell=_stage, export=_stage, kind="badge", width=20),
    ),
    sorts=(Sort(key="year", label=_("Year"), field="year"),),
    default_sort="-year",
    facets=tabs("stage", TopicStage, p_("tab", "All")),
    filters=(
        Filter(key="year", label=_("Year"), kind="choice", field="year", choices=_years),
        Filter(
            key="named",
            label=_("Named by the chairs' meeting"),
            kind="choice",
            apply=lambda rows, _value, _context: rows.filter(stage__in=NAMED),
            choices=fixed([("yes", p_("named", "Named"))]),
        ),
    ),
    search=("title",),
)
