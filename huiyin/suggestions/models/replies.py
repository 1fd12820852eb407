"""Replies: the file an organ works in, each text that left it, and who received it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Post
from huiyin.kernel.fields import KeyField
from huiyin.ledger.models import Fact
from huiyin.ledger.prepared import PreparedManager
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.handling import Assignment
from huiyin.suggestions.models.texts import RequestItem
from huiyin.suggestions.stages import ReplyStage


class ReplyFile(models.Model):
    """An organ's reply while it is written, checked and signed. ``draft`` is kept as typed."""

    key = KeyField()
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="reply_file")
    stage = models.CharField(max_length=16, choices=ReplyStage, default=ReplyStage.DRAFTING)
    draft = models.JSONField(default=dict)
    draft_revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    # Derived: the level the present text waits for (0: none), how many there are, those
    # it was sent under, and the role, or the one post, that clears the one it waits for.
    level = models.PositiveSmallIntegerField(default=0)
    level_count = models.PositiveSmallIntegerField(default=0)
    levels = models.JSONField(default=list, blank=True)
    waits_role = models.CharField(max_length=16, blank=True)
    waits_post = models.CharField(max_length=22, blank=True)

    objects = PreparedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reply_stage_known", condition=Q(stage__in=ReplyStage.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}"


class Reply(Fact):
    """One text of the reply as it went to be checked. A text sent back stays; the next is new."""

    file = models.ForeignKey(ReplyFile, models.PROTECT, related_name="replies")
    ordinal = models.PositiveSmallIntegerField()
    # Blank only on a paper reply that carried no class: shown as a fault, never guessed.
    outcome_class = models.CharField(_("outcome class"), max_length=8, blank=True)
    document_no = models.CharField(_("document number"), max_length=60, blank=True)
    letter_on = models.DateField(_("date of the letter"))
    opening = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    contact_person = models.CharField(_("contact person"), max_length=40, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    via = models.CharField(max_length=8, choices=Via, default=Via.PAGE)
    at = models.DateTimeField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(name="reply_ordinal_once", fields=["file", "ordinal"]),
            models.CheckConstraint(
                name="reply_has_class_unless_paper",
                condition=~Q(outcome_class="") | Q(via__in=(Via.PAPER, Via.IMPORT)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_no} {self.outcome_class}"


class ReplyPoint(Fact):
    """The answer to one request."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="points")
    request = models.ForeignKey(RequestItem, models.PROTECT, related_name="points")
    answer = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="reply_point_once", fields=["reply", "request"]),
        ]

    def __str__(self) -> str:
        return self.answer[:40]


class Delivery(Fact):
    """The signed reply handed to one deputy."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="deliveries")
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Via, default=Via.PAGE)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="delivery_once_a_deputy", fields=["reply", "deputy"]),
        ]

    def __str__(self) -> str:
        return f"{self.reply} → {self.deputy}"
