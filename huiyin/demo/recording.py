"""What the tellers of supervision share: rows stored in order, and the line that names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.ledger import services as ledger
from huiyin.ledger.models import Fact


def line(
    kind: str, action: str, row: Any, *, by: Post | None, at: datetime, facts: Sequence[Fact]
) -> ledger.Line:
    return ledger.Line(
        at=at,
        actor=Actor.of(by) if by else None,
        action=action,
        subject=(kind, row.key),
        facts=facts,
        via="demo",
        back_dated=True,
    )


def saved(*rows: Any) -> list[Any]:
    for row in rows:
        row.save()
    return list(rows)
