"""How a reply is written, checked, signed and delivered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import (
    breakdown,
    claiming,
    clearance,
    cohandling,
    contacting,
    delivering,
    guards,
    reforming,
)
from huiyin.suggestions.stages import ReplyStage


def _from(*stages: ReplyStage) -> frozenset[str]:
    return frozenset(stages)


REPLY = Lifecycle(
    name="reply",
    stages=ReplyStage,
    initial=ReplyStage.DRAFTING,
    final=frozenset({ReplyStage.DELIVERED}),
    moves=(
        Move(
            name="send_to_check",
            label=p_("step", "Send to be checked"),
            consequence=_("The text is fixed as it is and goes through the levels of your organ."),
            sources=_from(ReplyStage.DRAFTING),
            target=ReplyStage.IN_CLEARANCE,
            allowed=rules.drafts_reply,
            guards=(
                guards.assignment_is_open,
                cohandling.opinions_are_in,
                cohandling.opinions_are_marked,
                guards.every_request_is_answered,
                guards.class_fits,
                claiming.class_is_proven,
                contacting.spoken_before_reply,
                clearance.text_is_in_order,
                clearance.warnings_are_confirmed,
                clearance.levels_suffice,
            ),
            primary=True,
            notice="clearing",
            basis="源文000“四级核稿、层层把关”",
        ),
        Move(
            name="pass_check",
            label=p_("step", "Checked, in order"),
            sources=_from(ReplyStage.IN_CLEARANCE),
            target=None,
            allowed=rules.checks_reply,
            guards=(
                guards.assignment_is_open,
                clearance.signature_is_not_due,
                clearance.has_a_level_ahead,
                clearance.level_is_reached,
                clearance.passes_one_level_only,
                clearance.text_is_unchanged,
            ),
            primary=True,
            notice="clearing",
            basis="源文000“四级核稿、层层把关”",
        ),
        Move(
            name="send_back",
            label=p_("step", "Send back to be rewritten"),
            consequence=_("Checks given to this text no longer hold; the next text starts anew."),
            sources=_from(ReplyStage.IN_CLEARANCE, ReplyStage.SIGNED),
            target=ReplyStage.DRAFTING,
            allowed=rules.sends_reply_back,
            guards=(guards.assignment_is_open,),
            must_say_why=True,
            notice="handlers",
            basis="源文000“四级核稿、层层把关”",
        ),
        Move(
            name="sign",
            label=p_("step", "Sign"),
            consequence=_("The reply bears your name and may be delivered."),
            sources=_from(ReplyStage.IN_CLEARANCE),
            target=ReplyStage.SIGNED,
            allowed=rules.signs_reply,
            guards=(
                guards.assignment_is_open,
                clearance.signature_is_mine,
                clearance.levels_before_are_passed,
                clearance.passes_one_level_only,
                clearance.signer_is_the_main_head,
                clearance.text_is_unchanged,
                breakdown.no_item_is_left,
                cohandling.countersigned_first,
            ),
            primary=True,
            notice="liaisons",
            document="reply letter",
            basis="上海市规定第20条；重庆市条例第23条",
        ),
        *delivering.MOVES,
        *reforming.REPLY_MOVES,
        *claiming.MOVES,
    ),
)
