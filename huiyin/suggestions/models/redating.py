"""Decisions by which running clocks were counted anew, and what each changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.suggestions.models.case import Suggestion
from huiyin.suggestions.models.handling import Assignment


class Grounds(models.TextChoices):
    """What made the clocks be counted anew."""

    CALENDAR = "calendar", p_("redating", "A notice on days off")
    RULES = "rules", p_("redating", "A change of rules")


class Redating(Fact):
    """One decision: from here on the clocks that still run follow ``cause_key``.

    ``last_act`` is the last act before it. A clock stopped by that act or an earlier one keeps
    the date it had: acts come in the order of their primary keys, whatever their day.
    """

    grounds = models.CharField(max_length=8, choices=Grounds)
    # The notice or the choice of rules; ``said`` names it in words.
    cause_key = models.CharField(max_length=22)
    said = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    last_act = models.PositiveBigIntegerField()
    # None: by command.
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.grounds} {self.said}"


class ClockName(models.TextChoices):
    """Which clock of a case."""

    ACKNOWLEDGE = "acknowledge", p_("clock", "Acknowledge receipt")
    OPINION = "opinion", p_("clock", "Co-handling opinion")
    REPLY = "reply", p_("clock", "Reply")
    FEEDBACK = "feedback", p_("clock", "Rating by the deputy")


class Redated(Fact):
    """One clock whose date has changed, so that the earlier date stays known and explained."""

    redating = models.ForeignKey(Redating, models.PROTECT, related_name="changes")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="redated")
    clock = models.CharField(max_length=12, choices=ClockName)
    # None where the clock is the deputy's.
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="redated"
    )
    was = models.DateField(null=True, blank=True)
    now = models.DateField(null=True, blank=True)
    # Keys of the posts that were told.
    told = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock} {self.was} → {self.now}"
