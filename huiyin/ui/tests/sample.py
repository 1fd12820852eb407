"""A list over saved views: the one model this room has serves as its own example."""

from __future__ import annotations

from django.db.models import Value
from django.db.models.functions import NullIf
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from huiyin.accounts.tests.town import NOW, TODAY
from huiyin.organisations.models import Congress
from huiyin.ui import lists
from huiyin.ui.models import SavedView

SPEC = lists.ListSpec(
    name="sample",
    title="Samples",
    columns=(
        lists.Column(key="name", label="Name", sort="name", kind="title"),
        lists.Column(key="place", label="Place", cell=lambda row: f"<{row.position}>", kind="num"),
        lists.Column(key="congress", label="Congress", cell="congress.name"),
        lists.Column(key="formula", label="Query", cell="query", only="export"),
    ),
    sorts=(
        lists.Sort(key="name", label="Name", field="name"),
        lists.Sort(key="place", label="Place", field="position"),
        # A place of 0 counts as none.
        lists.Sort(key="maybe", label="Maybe", field=NullIf("position", Value(0)), nullable=True),
    ),
    default_sort="name",
    facets=(
        lists.Facet(key="all", label="All"),
        lists.Facet(key="low", label="Low", apply=lambda rows, _: rows.filter(position__lt=2)),
        lists.Facet(key="uncounted", label="Uncounted", counted=False),
    ),
    filters=(
        lists.Filter(
            key="role",
            label="Role",
            kind="choice",
            field="shared_with_role",
            choices=lambda _: [("clerk", "Clerk"), ("deputy", "Deputy")],
        ),
        lists.Filter(
            key="place",
            label="Place",
            kind="multi",
            field="position",
            choices=lambda _: [("1", "first"), ("2", "second"), ("3", "third")],
        ),
        lists.Filter(key="says", label="Says", kind="text", field="name"),
        lists.Filter(
            key="since",
            label="Since",
            kind="date_from",
            apply=lambda rows, day, _: rows.filter(query__gte=day.isoformat()),
        ),
        lists.Filter(
            key="shared",
            label="Shared",
            kind="bool",
            apply=lambda rows, yes, _: (
                rows.exclude(shared_with_role="") if yes else rows.filter(shared_with_role="")
            ),
        ),
    ),
    search=("name",),
)


def views(congress: Congress, places: list[int], *, list_name: str = "sample") -> list[SavedView]:
    return SavedView.objects.bulk_create(
        SavedView(
            person_key="owner",
            congress=congress,
            list_name=list_name,
            name=f"view {number:04}",
            position=place,
        )
        for number, place in enumerate(places)
    )


def request(query: str = "", *, actor: object = None) -> HttpRequest:
    made = RequestFactory().get("/sample/")
    made.GET = QueryDict(query)
    made.actor = actor  # type: ignore[attr-defined]
    made.today = TODAY  # type: ignore[attr-defined]
    made.now = NOW  # type: ignore[attr-defined]
    return made


def page(query: str = "", *, actor: object = None) -> lists.ListPage:
    rows = SavedView.objects.select_related("congress")
    return lists.ListPage(SPEC, request(query, actor=actor), rows)


def names(shown: lists.ListPage) -> list[str]:
    return [row.row.name for row in shown.rows]
