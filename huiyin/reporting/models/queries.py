"""Queries that a person keeps under a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Person
from huiyin.kernel.fields import KeyField
from huiyin.organisations.models import Congress


class SavedQuery(models.Model):
    """The conditions of a query. A tool of its owner, not a fact of any case.

    Shared, it is offered to every post of the congress; the rows each then sees are still his own.
    ``tree`` is what ``queries.tree.plain`` writes, in the form numbered ``version``.
    """

    key = KeyField()
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(p_("saved query", "name"), max_length=60)
    tree = models.JSONField()
    version = models.PositiveSmallIntegerField()
    shared = models.BooleanField(_("shared within the congress"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved query")
        verbose_name_plural = _("saved queries")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="saved_query_name_once", fields=["owner", "congress", "name"]
            ),
            models.CheckConstraint(name="saved_query_named", condition=~Q(name="")),
        ]
        indexes = [models.Index(name="saved_query_shared", fields=["congress", "shared"])]

    def __str__(self) -> str:
        return self.name
