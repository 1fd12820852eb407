"""What supervision leaves behind: outcomes, training and publicity, papers, bulletins."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.stages import OutcomeKind, PaperKind, PublicityKind


class Outcome(Fact):
    """What a suggestion has become: a document, a project, money, a figure."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="outcomes")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=OutcomeKind)
    title = models.CharField(max_length=200)
    # In yuan, where it is money.
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    on = models.DateField()
    # The document number, address or report it can be found by.
    source = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="outcome_kind_known", condition=Q(kind__in=OutcomeKind.values)
            ),
            models.CheckConstraint(
                name="outcome_money_has_a_sum",
                condition=~Q(kind=OutcomeKind.MONEY) | Q(amount__isnull=False, amount__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Publicity(Fact):
    """A training of handlers, or a report in the media."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PublicityKind)
    title = models.CharField(max_length=200)
    # The paper or site; of a training its place.
    medium = models.CharField(max_length=80)
    on = models.DateField()
    link = models.CharField(max_length=300, blank=True)
    # Of a training.
    attended = models.PositiveIntegerField(null=True, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="publicity_kind_known", condition=Q(kind__in=PublicityKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class YearlyPaper(Fact):
    """A yearly opinion, plan or set of rules of the congress or of an organ."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=PaperKind)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80)
    issued_on = models.DateField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="yearly_paper_once", fields=["congress", "number"]),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"


class PaperClause(Fact):
    """One clause of such a paper, as plans and tasks cite it."""

    paper = models.ForeignKey(YearlyPaper, models.PROTECT, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="paper_clause_once", fields=["paper", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.position}"

    @property
    def name(self) -> str:
        """As offices cite it."""
        return f"{self.paper}第{self.position}条"


class Bulletin(Fact):
    """An issue of the bulletin (联络动态)."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    issue = models.PositiveSmallIntegerField()
    running = models.PositiveIntegerField()
    editor = models.CharField(max_length=60)
    approval_no = models.CharField(max_length=80)
    # One addressee to a line.
    addressees = models.TextField()
    issued_on = models.DateField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-running"]
        constraints = [
            models.UniqueConstraint(name="bulletin_running_once", fields=["congress", "running"]),
            models.UniqueConstraint(
                name="bulletin_issue_once", fields=["congress", "year", "issue"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.running}"


class BulletinArticle(Fact):
    """One article of an issue."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="articles")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="bulletin_article_once", fields=["bulletin", "position"]),
        ]

    def __str__(self) -> str:
        return self.title
