"""What a template finds on a page of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from huiyin.kernel.errors import Words
from huiyin.ui.lists.spec import BulkAct, Column
from huiyin.ui.models import SavedView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    column: Column
    text: Any

    @property
    def html(self) -> str:
        column = self.column
        # The heading that stands before the value on a phone.
        label = f' data-label="{escape(str(column.label))}"' if column.phone == "labelled" else ""
        css = f"{column.kind} {column.phone}"
        return f'<td role="cell" class="{css}"{label}>{conditional_escape(self.text)}</td>'


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    key: str
    row: Any
    cells: list[ShownCell]

    @property
    def cells_html(self) -> SafeString:
        """The cells with their roles, put together here: a loop in a template takes ten times
        as long, and a page has hundreds of cells."""
        return mark_safe("".join(cell.html for cell in self.cells))  # noqa: S308 - escaped below


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFacet:
    label: Words
    url: str
    active: bool
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHeading:
    """``url`` sorts by this column, the other way round when it is already the order."""

    column: Column
    url: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFilter:
    key: str
    label: Words
    kind: str
    values: tuple[str, ...]
    choices: Sequence[tuple[str, Words]]

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def options(self) -> SafeString:
        """The choices of a select. There may be hundreds; see ``ShownRow.cells_html``."""
        chosen = set(self.values)
        parts = (
            f'<option value="{escape(value)}"{" selected" if value in chosen else ""}>'
            f"{escape(str(label))}</option>"
            for value, label in self.choices
        )
        return mark_safe("".join(parts))  # noqa: S308 - both parts are escaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    label: Words
    text: Words
    off_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownView:
    view: SavedView
    url: str
    active: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBulk:
    act: BulkAct
    url: str
