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


_GRADED = ("", *Grade.values)


class Rating(Fact):
    """What the deputy thinks of one round: a grade for each thing the rulebook has rated.

    Blank where the rulebook does not ask. A rating that was changed within the rulebook's time
    stays beside the one that replaces it; the one nothing replaces is the rating.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="ratings")
    attitude = models.CharField(_("attitude of handling"), max_length=4, choices=Grade, blank=True)
    result = models.CharField(_("result of handling"), max_length=4, choices=Grade, blank=True)
    comment = models.TextField(_("opinion"), blank=True)
    # One rating per round counts; which deputy's is said by the rulebook.
    counted = models.BooleanField(default=True)
    via = models.CharField(max_length=8, choices=Via, default=Via.PAGE)
    at = models.DateTimeField()
    # One replacement each: two changes sent at once cannot both follow the same rating.
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    # The attachment that a rating entered from paper was read from.
    # NULL, not blank, where there is none: the digests of earlier rows stay what they were.
    scan = models.CharField(max_length=22, null=True, blank=True)  # noqa: DJ001

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="rating_one_counted_a_round",
                fields=["suggestion", "round"],
                condition=Q(counted=True, replaces__isnull=True),
            ),
            models.UniqueConstraint(
                name="rating_once_a_deputy_and_round",
                fields=["suggestion", "round", "deputy"],
                condition=Q(replaces__isnull=True),
            ),
            models.CheckConstraint(
                name="rating_grades_known",
                condition=Q(attitude__in=_GRADED, result__in=_GRADED),
            ),
            models.CheckConstraint(
                name="rating_says_something", condition=~Q(attitude="", result="")
            ),
            models.CheckConstraint(
                name="rating_from_paper_has_scan",
                condition=~Q(via=Via.PAPER) | Q(scan__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attitude}/{self.result}"


class NoteKind(models.TextChoices):
    """What a deputy tells the congress office alone."""

    NOTE = "note", p_("note", "Note with the rating")
    PRESSED = "pressed", p_("note", "Asked to change the rating")


class OfficeNote(Fact):
    """A deputy's word to the congress office about a round. No organ ever reads it.

    It is kept apart from the rating, so that nothing that shows a rating can show it by mistake.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="office_notes")
    round = models.PositiveSmallIntegerField()
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=NoteKind)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="office_note_kind_known", condition=Q(kind__in=NoteKind.values)
            ),
            models.CheckConstraint(
                name="office_note_says_something",
                condition=~Q(text="") | Q(kind=NoteKind.PRESSED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.round}"
