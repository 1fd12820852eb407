"""The breakdown of a suggestion: which organ is charged with which request (逐条分解)."""

from __future__ import annotations

from django.db import models

from huiyin.ledger.models import Fact
from huiyin.suggestions.models.handling import Assignment
from huiyin.suggestions.models.texts import RequestItem


class ItemCharge(Fact):
    """One request named in an organ's charge.

    A charge that names none is a charge with all of them; ``suggestions.breakdown`` says so once
    for everybody who asks.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="item_charges")
    request = models.ForeignKey(RequestItem, models.PROTECT, related_name="item_charges")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="item_charged_once", fields=["assignment", "request"]),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} ← {self.request}"
