"""Divisions, congresses, their terms and sessions, and how deputies sit in them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.fields import KeyField
from huiyin.ledger.models import Fact
from huiyin.organisations.models.choices import Assembly, Level, UnitKind


class Division(models.Model):
    """An administrative division by its GB/T 2260 code (nine digits for a township)."""

    code = models.CharField(_("division code"), max_length=9, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="division_code_is_six_or_nine_digits",
                condition=Q(code__regex=r"^([0-9]{6}|[0-9]{9})$"),
            ),
            models.CheckConstraint(
                name="division_level_known", condition=Q(level__in=Level.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Congress(models.Model):
    """A people's congress at one level; every case in the house belongs to one."""

    key = KeyField()
    slug = models.SlugField(_("short address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    short_name = models.CharField(_("short name"), max_length=30)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="congresses"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="lower")

    class Meta:
        verbose_name = pgettext_lazy("body", "congress")
        verbose_name_plural = pgettext_lazy("body", "congresses")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="congress_level_known", condition=Q(level__in=Level.values)
            ),
            models.CheckConstraint(
                name="congress_not_its_own_parent", condition=~Q(parent=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_standing_committee(self) -> bool:
        """From the county upward; a township has a presidium and no committees."""
        return self.level != Level.TOWNSHIP


class Term(models.Model):
    """届. A CPPCC or party term is its own row: 省政协十二届 sat beside 省十三届人大."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="terms")
    assembly = models.CharField(
        _("assembly"), max_length=10, choices=Assembly, default=Assembly.CONGRESS
    )
    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("congress", "term")
        verbose_name_plural = pgettext_lazy("congress", "terms")
        ordering = ["congress", "assembly", "-ordinal"]
        constraints = [
            models.UniqueConstraint(name="term_once", fields=["congress", "assembly", "ordinal"]),
            models.CheckConstraint(
                name="term_assembly_known", condition=Q(assembly__in=Assembly.values)
            ),
            models.CheckConstraint(name="term_ordinal_counts", condition=Q(ordinal__gte=1)),
            models.CheckConstraint(
                name="term_dates_ordered",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(congress)s, term %(ordinal)s") % {
            "congress": self.congress.short_name,
            "ordinal": self.ordinal,
        }


class Session(models.Model):
    """次会议. Its days may be unknown when it is first met in an imported list."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="sessions")
    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions")
    assembly = models.CharField(
        _("assembly"), max_length=10, choices=Assembly, default=Assembly.CONGRESS
    )
    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    name = models.CharField(_("name"), max_length=80)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("congress", "session")
        verbose_name_plural = pgettext_lazy("congress", "sessions")
        ordering = ["-opens_on", "-ordinal"]
        constraints = [
            models.UniqueConstraint(name="session_once", fields=["term", "assembly", "ordinal"]),
            models.CheckConstraint(
                name="session_assembly_known", condition=Q(assembly__in=Assembly.values)
            ),
            models.CheckConstraint(name="session_ordinal_counts", condition=Q(ordinal__gte=1)),
            models.CheckConstraint(
                name="session_dates_ordered",
                condition=Q(closes_on__isnull=True)
                | Q(opens_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def sits_on(self, on: date) -> bool:
        """Whether ``on`` falls within the session; never when its days are unknown."""
        return bool(self.opens_on and self.closes_on and self.opens_on <= on <= self.closes_on)


class Delegation(models.Model):
    """代表团: how the deputies of one term sit together."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="delegations")
    term = models.ForeignKey(Term, models.PROTECT, related_name="delegations")
    name = models.CharField(_("name"), max_length=60)
    ordering = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["ordering", "name"]
        constraints = [
            models.UniqueConstraint(name="delegation_once", fields=["term", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class ElectingUnit(models.Model):
    """原选举单位 or 原选区: who elected a deputy, and to whom he reports."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="electing_units")
    name = models.CharField(_("name"), max_length=80)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="electing_units"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=UnitKind, default=UnitKind.UNIT)

    class Meta:
        verbose_name = _("electing unit")
        verbose_name_plural = _("electing units")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="electing_unit_once", fields=["congress", "name"]),
            models.CheckConstraint(
                name="electing_unit_kind_known", condition=Q(kind__in=UnitKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleChoice(Fact):
    """Which rule pack a congress follows from a day on, who decided so, and on what basis.

    A row naming a session wins over the congress's general row; an earlier row keeps ruling
    the days before the later one begins. Of two that begin on one day the one entered later
    rules. ``overrides`` are all the deviations that stand from then on, those of before too.
    """

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="rule_choices")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="rule_choices"
    )
    pack = models.CharField(_("rule pack"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    overrides = models.JSONField(_("deviations"), default=dict, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=80)
    decided_on = models.DateField(_("decided on"))
    basis = models.CharField(_("basis"), max_length=200)
    # When it was entered, and by whom: the key of a post, for the posts lie one floor up.
    at = models.DateTimeField(_("entered at"), null=True)
    entered_by = models.CharField(_("entered by"), max_length=22, null=True)  # noqa: DJ001

    class Meta:
        verbose_name = _("rule choice")
        verbose_name_plural = _("rule choices")
        ordering = ["congress", "-valid_from", "-pk"]

    def __str__(self) -> str:
        return f"{self.congress.short_name} {self.pack} {self.valid_from}"
