"""What a bulk assignment would do to each suggestion, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.kernel.errors import Conflict, NotPermitted, Words
from huiyin.kernel.workflow import Move
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.steps import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One suggestion: when each organ would be due, or why it cannot be assigned."""

    case: Suggestion
    dues: Sequence[tuple[str, date | None]]
    refusal: Words = ""


def planned(scene: Scene, *, row: Move, charges: Sequence[Charge], wide: bool) -> Planned:
    """Ask the table as the service will; it judges again when the assignment is made."""
    brought = {"organs": list(charges), "on": scene.on, "rules": scene.ruling.rules}
    try:
        row.permit(scene.actor, scene.case)
        row.require(scene.case, brought)
    except (Conflict, NotPermitted) as refused:
        return Planned(case=scene.case, dues=(), refusal=str(refused))
    dues = [(charge.organ.name, scene.reply_due(role=charge.role, wide=wide)) for charge in charges]
    return Planned(case=scene.case, dues=dues)
