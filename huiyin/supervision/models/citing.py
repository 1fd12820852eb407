"""What rests on which clause of a yearly opinion, plan or set of rules."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.ledger.models import Fact
from huiyin.supervision.models.records import PaperClause
from huiyin.supervision.models.rhythms import Rhythm
from huiyin.supervision.models.topics import TopicStep


class CitedClause(Fact):
    """A rhythm, or the plan of a key topic, cites a clause."""

    clause = models.ForeignKey(PaperClause, models.PROTECT, related_name="citations")
    rhythm = models.OneToOneField(Rhythm, models.PROTECT, null=True, related_name="cited")
    step = models.OneToOneField(TopicStep, models.PROTECT, null=True, related_name="cited")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="clause_cited_by_one",
                condition=Q(rhythm__isnull=True, step__isnull=False)
                | Q(rhythm__isnull=False, step__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id}"
