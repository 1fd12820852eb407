"""Handling: who is charged with what until when, and what he does before the reply."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.kernel.fields import KeyField
from huiyin.ledger.models import Fact
from huiyin.ledger.prepared import PreparedManager
from huiyin.organisations.models import InnerDivision, Organ
from huiyin.suggestions.models.case import Suggestion
from huiyin.suggestions.stages import (
    CHARGED,
    CONTESTED,
    AssignmentStage,
    DecidedBy,
    HandlingRole,
    ReturnStanding,
)


class Assignment(models.Model):
    """One organ's charge in one round. ``stage`` and the columns below it are derived."""

    key = KeyField()
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="assignments")
    role = models.CharField(_("handling role"), max_length=12, choices=HandlingRole)
    # Which part of a separately handled suggestion this organ answers (青岛 art. 16).
    part = models.CharField(max_length=200, blank=True)
    # Wide and difficult items have six months by law (代表法 art. 51).
    wide = models.BooleanField(default=False)
    assigned_on = models.DateField()
    # The part of another organ that this one was issued for, and what its clock brings along: the
    # days on which each organ before it was charged and acknowledged, as ``clocks.Before`` writes.
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    before = models.JSONField(default=list, blank=True)

    stage = models.CharField(max_length=16, choices=AssignmentStage, default=AssignmentStage.ISSUED)
    due_on = models.DateField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    # Until when more time is asked for, as long as nobody has decided; a reply leaves it behind.
    extension_until = models.DateField(null=True, blank=True)
    # The extensions given, as ``clocks.Given`` writes them.
    extensions = models.JSONField(default=list, blank=True)
    # Of a co-handling organ: when the lead returned its opinion as empty, and the lead's last word
    # on the opinion that stands.
    opinion_returned_on = models.DateField(null=True, blank=True)
    opinion_mark = models.CharField(max_length=12, blank=True)
    # The dispute about whose business it is: how it stands, how many rounds it went through, who
    # decides, whose answer is awaited, since when it is open, and every span it was open for.
    returning = models.CharField(max_length=16, choices=ReturnStanding, blank=True)
    return_round = models.PositiveSmallIntegerField(default=0)
    arbiter = models.CharField(max_length=20, choices=DecidedBy, blank=True)
    asked_organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    contested_since = models.DateField(null=True, blank=True)
    contests = models.JSONField(default=list, blank=True)
    # To whom inside the organ it was given last, if it was shared out at all.
    division = models.ForeignKey(
        InnerDivision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handler = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    # The organ's own marks; ``responsibility.Mark`` has their words.
    is_hot = models.BooleanField(default=False)
    is_hard = models.BooleanField(default=False)
    is_focus = models.BooleanField(default=False)

    objects = PreparedManager()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            # A part that was stopped makes room; two that were separate may come into one hand
            # when their organs are merged.
            models.UniqueConstraint(
                name="assignment_organ_once_a_round",
                fields=["suggestion", "round", "organ"],
                condition=CHARGED
                & ~Q(stage=AssignmentStage.STOPPED)
                & ~Q(role=HandlingRole.SEPARATE),
            ),
            models.UniqueConstraint(
                name="assignment_separate_part_once",
                fields=["suggestion", "round", "organ", "part"],
                condition=CHARGED
                & ~Q(stage=AssignmentStage.STOPPED)
                & Q(role=HandlingRole.SEPARATE),
            ),
            models.UniqueConstraint(
                name="assignment_one_in_charge",
                fields=["suggestion", "round"],
                condition=CHARGED & Q(role__in=(HandlingRole.LEAD, HandlingRole.SOLE)),
            ),
            models.CheckConstraint(
                name="assignment_stage_known", condition=Q(stage__in=AssignmentStage.values)
            ),
            models.CheckConstraint(
                name="assignment_role_known", condition=Q(role__in=HandlingRole.values)
            ),
            models.CheckConstraint(
                name="assignment_due_after_start",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("assigned_on")),
            ),
            models.CheckConstraint(
                name="assignment_separate_names_part",
                condition=~Q(role=HandlingRole.SEPARATE) | ~Q(part=""),
            ),
            models.CheckConstraint(
                name="assignment_returning_known",
                condition=Q(returning__in=["", *ReturnStanding.values]),
            ),
            # No dispute without an office that has to settle it (M4).
            models.CheckConstraint(
                name="assignment_dispute_has_arbiter",
                condition=~Q(returning__in=CONTESTED)
                | Q(arbiter__in=DecidedBy.values, contested_since__isnull=False),
            ),
            # One organ is relieved for one other.
            models.UniqueConstraint(name="assignment_replaced_once", fields=["replaces"]),
        ]
        indexes = [
            models.Index(name="assignment_of_organ", fields=["organ", "suggestion"]),
            models.Index(name="assignment_waiting", fields=["organ", "stage", "due_on"]),
            # The few that wait for a decision, among all there ever were.
            models.Index(
                name="assignment_extension_asked",
                fields=["extension_until", "suggestion"],
                condition=Q(extension_until__isnull=False),
            ),
            models.Index(
                name="assignment_contested",
                fields=["arbiter", "suggestion"],
                condition=Q(contested_since__isnull=False),
            ),
            models.Index(
                name="assignment_ever_contested",
                fields=["suggestion", "organ"],
                condition=Q(return_round__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} ({self.role})"

    def days_late(self, on: date) -> int:
        """Days past due on ``on``; 0 when nothing is due or it is not yet late."""
        return max((on - self.due_on).days, 0) if self.due_on else 0


class HandlingPlan(Fact):
    """The five fixed items (五定): leader, division, liaison, requirement, date of feedback.

    The sixth (六定), goal and milestones, is the organ's own choice. ``leader`` is set where the
    responsible leader stands on the organ's list.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="plans")
    responsible_leader = models.CharField(_("responsible leader"), max_length=40)
    division = models.CharField(_("responsible division"), max_length=60)
    handler = models.CharField(_("liaison officer or handler"), max_length=40)
    requirement = models.TextField(_("what is to be done"))
    feedback_on = models.DateField(_("date of feedback"))
    leader = models.ForeignKey(
        "suggestions.OrganLeader", models.PROTECT, null=True, blank=True, related_name="plans"
    )
    # NULL, not blank: the plans before these columns came say nothing of them.
    division_head = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001
    goal = models.TextField(null=True, blank=True)  # noqa: DJ001
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.division} {self.handler}"


class ContactPhase(models.TextChoices):
    """Before, during and after handling (办前、办中、办后)."""

    BEFORE = "before", p_("contact phase", "Before handling")
    DURING = "during", p_("contact phase", "During handling")
    AFTER = "after", p_("contact phase", "After the reply")


class ContactForm(models.TextChoices):
    """How the organ spoke with the deputy."""

    VISIT = "visit", p_("contact form", "Visit")
    MEETING = "meeting", p_("contact form", "Meeting")
    ON_SITE = "on_site", p_("contact form", "On site")
    PHONE = "phone", p_("contact form", "Telephone")
    VIDEO = "video", p_("contact form", "Video")
    LETTER = "letter", p_("contact form", "Letter or message")


# He sat opposite; the others are spoken or written from afar.
FACE_TO_FACE = (ContactForm.VISIT, ContactForm.MEETING, ContactForm.ON_SITE)


class ContactRank(models.TextChoices):
    """The highest of the organ's people who met the deputy (面商人级别)."""

    LEADER = "leader", p_("contact rank", "Leader of the organ")
    DIVISION_HEAD = "division", p_("contact rank", "Head of a division")
    HANDLER = "handler", p_("contact rank", "Handler")


class Contact(Fact):
    """The organ's own record of speaking with the deputy.

    ``participants`` is how the first records named everybody in one line; later ones name the
    deputies in ``ContactDeputy`` and the others by kind.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="contacts")
    phase = models.CharField(max_length=8, choices=ContactPhase)
    form = models.CharField(max_length=8, choices=ContactForm)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    participants = models.CharField(_("participants"), max_length=200, blank=True)
    # NULL in the records that were kept before anybody asked.
    own_people = models.CharField(  # noqa: DJ001
        _("people of the organ"), max_length=100, null=True, blank=True
    )
    rank = models.CharField(  # noqa: DJ001
        _("rank of who met the deputy"),
        max_length=8,
        choices=ContactRank,
        null=True,
        blank=True,
    )
    co_handlers = models.CharField(  # noqa: DJ001
        _("co-handling organs present"), max_length=200, null=True, blank=True
    )
    citizens = models.CharField(  # noqa: DJ001
        _("enterprises and citizens present"), max_length=200, null=True, blank=True
    )
    gist = models.TextField(_("what was said"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.form}"

    @property
    def is_face_to_face(self) -> bool:
        return self.form in FACE_TO_FACE


class CoOpinion(Fact):
    """What a co-handling organ gives the lead (会办意见). It does not answer the deputy.

    ``text`` says what it has done, or, from paper and earlier years, all of it. ``advice`` is for
    the lead organ alone; the reply to the deputy states the rest. NULL: not asked for then.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="opinions")
    text = models.TextField(_("co-handling opinion"))
    will_do = models.TextField(_("what it will do"), null=True, blank=True)  # noqa: DJ001
    advice = models.TextField(_("advice for the reply"), null=True, blank=True)  # noqa: DJ001
    signed_by = models.CharField(_("signed by"), max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]
