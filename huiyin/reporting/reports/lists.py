"""The lists of reports, of earlier figures, and of rows that no other list can be asked for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports.names import name_of
from huiyin.reporting.statistics import rows
from huiyin.ui.days import plain_day
from huiyin.ui.lists import Column, Facet, Filter, ListSpec, Sort

KINDS = ReportKind.choices


def _link(url_name: str, text: Any) -> Any:
    def cell(row: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse(url_name, args=[row.key]), text(row))

    return cell


def _day(value: Any) -> Any:
    def cell(row: Any) -> Words:
        return format_html('<span class="nowrap">{}</span>', plain_day(value(row)))

    return cell


def _standing(row: Any) -> str:
    said = p_("report", "Issued") if row.is_issued else p_("report", "Draft")
    return str(said)


def _whose(row: Any) -> str:
    return str(row.organ.name) if row.organ else str(p_("holder", "Congress office"))


REPORTS = ListSpec(
    name="reports",
    title=_("Reports"),
    columns=(
        Column(
            key="title",
            label=_("Title"),
            cell=_link("reporting:reports:one", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=60,
        ),
        Column(
            key="kind",
            label=p_("report", "Kind of report"),
            cell=lambda row: ReportKind(row.kind).label,
            export=lambda row: str(ReportKind(row.kind).label),
            phone="labelled",
        ),
        Column(key="whose", label=_("Whose"), cell=_whose, export=_whose, phone="labelled"),
        Column(
            key="as_of",
            label=_("Figures as of"),
            cell=_day(lambda row: row.as_of),
            export=lambda row: row.as_of,
            sort="as_of",
            phone="labelled",
        ),
        Column(key="standing", label=p_("report", "Standing"), cell=_standing, export=_standing),
    ),
    sorts=(Sort(key="as_of", label=_("Figures as of"), field="as_of"),),
    default_sort="-as_of",
    facets=(
        Facet(key="all", label=p_("tab", "All")),
        Facet(
            key="drafts",
            label=p_("report", "Draft"),
            apply=lambda rows, _context: rows.filter(is_issued=False),
        ),
        Facet(
            key="issued",
            label=p_("report", "Issued"),
            apply=lambda rows, _context: rows.filter(is_issued=True),
        ),
    ),
    filters=(
        Filter(
            key="kind",
            label=p_("report", "Kind of report"),
            kind="choice",
            field="kind",
            choices=lambda _context: KINDS,
        ),
    ),
    search=("title", "meeting"),
)

EARLIER = ListSpec(
    name="earlier-figures",
    title=_("Figures of earlier years"),
    columns=(
        Column(key="year", label=_("Year"), cell="year", kind="num", sort="year", width=8),
        Column(
            key="code",
            label=_("Number of the figure"),
            cell=_link("reporting:reports:earlier_one", lambda row: row.code),
            export=lambda row: row.code,
        ),
        Column(
            key="name",
            label=_("Figure"),
            cell=lambda row: name_of(row.code),
            export=lambda row: name_of(row.code),
            phone="wide",
            width=24,
        ),
        Column(
            key="printed",
            label=_("Figure as printed"),
            cell="printed",
            kind="num",
            phone="labelled",
        ),
        Column(key="base", label=_("Counted over"), cell="base", width=40, phone="wide"),
        Column(key="source", label=_("Paper it stands in"), cell="source", width=40, phone="wide"),
        Column(key="page", label=_("Page"), cell="page", phone="labelled"),
    ),
    sorts=(Sort(key="year", label=_("Year"), field="year"),),
    default_sort="-year",
    search=("code", "source"),
)

COUNTED = ListSpec(
    name="counted-suggestions",
    title=_("Suggestions behind a figure"),
    columns=(
        Column(key="number", label=_("Number"), cell="number", kind="num", sort="number"),
        Column(
            key="title",
            label=_("Title"),
            cell=_link("suggestions:case", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=60,
        ),
        Column(key="lead", label=_("Lead deputy"), cell="lead.person.name", phone="labelled"),
        Column(
            key="organ",
            label=_("Organ"),
            cell=lambda row: row.lead_organ or "",
            export=lambda row: str(row.lead_organ or ""),
            phone="labelled",
            width=30,
        ),
        Column(key="class", label=_("Class"), cell="outcome_class", phone="labelled", width=8),
    ),
    sorts=(Sort(key="number", label=_("Number"), field="number_order", nullable=True),),
    default_sort="number",
    search=("title", "number"),
)

AS_THEY_STOOD = ListSpec(
    name="counted-as-they-stood",
    title=_("Suggestions behind a figure"),
    columns=rows.COLUMNS,
    sorts=rows.SORTS,
    default_sort="number",
)

TOPICS = ListSpec(
    name="counted-topics",
    title=_("Key topics"),
    columns=(
        Column(
            key="title",
            label=_("Title"),
            cell=_link("supervision:topic", lambda row: row.title),
            kind="title",
            export=lambda row: row.title,
            width=60,
        ),
        Column(key="year", label=_("Year"), cell="year", kind="num", sort="year", width=8),
    ),
    sorts=(Sort(key="year", label=_("Year"), field="year"),),
    default_sort="year",
    search=("title",),
)

ORGANS = ListSpec(
    name="counted-organs",
    title=_("Organs behind a figure"),
    columns=(
        Column(key="name", label=_("Organ"), cell="name", kind="title", width=40),
        Column(
            key="system",
            label=_("System"),
            cell=lambda row: row.get_system_display(),
            export=lambda row: str(row.get_system_display()),
        ),
    ),
    sorts=(Sort(key="name", label=_("Organ"), field="name"),),
    default_sort="name",
    search=("name",),
)
