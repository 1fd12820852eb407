"""The life of a key topic (domain.md §3.16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Lifecycle, Move
from huiyin.supervision import rules
from huiyin.supervision.stages import TopicStage

_PRESSED = frozenset({TopicStage.UNDER_SUPERVISION, TopicStage.CONTINUED})
_NAMED = _PRESSED | {TopicStage.DECIDED}


def has_plan(case: Any, brought: Mapping[str, Any]) -> Words | None:
    """Where the rulebook wants one (``key_topic.plan``), the topic has a plan of its own."""
    if not brought["rules"].key_topic.plan or case.has_plan:
        return None
    return _("The rules want a plan of its own for this topic; put it on record first.")


TOPIC = Lifecycle(
    name="topic",
    stages=TopicStage,
    initial=TopicStage.PROPOSED,
    final=frozenset({TopicStage.CLOSED, TopicStage.NOT_TAKEN}),
    moves=(
        Move(
            name="give_opinion",
            label=_("Put an opinion on record"),
            sources=frozenset({TopicStage.PROPOSED}),
            target=None,
            allowed=rules.is_asked_or_office,
            basis="源文004：多方听取意见",
            consequence=_("It stands before the chairs' meeting when it decides."),
        ),
        Move(
            name="decide",
            label=_("Record the decision to take it up"),
            sources=frozenset({TopicStage.PROPOSED}),
            target=TopicStage.DECIDED,
            allowed=rules.is_office_of,
            basis="代表法（2025）第五十二条",
            consequence=_("The organs and deputies concerned see it from then on."),
            primary=True,
        ),
        Move(
            name="decline",
            label=_("Record that it is not taken up"),
            sources=frozenset({TopicStage.PROPOSED}),
            target=TopicStage.NOT_TAKEN,
            allowed=rules.is_office_of,
            basis="代表法（2025）第五十二条",
            consequence=_("Its suggestions go on being handled like all others."),
        ),
        Move(
            name="name_leaders",
            label=_("Name the leaders"),
            sources=_NAMED,
            target=None,
            allowed=rules.is_office_of,
            basis="源文001：由市长批办，各位副市长领办，主任会议成员牵头督办",
            consequence=_("These leaders stand in the place of those named before."),
        ),
        Move(
            name="send_letter",
            label=_("Send the special letter"),
            sources=frozenset({TopicStage.DECIDED}),
            target=TopicStage.UNDER_SUPERVISION,
            allowed=rules.is_office_of,
            basis="源文004：发专函安排部署",
            consequence=_("The handling organs are told, and the supervision begins."),
            primary=True,
            document="topic_letter",
        ),
        Move(
            name="plan",
            label=_("Put the plan on record"),
            sources=_NAMED,
            target=None,
            allowed=rules.plans_topic,
            basis="源文000：对重点处理建议制定单独办理方案",
            consequence=_("The year-end report is measured by it."),
        ),
        Move(
            name="report",
            label=_("Record the special report"),
            sources=_PRESSED,
            target=TopicStage.REPORTED,
            allowed=rules.is_office_of,
            guards=(has_plan,),
            basis="源文001：市政府向市人大常委会专项报告",
            consequence=_("The satisfaction vote comes next."),
            primary=True,
        ),
        Move(
            name="pass_vote",
            label=_("Closed by the satisfaction vote"),
            sources=frozenset({TopicStage.REPORTED}),
            target=TopicStage.CLOSED,
            allowed=rules.is_office_of,
            basis="源文001：经市人大常委会审议表决通过方可结案",
        ),
        Move(
            name="fail_vote",
            label=_("The satisfaction vote failed"),
            sources=frozenset({TopicStage.REPORTED}),
            target=TopicStage.CONTINUED,
            allowed=rules.is_office_of,
            basis="源文001：当年不能较好办结的，次年继续办理",
        ),
    ),
)
