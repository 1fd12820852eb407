"""How much a list from outside may hold."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.documents.limits import ARCHIVE, MEGABYTE, ArchiveLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one import. A list over them is divided by the person, never cut by us."""

    size: int = 20 * MEGABYTE
    rows: int = 20_000
    columns: int = 200
    # Filled ones, all rows and columns together.
    cells: int = 1_000_000
    cell: int = 20_000
    # All cells together. A workbook of 150 KB can name one long text a hundred thousand times.
    characters: int = 20_000_000
    # Rows of titles above the headings.
    above_headings: int = 30
    archive: ArchiveLimits = ARCHIVE


LIMITS = Limits()
