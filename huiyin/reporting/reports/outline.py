"""What a kind of report is made of: sections of texts and tables, and who makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports.composed import Block, Table
from huiyin.reporting.reports.material import Material

# Makes what a report shows and nobody writes.
Maker = Callable[[Material], Table | Block]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that may be rewritten. ``default`` stands until somebody does."""

    code: str
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading of the first level, blank for the opening; texts and tables under it."""

    title: str
    blocks: tuple[Text | Maker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One kind of report. ``title`` and ``addressee`` are what a new one is offered.

    Both may name {year}, {month}, {place}, {session}, {organ} and {theme}.
    """

    kind: ReportKind
    about: Words
    title: str
    addressee: str
    makers: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def texts(self) -> dict[str, Text]:
        blocks = (block for part in self.parts for block in part.blocks)
        return {block.code: block for block in blocks if isinstance(block, Text)}


OFFICE: tuple[str, ...] = (Role.CLERK,)
