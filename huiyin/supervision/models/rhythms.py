"""Rhythms: what is done every week, month or quarter; the tasks they make and their minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ
from huiyin.supervision.stages import RhythmKind


class Rhythm(Fact):
    """A plan that makes a task again and again (周例会、月调度、季分析、半年总结、全年述职)."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=RhythmKind)
    title = models.CharField(max_length=120)
    # The document and clause it rests on.
    basis = models.CharField(max_length=200, blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rhythm_kind_known", condition=Q(kind__in=RhythmKind.values)
            ),
            models.CheckConstraint(
                name="rhythm_days_ordered",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("begins_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RhythmEnd(Fact):
    """That a rhythm is given up before the day it was planned to end on, and why."""

    rhythm = models.OneToOneField(Rhythm, models.PROTECT, related_name="end")
    # The last day on which a turn may fall due.
    last_on = models.DateField()
    why = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="rhythm_end_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm_id} {self.last_on}"


class RhythmTask(Fact):
    """One turn of a rhythm, due on its day. Made by the tick, once."""

    rhythm = models.ForeignKey(Rhythm, models.PROTECT, related_name="tasks")
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="rhythm_task_once", fields=["rhythm", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm_id} {self.due_on}"


class RhythmMinutes(Fact):
    """The minutes of a task: it has been done."""

    task = models.OneToOneField(RhythmTask, models.PROTECT, related_name="minutes")
    held_on = models.DateField()
    attended = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.held_on}"


class Counterpart(Fact):
    """Which committee an organ's suggestions are followed by (对口督办); the latest row holds."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="counterparts")
    # None: followed by no committee any more.
    committee = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.committee_id}"


class Circular(Fact):
    """A monthly circular (通报) as it was issued: its figures are those of its day."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    # The first day of its month.
    month = models.DateField()
    number = models.CharField(max_length=80)
    issued_on = models.DateField()
    note = models.TextField(blank=True)
    lines = models.JSONField(default=list)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "-pk"]

    def __str__(self) -> str:
        return self.number
