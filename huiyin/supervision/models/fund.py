"""The special fund (专项资金): its budget, its micro-projects, and every movement of money."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.models.steps import CaseStep
from huiyin.supervision.stages import FundMove


class SpecialFund(Fact):
    """The fund of one year."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    # The decision that put it into the budget.
    basis = models.CharField(max_length=200)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(name="fund_once_a_year", fields=["congress", "year"]),
        ]

    def __str__(self) -> str:
        return self.title


class MicroProject(Fact):
    """A small matter that no project covers and no money pays for (无项目覆盖和资金支持)."""

    fund = models.ForeignKey(SpecialFund, models.PROTECT, related_name="projects")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="micro_projects")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    reasons = models.TextField(blank=True)
    # In yuan.
    asked = models.DecimalField(max_digits=14, decimal_places=2)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    # What ``funding.staged`` reads along with it.
    stage: str

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="project_asks_for_money", condition=Q(asked__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectStep(CaseStep):
    """One step of a micro-project."""

    project = models.ForeignKey(MicroProject, models.PROTECT, related_name="steps")

    class Meta(CaseStep.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                name="project_step_once",
                fields=["project", "name"],
                condition=Q(name__in=["approve", "decline", "finish"]),
            ),
        ]


class FundEntry(Fact):
    """One movement of money, with the fund's and the project's balance after it.

    Numbered without gaps: of two at once one finds its number taken. Each balance continues the
    one before it, and none is ever below zero; both are the database's to refuse.
    """

    fund = models.ForeignKey(SpecialFund, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=8, choices=FundMove)
    project = models.ForeignKey(
        MicroProject, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    # What is free in the fund before and after.
    before = models.DecimalField(max_digits=14, decimal_places=2)
    balance = models.DecimalField(max_digits=14, decimal_places=2)
    # Of the project's money what is left after; 0 for the budget.
    left = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    on = models.DateField()
    voucher = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["fund", "seq"]
        constraints = [
            models.UniqueConstraint(name="fund_entry_numbered_once", fields=["fund", "seq"]),
            models.CheckConstraint(name="fund_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="fund_balance_not_negative", condition=Q(balance__gte=0)),
            models.CheckConstraint(name="fund_project_not_negative", condition=Q(left__gte=0)),
            models.CheckConstraint(
                name="fund_balance_continues",
                condition=Q(move__in=["budget", "return"], balance=F("before") + F("amount"))
                | Q(move="reserve", balance=F("before") - F("amount"))
                | Q(move="spend", balance=F("before")),
            ),
            models.CheckConstraint(
                name="fund_money_is_a_project_s",
                condition=Q(move="budget", project__isnull=True)
                | Q(move__in=["reserve", "spend", "return"], project__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.amount}"
