"""What the acts of a rating mean: until when it is open, and when it is final."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.standing.columns import CaseFacts, Standing


def _rated(standing: Standing, act: Act, facts: CaseFacts) -> None:
    """Histories that were told at once name no day: what they tell was final."""
    until = act.data.get("open_until")
    standing.rating_open_until = date.fromisoformat(until) if until else None


def _settled(standing: Standing, act: Act, facts: CaseFacts) -> None:
    standing.rating_open_until = None


EFFECTS: dict[tuple[str, str], Callable[[Standing, Act, CaseFacts], None]] = {
    (Table.SUGGESTION, "rate"): _rated,
    (Table.SUGGESTION, "change_rating"): _rated,
    (Table.SUGGESTION, "enter_rating"): _rated,
    (Table.SUGGESTION, "settle"): _settled,
}
