"""An import between its steps: uploaded, looked at, confirmed, carried out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.kernel.fields import KeyField
from huiyin.organisations.models import Congress


class ImportKind(models.TextChoices):
    """What the rows of a list are."""

    SUGGESTIONS = "suggestions", p_("import", "Suggestions")
    DEPUTIES = "deputies", p_("import", "Deputies")
    ORGANS = "organs", p_("import", "Handling organs")


class ImportState(models.TextChoices):
    """Where an import stands. Nothing has been written before ``APPLIED``."""

    UPLOADED = "uploaded", p_("import state", "Columns to be looked at")
    PLANNED = "planned", p_("import state", "To be confirmed")
    APPLYING = "applying", p_("import state", "Being written")
    APPLIED = "applied", p_("import state", "Done")
    FAILED = "failed", p_("import state", "Nothing written")
    DISCARDED = "discarded", p_("import state", "Given up")


# The person still has something to decide, and the file is kept for it.
OPEN_IMPORT = (ImportState.UPLOADED, ImportState.PLANNED, ImportState.FAILED)


class ImportRun(models.Model):
    """One import of one file. The file itself lies beside the database until it is done."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ImportKind)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    # Which sheet, which row of headings, which column fills which field.
    mapping = models.JSONField(default=dict)
    # What to do about what the register does not know; see ``importing.choices.Choices``.
    choices = models.JSONField(default=dict)
    # How many rows do what, by ``accounts.imports.Act``; known once it is done.
    counts = models.JSONField(default=dict)
    # Why nothing was written, in words.
    trouble = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_kind_known", condition=Q(kind__in=ImportKind.values)
            ),
            models.CheckConstraint(
                name="import_state_known", condition=Q(state__in=ImportState.values)
            ),
        ]
        indexes = [models.Index(name="import_of_congress", fields=["congress", "-id"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the person."""
        return self.state in OPEN_IMPORT

    @property
    def was_applied(self) -> bool:
        """Whether its rows are in."""
        return self.state == ImportState.APPLIED
