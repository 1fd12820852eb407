"""The notices on days off that this house has loaded, beside those that came with the program."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.ledger.models import Fact


class CalendarNotice(Fact):
    """One notice as it was loaded. ``content`` is what ``rulebook.notices`` read from the file."""

    year = models.PositiveSmallIntegerField(_("year"))
    # Empty where nobody could verify it; the content then says why.
    number = models.CharField(_("document number"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    issued = models.DateField(_("issued on"))
    content = models.JSONField()
    # Post of the loader, empty for the command line; posts live one floor up.
    loaded_by = models.CharField(max_length=22, blank=True)
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("notice on days off")
        verbose_name_plural = _("notices on days off")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"
