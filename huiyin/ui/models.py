"""Views of a list that a person keeps under a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.kernel.fields import KeyField
from huiyin.organisations.models import Congress


class SavedView(models.Model):
    """The lasting part of a list's address. A preference of its owner, not a fact of any case.

    Sharing reaches those who hold the same role in the same congress; the rows they then see are
    still their own.
    """

    key = KeyField()
    person_key = models.CharField(max_length=22)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40)
    name = models.CharField(pgettext_lazy("saved view", "name"), max_length=40)
    query = models.CharField(max_length=2000, blank=True)
    shared_with_role = models.CharField(_("shared with"), max_length=16, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="saved_view_name_once", fields=["person_key", "list_name", "name"]
            ),
            models.CheckConstraint(name="saved_view_named", condition=~models.Q(name="")),
        ]
        indexes = [
            models.Index(name="saved_view_shared", fields=["list_name", "congress"]),
        ]

    def __str__(self) -> str:
        return self.name
