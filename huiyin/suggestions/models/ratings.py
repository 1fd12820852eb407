"""The deputy's judgement of a round. A first round's is never overwritten by a later one's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.case import Suggestion


class Grade(models.TextChoices):
    """The four grades of source 004; a rulebook's scale is a subset in this order."""

    VERY_SATISFIED = "VS", p_("grade", "Very satisfied")
    SATISFIED = "S", p_("grade", "Satisfied")
    BASICALLY_SATISFIED = "BS", p_("grade", "Basically satisfied")
    NOT_SATISFIED = "NS", p_("grade", "Not satisfied")


class Rating(Fact):
    """Attitude and result of one round, given by the deputy in his own session."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="ratings")
    attitude = models.CharField(_("attitude of handling"), max_length=4, choices=Grade)
    result = models.CharField(_("result of handling"), max_length=4, choices=Grade)
    comment = models.TextField(_("opinion"), blank=True)
    # One rating per round counts; which deputy's is said by the rulebook.
    counted = models.BooleanField(default=True)
    via = models.CharField(max_length=8, choices=Via, default=Via.PAGE)
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="rating_one_counted_a_round",
                fields=["suggestion", "round"],
                condition=Q(counted=True),
            ),
            models.UniqueConstraint(
                name="rating_once_a_deputy_and_round", fields=["suggestion", "round", "deputy"]
            ),
            models.CheckConstraint(
                name="rating_grades_known",
                condition=Q(attitude__in=Grade.values, result__in=Grade.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attitude}/{self.result}"
