"""The life of a problem: notice, answer, recheck, until it is put right (源文001, 002)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.supervision import rules
from huiyin.supervision.stages import ProblemStage

PROBLEM = Lifecycle(
    name="problem",
    stages=ProblemStage,
    initial=ProblemStage.FOUND,
    final=frozenset({ProblemStage.FIXED}),
    moves=(
        Move(
            name="notify",
            label=_("Issue the rectification notice"),
            sources=frozenset({ProblemStage.FOUND}),
            target=ProblemStage.NOTIFIED,
            allowed=rules.supervises_problem,
            basis="源文002：发出整改通知",
            consequence=_("The organ is told, and has to answer by the day you set."),
            primary=True,
            document="rectification_notice",
        ),
        Move(
            name="answer",
            label=_("Report what was put right"),
            sources=frozenset({ProblemStage.NOTIFIED}),
            target=ProblemStage.ANSWERED,
            allowed=rules.answers_problem,
            basis="源文002：狠抓整改落实，按时反馈情况",
            consequence=_("Whoever found the problem checks it again."),
            primary=True,
        ),
        Move(
            name="find_fixed",
            label=_("Recheck: put right"),
            sources=frozenset({ProblemStage.ANSWERED}),
            target=ProblemStage.FIXED,
            allowed=rules.supervises_problem,
            basis="源文001：监督—落实—跟踪—再监督—再跟踪—再落实",
            consequence=_("The problem leaves the list of open ones."),
            primary=True,
        ),
        Move(
            name="find_unfixed",
            label=_("Recheck: not put right"),
            sources=frozenset({ProblemStage.ANSWERED}),
            target=ProblemStage.NOTIFIED,
            allowed=rules.supervises_problem,
            basis="源文001：监督—落实—跟踪—再监督—再跟踪—再落实",
            consequence=_("The organ has to answer once more by the day you set."),
        ),
    ),
)
