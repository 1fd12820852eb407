"""Key topics as one reader may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.stages import ANSWERING, CHARGED
from huiyin.supervision.lifecycle import TOPIC
from huiyin.supervision.models import KeyTopic, TopicCase, TopicLeader, TopicStep
from huiyin.supervision.rules import ORGAN, SUPERVISORS
from huiyin.supervision.stages import NAMED
from huiyin.supervision.standing import with_stage

TOPIC_TYPE = "key_topic"


def staged(rows: QuerySet[KeyTopic]) -> QuerySet[Any]:
    """With the stage of each."""
    return with_stage(rows, TOPIC, TopicStep.objects.all(), of="topic")


def topics_for(actor: Actor) -> QuerySet[KeyTopic]:
    """The topics he may know of.

    Offices, committees and leaders all; organs and deputies those that have been decided and
    hold a suggestion of theirs. A topic that is only proposed is not theirs to know.
    """
    own = staged(KeyTopic.objects.filter(congress=actor.congress_id))
    if actor.role in (*SUPERVISORS, Role.LEADER):
        return own
    if actor.role in (*ORGAN, Role.DEPUTY):
        theirs = TopicCase.objects.filter(suggestion__in=visible_to(actor).values("pk"))
        return own.filter(Q(stage__in=NAMED), pk__in=theirs.values("topic"))
    return own.none()


def topic_for(actor: Actor, key: str) -> KeyTopic:
    """One topic by key. ``NotFound`` alike for another's and for none at all."""
    rows = topics_for(actor).select_related("congress", "session", "proposed_by")
    found = rows.filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return read_along(found)


def read_along(topic: KeyTopic) -> KeyTopic:
    """With what its rules and guards ask: the organs that answer, and whether it has a plan."""
    charged = Assignment.objects.filter(
        CHARGED, suggestion__key_topics__topic=topic, role__in=ANSWERING
    )
    topic.answering_organs = set(charged.values_list("organ_id", flat=True))
    topic.has_plan = topic.steps.filter(name="plan").exists()
    return topic


def cases_of(topic: KeyTopic, actor: Actor) -> QuerySet[Suggestion]:
    """Those of its suggestions that he may see, by number."""
    own = TopicCase.objects.filter(topic=topic)
    seen = visible_to(actor).filter(pk__in=own.values("suggestion"))
    return seen.order_by("number_order", "pk")


def leaders_of(topic: KeyTopic) -> list[TopicLeader]:
    """The leaders that the latest naming holds."""
    named = topic.steps.filter(name="name_leaders").order_by("-pk").first()
    return list(named.leaders.select_related("holder")) if named else []


def steps_of(topic: KeyTopic) -> QuerySet[TopicStep]:
    """Its steps in order, with what each brought."""
    rows = topic.steps.select_related("vote", "opinion__organ", "post__person", "post__organ")
    leaders = TopicLeader.objects.order_by("pk")
    return rows.select_related("post__congress").prefetch_related(Prefetch("leaders", leaders))


def open_topics_of(case: Suggestion, actor: Actor) -> QuerySet[KeyTopic]:
    """The topics that a suggestion belongs to, as far as he may know of them."""
    return topics_for(actor).filter(cases__suggestion=case)
