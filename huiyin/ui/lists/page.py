"""One page of a list with everything its template shows."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.template import Context as TemplateContext
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.ui import days, selectors
from huiyin.ui.lists import address as addresses
from huiyin.ui.lists import counts, paging
from huiyin.ui.lists.narrowing import Narrowed
from huiyin.ui.lists.shown import (
    Chip,
    ShownBulk,
    ShownCell,
    ShownFacet,
    ShownFilter,
    ShownHeading,
    ShownRow,
    ShownView,
)
from huiyin.ui.lists.spec import (
    PAGE_SIZES,
    Column,
    Context,
    Facet,
    Filter,
    ListSpec,
    Offer,
    Rows,
    Value,
    follow,
)

PRINTED = 1000


class ListPage:
    """Reads the address at once (``BadAddress``), the database when its parts are used.

    ``queryset`` must already hold only what the reader may see. ``extra`` reaches cell templates.
    """

    def __init__(
        self,
        spec: ListSpec,
        request: HttpRequest,
        queryset: Rows,
        *,
        extra: dict[str, Any] | None = None,
        printed: bool = False,
    ) -> None:
        self.spec = spec
        self.context = Context(
            actor=getattr(request, "actor", None),
            today=request.today,  # type: ignore[attr-defined]
            request=request,
        )
        self.address = addresses.read(spec, request.GET, path=request.path)
        self.extra = extra or {}
        self.printed = printed
        self._choices: dict[Offer, dict[str, Words]] = {}
        self._values = self._clean_values()
        self._narrowed = Narrowed(
            spec=spec,
            context=self.context,
            address=self.address,
            values=self._values,
            queryset=queryset,
        )

    # --- What is looked for

    @property
    def title(self) -> Words:
        return self.spec.title

    @property
    def active_facet(self) -> Facet | None:
        return self._narrowed.active

    @property
    def filtered(self) -> Rows:
        """All rows of the list, on every page."""
        return self._narrowed.filtered

    @cached_property
    def order(self) -> paging.Order:
        name = self.address.sort or self.spec.default_sort
        sort = self.spec.sort_named(name)
        assert sort is not None  # noqa: S101 - the address and the description were checked
        return paging.Order(sort=sort, descending=name.startswith("-"))

    @cached_property
    def _cut(self) -> paging.Cut:
        here = self.address
        size = PRINTED if self.printed else self.size
        return paging.cut(
            self.filtered, self.order, size=size, after=here.after, before=here.before
        )

    # --- What is shown

    @cached_property
    def rows(self) -> list[ShownRow]:
        drawers = [_drawer(column, self._cell_context) for column in self.columns]
        return [
            ShownRow(
                key=str(getattr(row, "key", row.pk)),
                row=row,
                cells=[
                    ShownCell(column=column, text=draw(row))
                    for column, draw in zip(self.columns, drawers, strict=True)
                ],
            )
            for row in self._cut.rows
        ]

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in self.spec.columns if column.on_screen]

    @property
    def headings(self) -> list[ShownHeading]:
        return [self._heading(column) for column in self.columns]

    @cached_property
    def facets(self) -> list[ShownFacet]:
        """Every tab with its count."""
        known = self._narrowed.counts
        first = self.spec.facets[0].key if self.spec.facets else ""
        return [
            ShownFacet(
                label=facet.label,
                url=self.address.at_start(tab="" if facet.key == first else facet.key).url,
                active=facet is self.active_facet,
                count=counts.count_words(known[facet.key]) if facet.key in known else "",
            )
            for facet in self.spec.facets
        ]

    @cached_property
    def count_words(self) -> str:
        """How many rows the list has, never counting beyond a thousand."""
        facet = self.active_facet
        if facet is not None and facet.key in self._narrowed.counts:
            return counts.count_words(self._narrowed.counts[facet.key])
        return counts.count_words(counts.bounded(self.filtered))

    @cached_property
    def chips(self) -> list[Chip]:
        found = [
            Chip(
                label=one.label,
                text=self._words(one, value),
                off_url=self.address.without(one.key, value).url,
            )
            for one in self.spec.filters
            for value in self.address.filters.get(one.key, ())
        ]
        if self.address.q and self.spec.search:
            off = self.address.at_start(q="").url
            found.append(Chip(label=pgettext("list", "Search"), text=self.address.q, off_url=off))
        return found

    @property
    def reset_url(self) -> str:
        return self.address.at_start(filters={}, q="").url

    @cached_property
    def filter_fields(self) -> list[ShownFilter]:
        return [
            ShownFilter(
                key=one.key,
                label=one.label,
                kind=one.kind,
                values=self.address.filters.get(one.key, ()),
                choices=list(self._choices_of(one).items()),
            )
            for one in self.spec.filters
        ]

    @property
    def kept_fields(self) -> list[tuple[str, str]]:
        """What the filter form sends along unseen."""
        start = self.address.at_start(q="", filters={})
        return list(start.pairs())

    @property
    def sort_choices(self) -> list[tuple[str, Words, bool]]:
        """Address, label and whether it is the present order, for where there are no headings."""
        return [
            (self.address.at_start(sort=sort.key).url, sort.label, sort is self.order.sort)
            for sort in self.spec.sorts
        ]

    # --- Where one can go

    @property
    def size(self) -> int:
        return self.address.size or self.spec.page_size

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        own = self.spec.page_size
        return [
            (size, self.address.at_start(size=0 if size == own else size).url, size == self.size)
            for size in PAGE_SIZES
        ]

    @property
    def next_url(self) -> str:
        if not self._cut.has_next or not self._cut.rows:
            return ""
        return replace(self.address, before="", after=paging.cursor(self._cut.rows[-1])).url

    @property
    def previous_url(self) -> str:
        if not self._cut.has_previous:
            return ""
        if not self._cut.rows:
            return self.first_url
        return replace(self.address, after="", before=paging.cursor(self._cut.rows[0])).url

    @property
    def first_url(self) -> str:
        return replace(self.address, after="", before="").url

    @property
    def is_first(self) -> bool:
        return not self._cut.has_previous

    @property
    def is_cut_short(self) -> bool:
        """In print: whether there are more rows than were printed."""
        return self._cut.has_next

    def with_export(self, kind: str) -> str:
        return f"{self.first_url}{'&' if '?' in self.first_url else '?'}export={kind}"

    @property
    def xlsx_url(self) -> str:
        return self.with_export("xlsx")

    @property
    def csv_url(self) -> str:
        return self.with_export("csv")

    @property
    def print_url(self) -> str:
        return f"{self.first_url}{'&' if '?' in self.first_url else '?'}print=1"

    @cached_property
    def bulk(self) -> list[ShownBulk]:
        role = self.context.actor.role if self.context.actor else ""
        return [
            ShownBulk(act=act, url=reverse(act.url_name))
            for act in self.spec.bulk
            if role in act.roles
        ]

    @cached_property
    def views(self) -> list[ShownView]:
        actor = self.context.actor
        if actor is None:
            return []
        here = self.address.lasting
        return [
            ShownView(
                view=view,
                url=f"{self.address.path}?{view.query}{'&' if view.query else ''}view={view.key}",
                active=self.address.view == view.key and here == view.query,
                mine=view.person_key == actor.person_key,
            )
            for view in selectors.views_for(actor, list_name=self.spec.name)
        ]

    @property
    def active_view(self) -> ShownView | None:
        return next((view for view in self.views if view.active), None)

    # --- Inside

    def _clean_values(self) -> dict[str, Value]:
        found = {}
        for key, values in self.address.filters.items():
            one = self.spec.filter_named(key)
            if one is not None:
                choices = self._choices_of(one)
                found[key] = addresses.clean(one, values, choices)
        return found

    def _choices_of(self, one: Filter) -> dict[str, Words]:
        if one.choices is None:
            return {}
        # By what offers them: several questions about organs ask the database once.
        if one.choices not in self._choices:
            self._choices[one.choices] = dict(one.choices(self.context))
        return self._choices[one.choices]

    def _words(self, one: Filter, value: str) -> Words:
        if one.words is not None:
            return one.words(value, self.context)
        if one.kind in ("choice", "multi"):
            return self._choices_of(one)[value]
        if one.kind == "bool":
            return _("Yes") if value == "1" else _("No")
        cleaned = self._values[one.key]
        return value if isinstance(cleaned, str | bool | tuple) else days.plain_day(cleaned)

    @cached_property
    def _cell_context(self) -> TemplateContext:
        return TemplateContext(
            {
                "page": self,
                "today": self.context.today,
                "actor": self.context.actor,
                "request": self.context.request,
                **self.extra,
            }
        )

    def _heading(self, column: Column) -> ShownHeading:
        if not column.sort:
            return ShownHeading(column=column)
        current = column.sort == self.order.sort.key
        turned = f"-{column.sort}" if current and not self.order.descending else column.sort
        sort = "" if turned == self.spec.default_sort else turned
        direction = "descending" if self.order.descending else "ascending"
        return ShownHeading(
            column=column,
            url=self.address.at_start(sort=sort).url,
            direction=direction if current else "",
        )


def _drawer(column: Column, context: TemplateContext) -> Any:
    """How a cell of this column is drawn; a template is looked up once for all rows."""
    cell = column.cell or column.key
    if callable(cell):
        return cell
    if not column.is_template:
        return lambda row: _plain(follow(row, cell))
    template = get_template(cell).template  # type: ignore[attr-defined]

    def draw(row: Any) -> Any:
        with context.push(row=row):
            return template.render(context)

    return draw


def _plain(value: Any) -> Any:
    return "" if value is None else value
