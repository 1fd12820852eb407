"""What is kept of a suggestion.

Facts (``Act`` and everything it writes) are rows that are never changed or deleted. ``Suggestion``,
``Assignment`` and ``ReplyFile`` carry, beside what identifies them, columns derived from the facts;
``standing.py`` derives them and ``huiyin rebuild --check`` proves them. Only ``Draft`` and a reply
file's working text are edited in place.
"""

from huiyin.suggestions.models.acts import Act
from huiyin.suggestions.models.case import (
    Category,
    Draft,
    Kind,
    MergeGroup,
    NumberSeries,
    Raised,
    Signature,
    Suggestion,
)
from huiyin.suggestions.models.handling import Assignment, Contact, CoOpinion, HandlingPlan
from huiyin.suggestions.models.imports import ImportKind, ImportRun, ImportState
from huiyin.suggestions.models.ratings import Rating
from huiyin.suggestions.models.redating import ClockName, Grounds, Redated, Redating
from huiyin.suggestions.models.replies import Delivery, Reply, ReplyFile, ReplyPoint
from huiyin.suggestions.models.responsibility import (
    LeaderAct,
    LeaderActCase,
    LeaderActStruck,
    Milestone,
    OrganLeader,
    ResponsibilitySystem,
    SubAssignment,
)
from huiyin.suggestions.models.review import ReviewRequest, Verdict, WordingProposal
from huiyin.suggestions.models.rulings import RulesApplied, RulesDecision
from huiyin.suggestions.models.texts import RequestItem, Version

__all__ = [
    "Act",
    "Assignment",
    "Category",
    "ClockName",
    "CoOpinion",
    "Contact",
    "Delivery",
    "Draft",
    "Grounds",
    "HandlingPlan",
    "ImportKind",
    "ImportRun",
    "ImportState",
    "Kind",
    "LeaderAct",
    "LeaderActCase",
    "LeaderActStruck",
    "MergeGroup",
    "Milestone",
    "NumberSeries",
    "OrganLeader",
    "Raised",
    "Rating",
    "Redated",
    "Redating",
    "Reply",
    "ReplyFile",
    "ReplyPoint",
    "RequestItem",
    "ResponsibilitySystem",
    "ReviewRequest",
    "RulesApplied",
    "RulesDecision",
    "Signature",
    "SubAssignment",
    "Suggestion",
    "Verdict",
    "Version",
    "WordingProposal",
]
