"""The words of a suggestion, each submitted form of them kept for good."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.ledger.models import Fact
from huiyin.suggestions.models.case import Suggestion


class FormedBy(models.TextChoices):
    """How the deputy came to it; asked on the form of the congresses (domain.md §3.4)."""

    RESEARCH = "research", p_("formed by", "Field research")
    INSPECTION = "inspection", p_("formed by", "Inspection")
    TALK = "talk", p_("formed by", "Talks and meetings")
    STATION = "station", p_("formed by", "Deputies' station")
    VISIT = "visit", p_("formed by", "Visits and other ways")


class RaisedBefore(models.TextChoices):
    """Whether the same matter was raised in earlier years without being solved."""

    NO = "no", p_("raised before", "Raised for the first time")
    TWO = "two", p_("raised before", "Raised for two years")
    THREE = "three", p_("raised before", "Raised for three years")
    MORE = "more", p_("raised before", "Raised for more than three years")


class PublishScope(models.TextChoices):
    """What the deputy agrees to have published."""

    FULL = "full", p_("publish scope", "Publish the full text")
    TITLE = "title", p_("publish scope", "Publish the title only")
    NONE = "none", p_("publish scope", "Do not publish")


class Version(Fact):
    """The text as it was submitted, or as an agreed wording made it."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="versions")
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    situation = models.TextField(_("situation"))
    formed_by = models.JSONField(default=list)
    raised_before = models.CharField(max_length=8, choices=RaisedBefore, default=RaisedBefore.NO)
    publish_scope = models.CharField(max_length=8, choices=PublishScope, default=PublishScope.FULL)
    wants_contact = models.BooleanField(default=False)
    # He asks the organs not to call on him; NULL where he did not, as in all earlier texts.
    waives_contact = models.BooleanField(null=True)
    wants_no_reply = models.BooleanField(default=False)
    organ_hint = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(name="version_ordinal_once", fields=["suggestion", "ordinal"]),
        ]

    def __str__(self) -> str:
        return self.title


class RequestItem(Fact):
    """One concrete request of a version; the reply answers it point by point."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="requests")
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(name="request_ordinal_once", fields=["version", "ordinal"]),
        ]

    def __str__(self) -> str:
        return self.text
