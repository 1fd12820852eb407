"""An organ's part carried to the organ that goes on with its work."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ, OrganReform
from huiyin.suggestions.models.handling import Assignment


class Carried(Fact):
    """From the day of the reform on the part is ``now``'s; what was done before is ``was``'s.

    ``seq`` is the number of the act it belongs to. ``Assignment.organ`` is the last one's ``now``.
    """

    reform = models.ForeignKey(OrganReform, models.PROTECT, related_name="carried")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="carried")
    seq = models.PositiveIntegerField()
    was = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    now = models.ForeignKey(Organ, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="carried_once_a_reform", fields=["reform", "assignment"]),
            models.CheckConstraint(name="carried_to_another", condition=~Q(was=F("now"))),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"
