"""Looking back at earlier years: campaigns (回头看) with fresh answers, and the roll of a year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ, Session
from huiyin.suggestions.models import Assignment


class LookBack(Fact):
    """A campaign over the replies of one earlier session: which classes, decided by whom."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="look_backs")
    session = models.ForeignKey(Session, models.PROTECT, related_name="look_backs")
    title = models.CharField(_("title"), max_length=120)
    # The groups of the scheme, such as "B C".
    groups = models.CharField(_("classes looked back at"), max_length=20)
    basis = models.CharField(_("decided by"), max_length=200)
    answer_by = models.DateField(_("answers by"))
    on = models.DateField()
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="look_back_says_what", condition=~Q(title="") & ~Q(groups="") & ~Q(basis="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LookBackItem(Fact):
    """One organ's old reply that a campaign asks about again."""

    look_back = models.ForeignKey(LookBack, models.PROTECT, related_name="items")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="look_backs")
    # The organ that answers: the one that replied, or the one that took its work over.
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="look_back_items")
    outcome_class = models.CharField(max_length=8)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="look_back_item_once", fields=["look_back", "assignment"]),
        ]

    def __str__(self) -> str:
        return f"{self.look_back_id} {self.assignment_id}"


class Progress(models.TextChoices):
    """How an old matter stands when it is looked at again."""

    SOLVED = "solved", p_("look-back", "Solved meanwhile")
    ADVANCED = "advanced", p_("look-back", "Further on, not solved")
    UNCHANGED = "unchanged", p_("look-back", "As it was")


class LookBackAnswer(Fact):
    """The organ's fresh answer to the deputy. A later one stands beside it."""

    item = models.ForeignKey(LookBackItem, models.PROTECT, related_name="answers")
    progress = models.CharField(_("how it stands"), max_length=10, choices=Progress)
    text = models.TextField(_("the latest, for the deputy"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="look_back_answer_says", condition=~Q(text="")),
            models.CheckConstraint(
                name="look_back_progress_known", condition=Q(progress__in=Progress.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.progress} {self.on}"


class YearRoll(Fact):
    """The office has put the unfinished promises beside the new year's suggestions (同安排).

    Which they are needs no roll: whatever is not struck off stands in every later year's ledger.
    This says when the organs were told, and of how many.
    """

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="promise_rolls")
    year = models.PositiveSmallIntegerField()
    promises = models.PositiveIntegerField()
    organs = models.PositiveIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(name="promise_roll_once_a_year", fields=["congress", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.year}"
