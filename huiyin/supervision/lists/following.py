"""Lists of suggestions that supervision follows: not let go, and by counterpart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.lists.cells import day_of, link_to, organs
from huiyin.supervision.supervising import NOT_LET_GO, catalogue
from huiyin.ui.lists import Column, Context, Facet, Filter, ListSpec, Sort

Rows = Any


def _organ(row: Suggestion) -> str:
    return row.lead_organ.name if row.lead_organ else ""


COLUMNS = (
    Column(
        key="number",
        label=_("No."),
        cell=lambda row: row.number or "",
        export=lambda row: row.number or "",
        sort="number",
        kind="key",
        width=10,
    ),
    Column(
        key="title",
        label=_("Title"),
        cell=link_to("suggestions:case", lambda row: row.title),
        kind="title",
        export=lambda row: row.title,
        width=60,
    ),
    Column(key="lead", label=_("Lead deputy"), cell="lead.person.name", phone="labelled"),
    Column(key="organ", label=_("Organ"), cell=_organ, export=_organ, width=24),
    Column(
        key="stage",
        label=_("Stage"),
        cell=lambda row: row.get_stage_display(),
        export=lambda row: str(row.get_stage_display()),
        kind="badge",
    ),
    Column(
        key="due",
        label=_("Reply due"),
        cell=day_of("due_on"),
        sort="due",
        export=lambda row: row.due_on,
        phone="labelled",
    ),
)
SORTS = (
    Sort(key="number", label=_("Number"), field="number_order", nullable=True),
    Sort(key="due", label=_("Reply due"), field="due_on", nullable=True),
)
_LABELS: dict[str, Words] = {
    "undone": p_("not let go", "Not done in time"),
    "paper_only": p_("not let go", "Answered on paper alone"),
    "promise_overdue": p_("not let go", "Promised and not done"),
    "dissatisfied": p_("not let go", "The deputy is not satisfied"),
}


def _standing_on(name: str) -> Callable[[Rows, Context], Rows]:
    return lambda rows, context: rows.filter(NOT_LET_GO[name](context.today))


NOT_LET_GO_LIST = ListSpec(
    name="not-let-go",
    title=_("Not let go"),
    columns=COLUMNS,
    sorts=SORTS,
    default_sort="number",
    facets=(
        Facet(key="all", label=p_("tab", "All")),
        *(
            Facet(key=name, label=label, apply=_standing_on(name))
            for name, label in _LABELS.items()
        ),
    ),
    filters=(
        Filter(
            key="organ", label=_("Organ"), kind="choice", field="lead_organ__key", choices=organs
        ),
    ),
    search=("title", "number"),
)


def _committees(context: Context) -> Iterable[tuple[str, Words]]:
    if context.actor is None:
        return []
    rows = Organ.objects.filter(congress=context.actor.congress_id, is_committee=True)
    return list(rows.values_list("key", "name"))


def catalogue_rows(actor: Actor) -> Any:
    """What the committees follow, with what the columns show."""
    return catalogue(actor).select_related("lead__person", "lead_organ")


CATALOGUE = ListSpec(
    name="counterparts",
    title=_("Counterpart catalogue"),
    columns=(
        Column(
            key="committee",
            label=_("Followed by"),
            cell="committee_name",
            export=lambda row: row.committee_name,
            width=30,
        ),
        *COLUMNS,
    ),
    sorts=SORTS,
    default_sort="number",
    filters=(
        Filter(
            key="committee",
            label=_("Followed by"),
            kind="choice",
            field="followed_by",
            choices=_committees,
        ),
        Filter(
            key="organ", label=_("Organ"), kind="choice", field="lead_organ__key", choices=organs
        ),
    ),
    search=("title", "number"),
)
