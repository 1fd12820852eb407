"""Notices as obligations: each is recorded once, with the acts it speaks of, then delivered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.kernel.fields import KeyField
from huiyin.ledger.prepared import PreparedManager

Value = str | int | date


class Notice(models.Model):
    """That one person is to hear of one event in one case.

    What it says is put into words when it is read or sent, in the reader's language. ``title``
    is the case's at the time of the event.
    """

    key = KeyField()
    # The indexes below serve the person; nobody asks by post, and neither is ever deleted.
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="notices", db_index=False
    )
    # In which of his posts it concerns him.
    post = models.ForeignKey(
        "accounts.Post", models.PROTECT, related_name="notices", db_index=False
    )
    event = models.CharField(max_length=80)
    case_type = models.CharField(max_length=40)
    case_key = models.CharField(max_length=64)
    title = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    urgent = models.BooleanField(_("urgent"), default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = PreparedManager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            # All columns and no condition: a database that has not counted its rows yet would
            # otherwise look for the unread ones in the whole inbox.
            models.Index(
                name="notice_by_reading", fields=["person", "read_at", "-created_at", "-id"]
            ),
            # The whole inbox, of which nearly everything has been read: serves the read ones too.
            models.Index(name="notice_inbox", fields=["person", "-created_at", "-id"]),
            models.Index(name="notice_case", fields=["case_type", "case_key"]),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.case_key}"

    @property
    def case(self) -> tuple[str, str]:
        return self.case_type, self.case_key

    @property
    def values(self) -> dict[str, object]:
        """What the words of the event may name, days in the active language's way."""
        shown = {name: _shown(value) for name, value in self.params.items()}
        return {**shown, "title": self.title}


def kept(value: Value) -> object:
    """Return ``value`` as it is kept in JSON, where a day has to say that it is one."""
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _shown(kept: Any) -> object:
    return date_format(date.fromisoformat(kept["day"])) if isinstance(kept, dict) else kept


class Channel(models.TextChoices):
    SITE = "site", pgettext_lazy("channel", "In-site")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")


class State(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("delivery", "Waiting to be sent")
    SENT = "sent", pgettext_lazy("delivery", "Delivered")
    FAILED = "failed", pgettext_lazy("delivery", "Could not be delivered")
    READ = "read", pgettext_lazy("delivery", "Read")


class Delivery(models.Model):
    """How a notice reached its reader by one channel, or why it did not.

    ``key`` names the message in every try, so that a letter sent twice after a crash is known
    for the same one.
    """

    key = KeyField()
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=5, choices=Channel)
    state = models.CharField(max_length=6, choices=State)
    attempts = models.PositiveIntegerField(default=0)
    # When it came into this state, or was last tried.
    at = models.DateTimeField()
    # When it may be tried next; while it is being tried, when another runner may take it over.
    due_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = PreparedManager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(name="delivery_once_a_channel", fields=["notice", "channel"]),
            models.CheckConstraint(
                name="delivery_channel_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="delivery_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="delivery_queued_is_due",
                condition=~Q(state=State.QUEUED) | Q(due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="delivery_due", fields=["due_at"], condition=Q(state=State.QUEUED)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Lease(models.Model):
    """Who runs the jobs until when. Another may take over once the time is past."""

    name = models.CharField(primary_key=True, max_length=40)
    holder = models.CharField(max_length=22)
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")

    def __str__(self) -> str:
        return f"{self.name} {self.until:%H:%M:%S}"
