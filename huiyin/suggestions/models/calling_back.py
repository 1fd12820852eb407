"""Satisfied ratings that the congress office calls back: who was drawn, and what was heard."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Session
from huiyin.suggestions.models.ratings import Rating


class CallBackDraw(Fact):
    """One draw among the satisfied ratings that became final since the draw before.

    Whoever knows the seed and the numbers that stood in it draws the same ones again
    (``sampling.drawn``); a rating stands in one draw only, so that no second seed can spare it.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="call_back_draws")
    ordinal = models.PositiveSmallIntegerField()
    seed = models.CharField(_("seed"), max_length=80)
    # Where it was made known before anybody could know what it would draw.
    declared = models.CharField(_("where the seed was made public"), max_length=200)
    percent = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="call_back_draw_once", fields=["session", "ordinal"]),
            models.CheckConstraint(
                name="call_back_draw_share", condition=Q(percent__gte=1, percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.seed}"


class InDraw(Fact):
    """A rating that stood in a draw, and whether it was drawn."""

    draw = models.ForeignKey(CallBackDraw, models.PROTECT, related_name="ratings")
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="in_draw")
    drawn = models.BooleanField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rating} {self.drawn}"


class HeardBack(models.TextChoices):
    """What the deputy says of his rating when the office calls."""

    OWN = "own", p_("call back", "It is his own and true")
    OTHERWISE = "otherwise", p_("call back", "He says otherwise")
    NOT_REACHED = "not_reached", p_("call back", "Not reached")


class CallBack(Fact):
    """One call to the deputy about a rating that was drawn. It changes no rating."""

    drawn = models.ForeignKey(InDraw, models.PROTECT, related_name="calls")
    heard = models.CharField(_("what the deputy says"), max_length=12, choices=HeardBack)
    held_on = models.DateField(_("held on"))
    gist = models.TextField(_("what was said"), blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="call_back_heard_known", condition=Q(heard__in=HeardBack.values)
            ),
            models.CheckConstraint(
                name="call_back_otherwise_says_what",
                condition=~Q(heard=HeardBack.OTHERWISE) | ~Q(gist=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.heard}"
