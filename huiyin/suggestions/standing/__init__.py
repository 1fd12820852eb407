"""Where a case stands, derived from its facts alone.

``derive`` replays the acts of a case through the lifecycle tables and reads the other facts. The
columns on ``Suggestion``, ``Assignment``, ``ReplyFile`` and ``Signature`` are copies of what it
returns; ``services.turn`` writes them after every step and ``huiyin rebuild --check`` compares.
"""

from huiyin.suggestions.standing.columns import (
    COLUMNS,
    FILE_COLUMNS,
    PART_COLUMNS,
    CaseFacts,
    ClearanceStanding,
    PartStanding,
    ReplayError,
    Standing,
)
from huiyin.suggestions.standing.cutting import Moment, cut
from huiyin.suggestions.standing.deriving import derive
from huiyin.suggestions.standing.dues import set_dues
from huiyin.suggestions.standing.loading import load, load_many

__all__ = [
    "COLUMNS",
    "FILE_COLUMNS",
    "PART_COLUMNS",
    "CaseFacts",
    "ClearanceStanding",
    "Moment",
    "PartStanding",
    "ReplayError",
    "Standing",
    "cut",
    "derive",
    "load",
    "load_many",
    "set_dues",
]
