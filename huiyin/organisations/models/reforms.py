"""Decisions by which organs change (机构改革): renamed, merged, split, abolished."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.ledger.models import Fact
from huiyin.organisations.models.assemblies import Congress
from huiyin.organisations.models.organs import Organ


class ReformKind(models.TextChoices):
    RENAME = "rename", pgettext_lazy("reform", "Renamed")
    MERGE = "merge", pgettext_lazy("reform", "Merged")
    SPLIT = "split", pgettext_lazy("reform", "Split")
    ABOLISH = "abolish", pgettext_lazy("reform", "Abolished")


class OrganReform(Fact):
    """One decision on organs, in force from ``on``, and the document it rests on."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="organ_reforms")
    kind = models.CharField(_("kind of reform"), max_length=8, choices=ReformKind)
    on = models.DateField(_("in force from"))
    document_no = models.CharField(_("document number"), max_length=60)
    decided_by = models.CharField(_("decided by"), max_length=80)
    at = models.DateTimeField()
    # The key of a post, for the posts lie one floor up; empty for the command line.
    entered_by = models.CharField(max_length=22, blank=True)

    class Meta:
        verbose_name = _("reform of organs")
        verbose_name_plural = _("reforms of organs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="organ_reform_kind_known", condition=Q(kind__in=ReformKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_no} {self.kind}"


class OrganChange(Fact):
    """What became of one organ: who goes on with its work, and what both were called.

    An organ that was renamed, or that goes on beside what was split off it, is its own ``heir``.
    None: nobody goes on with it.
    """

    reform = models.ForeignKey(OrganReform, models.PROTECT, related_name="changes")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="changes")
    heir = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="inheritances"
    )
    was = models.CharField(max_length=80)
    now = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="organ_change_once", fields=["reform", "organ", "heir"]),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"
