"""Key topics."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.supervision import rules, services, steps, topics
from huiyin.supervision.forms.topics import ProposeForm
from huiyin.supervision.kinds.kind import Kind
from huiyin.supervision.lifecycle import TOPIC
from huiyin.supervision.lists import topics as topic_list
from huiyin.supervision.presenters import topics as topic_page


def _propose(actor: Actor, at: datetime, given: Any) -> Any:
    said = given.cleaned_data
    return services.propose_topic(
        actor=actor,
        at=at,
        session=given.sessions[said["session"]],
        title=said["title"],
        criteria=said["criteria"],
        reasons=said["reasons"],
        cases=given.cases,
    )


TOPICS = Kind(
    name="topic",
    subject=topics.TOPIC_TYPE,
    spec=topic_list.LIST,
    rows=topic_list.rows_for,
    find=topics.topic_for,
    page=topic_page.page,
    begins=rules.proposes_topics,
    form=ProposeForm,
    begin=_propose,
    new=_("Propose a key topic"),
    lead=_("Topics of several suggestions that the chairs' meeting has pressed until a vote."),
    empty=_("Committees and the congress office propose topics; the chairs' meeting decides."),
    lifecycle=TOPIC,
    steps=steps.TOPIC_STEPS,
)
