"""Which organ was charged with which request, where two answer separately (逐条分解)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.demo.fates import Charge
from huiyin.demo.telling import Book, Tale
from huiyin.suggestions.models import Assignment, ItemCharge, RequestItem
from huiyin.suggestions.stages import HandlingRole


def items_for(tale: Tale, charge: Charge) -> list[RequestItem]:
    """The first organ of two answers the first request, the other one the rest."""
    asked = tale.requests
    if charge.role != HandlingRole.SEPARATE or len(asked) < 2:
        return asked
    return asked[:1] if charge.organ == tale.fate.main else asked[1:]


def named(tale: Tale, charge: Charge) -> list[RequestItem]:
    """The requests a charge names; one with all of them names none."""
    items = items_for(tale, charge)
    return items if len(items) < len(tale.requests) else []


def item_charges(
    book: Book, tale: Tale, charges: Sequence[Charge], rows: Sequence[Assignment], *, at: datetime
) -> list[ItemCharge]:
    """The facts that say so, for rows issued for these charges."""
    return [
        book.row(ItemCharge, assignment=row, request=item, at=at)
        for charge, row in zip(charges, rows, strict=True)
        for item in named(tale, charge)
    ]
