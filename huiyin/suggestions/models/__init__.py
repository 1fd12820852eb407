"""What is kept of a suggestion.

Facts (``Act`` and everything it writes) are rows that are never changed or deleted. ``Suggestion``,
``Assignment`` and ``ReplyFile`` carry, beside what identifies them, columns derived from the facts;
``standing`` derives them and ``huiyin rebuild --check`` proves them. Only ``Draft``, a reply file's
working text, ``OpinionDraft`` and a meeting that is not concluded are edited in place.
"""

from huiyin.suggestions.models.acts import Act
from huiyin.suggestions.models.breakdown import ItemCharge
from huiyin.suggestions.models.calling_back import CallBack, CallBackDraw, HeardBack, InDraw
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
from huiyin.suggestions.models.claims import ClassClaim
from huiyin.suggestions.models.clearance import ClearanceLevel, ClearanceSetting
from huiyin.suggestions.models.cohandling import (
    CoStatement,
    Countersignature,
    CountersignLapse,
    OpinionDraft,
    OpinionMark,
    OpinionMarked,
    StatementKind,
)
from huiyin.suggestions.models.contacting import (
    ContactAnswer,
    ContactDeputy,
    ContactState,
    Talk,
    TalkCase,
)
from huiyin.suggestions.models.delivering import FaceToFaceReply, Receipt, Received
from huiyin.suggestions.models.flags import FlagKind, RatingFlag
from huiyin.suggestions.models.handing import HandingOver
from huiyin.suggestions.models.handling import Assignment, Contact, CoOpinion, HandlingPlan
from huiyin.suggestions.models.imports import ImportKind, ImportRun, ImportState
from huiyin.suggestions.models.measures import BodyMeasure, MeasureKind
from huiyin.suggestions.models.meetings import (
    AssignmentMeeting,
    MeetingCase,
    MeetingOrgan,
    MeetingSpeech,
    ProposedCharge,
)
from huiyin.suggestions.models.ratings import Grade, NoteKind, OfficeNote, Rating
from huiyin.suggestions.models.redating import ClockName, Grounds, Redated, Redating
from huiyin.suggestions.models.reforming import Carried
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
from huiyin.suggestions.models.returning import (
    ReturnAnswer,
    ReturnBy,
    ReturnCutoff,
    ReturnDecision,
    ReturnOutcome,
    ReturnRequest,
)
from huiyin.suggestions.models.review import ReviewRequest, Verdict, WordingProposal
from huiyin.suggestions.models.rulings import RulesApplied, RulesDecision
from huiyin.suggestions.models.scans import PlacedScan, ReceivedScan, ScanVerdict
from huiyin.suggestions.models.texts import RequestItem, Version
from huiyin.suggestions.models.urging import Rung, Urging

__all__ = [
    "Act",
    "Assignment",
    "AssignmentMeeting",
    "BodyMeasure",
    "CallBack",
    "CallBackDraw",
    "Carried",
    "Category",
    "ClassClaim",
    "ClearanceLevel",
    "ClearanceSetting",
    "ClockName",
    "CoOpinion",
    "CoStatement",
    "Contact",
    "ContactAnswer",
    "ContactDeputy",
    "ContactState",
    "CountersignLapse",
    "Countersignature",
    "Delivery",
    "Draft",
    "FaceToFaceReply",
    "FlagKind",
    "Grade",
    "Grounds",
    "HandingOver",
    "HandlingPlan",
    "HeardBack",
    "ImportKind",
    "ImportRun",
    "ImportState",
    "InDraw",
    "ItemCharge",
    "Kind",
    "LeaderAct",
    "LeaderActCase",
    "LeaderActStruck",
    "MeasureKind",
    "MeetingCase",
    "MeetingOrgan",
    "MeetingSpeech",
    "MergeGroup",
    "Milestone",
    "NoteKind",
    "NumberSeries",
    "OfficeNote",
    "OpinionDraft",
    "OpinionMark",
    "OpinionMarked",
    "OrganLeader",
    "PlacedScan",
    "ProposedCharge",
    "Raised",
    "Rating",
    "RatingFlag",
    "Receipt",
    "Received",
    "ReceivedScan",
    "Redated",
    "Redating",
    "Reply",
    "ReplyFile",
    "ReplyPoint",
    "RequestItem",
    "ResponsibilitySystem",
    "ReturnAnswer",
    "ReturnBy",
    "ReturnCutoff",
    "ReturnDecision",
    "ReturnOutcome",
    "ReturnRequest",
    "ReviewRequest",
    "RulesApplied",
    "RulesDecision",
    "Rung",
    "ScanVerdict",
    "Signature",
    "StatementKind",
    "SubAssignment",
    "Suggestion",
    "Talk",
    "TalkCase",
    "Urging",
    "Verdict",
    "Version",
    "WordingProposal",
]
