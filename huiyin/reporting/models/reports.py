"""Reports: what was begun, each text as it was written, what was issued. Every row is a fact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ, Session


class ReportKind(models.TextChoices):
    """Which paper it is (domain.md §12, §13 D)."""

    YEARLY = "yearly", p_("report", "Yearly report on handling")
    HALF_YEAR = "half_year", p_("report", "Mid-year report")
    SESSION = "session", p_("report", "Analysis of a session's suggestions")
    ORGAN = "organ", p_("report", "An organ's handling summary")
    LISTS = "lists", p_("report", "Three lists")
    MONTHLY = "monthly", p_("report", "Monthly table for the circular")
    IDEAS = "ideas", p_("report", "Booklet of ideas")


# Written in a handling organ, about what it handles itself.
OF_AN_ORGAN = (ReportKind.ORGAN, ReportKind.LISTS)


class Report(Fact):
    """A report that has been begun. Its figures are those of ``as_of``."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    # Whose it is: a handling organ's own; None for the congress's.
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=ReportKind)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    as_of = models.DateField()
    # The line of the record up to which its figures are known; None: whatever is, until issued.
    known = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(max_length=120)
    # Before which meeting it is laid, as which item, and on which day; as they are called there.
    meeting = models.CharField(max_length=120, blank=True)
    agenda_item = models.CharField(max_length=80, blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    addressee = models.CharField(max_length=80)
    # What a booklet of ideas is about: the words its suggestions are chosen by.
    theme = models.CharField(max_length=80, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="report_kind_known", condition=Q(kind__in=ReportKind.values)
            ),
            models.CheckConstraint(
                name="report_of_an_organ",
                condition=Q(kind__in=OF_AN_ORGAN) | Q(organ__isnull=True),
            ),
        ]
        indexes = [models.Index(name="report_of_congress", fields=["congress", "-as_of"])]

    def __str__(self) -> str:
        return self.title


class ReportText(Fact):
    """One text of a report as somebody wrote it; the latest of a block holds."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="texts")
    block = models.CharField(max_length=24)
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints = [
            # Of two who write the same text at once one finds its number taken.
            models.UniqueConstraint(
                name="report_text_numbered_once", fields=["report", "block", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.block} {self.number}"


class ReportIssue(Fact):
    """签发: the report with every figure it held, and the digests of the files made of it.

    ``known`` is the line of the record up to which its figures were known. The files are made
    of ``said`` alone, so they are the same whenever they are made.
    """

    report = models.OneToOneField(Report, models.PROTECT, related_name="issue")
    number = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    known = models.BigIntegerField()
    said = models.JSONField()
    word_sha256 = models.CharField(max_length=64)
    sheet_sha256 = models.CharField(max_length=64)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.on}"


class EarlierFigure(Fact):
    """A figure of a year that is not in this system, with the paper it stands in.

    A correction is another row; the latest of a code and year holds, both stay.
    """

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    # As the source prints it, such as 68.4.
    printed = models.CharField(max_length=16)
    # Counted over what, in the words of the source; whether that is this system's base.
    base = models.CharField(max_length=200)
    same_base = models.BooleanField()
    source = models.CharField(max_length=200)
    page = models.CharField(max_length=40, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-year", "code", "-pk"]
        constraints = [
            models.CheckConstraint(name="earlier_figure_not_negative", condition=Q(value__gte=0)),
        ]
        indexes = [
            models.Index(name="earlier_figure_of", fields=["congress", "code", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"
