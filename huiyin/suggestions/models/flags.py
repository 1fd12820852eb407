"""What strikes the house when a rating comes in. A flag decides nothing and blames nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ
from huiyin.suggestions.models.ratings import Rating


class FlagKind(models.TextChoices):
    """Why the congress office may want to ask the deputy about a rating."""

    DEVICE = "device", p_("flag", "From a browser that the organ signs in with")
    ADDRESS = "address", p_("flag", "From a network address that the organ has signed in from")
    JUST_BEFORE = "just_before", p_("flag", "Within ten minutes after the organ signed in")
    SERIES = "series", p_("flag", "Five or more entered by one clerk within two minutes")


class RatingFlag(Fact):
    """One thing that struck the house about one rating, kept with the act that gave it.

    The congress office alone reads it: neither the organ nor the deputy, who has done nothing.
    """

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="flags")
    kind = models.CharField(_("flag"), max_length=12, choices=FlagKind)
    # Whose browser, address or sign-in it was; a clerk's series is no organ's.
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="rating_flag_once", fields=["rating", "kind", "organ"]),
            models.UniqueConstraint(
                name="rating_flag_of_no_organ_once",
                fields=["rating", "kind"],
                condition=Q(organ__isnull=True),
            ),
            models.CheckConstraint(
                name="rating_flag_kind_known", condition=Q(kind__in=FlagKind.values)
            ),
            models.CheckConstraint(
                name="rating_flag_names_the_organ",
                condition=Q(kind=FlagKind.SERIES, organ__isnull=True)
                | (~Q(kind=FlagKind.SERIES) & Q(organ__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} {self.kind}"
