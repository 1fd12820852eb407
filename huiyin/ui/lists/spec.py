"""What a list is made of, as frozen descriptions that a room writes once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from huiyin.kernel.errors import Words

if TYPE_CHECKING:
    from huiyin.accounts.actor import Actor

Rows = QuerySet[Any]
ColumnKind = Literal["key", "title", "text", "date", "num", "badge"]
FilterKind = Literal["choice", "multi", "text", "date_from", "date_to", "bool"]
Value = str | date | bool | tuple[str, ...]

PAGE_SIZES = (20, 50, 100)
COUNTED_TO = 1000
# Never two underscores: they belong to lookups of the database.
NAME = re.compile(r"(?!.*__)[a-z][a-z0-9_-]{0,39}")
LOOKUPS = {"choice": "", "multi": "__in", "text": "__icontains", "bool": ""}
DATE_LOOKUPS = {"date_from": "__gte", "date_to": "__lte"}


@dataclass(frozen=True, slots=True)
class Context:
    """Who looks at the list and when; handed to every callable of a description."""

    actor: Actor | None
    today: date
    request: HttpRequest


# What a question offers to choose from: value and words. The same function in several filters is
# asked once a page.
Offer = Callable[[Context], Iterable[tuple[str, Words]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    ``cell`` is an attribute path (``organ.name``), a callable taking the row, or the name of a
    template ending in ``.html`` that finds ``row`` and ``page``. ``export`` gives the value for
    workbooks; without it an attribute path is exported as it stands, a callable or template not
    at all. On a phone ``labelled`` puts the heading before the value, ``wide`` gives it a line of
    its own, ``desk`` leaves it out.
    """

    key: str
    label: Words
    cell: str | Callable[[Any], Any] = ""
    kind: ColumnKind = "text"
    sort: str = ""
    export: Callable[[Any], Any] | None = None
    only: Literal["", "screen", "export"] = ""
    phone: Literal["", "labelled", "wide", "desk"] = ""
    width: int = 16

    @property
    def on_screen(self) -> bool:
        return self.only != "export"

    @property
    def is_template(self) -> bool:
        return isinstance(self.cell, str) and self.cell.endswith(".html")

    @property
    def is_exported(self) -> bool:
        """Whether there is a value to export at all."""
        by_path = isinstance(self.cell, str) and not self.is_template
        return self.only != "screen" and (self.export is not None or by_path)

    def value(self, row: Any) -> Any:
        """The value for a workbook."""
        if self.export is not None:
            return self.export(row)
        return follow(row, str(self.cell or self.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """``field`` is a path that never multiplies rows, or an expression; index it with the pk.

    ``nullable`` sorts put rows without a value last in both directions.
    """

    key: str
    label: Words
    field: str | Combinable
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A tab: a slice of the list with its count. ``apply`` None is the whole list."""

    key: str
    label: Words
    apply: Callable[[Rows, Context], Rows] | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A question that narrows the list. Either ``field`` or ``apply`` says how.

    ``words`` reads an answer back to people where it is not words itself; ``longest`` is how long
    one may be.
    """

    key: str
    label: Words
    kind: FilterKind
    field: str = ""
    apply: Callable[[Rows, Any, Context], Rows] | None = None
    choices: Offer | None = None
    words: Callable[[str, Context], Words] | None = None
    longest: int = 200

    def narrow(self, rows: Rows, value: Value, context: Context) -> Rows:
        if self.apply is not None:
            return self.apply(rows, value, context)
        lookup = LOOKUPS.get(self.kind) if self.kind in LOOKUPS else DATE_LOOKUPS[self.kind]
        return rows.filter(**{f"{self.field}{lookup}": value})


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAct:
    """What can be done with chosen rows. The view behind ``url_name`` decides; this only offers."""

    key: str
    label: Words
    url_name: str
    roles: frozenset[str]
    confirm: Words = ""
    kind: Literal["primary", "quiet", "danger"] = "quiet"


Search = Sequence[str] | Callable[[Rows, str, Context], Rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list. ``default_sort`` names a sort, with ``-`` before it for descending."""

    name: str
    title: Words
    columns: Sequence[Column]
    sorts: Sequence[Sort]
    default_sort: str
    filters: Sequence[Filter] = ()
    facets: Sequence[Facet] = ()
    search: Search = ()
    bulk: Sequence[BulkAct] = ()
    # A text that is another one as soon as any count may be another one: the counts of the tabs
    # are kept under it. Without it they are counted for every page.
    basis: Callable[[Context], str] | None = None
    # Reads the rows of an export, in their order, with no more of each than its columns take.
    # Without it whole objects come, with what the query brings along.
    exported: Callable[[Rows], Iterator[Any]] | None = None
    page_size: int = PAGE_SIZES[0]
    reserved: frozenset[str] = field(
        default=frozenset({"tab", "sort", "q", "size", "after", "before", "view"}), repr=False
    )

    def __post_init__(self) -> None:
        """A description that contradicts itself must not survive the import of its room."""
        keys = [item.key for group in (self.filters, self.facets) for item in group]
        if not all(NAME.fullmatch(key) for key in [self.name, *keys]):
            raise ValueError(f"{self.name}: keys are lower case letters, digits, - and _")
        if clash := self.reserved.intersection(item.key for item in self.filters):
            raise ValueError(f"{self.name}: filters may not be called {sorted(clash)}")
        if self.sort_named(self.default_sort) is None:
            raise ValueError(f"{self.name}: {self.default_sort} is no sort of this list")

    def sort_named(self, name: str) -> Sort | None:
        key = name.removeprefix("-")
        return next((sort for sort in self.sorts if sort.key == key), None)

    def filter_named(self, key: str) -> Filter | None:
        return next((one for one in self.filters if one.key == key), None)

    def facet_named(self, key: str) -> Facet | None:
        return next((one for one in self.facets if one.key == key), None)

    def searched(self, rows: Rows, words: str, context: Context) -> Rows:
        if callable(self.search):
            return self.search(rows, words, context)
        anywhere = Q()
        for path in self.search:
            anywhere |= Q(**{f"{path}__icontains": words})
        return rows.filter(anywhere)


def follow(row: Model | Any, path: str) -> Any:
    """The attribute at ``path``; calls what can be called; None as soon as a part is None."""
    value: Any = row
    for part in path.split("."):
        value = getattr(value, part)
        if callable(value):
            value = value()
        if value is None:
            return None
    return value
