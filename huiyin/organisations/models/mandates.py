"""What an organ is there for: the articles of its mandate (三定), each with the days it holds."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.fields import KeyField
from huiyin.organisations.models.organs import Organ


class MandateClause(models.Model):
    """One article of an organ's mandate.

    Its words never change: another wording is another row. Only its last day is set later.
    """

    key = KeyField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="mandate_clauses")
    article = models.CharField(_("article"), max_length=40)
    text = models.TextField(_("text of the article"))
    source = models.CharField(_("document"), max_length=120)
    since = models.DateField(_("holds from"))
    until = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        verbose_name = _("clause of a mandate")
        verbose_name_plural = _("clauses of mandates")
        ordering = ["organ", "source", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mandate_clause_dates_ordered",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="mandate_clause_says_something", condition=~Q(text="") & ~Q(source="")
            ),
            models.UniqueConstraint(
                name="mandate_clause_once",
                fields=["organ", "source", "article"],
                condition=Q(until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.cited

    @property
    def cited(self) -> str:
        """The document and article, as a paper names them."""
        return f"《{self.source.strip('《》')}》{self.article}"

    @property
    def quoted(self) -> str:
        """The article with its words, as a ground is written."""
        return f"{self.cited}：“{self.text}”"

    def holds_on(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= on and (self.until is None or on <= self.until)
