"""Files that belong to a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.documents.limits import NAME_CHARACTERS
from huiyin.ledger.models import Fact


class Attachment(Fact):
    """A file somebody added to a case, as it was then.

    The case, the person and the congress are named by key: this floor knows none of them. Two
    attachments of the same bytes share one file on disk, ``stored_as``.
    """

    sha256 = models.CharField(_("digest of the bytes"), max_length=64)
    size = models.PositiveIntegerField(_("size"))
    content_type = models.CharField(_("kind of file"), max_length=100)
    original_name = models.CharField(_("file name"), max_length=NAME_CHARACTERS)
    stored_as = models.CharField(max_length=40)
    owner_person_key = models.CharField(max_length=22)
    congress_key = models.CharField(max_length=22)
    case_type = models.CharField(max_length=40)
    case_key = models.CharField(max_length=22)
    part = models.CharField(max_length=40)
    at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(name="attachment_not_empty", condition=Q(size__gt=0)),
        ]
        indexes = [
            models.Index(name="attachment_of_case", fields=["case_type", "case_key"]),
            models.Index(name="attachment_same_bytes", fields=["sha256"]),
            models.Index(name="attachment_of_owner", fields=["owner_person_key", "at"]),
        ]

    def __str__(self) -> str:
        return self.original_name
