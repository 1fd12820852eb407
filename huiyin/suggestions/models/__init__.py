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
from huiyin.suggestions.models.delivering import FaceToFaceReply, Receipt, Received
from huiyin.suggestions.models.handling import Assignment, Contact, CoOpinion, HandlingPlan
from huiyin.suggestions.models.imports import ImportKind, ImportRun, ImportState
from huiyin.suggestions.models.measures import BodyMeasure, MeasureKind
from huiyin.suggestions.models.ratings import NoteKind, OfficeNote, Rating
from huiyin.suggestions.models.redating import ClockName, Grounds, Redated, Redating
from huiyin.suggestions.models.replies import Delivery, Reply, ReplyFile, ReplyPoint
from huiyin.suggestions.models.review import ReviewRequest, Verdict, WordingProposal
from huiyin.suggestions.models.rulings import RulesApplied, RulesDecision
from huiyin.suggestions.models.texts import RequestItem, Version

__all__ = [
    "Act",
    "Assignment",
    "BodyMeasure",
    "Category",
    "ClockName",
    "CoOpinion",
    "Contact",
    "Delivery",
    "Draft",
    "FaceToFaceReply",
    "Grounds",
    "HandlingPlan",
    "ImportKind",
    "ImportRun",
    "ImportState",
    "Kind",
    "MeasureKind",
    "MergeGroup",
    "NoteKind",
    "NumberSeries",
    "OfficeNote",
    "Raised",
    "Rating",
    "Receipt",
    "Received",
    "Redated",
    "Redating",
    "Reply",
    "ReplyFile",
    "ReplyPoint",
    "RequestItem",
    "ReviewRequest",
    "RulesApplied",
    "RulesDecision",
    "Signature",
    "Suggestion",
    "Verdict",
    "Version",
    "WordingProposal",
]
