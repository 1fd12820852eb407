"""Pages by key: the next page begins after the last row shown, wherever that row is by then.

An offset reads and throws away everything before it, and skips or repeats rows when others are
added meanwhile; a position does neither.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Q
from django.utils.translation import gettext as _

from huiyin.ui.lists.address import BadAddress
from huiyin.ui.lists.spec import Rows, Sort

VALUE = "list_sort_value"
# Digits; more are no number of either database.
_LONGEST_PK = 19


@dataclass(frozen=True, slots=True)
class Position:
    """A place between rows: the sort value and the primary key of the row beside it."""

    value: Any
    pk: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    rows: list[Any]
    has_previous: bool
    has_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    sort: Sort
    descending: bool

    def applied(self, rows: Rows, *, backwards: bool = False) -> Rows:
        """``rows`` in this order; ``backwards`` turns it round entirely, rows without value too."""
        expression = F(self.sort.field) if isinstance(self.sort.field, str) else self.sort.field
        falling = self.descending != backwards
        key = F(VALUE)
        nulls: dict[str, bool] = {}
        if self.sort.nullable:
            nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        ordering = key.desc(**nulls) if falling else key.asc(**nulls)
        valued: Rows = rows.annotate(**{VALUE: expression})
        return valued.order_by(ordering, "-pk" if falling else "pk")

    def beyond(self, place: Position, *, backwards: bool = False) -> Q:
        """The rows after ``place`` (before it when ``backwards``)."""
        side = "lt" if self.descending != backwards else "gt"
        by_key = Q(**{f"pk__{side}": place.pk})
        empty = Q(**{f"{VALUE}__isnull": True})
        if place.value is None:
            return (empty & by_key) | ~empty if backwards else empty & by_key
        # The first condition bounds the index scan; OR alone would read the index from its start.
        later = Q(**{f"{VALUE}__{side}e": place.value}) & (
            Q(**{f"{VALUE}__{side}": place.value}) | by_key
        )
        return later | empty if self.sort.nullable and not backwards else later


def cut(rows: Rows, order: Order, *, size: int, after: str = "", before: str = "") -> Cut:
    """One page of ``rows``. Two queries beyond the first page, one on it, however many rows."""
    backwards = bool(before)
    ordered = order.applied(rows, backwards=backwards)
    place = _place(ordered, before or after)
    if place is None:
        backwards = False
        ordered = order.applied(rows)
    else:
        ordered = ordered.filter(order.beyond(place, backwards=backwards))
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    return Cut(
        rows=found,
        has_previous=more if backwards else place is not None,
        has_next=True if backwards else more,
    )


def cursor(row: Any) -> str:
    """The token for the place of ``row``: its sort value, and its key instead of its pk."""
    value = getattr(row, VALUE)
    plain = value if value is None or isinstance(value, str | int | float) else str(value)
    # Rows kept for speed alone have no key; they are made anew, and the list then begins again.
    text = json.dumps(
        [plain, getattr(row, "key", str(row.pk))], ensure_ascii=False, separators=(",", ":")
    )
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(ordered: Rows, token: str) -> Position | None:
    """None for no token, or when its row is gone: the list then begins at its start."""
    if not token:
        return None
    value, key = _read(token)
    model = ordered.model
    has_key = any(field.name == "key" for field in model._meta.concrete_fields)
    if not (has_key or (key.isascii() and key.isdigit() and len(key) < _LONGEST_PK)):
        return None
    named = {"key": key} if has_key else {"pk": key}
    pk = model._base_manager.filter(**named).values_list("pk", flat=True).first()
    if pk is None:
        return None
    output: Field[Any, Any] = ordered.query.annotations[VALUE].output_field
    try:
        return Position(output.to_python(value), pk)
    except (ValidationError, ValueError, TypeError, OverflowError):
        raise BadAddress(_("The address does not say where the page begins.")) from None


def _read(token: str) -> tuple[Any, str]:
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        value, key = json.loads(text)
        f"{value}{key}".encode()  # half a surrogate pair would only fail in the database
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise BadAddress(_("The address does not say where the page begins.")) from None
    fits = isinstance(value, str | int | float | None) and isinstance(key, str)
    if not fits or "\x00" in f"{value}{key}":
        raise BadAddress(_("The address does not say where the page begins."))
    return value, key
