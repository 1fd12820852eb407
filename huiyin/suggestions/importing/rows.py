"""One row of whatever kind of list, its cells by the name of the field they fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from huiyin.accounts.imports import Given, SourceRow
from huiyin.documents.workbooks import Row, Table
from huiyin.documents.workbooks.table import Value
from huiyin.suggestions.importing.fields import Mapped


class Listed(Protocol):
    """What the plan reads: a row of a table, or a record an adapter has made."""

    @property
    def number(self) -> int: ...

    def text(self, name: str) -> str:
        """Return what the cell says, its lines kept; nothing when there is no such cell."""
        ...

    def place(self, name: str = "") -> str:
        """Name the cell, or the row, in words for people."""
        ...


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table under a mapping of its columns."""

    table: Table
    row: Row
    # Field → the columns that fill it together.
    columns: Mapping[str, Sequence[int]]

    @property
    def number(self) -> int:
        return self.row.number

    def text(self, name: str) -> str:
        said = (as_text(self.row.values[index]) for index in self.columns.get(name, ()))
        return "\n".join(filter(None, said))

    def place(self, name: str = "") -> str:
        columns = self.columns.get(name)
        return self.table.place(self.row, columns[0] if columns else None)


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A record put together by an adapter."""

    number: int
    source: str
    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def place(self, name: str = "") -> str:
        return f"{self.source}, {name}" if name in self.texts else self.source


def as_text(value: Value) -> str:
    """Return a cell as it would be read aloud.

    >>> as_text(datetime(2020, 2, 12, 0, 0)), as_text(12), as_text(None)
    ('2020-02-12', '12', '')
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def columns_of(mapped: Mapped) -> dict[str, list[int]]:
    """Turn “column → field” round, the columns in their order."""
    found: dict[str, list[int]] = {}
    for index in sorted(mapped):
        found.setdefault(mapped[index], []).append(index)
    return found


def rows_of(table: Table, mapped: Mapped) -> list[TableRow]:
    """Return the rows of suggestions."""
    columns = columns_of(mapped)
    return [TableRow(table, row, columns) for row in table.rows]


def source_rows(table: Table, mapped: Mapped) -> list[SourceRow]:
    """Return the rows as the lists of deputies and organs are read."""
    return [
        SourceRow(
            row.number,
            {
                name: Given(row.values[index], table.place(row, index))
                for index, name in mapped.items()
            },
        )
        for row in table.rows
    ]
