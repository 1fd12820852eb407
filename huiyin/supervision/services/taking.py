"""The way every step of this room takes: locked, checked by its table, a fact, a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Invalid, Words
from huiyin.ledger import services as ledger
from huiyin.ledger.models import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a step: its day, the paper it rests on, and words."""

    on: date
    number: str = ""
    text: str = ""


def require_past(on: date, *, at: datetime, field: str = "on") -> None:
    """Raise ``Invalid`` for a day that has not come yet."""
    if on > at.astimezone(ZONE).date():
        raise Invalid(
            _("This day has not come yet."), fields={field: [_("Choose an earlier day.")]}
        )


def require_text(text: str, *, field: str, complaint: Words) -> str:
    """Return the text without blanks around it. Raises ``Invalid`` beside its field."""
    if not text.strip():
        raise Invalid(complaint, fields={field: [complaint]})
    return text.strip()


def put_on_record(
    subject: tuple[str, str],
    action: str,
    *,
    actor: Actor,
    at: datetime,
    after: str = "",
    why: str = "",
    facts: Sequence[Fact] = (),
) -> None:
    """One line of the record, in the transaction of the change. Call it last."""
    ledger.record(
        chain=actor.congress.key,
        actor=actor,
        at=at,
        action=action,
        subject=subject,
        after=after[:200],
        why=why,
        facts=facts,
        via="page",
    )


def saved(*facts: Any) -> list[Fact]:
    """Write the facts in their order and return them."""
    for fact in facts:
        fact.save()
    return list(facts)
