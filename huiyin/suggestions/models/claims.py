"""What a reply brings with its class: evidence, a day, a plan or a ground."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.ledger.models import Fact
from huiyin.rulebook import Proof
from huiyin.suggestions.models.replies import Reply

_DATED = [each.value for each in Proof if each.asks_day]
# A day that the rules bound; that of a plan is bounded by the plan alone.
_BOUNDED = [Proof.THIS_YEAR.value, Proof.NEAR_TERM.value]


class ClassClaim(Fact):
    """One class that a reply has claimed. The first came with its text; a later one corrected it.

    ``latest_on`` is the last day the rules allowed when it was claimed, so that the database can
    hold the day to it.
    """

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="claims")
    ordinal = models.PositiveSmallIntegerField(default=1)
    outcome_class = models.CharField(_("outcome class"), max_length=8)
    proof = models.CharField(max_length=12)
    evidence = models.TextField(_("what was done"), blank=True)
    source = models.CharField(_("document or address"), max_length=300, blank=True)
    # Keys of the reply's attachments then, with a space between.
    files = models.TextField(blank=True)
    promised_on = models.DateField(_("day by which"), null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    plan = models.CharField(_("plan"), max_length=200, blank=True)
    ground = models.TextField(_("ground"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["reply", "ordinal"]
        constraints = [
            models.UniqueConstraint(name="claim_ordinal_once", fields=["reply", "ordinal"]),
            models.CheckConstraint(
                name="claim_proof_known",
                condition=Q(proof__in=[each.value for each in Proof]),
            ),
            models.CheckConstraint(name="claim_has_class", condition=~Q(outcome_class="")),
            models.CheckConstraint(
                name="claim_evidence_shown",
                condition=~Q(proof=Proof.EVIDENCE.value)
                | ~Q(evidence="") & (~Q(source="") | ~Q(files="")),
            ),
            models.CheckConstraint(
                name="claim_day_given",
                condition=~Q(proof__in=_DATED) | Q(promised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_day_bounded",
                condition=~Q(proof__in=_BOUNDED) | Q(latest_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_day_in_time",
                condition=Q(latest_on__isnull=True) | Q(promised_on__lte=F("latest_on")),
            ),
            models.CheckConstraint(
                name="claim_plan_named", condition=~Q(proof=Proof.PLAN.value) | ~Q(plan="")
            ),
            models.CheckConstraint(
                name="claim_ground_given",
                condition=~Q(proof=Proof.GROUND.value) | ~Q(ground=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_class} {self.proof}"
