"""Pictures of a past day: the derived columns as they were. Made again from the facts at any time.

The columns bear the names they have on ``Suggestion`` and ``Assignment``, so that one condition
counts both today and a past day.
"""

from __future__ import annotations

from django.db import models

from huiyin.accounts.models import Post
from huiyin.organisations.models import Delegation, Organ, Session
from huiyin.suggestions.models import Assignment, MergeGroup, Suggestion


class Picture(models.Model):
    """One session at the end of a day, as the record up to a line tells it.

    ``line`` is the last line that speaks of that day or of one before it. A line that is brought
    in later and back-dated makes another picture; this one stays what it is.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    as_of = models.DateField()
    line = models.BigIntegerField()
    # No line after ``line`` and up to this one speaks of the day.
    checked = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="picture_once", fields=["session", "as_of", "line"]),
            models.CheckConstraint(
                name="picture_checked_from_its_line",
                condition=models.Q(checked__gte=models.F("line")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.as_of} {self.line}"


class PicturedCase(models.Model):
    """One suggestion as it stood."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="cases", db_index=False)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    lead = models.ForeignKey(Post, models.PROTECT, related_name="+", db_index=False)
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    stage = models.CharField(max_length=16)
    raised = models.CharField(max_length=16)
    category = models.CharField(max_length=16)
    number = models.CharField(max_length=20, null=True)  # noqa: DJ001 - as on the suggestion
    number_order = models.PositiveIntegerField(null=True)
    merge_group = models.ForeignKey(
        MergeGroup, models.PROTECT, null=True, related_name="+", db_index=False
    )
    wants_no_reply = models.BooleanField()
    round = models.PositiveSmallIntegerField()
    lead_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", db_index=False
    )
    office = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False)
    handed_on = models.DateField(null=True)
    submitted_on = models.DateField(null=True)
    registered_on = models.DateField(null=True)
    first_assigned_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    ordinary_due_on = models.DateField(null=True)
    first_replied_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome_class = models.CharField(max_length=8)
    first_attitude = models.CharField(max_length=4)
    first_result = models.CharField(max_length=4)
    attitude = models.CharField(max_length=4)
    result = models.CharField(max_length=4)
    first_rated_via = models.CharField(max_length=8)
    rated_via = models.CharField(max_length=8)
    letter_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pictured_case_once", fields=["picture", "suggestion"]),
        ]

    def __str__(self) -> str:
        return f"{self.number or '—'} {self.stage}"


class PicturedPart(models.Model):
    """One organ's part as it stood."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="parts", db_index=False)
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="+", db_index=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+", db_index=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=12)
    round = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=16)
    wide = models.BooleanField()
    assigned_on = models.DateField()
    due_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    returning = models.CharField(max_length=16)
    return_round = models.PositiveSmallIntegerField()
    contested_since = models.DateField(null=True)
    contests = models.JSONField(default=list)
    extensions = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pictured_part_once", fields=["picture", "suggestion", "assignment"]
            ),
        ]
        indexes = [models.Index(name="pictured_part_of_organ", fields=["picture", "organ"])]

    def __str__(self) -> str:
        return f"{self.organ} {self.stage}"
