"""Scans of papers that came back: what the code on each said, and where it was put by hand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress
from huiyin.suggestions.models.case import Suggestion


class ScanVerdict(models.TextChoices):
    """What the code on a scanned page came to."""

    FOUND = "found", p_("scan", "Brought to its suggestion")
    UNREADABLE = "unreadable", p_("scan", "No code can be read")
    FOREIGN = "foreign", p_("scan", "Code of something else")
    SEVERAL = "several", p_("scan", "Pages of several suggestions")
    EXPIRED = "expired", p_("scan", "Code of an earlier round")


class ReceivedScan(Fact):
    """One file that the congress office sent in. ``suggestion`` is where its code leads.

    ``paper`` and ``round`` are what the code says of the document; ``attachment`` is the file.
    """

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    attachment = models.CharField(max_length=22)
    verdict = models.CharField(max_length=10, choices=ScanVerdict)
    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, null=True, blank=True, related_name="received_scans"
    )
    paper = models.CharField(max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="scan_verdict_known", condition=Q(verdict__in=ScanVerdict.values)
            ),
            models.CheckConstraint(
                name="scan_leads_somewhere",
                condition=Q(verdict__in=["found", "expired"], suggestion__isnull=False)
                | Q(verdict__in=["unreadable", "foreign", "several"], suggestion__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.verdict}"


class PlacedScan(Fact):
    """What a clerk did with a scan whose code had not brought it anywhere.

    With ``suggestion`` it was put to that one; without, it was set aside, and ``why`` says why.
    """

    scan = models.OneToOneField(ReceivedScan, models.PROTECT, related_name="placed")
    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.TextField(blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="placed_scan_says_where",
                condition=Q(suggestion__isnull=False) | ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.suggestion_id or ''}"
