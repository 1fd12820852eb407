"""How a reply is written, checked, signed and delivered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.suggestions import rules
from huiyin.suggestions.lifecycle import delivering, guards
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
            consequence=_("The text is fixed as it is; checker and head see it next."),
            sources=_from(ReplyStage.DRAFTING),
            target=ReplyStage.IN_CLEARANCE,
            allowed=rules.drafts_reply,
            guards=(guards.assignment_is_open, guards.every_request_is_answered, guards.class_fits),
            primary=True,
            notice="checkers",
            basis="源文000“四级核稿、层层把关”",
        ),
        Move(
            name="pass_check",
            label=p_("step", "Checked, in order"),
            sources=_from(ReplyStage.IN_CLEARANCE),
            target=None,
            allowed=rules.checks_reply,
            guards=(guards.not_checked_yet,),
            primary=True,
            notice="heads",
            basis="源文000“四级核稿、层层把关”",
        ),
        Move(
            name="send_back",
            label=p_("step", "Send back to be rewritten"),
            consequence=_("Checks given to this text no longer hold; the next text starts anew."),
            sources=_from(ReplyStage.IN_CLEARANCE, ReplyStage.SIGNED),
            target=ReplyStage.DRAFTING,
            allowed=rules.sends_reply_back,
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
            guards=(guards.checked_first,),
            primary=True,
            notice="liaisons",
            document="reply letter",
            basis="上海市规定第20条；重庆市条例第23条",
        ),
        *delivering.MOVES,
    ),
)
