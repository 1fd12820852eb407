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
    SMS = "sms", pgettext_lazy("channel", "SMS")
    WECOM = "wecom", pgettext_lazy("channel", "WeCom")
    DINGTALK = "dingtalk", pgettext_lazy("channel", "DingTalk")
    FEISHU = "feishu", pgettext_lazy("channel", "Feishu")


# What leaves the house.
OUTSIDE = tuple(channel for channel in Channel if channel != Channel.SITE)
# A robot in a group, reached at an address of its own.
ROBOTS = (Channel.WECOM, Channel.DINGTALK, Channel.FEISHU)


class State(models.TextChoices):
    HELD = "held", pgettext_lazy("delivery", "Waiting for the daily digest")
    QUEUED = "queued", pgettext_lazy("delivery", "Waiting to be sent")
    TRYING = "trying", pgettext_lazy("delivery", "Being sent")
    SENT = "sent", pgettext_lazy("delivery", "Delivered")
    UNSURE = "unsure", pgettext_lazy("delivery", "Not known whether it arrived")
    FAILED = "failed", pgettext_lazy("delivery", "Could not be delivered")
    READ = "read", pgettext_lazy("delivery", "Read")


# What the tick still has to do something about.
RUNNING = (State.QUEUED, State.TRYING)
# What a person has to look at.
STRANDED = (State.FAILED, State.UNSURE)


class Letter(models.Model):
    """What goes out by one channel, and how far it got.

    ``key`` names it in every try, so that a letter sent twice after a crash is known for the same
    one. ``TRYING`` is written before anything is sent: a process that dies leaves it behind.
    """

    key = KeyField()
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=6, choices=State)
    attempts = models.PositiveIntegerField(default=0)
    # When it came into this state, or was last tried.
    at = models.DateTimeField()
    # When it may be tried next; while it is being tried, when another runner may take it over.
    due_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = PreparedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Digest(Letter):
    """What one person is told together on one day, a line for each case. Never two on a day."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="digests")
    on = models.DateField()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.UniqueConstraint(name="digest_once_a_day", fields=["person", "on"]),
            models.CheckConstraint(name="digest_channel_known", condition=Q(channel__in=OUTSIDE)),
            models.CheckConstraint(name="digest_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="digest_running_is_due",
                condition=~Q(state__in=RUNNING) | Q(due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="digest_due", fields=["due_at"], condition=Q(state__in=RUNNING)),
            models.Index(name="digest_stranded", fields=["-at"], condition=Q(state__in=STRANDED)),
        ]


class Delivery(Letter):
    """How a notice reached its reader by one channel, or why it did not.

    With a ``digest`` it goes out with that and shares its fate.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="deliveries")

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
                condition=~Q(state__in=RUNNING) | Q(due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="delivery_due", fields=["due_at"], condition=Q(state__in=RUNNING)),
            models.Index(name="delivery_held", fields=["notice"], condition=Q(state=State.HELD)),
            models.Index(name="delivery_stranded", fields=["-at"], condition=Q(state__in=STRANDED)),
        ]


class When(models.TextChoices):
    """How soon a person wishes to hear of an event outside the house."""

    AT_ONCE = "at_once", pgettext_lazy("telling", "At once")
    DIGEST = "digest", pgettext_lazy("telling", "In the daily digest")
    SITE = "site", pgettext_lazy("telling", "Only here in the site")


class Reach(models.Model):
    """By which channels a person is told. Who has none is reached by e-mail."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="reach")
    at_once = models.JSONField(default=list)
    digest = models.CharField(max_length=8, choices=Channel, blank=True, default=Channel.EMAIL)
    # Addresses of robots: whoever has one can write into the group, so a page shows only the end.
    wecom = models.CharField(max_length=300, blank=True)
    dingtalk = models.CharField(max_length=300, blank=True)
    feishu = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("reach")
        verbose_name_plural = _("reach")

    def __str__(self) -> str:
        return ",".join(self.at_once)


class Wish(models.Model):
    """When one person wishes to hear of one event, where it is not the usual time."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="wishes")
    event = models.CharField(max_length=80)
    when = models.CharField(max_length=8, choices=When)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(name="wish_once_an_event", fields=["person", "event"]),
            models.CheckConstraint(name="wish_known", condition=Q(when__in=When.values)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.when}"


class Run(models.Model):
    """That a job of the day has been done for this day. It is not done again."""

    job = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [models.UniqueConstraint(name="run_once_a_day", fields=["job", "on"])]

    def __str__(self) -> str:
        return f"{self.job} {self.on}"


class Pulse(models.Model):
    """When the tick last ran, by the clock of the day and by the machine's own count of seconds."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    # Which start of which machine ``counted`` belongs to.
    boot = models.CharField(max_length=64, blank=True)
    counted = models.FloatField(default=0.0)

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
