"""The list of the rows that a number counts, each as it stood on the day.

Both dates of a reply stand in every row, the day of its delivery and that of the letter, and both
ratings, that of the first round and that of the last: an export cannot leave any of them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import OrganName
from huiyin.reporting.figures import Figure
from huiyin.reporting.standpoint import Standpoint
from huiyin.reporting.statistics.dimensions import DIMENSIONS, group_names
from huiyin.suggestions.answers import sessions
from huiyin.suggestions.models import Category, Kind
from huiyin.suggestions.models.case import Raised
from huiyin.suggestions.models.ratings import Grade
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tables import RATED_VIA
from huiyin.ui.days import plain_day
from huiyin.ui.lists import BadAddress, Column, Context, Filter, ListSpec, Sort

Rows = QuerySet[Any]
_GRADES = dict(Grade.choices)


def rows_of(figure: Figure, here: Standpoint, groups: Mapping[str, str]) -> Rows:
    """The rows a statistic counts, in these groups of its dimensions."""
    rows: Rows = here.cases.filter(figure.seen_from(here))
    for key, value in groups.items():
        rows = rows.filter(DIMENSIONS[key].where(here, value))
    return rows


def shown(rows: Rows, here: Standpoint) -> Rows:
    """The rows with what the columns name: one query a page."""
    case = "" if here.picture is None else "suggestion__"
    former = OrganName.objects.filter(organ=OuterRef("lead_organ"), until__gte=here.as_of)
    named: Rows = rows.annotate(
        case_key=F(f"{case}key"),
        case_title=F(f"{case}title"),
        lead_name=F("lead__person__name"),
        organ_name=Coalesce(
            Subquery(former.order_by("until").values("name")[:1]), F("lead_organ__name")
        ),
    )
    return named


# --- What a row says


def _number(row: Any) -> SafeString:
    url = reverse("suggestions:case", args=[row.case_key])
    return format_html('<a href="{}">{}</a>', url, row.number or "—")


def _title(row: Any) -> SafeString:
    return format_html(
        '<a class="words" href="{}">{}</a> <span class="row-note">{}</span>',
        reverse("suggestions:case", args=[row.case_key]),
        row.case_title,
        row.lead_name,
    )


def _day(name: str) -> dict[str, Any]:
    """A column of days: in words on the page, as a day in a workbook."""

    def on_page(row: Any) -> str:
        day = getattr(row, name)
        return plain_day(day) if day else ""

    return {"cell": on_page, "export": lambda row: getattr(row, name), "kind": "date"}


def _grade(name: str) -> dict[str, Any]:
    def said(row: Any) -> str:
        return str(_GRADES.get(getattr(row, name), ""))

    return {"cell": said, "export": said}


def _via(name: str) -> Any:
    return lambda row: str(RATED_VIA[getattr(row, name)]) if getattr(row, name) else ""


SORTS = (
    Sort(key="number", label=_("Number"), field="number_order", nullable=True),
    Sort(
        key="delivered",
        label=_("First reply delivered on"),
        field="first_replied_on",
        nullable=True,
    ),
)
COLUMNS = (
    Column(
        key="number",
        label=_("No."),
        cell=_number,
        kind="key",
        sort="number",
        export=lambda row: row.number or "",
        width=10,
    ),
    Column(
        key="title",
        label=_("Title"),
        cell=_title,
        kind="title",
        export=lambda row: row.case_title,
        width=60,
    ),
    Column(key="lead", label=_("Lead deputy"), only="export", cell="lead_name"),
    Column(
        key="organ",
        label=_("Lead organ"),
        cell=lambda row: row.organ_name or "",
        export=lambda row: row.organ_name or "",
        phone="labelled",
        width=30,
    ),
    Column(
        key="stage",
        label=_("Stage"),
        cell=lambda row: Stage(row.stage).label,
        export=lambda row: str(Stage(row.stage).label),
        phone="labelled",
    ),
    Column(key="due", label=_("Reply due, first round"), phone="labelled", **_day("first_due_on")),
    Column(
        key="delivered",
        label=_("First reply delivered on"),
        sort="delivered",
        phone="labelled",
        **_day("first_replied_on"),
    ),
    Column(
        key="letter",
        label=_("Date of the latest letter"),
        phone="labelled",
        **_day("letter_on"),
    ),
    Column(
        key="class",
        label=_("Class"),
        cell="outcome_class",
        phone="labelled",
        width=8,
    ),
    Column(
        key="first_result",
        label=_("Result, first round"),
        phone="labelled",
        **_grade("first_result"),
    ),
    Column(key="result", label=_("Result, last round"), phone="labelled", **_grade("result")),
)
_EXPORTED = (
    Column(
        key="first_attitude",
        label=_("Attitude, first round"),
        only="export",
        export=_grade("first_attitude")["export"],
    ),
    Column(
        key="attitude",
        label=_("Attitude, last round"),
        only="export",
        export=_grade("attitude")["export"],
    ),
    Column(
        key="first_via",
        label=_("How the first rating came in"),
        only="export",
        export=_via("first_rated_via"),
    ),
    Column(
        key="via",
        label=_("How the last rating came in"),
        only="export",
        export=_via("rated_via"),
    ),
    Column(
        key="kind", label=_("Kind"), only="export", export=lambda row: str(Kind(row.kind).label)
    ),
    Column(
        key="raised",
        label=_("Raised"),
        only="export",
        export=lambda row: str(Raised(row.raised).label) if row.raised else "",
    ),
    Column(
        key="category",
        label=_("Category"),
        only="export",
        export=lambda row: str(Category(row.category).label) if row.category else "",
    ),
    Column(key="rounds", label=_("Rounds"), only="export", cell="round", width=8),
    Column(key="registered", label=_("Registered on"), only="export", cell="registered_on"),
    Column(key="assigned", label=_("Assigned on"), only="export", cell="first_assigned_on"),
    Column(key="ordinary", label=_("Ordinary limit"), only="export", cell="ordinary_due_on"),
    Column(key="replied", label=_("Last reply delivered on"), only="export", cell="replied_on"),
    Column(key="closed", label=_("Closed on"), only="export", cell="closed_on"),
)


def _dates(here: Standpoint) -> tuple[Column, ...]:
    """The two dates of the number itself, in every line of an export."""
    return (
        Column(key="as_of", label=_("As of"), only="export", export=lambda _row: here.as_of),
        Column(
            key="known",
            label=_("Record up to line"),
            only="export",
            export=lambda _row: here.line,
        ),
    )


# --- What the address holds


def _unchanged(rows: Rows, _value: Any, _context: Context) -> Rows:
    """The view has asked for these rows already; the list only keeps the question."""
    return rows


def _asks(key: str, label: Words, kind: Any, **more: Any) -> Filter:
    return Filter(key=key, label=label, kind=kind, apply=_unchanged, **more)


def list_for(code: str, figure: Figure, here: Standpoint, groups: Mapping[str, str]) -> ListSpec:
    """The list of one statistic. Raises ``BadAddress`` for a group there is not."""
    return ListSpec(
        name=f"statistics-{code.lower()}",
        title=f"{code} {name_of(figure)}",
        columns=(*COLUMNS, *_EXPORTED, *_dates(here)),
        sorts=SORTS,
        default_sort="number",
        filters=(
            _asks("session", _("Session"), "choice", choices=sessions),
            _asks("as_of", _("As of"), "date_to"),
            _asks("known", _("Record up to line"), "text"),
            *(_group(here, key, value) for key, value in groups.items()),
        ),
    )


def _group(here: Standpoint, key: str, value: str) -> Filter:
    dimension = DIMENSIONS[key]
    named = group_names(here, key, [value])
    if value not in named:
        raise BadAddress(_now("“%(filter)s” has no such choice.") % {"filter": dimension.label})
    return _asks(key, dimension.label, "choice", choices=lambda _context: named.items())


def name_of(figure: Figure) -> str:
    return str(figure.label)
