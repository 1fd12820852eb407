"""Contested responsibility: who asked to be relieved and why, who was asked, what was decided.

Every round is a row of its own; nothing of an earlier one is written over (源文004).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ, Session
from huiyin.suggestions.models.handling import Assignment


class ReturnBy(models.TextChoices):
    """Who holds that another organ is the right one."""

    ORGAN = "organ", p_("return by", "The organ")
    DEPUTY = "deputy", p_("return by", "The deputy")
    ARBITER = "arbiter", p_("return by", "The office that decides")


class ReturnOutcome(models.TextChoices):
    """What was decided."""

    REASSIGNED = "reassigned", p_("return outcome", "Given to another organ")
    REFUSED = "refused", p_("return outcome", "Refused: the organ goes on")
    UPHELD = "upheld", p_("return outcome", "Finally: it stays with the organ")


class ReturnRequest(Fact):
    """One round: an organ is named as the right one, and is asked.

    ``mandate`` quotes the duties (三定) of the organ charged, ``named_mandate`` those of the organ
    named, each with its article; the reason itself is the ``why`` of the act.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="return_requests")
    number = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=8, choices=ReturnBy)
    named = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    mandate = models.TextField(_("duties of the organ charged"), blank=True)
    named_mandate = models.TextField(_("duties of the organ named"), blank=True)
    why = models.TextField(_("reason"))
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="return_request_round_once", fields=["assignment", "number"]
            ),
            models.CheckConstraint(
                name="return_request_by_known", condition=Q(by__in=ReturnBy.values)
            ),
        ]
        indexes = [models.Index(name="return_request_named", fields=["named", "assignment"])]

    def __str__(self) -> str:
        return f"{self.number} {self.named}"


class ReturnAnswer(Fact):
    """What the organ named says: that it takes it, or why it does not."""

    request = models.OneToOneField(ReturnRequest, models.PROTECT, related_name="answer")
    accepts = models.BooleanField()
    why = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "+" if self.accepts else self.why[:40]


class ReturnDecision(Fact):
    """How a round ended. ``number`` is that of the round; a final decision is one of its own.

    ``ground`` is the law, document or mandate it rests on; ``consulted`` the bodies asked for their
    view (省委编办).
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="return_decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=ReturnOutcome)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    why = models.TextField(_("reason"))
    ground = models.TextField(_("ground"), blank=True)
    consulted = models.CharField(_("bodies consulted"), max_length=200, blank=True)
    final = models.BooleanField(default=False)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="return_decision_round_once", fields=["assignment", "number"]
            ),
            models.CheckConstraint(
                name="return_decision_outcome_known", condition=Q(outcome__in=ReturnOutcome.values)
            ),
            models.CheckConstraint(
                name="return_decision_final_has_ground",
                condition=Q(final=False) | ~Q(ground=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"


class ReturnCutoff(Fact):
    """A session's day until which adjustments are taken, beyond the organs' own limit.

    源文004: “将调整截止时间延长至2月底，适当延长建议交办调整期限”. Of several the last one entered
    holds.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="return_cutoffs")
    until = models.DateField(_("adjustments taken until"))
    decided_by = models.CharField(_("decided by"), max_length=80)
    decided_on = models.DateField(_("decided on"))
    basis = models.TextField(_("basis"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="return_cutoff_says_why", condition=~Q(decided_by="") & ~Q(basis="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.until}"
