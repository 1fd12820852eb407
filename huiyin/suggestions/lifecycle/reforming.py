"""What a reform of organs does to the part of one of them, and to the reply it is writing."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.workflow import Move
from huiyin.suggestions import rules
from huiyin.suggestions.stages import OPEN_ASSIGNMENT, AssignmentStage, ReplyStage

# The organ may still be asked something in this round.
LIVE = frozenset((*OPEN_ASSIGNMENT, AssignmentStage.OPINION_GIVEN, AssignmentStage.REPLIED))
# The text has left the hands of those who write it, and not yet reached the deputies.
CLEARING = frozenset((ReplyStage.IN_CLEARANCE, ReplyStage.SIGNED))

MOVES = (
    Move(
        name="carry",
        label=p_("step", "Carried to the organ that takes over"),
        sources=LIVE,
        target=None,
        allowed=rules.follows_from_it,
        basis="机构改革：在办件随职责划转，期限连续计算",
    ),
)
REPLY_MOVES = (
    Move(
        name="void_clearance",
        label=p_("step", "Clearance void"),
        sources=CLEARING,
        target=ReplyStage.DRAFTING,
        allowed=rules.follows_from_it,
        notice="handlers",
        basis="源文000“四级核稿、层层把关”；核稿人、签发人不再任职",
    ),
)
