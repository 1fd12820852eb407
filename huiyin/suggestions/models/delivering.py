"""How a reply reached a deputy: handed over in person, opened on the page, signed for on paper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.suggestions.models.replies import Delivery, Reply


class Received(models.TextChoices):
    """By what it is known that the deputy has the reply."""

    OPENED = "opened", p_("received", "Opened")
    SIGNED = "signed", p_("received", "Signed for")
    IN_PERSON = "in_person", p_("received", "Answered face to face")


class Receipt(Fact):
    """One deputy has the reply, known once: the first page that showed it him, or a signature."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="receipt")
    how = models.CharField(max_length=10, choices=Received)
    on = models.DateField(_("received on"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="receipt_how_known", condition=Q(how__in=Received.values)),
        ]

    def __str__(self) -> str:
        return f"{self.delivery} {self.how}"


class FaceToFaceReply(Fact):
    """The record of an answer given in person, with its signed copy as an attachment.

    山东省条例第20、22条：《当面答复代表建议、批评和意见记录》，由代表签字.
    """

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="face_to_face")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=100)
    answered_by = models.CharField(_("answered by"), max_length=40)
    rank = models.CharField(_("post of who answered"), max_length=60)
    # The deputies who were there, by the key of their post.
    present = models.JSONField(default=list)
    said = models.TextField(_("what the deputy said"))
    scan = models.CharField(max_length=22)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="face_to_face_has_scan", condition=~Q(scan="")),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.answered_by}"
