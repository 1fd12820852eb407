"""Urgings, by the calendar or by hand: each an event of its own, counted and never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.suggestions.models.handling import Assignment


class Rung(models.TextChoices):
    """How far up the ladder an urging stands."""

    UNREAD = "unread", p_("urging", "Assignment not read")
    NEAR = "near", p_("urging", "Due soon")
    DUE = "due", p_("urging", "Due today")
    OVERDUE = "overdue", p_("urging", "Overdue")
    BY_HAND = "by_hand", p_("urging", "Urged by the office")


# An assignment that was not read is brought before others; its organ has not been urged by that.
URGED = ~Q(rung=Rung.UNREAD)


class Urging(Fact):
    """One urging of one organ. ``due_on`` is the day its part was due as it was urged."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urgings")
    rung = models.CharField(max_length=8, choices=Rung)
    on = models.DateField()
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    # Of an urging by hand: who, what is asked for, and by when the organ says how far it is.
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    demand = models.TextField(_("what is asked for"), blank=True)
    answer_by = models.DateField(_("answered by"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # However many runners come by, and however often one of them dies (T075).
            models.UniqueConstraint(name="urging_once_a_day", fields=["assignment", "rung", "on"]),
            # Soon and today are said once of one due day; moved, it is another.
            models.UniqueConstraint(
                name="urging_rung_once",
                fields=["assignment", "rung", "due_on"],
                condition=Q(rung__in=(Rung.NEAR, Rung.DUE)),
            ),
            models.UniqueConstraint(
                name="urging_unread_once", fields=["assignment"], condition=Q(rung=Rung.UNREAD)
            ),
            models.CheckConstraint(name="urging_rung_known", condition=Q(rung__in=Rung.values)),
            models.CheckConstraint(
                name="urging_by_hand_is_signed",
                condition=~Q(rung=Rung.BY_HAND) | Q(post__isnull=False, answer_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.rung}"
