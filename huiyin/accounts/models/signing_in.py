"""What signing in leaves behind: codes, devices, and counts of failures. No secret in clear."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models.people import Person


class Activation(models.Model):
    """A single-use code by which a person sets his own first password. Only its digest is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="activations")
    code_digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("activation code")
        verbose_name_plural = _("activation codes")
        constraints = [
            models.CheckConstraint(
                name="activation_expires_after_issue",
                condition=models.Q(expires_at__gt=models.F("issued_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.issued_at:%Y-%m-%d}"


class KnownDevice(models.Model):
    """A browser a person has signed in from; guesses made elsewhere do not lock it out."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    token_digest = models.CharField(max_length=64)
    first_seen_on = models.DateField(_("first seen on"))
    last_seen_on = models.DateField(_("last seen on"))

    class Meta:
        verbose_name = _("known device")
        verbose_name_plural = _("known devices")
        constraints = [
            models.UniqueConstraint(name="known_device_once", fields=["person", "token_digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.last_seen_on}"


class SignInTrace(models.Model):
    """That somebody signed in from an address, and when last; gone after a week.

    The address is a keyed digest: whoever reads the table learns none.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    address = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("trace of a sign-in")
        verbose_name_plural = _("traces of sign-ins")
        constraints = [
            models.UniqueConstraint(name="sign_in_trace_once", fields=["address", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d}"


class Tally(models.Model):
    """How many tries one bucket (account, address, device) has made in its present window.

    The bucket is a keyed digest: the table says nothing about who tried or from where.
    """

    bucket = models.CharField(max_length=64, primary_key=True)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")

    def __str__(self) -> str:
        return f"{self.bucket[:8]} {self.tries}"
