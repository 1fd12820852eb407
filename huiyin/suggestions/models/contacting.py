"""What the deputy says of each contact, and the talks that open no organ's gate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress
from huiyin.suggestions.models.case import Suggestion
from huiyin.suggestions.models.handling import Contact, ContactForm


class ContactState(models.TextChoices):
    """Where a recorded contact stands: silence never becomes consent."""

    AWAITED = "awaited", p_("contact state", "To be checked by the deputy")
    UNCONFIRMED = "unconfirmed", p_("contact state", "Not confirmed in time")
    CONFIRMED = "confirmed", p_("contact state", "Confirmed by the deputy")
    CONTESTED = "contested", p_("contact state", "Contested by the deputy")


class ContactDeputy(Fact):
    """A deputy whom the record names as having taken part; he may answer for it himself."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="contact_names_once", fields=["contact", "deputy"]),
        ]

    def __str__(self) -> str:
        return str(self.deputy)


class ContactAnswer(Fact):
    """A deputy's word on a contact. A later one counts; the earlier ones stay."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="answers")
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    confirmed = models.BooleanField()
    word = models.CharField(_("what was otherwise"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Two answers at once cannot both be his next one.
            models.UniqueConstraint(
                name="contact_answer_ordinal_once", fields=["contact", "deputy", "ordinal"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.confirmed)


class TalkSide(models.TextChoices):
    """Who spoke with the deputy, beside the organs."""

    CONGRESS_OFFICE = "congress_office", p_("talk side", "Congress office")
    ELECTING_UNIT = "electing_unit", p_("talk side", "Electing unit")


class Talk(Fact):
    """A talk of the congress office or of the electing unit with a deputy on one case or several.

    It opens no organ's gate: an organ speaks with the deputy itself.
    """

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    side = models.CharField(max_length=16, choices=TalkSide)
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="talks")
    form = models.CharField(max_length=8, choices=ContactForm)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    gist = models.TextField(_("what was said"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(name="talk_side_known", condition=Q(side__in=TalkSide.values)),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.side}"


class TalkCase(Fact):
    """One of the cases a talk was about."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="cases")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="talks")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="talk_case_once", fields=["talk", "suggestion"]),
        ]

    def __str__(self) -> str:
        return str(self.suggestion)
