"""What the congress body did when a deputy was not satisfied a second time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.ledger.models import Fact
from huiyin.suggestions.models.case import Suggestion


class MeasureKind(models.TextChoices):
    """The ways the regulations know, as ``rehandle.second_refusal`` names them."""

    FOLLOWED_UP = "followed_up", p_("measure", "Followed up by the congress body")
    FACE_TO_FACE = "face_to_face", p_("measure", "Talk face to face arranged")
    MEETING = "meeting", p_("measure", "Both sides called together")
    EXPERTS = "experts", p_("measure", "Assessed by experts")
    THIRD_PARTY = "third_party", p_("measure", "Assessed by a third party")
    EXPLANATION = "explanation", p_("measure", "Special explanation demanded")


class BodyMeasure(Fact):
    """One of them carried out in a round, with its minutes."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="measures")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=MeasureKind)
    held_on = models.DateField(_("held on"))
    participants = models.CharField(_("participants"), max_length=200)
    minutes = models.TextField(_("minutes"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_kind_known", condition=Q(kind__in=MeasureKind.values)
            ),
            models.CheckConstraint(name="measure_after_a_second_reply", condition=Q(round__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.kind}"
