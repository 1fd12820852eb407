"""The levels through which an organ lets its replies go before they are signed (三级、四级核稿)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Post, Role
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ

FEWEST_LEVELS, MOST_LEVELS = 2, 5
# The roles that clear a reply of their organ.
CLEARING = (Role.CHECKER, Role.HEAD)


class ClearanceSetting(Fact):
    """What an organ decided on its levels, and from which day it holds.

    The latest one that has begun is in force; a text keeps the levels it was sent under.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="clearance_settings")
    valid_from = models.DateField(_("in force from"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.organ} {self.valid_from}"


class ClearanceLevel(Fact):
    """One level. ``holder`` clears it; without one, whoever has the role in the organ."""

    setting = models.ForeignKey(ClearanceSetting, models.PROTECT, related_name="levels")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(_("name of the level"), max_length=40)
    role = models.CharField(max_length=16, choices=Role)
    holder = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(name="clearance_level_once", fields=["setting", "ordinal"]),
            models.CheckConstraint(
                name="clearance_level_in_range",
                condition=Q(ordinal__gte=1, ordinal__lte=MOST_LEVELS),
            ),
            models.CheckConstraint(name="clearance_level_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="clearance_level_role_clears", condition=Q(role__in=CLEARING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.name}"
