"""A post: in which capacity, for which congress and organ, from when to when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models.people import Person
from huiyin.kernel.fields import KeyField
from huiyin.ledger.prepared import PreparedManager
from huiyin.organisations.models import (
    Congress,
    Delegation,
    ElectingUnit,
    InnerDivision,
    Organ,
    Term,
)


class Role(models.TextChoices):
    DEPUTY = "deputy", pgettext_lazy("role", "Deputy")
    CLERK = "clerk", pgettext_lazy("role", "Congress clerk")
    GOVERNMENT_CLERK = "government_clerk", pgettext_lazy("role", "Government-office clerk")
    LIAISON = "liaison", pgettext_lazy("role", "Organ liaison")
    HANDLER = "handler", pgettext_lazy("role", "Handler")
    CHECKER = "checker", pgettext_lazy("role", "Checker")
    HEAD = "head", pgettext_lazy("role", "Head of organ")
    COMMITTEE = "committee", pgettext_lazy("role", "Committee staff")
    LEADER = "leader", pgettext_lazy("role", "Leader")
    ELECTING_LIAISON = "electing_liaison", pgettext_lazy("role", "Electing unit's liaison")


class Standing(models.TextChoices):
    """``SUSPENDED`` is 暂停执行代表职务: the mandate exists but must not be used."""

    ACTIVE = "active", pgettext_lazy("standing", "In office")
    SUSPENDED = "suspended", pgettext_lazy("standing", "Suspended")
    ENDED = "ended", pgettext_lazy("standing", "Ended")


# Roles that are held in an organ and mean nothing without it.
ORGAN_ROLES = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD, Role.COMMITTEE)
# Roles that are held for the congress as a whole.
CONGRESS_ROLES = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER)

_RUNNING = ~Q(standing=Standing.ENDED)


class Post(models.Model):
    """What a person may act as. A deputy's post is his mandate.

    ``since`` and ``until`` include both days. ``standing`` acts at once: an ended post is void
    at the next request even though its last day is still today.
    """

    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="posts")
    inner_division = models.ForeignKey(
        InnerDivision, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    electing_unit = models.ForeignKey(
        ElectingUnit, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="posts")
    card_no = models.CharField(_("deputy card number"), max_length=20, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    standing = models.CharField(
        _("standing"), max_length=9, choices=Standing, default=Standing.ACTIVE
    )

    objects = PreparedManager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="post_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="post_standing_known", condition=Q(standing__in=Standing.values)
            ),
            models.CheckConstraint(
                name="post_dates_ordered",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="post_ended_has_a_last_day",
                condition=_RUNNING | Q(until__isnull=False),
            ),
            models.CheckConstraint(
                name="post_organ_role_has_organ",
                condition=~Q(role__in=ORGAN_ROLES) | Q(organ__isnull=False),
            ),
            models.CheckConstraint(
                name="post_inner_division_within_organ",
                condition=Q(inner_division__isnull=True) | Q(organ__isnull=False),
            ),
            models.CheckConstraint(
                name="post_electing_liaison_has_unit",
                condition=~Q(role=Role.ELECTING_LIAISON) | Q(electing_unit__isnull=False),
            ),
            models.CheckConstraint(
                name="post_deputy_has_term_and_seat",
                condition=~Q(role=Role.DEPUTY)
                | Q(term__isnull=False)
                & (Q(delegation__isnull=False) | Q(electing_unit__isnull=False)),
            ),
            models.UniqueConstraint(
                name="post_one_mandate_per_term",
                fields=["person", "congress", "term"],
                condition=Q(role=Role.DEPUTY) & _RUNNING,
            ),
            models.UniqueConstraint(
                name="post_one_per_organ_and_role",
                fields=["person", "role", "organ"],
                condition=Q(role__in=ORGAN_ROLES) & _RUNNING,
            ),
            models.UniqueConstraint(
                name="post_one_per_congress_and_role",
                fields=["person", "role", "congress"],
                condition=Q(role__in=CONGRESS_ROLES) & _RUNNING,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Place and role in one line, as a switch between posts shows them: 教育厅 联络员."""
        place = self.place
        return gettext("%(place)s %(role)s") % {
            "place": getattr(place, "short_name", "") or place,
            # Not get_role_display: it puts every role into words to find this one.
            "role": Role(self.role).label,
        }

    @property
    def place(self) -> Organ | Delegation | ElectingUnit | Congress:
        """Where it is held: the organ, a deputy's delegation, or the congress itself."""
        if self.role == Role.DEPUTY:
            return self.delegation or self.electing_unit or self.congress
        if self.role == Role.ELECTING_LIAISON:
            return self.electing_unit or self.congress
        return self.organ or self.congress

    def is_usable(self, *, on: date) -> bool:
        """Whether its holder may act in it on that day."""
        return (
            self.standing == Standing.ACTIVE
            and self.since <= on
            and (self.until is None or on <= self.until)
        )

    def has_served(self, *, on: date) -> bool:
        """Whether it is a mandate that has run to the end of its term (换届) and may be shown."""
        if self.standing == Standing.SUSPENDED:
            return False
        ends_on = self.term.ends_on if self.role == Role.DEPUTY and self.term else None
        over = self.until is not None and self.until < on
        return bool(over and ends_on and self.until and self.until >= ends_on)
