"""The lists of rhythms and of circulars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.supervision.lists.cells import day_of, label_of, link_to, tabs
from huiyin.supervision.stages import RhythmKind
from huiyin.ui.lists import Column, ListSpec, Sort

_kind = label_of("kind", RhythmKind)

RHYTHMS = ListSpec(
    name="rhythms",
    title=_("Rhythms"),
    columns=(
        Column(
            key="title",
            label=p_("supervision", "What is done"),
            cell=link_to("supervision:rhythm", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=50,
        ),
        Column(key="kind", label=_("How often"), cell=_kind, export=_kind),
        Column(key="basis", label=_("Document and clause"), cell="basis", phone="desk", width=30),
        Column(
            key="open",
            label=_("Without minutes"),
            cell="open_tasks",
            kind="num",
            phone="labelled",
        ),
        Column(
            key="last",
            label=_("Last held"),
            cell=day_of("last_held"),
            export=lambda row: row.last_held,
            phone="labelled",
        ),
    ),
    sorts=(Sort(key="begun", label=_("First on"), field="begins_on"),),
    default_sort="begun",
    facets=tabs("kind", RhythmKind, p_("tab", "All")),
    search=("title", "basis"),
)

CIRCULARS = ListSpec(
    name="circulars",
    title=_("Monthly circulars"),
    columns=(
        Column(
            key="month",
            label=_("Month"),
            cell=lambda row: f"{row.month:%Y-%m}",
            export=lambda row: f"{row.month:%Y-%m}",
            sort="month",
        ),
        Column(
            key="number",
            label=_("Number of the circular"),
            cell=link_to("supervision:circular", lambda row: row.number),
            kind="title",
            export=lambda row: row.number,
            width=40,
        ),
        Column(
            key="issued",
            label=_("Issued on"),
            cell=day_of("issued_on"),
            export=lambda row: row.issued_on,
        ),
    ),
    sorts=(Sort(key="month", label=_("Month"), field="month"),),
    default_sort="-month",
    search=("number",),
)
