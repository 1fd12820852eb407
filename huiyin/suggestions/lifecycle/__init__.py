"""The three tables: the suggestion, each organ's assignment, each reply.

Buttons, permission checks, records, documentation, diagram and tests read them.
"""

from huiyin.suggestions.lifecycle.assignment import ASSIGNMENT
from huiyin.suggestions.lifecycle.reply import REPLY
from huiyin.suggestions.lifecycle.suggestion import SUGGESTION
from huiyin.suggestions.models import Assignment, ReplyFile, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.stages import OPEN_ASSIGNMENT

TABLES = {
    Table.SUGGESTION: SUGGESTION,
    Table.ASSIGNMENT: ASSIGNMENT,
    Table.REPLY: REPLY,
}


def is_being_written(case: Suggestion) -> bool:
    """Whether its text may still be typed on: wherever it could be submitted from."""
    return case.stage in SUGGESTION.find("submit").sources


def is_being_drafted(file: ReplyFile) -> bool:
    """Whether the reply may still be typed on: wherever it could be sent to be checked from."""
    return file.stage in REPLY.find("send_to_check").sources


def still_owes(part: Assignment) -> bool:
    """Whether the organ's part would be stopped, not finished, if the round ended now."""
    return part.stage in OPEN_ASSIGNMENT


__all__ = [
    "ASSIGNMENT",
    "REPLY",
    "SUGGESTION",
    "TABLES",
    "is_being_drafted",
    "is_being_written",
    "still_owes",
]
