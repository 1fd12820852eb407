"""The life of a micro-project of the special fund (源文001)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.supervision import rules
from huiyin.supervision.stages import ProjectStage

PROJECT = Lifecycle(
    name="project",
    stages=ProjectStage,
    initial=ProjectStage.PROPOSED,
    final=frozenset({ProjectStage.DECLINED, ProjectStage.FINISHED}),
    moves=(
        Move(
            name="approve",
            label=_("Approve"),
            sources=frozenset({ProjectStage.PROPOSED}),
            target=ProjectStage.APPROVED,
            allowed=rules.keeps_fund_of,
            basis="源文001：设立人大代表建议办理专项资金",
            consequence=_("The sum is set aside from what is free in the fund."),
            primary=True,
        ),
        Move(
            name="decline",
            label=_("Do not approve"),
            sources=frozenset({ProjectStage.PROPOSED}),
            target=ProjectStage.DECLINED,
            allowed=rules.keeps_fund_of,
            basis="源文001：无项目覆盖和资金支持",
            consequence=_("Nothing is taken from the fund."),
        ),
        Move(
            name="spend",
            label=_("Record spending"),
            sources=frozenset({ProjectStage.APPROVED}),
            target=None,
            allowed=rules.keeps_fund_of,
            basis="源文001：解决了10余件",
            consequence=_("It can never be more than what was set aside for the project."),
        ),
        Move(
            name="finish",
            label=_("Record the result and finish"),
            sources=frozenset({ProjectStage.APPROVED}),
            target=ProjectStage.FINISHED,
            allowed=rules.keeps_fund_of,
            basis="源文001：解决了10余件",
            consequence=_("What was not spent goes back into the fund."),
            primary=True,
        ),
    ),
)
