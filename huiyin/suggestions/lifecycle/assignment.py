"""What one organ goes through in one round."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import guards
from huiyin.suggestions.stages import OPEN_ASSIGNMENT, AssignmentStage

L25_51 = "代表法（2025）第51条"


def _from(*stages: AssignmentStage) -> frozenset[str]:
    return frozenset(stages)


ASSIGNMENT = Lifecycle(
    name="assignment",
    stages=AssignmentStage,
    initial=AssignmentStage.ISSUED,
    final=frozenset({AssignmentStage.DONE, AssignmentStage.STOPPED}),
    moves=(
        Move(
            name="acknowledge",
            label=p_("step", "Acknowledge receipt"),
            consequence=_("You confirm that your organ has it and will handle it."),
            sources=_from(AssignmentStage.ISSUED),
            target=AssignmentStage.ACKNOWLEDGED,
            allowed=rules.acknowledges_it,
            guards=(guards.suggestion_is_in_handling,),
            primary=True,
            clock="acknowledgement stops",
            notice="",
            basis="山东省条例第12条；交办认可",
        ),
        Move(
            name="plan",
            label=p_("step", "Enter the handling plan"),
            consequence=_("Leader, division, handler, requirement and date of feedback are fixed."),
            sources=_from(AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING),
            target=AssignmentStage.HANDLING,
            allowed=rules.handles_it,
            guards=(guards.suggestion_is_in_handling,),
            primary=True,
            basis="源文000“五定”",
        ),
        Move(
            name="contact",
            label=p_("step", "Record a contact with the deputy"),
            sources=_from(
                AssignmentStage.ACKNOWLEDGED,
                AssignmentStage.HANDLING,
                AssignmentStage.OPINION_GIVEN,
                AssignmentStage.REPLIED,
            ),
            target=None,
            allowed=rules.handles_it,
            guards=(guards.contact_not_in_the_future,),
            notice="lead_deputy",
            basis=L25_51 + "“与代表联系沟通，充分听取意见”",
        ),
        Move(
            name="give_opinion",
            label=p_("step", "Give the co-handling opinion"),
            consequence=_("It goes to the lead organ, which answers the deputy."),
            sources=_from(AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING),
            target=AssignmentStage.OPINION_GIVEN,
            allowed=rules.gives_opinion,
            guards=(guards.suggestion_is_in_handling,),
            primary=True,
            clock="co-opinion stops",
            notice="answering_organs",
            document="co-handling opinion",
            basis="源文004“会办与主办同责”；重庆市条例第20条",
        ),
        Move(
            name="reply",
            label=p_("step", "Replied"),
            sources=_from(AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING),
            target=AssignmentStage.REPLIED,
            allowed=rules.follows_from_it,
            guards=(guards.reply_is_delivered,),
            clock="reply stops",
            basis=L25_51,
        ),
        Move(
            name="inform",
            label=p_("step", "Given for reference"),
            sources=_from(AssignmentStage.ISSUED),
            target=AssignmentStage.DONE,
            allowed=rules.follows_from_it,
            guards=(guards.is_for_reference,),
            basis="代表建议专用纸“请承办单位在工作中研究参考，不需要书面答复”",
        ),
        Move(
            name="finish",
            label=p_("step", "Done"),
            sources=_from(AssignmentStage.OPINION_GIVEN, AssignmentStage.REPLIED),
            target=AssignmentStage.DONE,
            allowed=rules.follows_from_it,
            basis="办结以代表评价为准",
        ),
        Move(
            name="stop",
            label=p_("step", "Stopped"),
            sources=_from(*OPEN_ASSIGNMENT, AssignmentStage.OPINION_GIVEN),
            target=AssignmentStage.STOPPED,
            allowed=rules.follows_from_it,
            clock="all clocks stop",
            basis="重庆市条例第12条“一经撤回，其办理工作即行终止”",
        ),
    ),
)
