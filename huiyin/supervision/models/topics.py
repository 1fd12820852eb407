"""Key topics (重点处理建议): what was proposed, decided, supervised, reported and voted on.

Every row is a fact. Where a topic stands follows from its steps.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ, Session
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.models.steps import CaseStep
from huiyin.supervision.stages import LeaderPart, PassedBy, TopicView


class KeyTopic(Fact):
    """One topic of several suggestions, as it was proposed."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    # The year in which it was to be handled first.
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    criteria = models.JSONField(default=list)
    reasons = models.TextField(blank=True)
    # The committee that proposes it; None for the congress office.
    proposed_by = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    # What ``topics.staged`` and ``topics.read_along`` read along with it.
    stage: str
    answering_organs: set[int]
    has_plan: bool

    class Meta:
        ordering = ["-year", "pk"]
        indexes = [models.Index(name="topic_of_congress", fields=["congress", "-year"])]

    def __str__(self) -> str:
        return self.title


class TopicStep(CaseStep):
    """One step of a topic."""

    topic = models.ForeignKey(KeyTopic, models.PROTECT, related_name="steps")

    class Meta(CaseStep.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                name="topic_step_once",
                fields=["topic", "name"],
                condition=Q(name__in=["decide", "decline", "send_letter", "pass_vote"]),
            ),
        ]


class TopicCase(Fact):
    """One suggestion of a topic."""

    topic = models.ForeignKey(KeyTopic, models.PROTECT, related_name="cases")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="key_topics")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="topic_case_once", fields=["topic", "suggestion"]),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.suggestion_id}"


class TopicLeader(Fact):
    """A leader's part in a topic. The leaders named by the latest such step hold."""

    step = models.ForeignKey(TopicStep, models.PROTECT, related_name="leaders")
    part = models.CharField(max_length=12, choices=LeaderPart)
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=80, blank=True)
    # Whoever has a post in this house finds the topic on his own page.
    holder = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="topic_leader_part_known", condition=Q(part__in=LeaderPart.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.part})"


class TopicOpinion(Fact):
    """What one body said when it was asked about the topic."""

    step = models.OneToOneField(TopicStep, models.PROTECT, related_name="opinion")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    view = models.CharField(max_length=8, choices=TopicView)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="topic_opinion_view_known", condition=Q(view__in=TopicView.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.view}"


class TopicVote(Fact):
    """The satisfaction vote on a topic, held elsewhere and recorded with its minutes.

    ``base`` says of whom more than half had to be in favour; ``passed`` can only be what the
    numbers say.
    """

    step = models.OneToOneField(TopicStep, models.PROTECT, related_name="vote")
    members = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    base = models.CharField(max_length=12, choices=PassedBy)
    passed = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="vote_base_known", condition=Q(base__in=PassedBy.values)),
            models.CheckConstraint(
                name="vote_present_are_members",
                condition=Q(members__gte=F("present")) & Q(members__gte=1),
            ),
            models.CheckConstraint(
                name="vote_cast_by_those_present",
                condition=Q(present__gte=F("in_favour") + F("against") + F("abstained")),
            ),
            models.CheckConstraint(
                name="vote_result_is_what_was_counted",
                condition=Q(base="all_members", passed=True, members__lt=F("in_favour") * 2)
                | Q(base="all_members", passed=False, members__gte=F("in_favour") * 2)
                | Q(base="present", passed=True, present__lt=F("in_favour") * 2)
                | Q(base="present", passed=False, present__gte=F("in_favour") * 2),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.against}/{self.abstained}"
