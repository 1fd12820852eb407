"""Responsibility inside a handling organ: its leaders, its system, who was given what (§13 C)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.kernel.fields import KeyField
from huiyin.ledger.models import Fact
from huiyin.organisations.models import InnerDivision, Organ
from huiyin.suggestions.models.case import Suggestion
from huiyin.suggestions.models.handling import Assignment, HandlingPlan


class Mark(models.TextChoices):
    """How an organ marks an item: hot ones together, hard ones first, focus ones unasked (87)."""

    HOT = "hot", p_("mark", "Hot issue")
    HARD = "hard", p_("mark", "Hard issue")
    FOCUS = "focus", p_("mark", "Focus issue")


class ResponsibilityLevel(models.TextChoices):
    """Whom an organ may hold responsible; its own system says which, and for what."""

    MAIN_LEADER = "main_leader", p_("responsibility", "Main leader")
    DEPUTY_LEADER = "deputy_leader", p_("responsibility", "Leader in charge")
    DIVISION_HEAD = "division_head", p_("responsibility", "Head of division")
    HANDLER = "handler", p_("responsibility", "Handler")
    LIAISON = "liaison", p_("responsibility", "Liaison office")


class LeaderActKind(models.TextChoices):
    """What leaders of an organ do about suggestions that is worth a record (48, 80, 31)."""

    STUDIED = "studied", p_("leaders' act", "Studied at a meeting of the leading group")
    ASSIGNED = "assigned", p_("leaders' act", "Assignment meeting inside the organ")
    MET = "met", p_("leaders' act", "Leader met deputies")
    VISITED = "visited", p_("leaders' act", "Leader went to the deputy's place")


class OrganLeader(models.Model):
    """One leader of an organ in one office. The organ's liaison keeps the list.

    Another title is another row: what was said of a leader keeps the title he had then.
    """

    key = KeyField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="leaders")
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=40)
    is_main = models.BooleanField(default=False)
    # His post in this house, where he has one.
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="organ_leader_once",
                fields=["organ", "name"],
                condition=Q(until__isnull=True),
            ),
            models.UniqueConstraint(
                name="organ_leader_one_main",
                fields=["organ"],
                condition=Q(until__isnull=True, is_main=True),
            ),
            models.CheckConstraint(
                name="organ_leader_days_ordered",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"


class ResponsibilitySystem(Fact):
    """How an organ shares responsibility; its latest one holds (三级、四级、五级责任制).

    ``levels`` lists pairs of a ``ResponsibilityLevel`` and what the organ says of it.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="responsibility_systems")
    levels = models.JSONField(default=list)
    # A goal and milestones belong to every plan (六定), not only the five items (五定).
    six_fixed = models.BooleanField(default=False)
    # What is acknowledged waits to be given to a division or a handler (内部分办).
    shares_out = models.BooleanField(default=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organ} {self.at:%Y-%m-%d}"


class SubAssignment(Fact):
    """An organ's part given on inside the organ: to a division, to one handler of it, or both."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sub_assignments")
    division = models.ForeignKey(
        InnerDivision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handler = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="sub_assignment_names_somebody",
                condition=Q(division__isnull=False) | Q(handler__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.division or ''} {self.handler_id or ''}"


class Milestone(Fact):
    """A day by which a step of a handling plan is to be done (定时间节点)."""

    plan = models.ForeignKey(HandlingPlan, models.PROTECT, related_name="milestones")
    due_on = models.DateField()
    what = models.CharField(max_length=120)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(name="milestone_by_day", fields=["due_on"])]

    def __str__(self) -> str:
        return f"{self.due_on} {self.what}"


class LeaderAct(Fact):
    """A meeting or visit by which a leader of the organ took up suggestions himself."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="leader_acts")
    kind = models.CharField(max_length=8, choices=LeaderActKind)
    held_on = models.DateField()
    leader = models.ForeignKey(OrganLeader, models.PROTECT, related_name="acts")
    gist = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="leader_act_kind_known", condition=Q(kind__in=LeaderActKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.kind}"


class LeaderActCase(Fact):
    """One suggestion that such a meeting or visit was about."""

    act = models.ForeignKey(LeaderAct, models.PROTECT, related_name="cases")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="leader_acts")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="leader_act_case_once", fields=["act", "suggestion"]),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} {self.suggestion_id}"


class LeaderActStruck(Fact):
    """Such a record was entered wrongly: it stays to be read, and counts no more."""

    act = models.OneToOneField(LeaderAct, models.PROTECT, related_name="struck")
    why = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.act_id}"
