"""The bodies that answer, under the names they bore at each time."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.kernel.fields import KeyField
from huiyin.ledger.prepared import PreparedManager
from huiyin.organisations.models.assemblies import Congress
from huiyin.organisations.models.choices import System


class Organ(models.Model):
    """承办单位: a body that can be given a suggestion, under the name it has now.

    Only ``services`` changes it; names it bore before are ``OrganName`` rows.
    """

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="organs")
    system = models.CharField(_("system"), max_length=12, choices=System)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    code = models.CharField(_("code"), max_length=20, blank=True)
    mandate_text = models.TextField(_("mandate"), blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    is_government_office = models.BooleanField(_("government office"), default=False)
    is_party_office = models.BooleanField(_("party office"), default=False)
    is_congress_office = models.BooleanField(_("congress office"), default=False)
    is_committee = models.BooleanField(pgettext_lazy("organ", "committee"), default=False)

    objects = PreparedManager()

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organs")
        ordering = ["system", "code", "name"]
        constraints = [
            models.CheckConstraint(
                name="organ_system_known", condition=Q(system__in=System.values)
            ),
            models.CheckConstraint(
                name="organ_dates_ordered",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="organ_successor_only_when_ended",
                condition=Q(successor__isnull=True) | Q(until__isnull=False),
            ),
            models.CheckConstraint(
                name="organ_not_its_own_successor", condition=~Q(successor=F("id"))
            ),
            models.CheckConstraint(
                name="organ_government_office_is_government",
                condition=Q(is_government_office=False) | Q(system=System.GOVERNMENT),
            ),
            models.CheckConstraint(
                name="organ_party_office_is_party",
                condition=Q(is_party_office=False) | Q(system=System.PARTY),
            ),
            models.CheckConstraint(
                name="organ_congress_bodies_are_congress",
                condition=Q(is_congress_office=False, is_committee=False)
                | Q(system=System.CONGRESS),
            ),
            models.UniqueConstraint(
                name="organ_living_name_once",
                fields=["congress", "name"],
                condition=Q(until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def assigns_its_system(self) -> bool:
        """Whether suggestions of its system can be handed to it to be shared out (分办)."""
        return self.is_government_office or self.is_party_office

    def name_on(self, on: date) -> str:
        """The name it bore on that day; before its first known name, that first one."""
        for former in self.former_names.all():
            if on <= former.until and (former.since is None or former.since <= on):
                return former.name
        return self.name

    def exists_on(self, on: date) -> bool:
        """Whether it can be given work on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class OrganName(models.Model):
    """A name an organ bore, up to and including ``until``."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=80)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"))

    objects = PreparedManager()

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["until"]
        constraints = [
            models.UniqueConstraint(name="organ_name_one_end", fields=["organ", "until"]),
            models.CheckConstraint(
                name="organ_name_dates_ordered",
                condition=Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InnerDivision(models.Model):
    """承办处室: the part of an organ whose people write the answer."""

    key = KeyField()
    organ = models.ForeignKey(Organ, models.CASCADE, related_name="inner_divisions")
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("inner division")
        verbose_name_plural = _("inner divisions")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="inner_division_once", fields=["organ", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
