"""Handing a system's suggestions to its office, which names the organs (分办)."""

from __future__ import annotations

from django.db import models

from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ
from huiyin.suggestions.models.case import Suggestion


class HandingOver(Fact):
    """The congress office hands a suggestion to a system's office to be assigned there."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="handings_over")
    office = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.suggestion_id} → {self.office}"
