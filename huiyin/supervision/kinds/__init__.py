"""The kinds of cases of this room."""

from huiyin.supervision.kinds.acts import ACTS, PROBLEMS
from huiyin.supervision.kinds.fund import FUNDS, PROJECTS
from huiyin.supervision.kinds.records import BULLETINS, OUTCOMES, PAPERS, PUBLICITY
from huiyin.supervision.kinds.rhythms import CIRCULARS, RHYTHMS
from huiyin.supervision.kinds.topics import TOPICS

# Each with the beginning of its addresses.
KINDS = (
    (TOPICS, "key-topics"),
    (ACTS, "supervision/acts"),
    (PROBLEMS, "supervision/problems"),
    (RHYTHMS, "supervision/rhythms"),
    (CIRCULARS, "supervision/circulars"),
    (FUNDS, "special-fund"),
    (PROJECTS, "micro-projects"),
    (OUTCOMES, "outcomes"),
    (PUBLICITY, "publicity"),
    (PAPERS, "yearly-papers"),
    (BULLETINS, "bulletins"),
)

__all__ = ["KINDS"]
