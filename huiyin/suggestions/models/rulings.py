"""Open cases brought under other rules: the decision, and each case it reaches."""

from __future__ import annotations

from django.db import models

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, RuleChoice
from huiyin.suggestions.models.case import Suggestion


class RulesDecision(Fact):
    """A clerk's decision that open cases follow the rules in force on ``on``, and why.

    The dates that moved are the ``Redated`` rows of the redating whose cause this is.
    """

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    why = models.TextField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.congress} {self.on}"


class RulesApplied(Fact):
    """One case that follows the rules of the decision's day from then on.

    ``choice`` is the congress's choice in force on that day, None when it had made none.
    ``settled`` holds the keys of the organs' parts that were done by then: they keep the rules
    they were done under. ``extended`` says of each part how many extensions it had been given by
    then: those stay given, whatever the new rules would have allowed. ``values`` lists what differs
    for the case as [parameter, before, after], written as packs write values.
    """

    decision = models.ForeignKey(RulesDecision, models.PROTECT, related_name="cases")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="rules_applied")
    choice = models.ForeignKey(RuleChoice, models.PROTECT, null=True, blank=True, related_name="+")
    settled = models.JSONField(default=list, blank=True)
    extended = models.JSONField(default=dict, blank=True)
    values = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="rules_applied_once_a_case", fields=["decision", "suggestion"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.decision.on}"
