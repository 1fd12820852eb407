"""The rows of an exported list, light: no more of each suggestion than the columns take.

Objects with all their columns and everything around them take four times as long to make, and an
export may hold every suggestion there ever was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from huiyin.organisations.models import Session
from huiyin.suggestions.models import Suggestion
from huiyin.ui.lists import counts

CHUNK = 1000
# What the columns of the list read, and the rules by which a deadline is provisional.
FIELDS = (
    *("id", "key", "congress_id", "session_id", "lead_id", "office_id", "delegation_id"),
    *("number", "title", "stage", "kind", "raised", "category", "round", "outcome_class"),
    *("submitted_on", "registered_on", "first_assigned_on", "due_on", "replied_on", "letter_on"),
    *("attitude", "result", "rated_via", "lead_name", "delegation_name", "office_name"),
)


class Row:
    """One row: its columns as attributes, as a suggestion has them."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    @property
    def pk(self) -> int:
        return int(self.__dict__["id"])

    @property
    def is_rated(self) -> bool:
        return bool(self.__dict__["attitude"] or self.__dict__["result"])


def read(
    rows: QuerySet[Suggestion], *, signed: QuerySet[Any], charged: QuerySet[Any]
) -> Iterator[Row]:
    """Yield the rows in their order, each with its co-signers and its organs' parts.

    ``signed`` and ``charged`` are those of ``tables``, with the names they bring.
    """
    found = rows.prefetch_related(None).values(*FIELDS).iterator(chunk_size=CHUNK)
    sessions: dict[int, Session] = {}
    while some := [Row(values) for values in islice(found, CHUNK)]:
        _give_sessions(some, sessions)
        ids = counts.listed([row.pk for row in some], using=rows.db)
        names = signed.filter(suggestion__in=ids).values("suggestion_id", "deputy_name")
        parts = charged.filter(suggestion__in=ids).values(
            "suggestion_id", "round", "role", "organ_name"
        )
        _give(some, "cosigned", names)
        _give(some, "charged", parts)
        yield from some


def _give_sessions(rows: Iterable[Any], known: dict[int, Session]) -> None:
    """To each row its session, by which its rules are found; each is read once."""
    fresh = {row.session_id for row in rows} - known.keys()
    if fresh:
        known.update(Session.objects.in_bulk(fresh))
    for row in rows:
        row.session = known[row.session_id]


def _give(rows: Iterable[Row], name: str, found: Iterable[Mapping[str, Any]]) -> None:
    """To each row what belongs to it, in the order it was found."""
    by_row: dict[int, list[Row]] = defaultdict(list)
    for values in found:
        by_row[values["suggestion_id"]].append(Row(values))
    for row in rows:
        setattr(row, name, by_row.get(row.pk, []))
