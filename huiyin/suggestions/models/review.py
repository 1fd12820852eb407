"""Review before registration, alone or together (审查、联审)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ
from huiyin.suggestions.models.case import Suggestion
from huiyin.suggestions.models.texts import Version


class ReviewPart(models.TextChoices):
    """Who reviews: the congress office decides; the others give it their verdict."""

    GOVERNMENT_OFFICE = "government_office", p_("review part", "Government office")
    COMMITTEE = "committee", p_("review part", "Committee")


class Opinion(models.TextChoices):
    """What a reviewing party thinks should be done."""

    REGISTER = "register", p_("verdict", "Register")
    RETURN = "return", p_("verdict", "Return for revision")
    REFUSE = "refuse", p_("verdict", "Do not accept")
    REFERENCE = "reference", p_("verdict", "Take as reference")
    MERGE = "merge", p_("verdict", "Merge with another")


class ReviewRequest(Fact):
    """The congress office asks another party to review with it."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="review_requests")
    part = models.CharField(max_length=20, choices=ReviewPart)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="review_organ_asked_once", fields=["suggestion", "part", "organ"]
            ),
            # NULLs differ from one another in a unique index: the office without one needs its own.
            models.UniqueConstraint(
                name="review_part_asked_once",
                fields=["suggestion", "part"],
                condition=Q(organ__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.part


class Verdict(Fact):
    """What an asked party thinks of one version. It advises; the congress office decides."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="verdicts")
    version = models.ForeignKey(Version, models.PROTECT, related_name="verdicts")
    part = models.CharField(max_length=20, choices=ReviewPart)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    opinion = models.CharField(max_length=12, choices=Opinion)
    # A code of the rulebook's review reasons.
    reason_code = models.CharField(max_length=32, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="verdict_organ_once_a_version", fields=["version", "part", "organ"]
            ),
            models.UniqueConstraint(
                name="verdict_part_once_a_version",
                fields=["version", "part"],
                condition=Q(organ__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.opinion}"


class WordingProposal(Fact):
    """Better words offered by the office. The deputy accepts or refuses; both are kept."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="wordings")
    version = models.ForeignKey(Version, models.PROTECT, related_name="wordings")
    title = models.CharField(max_length=120)
    situation = models.TextField()
    requests = models.JSONField(default=list)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
