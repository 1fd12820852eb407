"""The address of a list, read strictly: what is not on the list of parameters has no effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError, Words
from huiyin.ui.lists.spec import NAME, PAGE_SIZES, Filter, ListSpec, Value

LONGEST = 200
LONGEST_CURSOR = 2000


class BadAddress(DomainError):
    """The address names something this list does not have, or says it twice."""

    status, code = 400, "bad_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The state of a list. Every link on the page is this address with something changed."""

    path: str
    tab: str = ""
    sort: str = ""
    q: str = ""
    size: int = 0
    view: str = ""
    after: str = ""
    before: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Parameter and value, in one order, so that equal states have equal addresses."""
        yield from self._own(("tab", "q"))
        for key in sorted(self.filters):
            yield from ((key, value) for value in self.filters[key])
        yield from self._own(("sort", "size", "view", "after", "before"))

    def _own(self, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        yield from ((name, str(value)) for name in names if (value := getattr(self, name)))

    @property
    def query(self) -> str:
        return urlencode(list(self.pairs()))

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def at_start(self, **changes: Any) -> Address:
        """Changed, from the first page on, and no longer any saved view."""
        return replace(self, **{"after": "", "before": "", "view": "", **changes})

    def without(self, key: str, value: str) -> Address:
        left = tuple(one for one in self.filters.get(key, ()) if one != value)
        filters = {name: values for name, values in self.filters.items() if name != key}
        return self.at_start(filters={**filters, key: left} if left else filters)

    @property
    def lasting(self) -> str:
        """What a saved view keeps: everything but the place within the list."""
        return self.at_start().query


def read(spec: ListSpec, params: QueryDict, *, path: str) -> Address:
    """Raises ``BadAddress``; values of filters are looked at by ``clean``."""
    found: dict[str, list[str]] = {}
    for name in params:
        _check_name(name)
        if name not in spec.reserved and spec.filter_named(name) is None:
            continue
        values = [value.strip() for value in params.getlist(name) if value.strip()]
        _check_values(spec, name, values)
        if values:
            found[name] = values
    own: dict[str, Any] = {name: found[name][0] for name in spec.reserved & found.keys()}
    size = _size(own.pop("size", ""), spec)
    filters = {key: tuple(found[key]) for key in found if key not in spec.reserved}
    address = replace(Address(path=path, size=size, filters=filters), **own)
    _check_choices(spec, address)
    return address


def clean(one: Filter, values: tuple[str, ...], choices: Mapping[str, Words]) -> Value:
    """The typed value of a filter. Raises ``BadAddress`` with words about this value."""
    if one.kind in ("choice", "multi"):
        if any(value not in choices for value in values):
            raise BadAddress(_("“%(filter)s” has no such choice.") % {"filter": one.label})
        return tuple(dict.fromkeys(values)) if one.kind == "multi" else values[0]
    if one.kind == "bool":
        if values[0] not in ("1", "0"):
            raise BadAddress(_("“%(filter)s” is either yes or no.") % {"filter": one.label})
        return values[0] == "1"
    return values[0] if one.kind == "text" else _day(one, values[0])


def _day(one: Filter, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadAddress(
            _("“%(filter)s”: %(value)s is not a day of the calendar.")
            % {"filter": one.label, "value": value},
            remedy=_("Write the day like 2020-09-30."),
        ) from None


def _check_name(name: str) -> None:
    """Names of lookups (``organ__name``) and of nothing we ever write are refused aloud."""
    if not NAME.fullmatch(name):
        raise BadAddress(_("The address asks the list a question it does not know."))


def _check_values(spec: ListSpec, name: str, values: list[str]) -> None:
    one = spec.filter_named(name)
    if len(values) > 1 and (one is None or one.kind != "multi"):
        raise BadAddress(_("The address says the same thing twice, in different ways."))
    own = LONGEST_CURSOR if name in ("after", "before") else LONGEST
    limit = own if one is None else one.longest
    if any(len(value) > limit or not value.isprintable() for value in values):
        raise BadAddress(_("The address holds characters that cannot be searched for."))


def _check_choices(spec: ListSpec, address: Address) -> None:
    if address.sort and spec.sort_named(address.sort) is None:
        raise BadAddress(_("This list cannot be put in that order."))
    if address.tab and spec.facet_named(address.tab) is None:
        raise BadAddress(_("This list has no such part."))
    if address.after and address.before:
        raise BadAddress(_("The address says the same thing twice, in different ways."))


def _size(value: str, spec: ListSpec) -> int:
    """Zero stands for the list's own size, which need not be written."""
    if not value:
        return 0
    if value not in {str(size) for size in PAGE_SIZES}:
        raise BadAddress(_("A page holds 20, 50 or 100 rows."))
    return 0 if int(value) == spec.page_size else int(value)
