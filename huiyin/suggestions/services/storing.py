"""Copying what has been derived to the rows that carry it."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.suggestions.models import ReplyFile, Suggestion
from huiyin.suggestions.standing import COLUMNS, PART_COLUMNS, Standing
from huiyin.suggestions.standing.columns import FILE_COLUMNS, ClearanceStanding

COLUMNS_SAVED = [name.removesuffix("_id") for name in COLUMNS]


def store(case: Suggestion, standing: Standing, *, revision: int) -> None:
    """Copy the derived columns to the rows that carry them."""
    for name in COLUMNS:
        setattr(case, name, getattr(standing, name))
    case.revision = revision
    case.save(update_fields=[*COLUMNS_SAVED, "revision"])
    for part in case.assignments.all() if standing.parts else ():
        known = standing.parts[part.pk]
        changed = [name for name in PART_COLUMNS if getattr(part, name) != getattr(known, name)]
        for name in changed:
            setattr(part, name, getattr(known, name))
        if changed:
            part.save(update_fields=changed)
    store_clearances(standing.clearances)
    for signature in case.signatures.all():
        signing = standing.signatures[signature.deputy_id]
        if signature.standing != signing:
            signature.standing = signing
            signature.save(update_fields=["standing"])
    # Who is told next asks for them.
    case.signatures_by_post = dict(standing.signatures)


def store_clearances(clearances: Mapping[int, ClearanceStanding]) -> None:
    """Copy where each text stands to its reply file."""
    files = ReplyFile.objects.filter(pk__in=clearances) if clearances else ()
    for file in files:
        known = clearances[file.pk]
        if any(getattr(file, name) != getattr(known, name) for name in FILE_COLUMNS):
            for name in FILE_COLUMNS:
                setattr(file, name, getattr(known, name))
            file.save(update_fields=FILE_COLUMNS)
