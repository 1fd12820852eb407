"""From all a reader may see to what the address asks for, and how much of it lies in each tab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache

from huiyin.kernel.canonical import digest
from huiyin.ui.lists import counts
from huiyin.ui.lists.address import Address
from huiyin.ui.lists.spec import COUNTED_TO, Context, Facet, ListSpec, Rows, Value

# Seconds. Only against filling up: a count whose basis has changed is never looked for again.
COUNTS_KEPT = 3600


@dataclass(kw_only=True)
class Narrowed:
    """The rows of one address. ``values`` are those of its filters, cleaned."""

    spec: ListSpec
    context: Context
    address: Address
    values: Mapping[str, Value]
    queryset: Rows

    @cached_property
    def active(self) -> Facet | None:
        """The tab that is open."""
        if self.address.tab:
            return self.spec.facet_named(self.address.tab)
        return self.spec.facets[0] if self.spec.facets else None

    @cached_property
    def filtered(self) -> Rows:
        """The rows of the open tab."""
        return self._within(self.active)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows each tab has; counted now, or kept from a page with the same basis."""
        actor = self.context.actor
        if self.spec.basis is None or actor is None:
            return self._counted()
        mark = digest(
            "ui.lists.counts",
            self.spec.name,
            self.spec.basis(self.context),
            actor.post_key,
            self.context.today,
            [facet.key for facet in self.spec.facets],
            Address(path="", q=self.address.q, filters=self.address.filters).query,
        )
        # The callable is asked when nothing is kept, so there is always an answer.
        kept: dict[str, int] | None = cache.get_or_set(mark, self._counted, COUNTS_KEPT)
        return kept or {}

    def _counted(self) -> dict[str, int]:
        tabs = [facet for facet in self.spec.facets if facet.counted]
        if self._is_searched and self._hits is None:
            # More than are counted: each tab would have to be searched through by itself.
            return {tab.key: COUNTED_TO + 1 for tab in tabs if tab.apply is None}
        numbers = counts.bounded_counts([self._within(tab) for tab in tabs])
        return {tab.key: number for tab, number in zip(tabs, numbers, strict=True)}

    def _within(self, tab: Facet | None) -> Rows:
        if tab is None or tab.apply is None:
            return self._rows
        return tab.apply(self._rows, self.context)

    @cached_property
    def _rows(self) -> Rows:
        """Filters and search applied, tabs not yet: what the tabs are counted in."""
        return self._asked if self._hits is None else counts.among(self.queryset, self._hits)

    @cached_property
    def _hits(self) -> list[int] | None:
        """What a search finds, looked for once: rows and tabs then ask for these rows alone."""
        return counts.found(self._asked) if self._is_searched else None

    @cached_property
    def _asked(self) -> Rows:
        rows = self.queryset
        for key, value in self.values.items():
            one = self.spec.filter_named(key)
            assert one is not None  # noqa: S101 - ``values`` holds keys of the description
            rows = one.narrow(rows, value, self.context)
        if self._is_searched:
            rows = self.spec.searched(rows, self.address.q, self.context)
        return rows

    @property
    def _is_searched(self) -> bool:
        return bool(self.address.q and self.spec.search)
