"""Assignment meetings (交办会): the record, who came, what was said, and the batch of cases.

The record and the proposals are worked on until the record is concluded; then nothing changes.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.kernel.fields import KeyField
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ, Session
from huiyin.suggestions.models.case import Suggestion
from huiyin.suggestions.stages import HandlingRole


class AssignmentMeeting(models.Model):
    """One meeting of the congress office, or of a system's office for its own (集中交办)."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    # The system's office that holds it; None for the congress office's own.
    office = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("day of the meeting"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    chair = models.CharField(_("chair of the meeting"), max_length=60, blank=True)
    # One point to a line.
    agenda = models.TextField(_("agenda"), blank=True)
    made_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(name="meeting_of_congress", fields=["congress", "-held_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def points(self) -> list[str]:
        """The agenda, point by point."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class MeetingOrgan(models.Model):
    """An organ that is invited; afterwards, whether it came and who for it."""

    meeting = models.ForeignKey(AssignmentMeeting, models.PROTECT, related_name="organs")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    attended = models.BooleanField(null=True, blank=True)
    attendee = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="meeting_organ_once", fields=["meeting", "organ"]),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.organ}"


class SpeechKind(models.TextChoices):
    """What was said at the meeting (源文000)."""

    ADDRESS = "address", p_("speech", "Address")
    STATEMENT = "statement", p_("speech", "Statement of commitment")
    EXCHANGE = "exchange", p_("speech", "Exchange of experience")


class MeetingSpeech(Fact):
    """One speech: who, for which organ, in which sense."""

    meeting = models.ForeignKey(AssignmentMeeting, models.PROTECT, related_name="speeches")
    kind = models.CharField(max_length=12, choices=SpeechKind)
    speaker = models.CharField(max_length=60)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    gist = models.TextField(blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.kind})"


class MeetingCase(models.Model):
    """One suggestion of the batch, with what became of it when the batch was issued."""

    meeting = models.ForeignKey(AssignmentMeeting, models.PROTECT, related_name="cases")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="meeting_cases")
    wide = models.BooleanField(default=False)
    issued_at = models.DateTimeField(null=True, blank=True)
    # Why it was not assigned when the batch was last issued.
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="meeting_case_once", fields=["meeting", "suggestion"]),
            models.CheckConstraint(
                name="meeting_case_issued_or_refused",
                condition=Q(issued_at__isnull=True) | Q(refusal=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.suggestion_id}"


class ProposedCharge(models.Model):
    """An organ that the batch means to charge; a draft until the batch is issued."""

    row = models.ForeignKey(MeetingCase, models.CASCADE, related_name="proposed")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=HandlingRole)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="proposed_organ_once", fields=["row", "organ"]),
            models.UniqueConstraint(
                name="proposed_one_in_charge",
                fields=["row"],
                condition=Q(role__in=(HandlingRole.LEAD, HandlingRole.SOLE)),
            ),
            models.CheckConstraint(
                name="proposed_role_known",
                condition=Q(role__in=(HandlingRole.LEAD, HandlingRole.SOLE, HandlingRole.CO)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} ({self.role})"
