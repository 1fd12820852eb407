"""What an urging means for the case: it is counted, and moves nothing."""

from __future__ import annotations

from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.standing.columns import CaseFacts, Effect, Standing


def _urged(standing: Standing, act: Act, facts: CaseFacts) -> None:
    pass


EFFECTS: dict[tuple[str, str], Effect] = {(Table.ASSIGNMENT, "urge"): _urged}
