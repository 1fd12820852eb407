"""How much a file from outside may be. One table; refusals and tests read it."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

ATTACHMENT_BYTES = 20 * MEGABYTE
# Of the text, or of one organ's reply: a case of many organs has many parts.
ATTACHMENTS_PER_PART = 10
ATTACHED_BYTES_PER_DAY = 200 * MEGABYTE
PICTURE_PIXELS = 40_000_000
NAME_CHARACTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """What a zip file may expand to; docx, xlsx and ofd are zip files too."""

    entries: int = 2_000
    expanded: int = 200 * MEGABYTE
    ratio: int = 100
    # A small part full of blanks packs better than any bomb and harms nobody.
    ratio_counts_from: int = MEGABYTE
    # The list of entries itself is read whole.
    directory_bytes: int = 2 * MEGABYTE


ARCHIVE = ArchiveLimits()
