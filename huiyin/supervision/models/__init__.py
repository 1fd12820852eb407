"""What is kept of supervision: facts alone, so that nothing is ever a copy of something else."""

from huiyin.supervision.models.acts import (
    Problem,
    ProblemStep,
    SupervisedCase,
    SupervisedOrgan,
    SupervisionAct,
)
from huiyin.supervision.models.rhythms import (
    Circular,
    Counterpart,
    Rhythm,
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
    "Circular",
    "Counterpart",
    "KeyTopic",
    "Problem",
    "ProblemStep",
    "Rhythm",
    "RhythmMinutes",
    "RhythmTask",
    "SupervisedCase",
    "SupervisedOrgan",
    "SupervisionAct",
    "TopicCase",
    "TopicLeader",
    "TopicOpinion",
    "TopicStep",
    "TopicVote",
]
