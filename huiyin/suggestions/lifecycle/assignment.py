"""What one organ goes through in one round."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import (
    cohandling,
    contacting,
    extending,
    guards,
    reforming,
    responsibility,
    returning,
    urging,
)
from huiyin.suggestions.stages import OPEN_ASSIGNMENT, AssignmentStage

WORKING = (AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING)
CONSENT = "上海市规定第19条；北京市条例第21条；山东省条例第19条；浙江省规定第21条"
L25_51 = "代表法（2025）第51条"


def _from(*stages: AssignmentStage) -> frozenset[str]:
    return frozenset(stages)


ASSIGNMENT = Lifecycle(
    name="assignment",
    stages=AssignmentStage,
    initial=AssignmentStage.ISSUED,
    final=frozenset({AssignmentStage.DONE, AssignmentStage.STOPPED, AssignmentStage.REASSIGNED}),
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
            guards=(
                guards.suggestion_is_in_handling,
                responsibility.sixth_item_is_fixed,
                contacting.spoken_before_handling,
            ),
            primary=True,
            basis="源文000“五定”；源文003“六定”",
        ),
        *contacting.MOVES,
        *responsibility.MOVES,
        Move(
            name="ask_extension",
            label=p_("step", "Ask for an extension"),
            sources=_from(*WORKING),
            target=None,
            allowed=rules.asks_extension,
            guards=(
                guards.suggestion_is_in_handling,
                extending.is_first_round,
                extending.none_waits,
                extending.times_are_left,
                extending.room_is_left,
                extending.asked_in_time,
                extending.day_is_allowed,
            ),
            must_say_why=True,
            notice="clerks",
            basis=CONSENT,
        ),
        Move(
            name="extend",
            label=p_("step", "Extended"),
            sources=_from(*WORKING),
            target=None,
            allowed=rules.follows_from_it,
            guards=(extending.needs_no_consent,),
            clock="reply moves",
            notice="deputies",
            basis="河南省办法第20条“应当向代表说明情况”",
        ),
        Move(
            name="grant_extension",
            label=p_("step", "Grant the extension"),
            sources=_from(*WORKING),
            target=None,
            allowed=rules.decides_extension,
            guards=(
                guards.suggestion_is_in_handling,
                extending.one_waits,
                extending.another_asked,
            ),
            clock="reply moves",
            notice="deputies,liaisons",
            basis=CONSENT,
        ),
        Move(
            name="refuse_extension",
            label=p_("step", "Refuse the extension"),
            consequence=_("The due day stays as it is. The organ is told the reason."),
            sources=_from(*WORKING),
            target=None,
            allowed=rules.decides_extension,
            guards=(
                guards.suggestion_is_in_handling,
                extending.one_waits,
                extending.another_asked,
            ),
            must_say_why=True,
            notice="liaisons",
            basis=CONSENT,
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
        *cohandling.MOVES,
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
        *reforming.MOVES,
        *returning.MOVES,
        *urging.MOVES,
    ),
)
