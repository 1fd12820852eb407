"""The lists of special funds and of micro-projects."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.supervision.funding import projects_for
from huiyin.supervision.lists.cells import label_of, link_to, organs, tabs
from huiyin.supervision.stages import ProjectStage
from huiyin.ui.lists import Column, Filter, ListSpec, Sort


def yuan(field: str) -> Any:
    """A cell with a sum as offices write it."""
    return lambda row: f"{getattr(row, field):,.2f}"


def _sum(key: str, label: Any) -> Column:
    return Column(
        key=key,
        label=label,
        cell=yuan(key),
        kind="num",
        export=lambda row: getattr(row, key),
        phone="labelled",
    )


FUNDS = ListSpec(
    name="funds",
    title=_("Special fund"),
    columns=(
        Column(key="year", label=_("Year"), cell="year", kind="num", sort="year", width=8),
        Column(
            key="title",
            label=_("Name of the fund"),
            cell=link_to("supervision:fund", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=40,
        ),
        _sum("budget", _("Budget (yuan)")),
        _sum("spent", _("Spent (yuan)")),
        _sum("free", _("Free (yuan)")),
        Column(key="projects", label=_("Projects"), cell="project_count", kind="num"),
    ),
    sorts=(Sort(key="year", label=_("Year"), field="year"),),
    default_sort="-year",
    search=("title",),
)


def project_rows(actor: Actor) -> Any:
    """The projects he may know of, with what the columns show."""
    return projects_for(actor).select_related("fund", "organ", "suggestion")


_stage = label_of("stage", ProjectStage)

PROJECTS = ListSpec(
    name="projects",
    title=_("Micro-projects"),
    columns=(
        Column(
            key="title",
            label=_("Micro-project"),
            cell=link_to("supervision:project", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=50,
        ),
        Column(
            key="number",
            label=_("Suggestion"),
            cell=lambda row: row.suggestion.number or "",
            export=lambda row: row.suggestion.number or "",
            phone="labelled",
        ),
        Column(key="organ", label=_("Organ"), cell="organ.name", width=24),
        Column(key="year", label=_("Year"), cell="fund.year", kind="num"),
        _sum("asked", _("Asked for (yuan)")),
        _sum("spent", _("Spent (yuan)")),
        Column(key="stage", label=_("Stage"), cell=_stage, export=_stage, kind="badge"),
    ),
    sorts=(Sort(key="new", label=_("Applied for last"), field="at"),),
    default_sort="-new",
    facets=tabs("stage", ProjectStage, p_("tab", "All")),
    filters=(
        Filter(key="organ", label=_("Organ"), kind="choice", field="organ__key", choices=organs),
    ),
    search=("title", "organ__name"),
)
