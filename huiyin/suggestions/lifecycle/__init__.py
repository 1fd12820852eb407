"""The three tables: the suggestion, each organ's assignment, each reply.

Buttons, permission checks, records, documentation, diagram and tests read them.
"""

from huiyin.suggestions.lifecycle.assignment import ASSIGNMENT
from huiyin.suggestions.lifecycle.reply import REPLY
from huiyin.suggestions.lifecycle.suggestion import SUGGESTION
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.acts import Table

TABLES = {
    Table.SUGGESTION: SUGGESTION,
    Table.ASSIGNMENT: ASSIGNMENT,
    Table.REPLY: REPLY,
}


def is_being_written(case: Suggestion) -> bool:
    """Whether its text may still be typed on: wherever it could be submitted from."""
    return case.stage in SUGGESTION.find("submit").sources


__all__ = ["ASSIGNMENT", "REPLY", "SUGGESTION", "TABLES", "is_being_written"]
