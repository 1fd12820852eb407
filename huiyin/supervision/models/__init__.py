"""What is kept of supervision: facts alone, so that nothing is ever a copy of something else."""

from huiyin.supervision.models.acts import (
    Problem,
    ProblemStep,
    SupervisedCase,
    SupervisedOrgan,
    SupervisionAct,
)
from huiyin.supervision.models.citing import CitedClause
from huiyin.supervision.models.fund import FundEntry, MicroProject, ProjectStep, SpecialFund
from huiyin.supervision.models.looks import MinuteLook
from huiyin.supervision.models.records import (
    Bulletin,
    BulletinArticle,
    Outcome,
    PaperClause,
    Publicity,
    YearlyPaper,
)
from huiyin.supervision.models.rhythms import (
    Circular,
    Counterpart,
    Rhythm,
    RhythmEnd,
    RhythmMinutes,
    RhythmTask,
)
from huiyin.supervision.models.topics import (
    KeyTopic,
    TopicCase,
    TopicLeader,
    TopicOpinion,
    TopicStep,
    TopicVote,
)

__all__ = [
    "Bulletin",
    "BulletinArticle",
    "Circular",
    "CitedClause",
    "Counterpart",
    "FundEntry",
    "KeyTopic",
    "MicroProject",
    "MinuteLook",
    "Outcome",
    "PaperClause",
    "Problem",
    "ProblemStep",
    "ProjectStep",
    "Publicity",
    "Rhythm",
    "RhythmEnd",
    "RhythmMinutes",
    "RhythmTask",
    "SpecialFund",
    "SupervisedCase",
    "SupervisedOrgan",
    "SupervisionAct",
    "TopicCase",
    "TopicLeader",
    "TopicOpinion",
    "TopicStep",
    "TopicVote",
    "YearlyPaper",
]
