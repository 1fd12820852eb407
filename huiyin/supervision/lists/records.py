"""The lists of outcomes, publicity, papers and bulletins."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.supervision.lists.cells import day_of, label_of, link_to, tabs
from huiyin.supervision.stages import OutcomeKind, PaperKind, PublicityKind
from huiyin.ui.lists import Column, Filter, ListSpec, Sort

_outcome = label_of("kind", OutcomeKind)
_publicity = label_of("kind", PublicityKind)
_paper = label_of("kind", PaperKind)


def _amount(row: Any) -> str:
    return f"{row.amount:,.2f}" if row.amount is not None else ""


def _day(field: str, label: Any) -> Column:
    return Column(
        key="on",
        label=label,
        cell=day_of(field),
        sort="on",
        export=lambda row: getattr(row, field),
    )


def _title(url_name: str) -> Column:
    return Column(
        key="title",
        label=_("Title"),
        cell=link_to(url_name, lambda row: row.title),
        kind="title",
        export=lambda row: row.title,
        width=60,
    )


OUTCOMES = ListSpec(
    name="outcomes",
    title=_("Outcomes"),
    columns=(
        _day("on", _("Day")),
        _title("supervision:outcome"),
        Column(key="kind", label=_("Turned into"), cell=_outcome, export=_outcome, kind="badge"),
        Column(
            key="number",
            label=_("Suggestion"),
            cell=lambda row: row.suggestion.number or "",
            export=lambda row: row.suggestion.number or "",
            phone="labelled",
        ),
        Column(
            key="organ",
            label=_("Organ"),
            cell=lambda row: row.organ or "",
            export=lambda row: str(row.organ or ""),
            width=24,
        ),
        Column(key="amount", label=_("Amount (yuan)"), cell=_amount, kind="num", export=_amount),
        Column(key="source", label=_("Document number or address"), cell="source", phone="desk"),
    ),
    sorts=(Sort(key="on", label=_("Day"), field="on"),),
    default_sort="-on",
    facets=tabs("kind", OutcomeKind, p_("tab", "All")),
    search=("title", "source", "suggestion__title"),
)


def _link(row: Any) -> SafeString | str:
    return format_html('<span class="row-note">{}</span>', row.link) if row.link else ""


PUBLICITY = ListSpec(
    name="publicity",
    title=_("Training and publicity"),
    columns=(
        _day("on", _("Day")),
        _title("supervision:publicity"),
        Column(key="kind", label=_("Kind"), cell=_publicity, export=_publicity, kind="badge"),
        Column(key="medium", label=_("Medium, or place of the training"), cell="medium"),
        Column(
            key="attended",
            label=_("How many took part"),
            cell="attended",
            kind="num",
            phone="labelled",
        ),
        Column(
            key="link",
            label=_("Where it can be read"),
            cell=_link,
            export=lambda row: row.link,
            phone="desk",
        ),
    ),
    sorts=(Sort(key="on", label=_("Day"), field="on"),),
    default_sort="-on",
    facets=tabs("kind", PublicityKind, p_("tab", "All")),
    filters=(
        Filter(
            key="medium",
            label=_("Medium, or place of the training"),
            kind="text",
            field="medium",
        ),
        Filter(key="since", label=p_("supervision", "Held from"), kind="date_from", field="on"),
        Filter(key="until", label=p_("supervision", "Held until"), kind="date_to", field="on"),
    ),
    search=("title", "medium"),
)

PAPERS = ListSpec(
    name="yearly-papers",
    title=_("Yearly opinions and plans"),
    columns=(
        Column(key="year", label=_("Year"), cell="year", kind="num", width=8),
        _title("supervision:paper"),
        Column(key="number", label=_("Document number"), cell="number", width=24),
        Column(key="kind", label=_("Kind"), cell=_paper, export=_paper, kind="badge"),
        Column(
            key="organ",
            label=_("Organ that issued it"),
            cell=lambda row: row.organ or p_("holder", "Congress office"),
            export=lambda row: str(row.organ or p_("holder", "Congress office")),
            phone="labelled",
        ),
        Column(key="clauses", label=_("Clauses"), cell="clause_count", kind="num"),
    ),
    sorts=(Sort(key="on", label=_("Issued on"), field="issued_on"),),
    default_sort="-on",
    facets=tabs("kind", PaperKind, p_("tab", "All")),
    search=("title", "number"),
)

BULLETINS = ListSpec(
    name="bulletins",
    title=_("Bulletins"),
    columns=(
        Column(key="running", label=_("Running number"), cell="running", kind="num", sort="on"),
        Column(
            key="title",
            label=_("Title"),
            cell=link_to(
                "supervision:bulletin", lambda row: f"{row.title}（{row.year}年第{row.issue}期）"
            ),
            kind="title",
            export=lambda row: f"{row.title}（{row.year}年第{row.issue}期）",
            width=40,
        ),
        Column(key="editor", label=_("Editor in charge"), cell="editor", phone="labelled"),
        Column(key="articles", label=_("Articles"), cell="article_count", kind="num"),
        Column(
            key="issued",
            label=_("Issued on"),
            cell=day_of("issued_on"),
            export=lambda row: row.issued_on,
        ),
    ),
    sorts=(Sort(key="on", label=_("Running number"), field="running"),),
    default_sort="-on",
    search=("title", "editor"),
)
