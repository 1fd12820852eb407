"""Co-handling: the opinion while it is written, what became of it, and who signs the final text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.suggestions.models.handling import Assignment, CoOpinion
from huiyin.suggestions.models.replies import Reply


class OpinionMark(models.TextChoices):
    """What the lead organ made of a co-handling opinion."""

    ADOPTED = "adopted", p_("opinion mark", "Adopted")
    PARTLY = "partly", p_("opinion mark", "Adopted in part")
    NOT_ADOPTED = "not_adopted", p_("opinion mark", "Not adopted")


class OpinionDraft(models.Model):
    """The opinion as typed so far; only the co-handling organ sees it."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="opinion_draft")
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.content.get("text", ""))[:40]


class OpinionMarked(Fact):
    """The lead organ's word on one opinion. The last one counts; all are kept."""

    opinion = models.ForeignKey(CoOpinion, models.PROTECT, related_name="marks")
    mark = models.CharField(_("adopted or not"), max_length=12, choices=OpinionMark)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="opinion_mark_known", condition=Q(mark__in=OpinionMark.values)
            ),
            models.CheckConstraint(
                name="opinion_mark_has_reason",
                condition=Q(mark=OpinionMark.ADOPTED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.reason[:40]}".strip()


class StatementKind(models.TextChoices):
    """What a reply says of a co-handling organ."""

    GIVEN = "given", p_("co-handler's statement", "Opinion given")
    ABSENT = "absent", p_("co-handler's statement", "No opinion in its time")
    PENDING = "pending", p_("co-handler's statement", "No opinion yet, its time still runs")


class CoStatement(Fact):
    """What one text of the reply says of one co-handling organ, fixed with the text."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="co_statements")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="co_statements")
    kind = models.CharField(max_length=8, choices=StatementKind)
    opinion = models.ForeignKey(
        CoOpinion, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    marked = models.ForeignKey(
        OpinionMarked, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="co_statement_once", fields=["reply", "assignment"]),
            models.CheckConstraint(
                name="co_statement_kind_known", condition=Q(kind__in=StatementKind.values)
            ),
            models.CheckConstraint(
                name="co_statement_names_opinion",
                condition=Q(kind=StatementKind.GIVEN, opinion__isnull=False)
                | (~Q(kind=StatementKind.GIVEN) & Q(opinion__isnull=True, marked__isnull=True)),
            ),
            # Nobody is called absent before there was a day to be absent on.
            models.CheckConstraint(
                name="co_statement_absent_was_due",
                condition=~Q(kind=StatementKind.ABSENT) | Q(due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.kind}"


class Countersignature(Fact):
    """A co-handling organ's name under one text (会签). ``digest`` is of the text that was read."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="countersignatures")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="countersignatures")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="countersigned_once", fields=["reply", "assignment"]),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.digest[:8]}"


class CountersignLapse(Fact):
    """A co-handling organ that did not countersign in its time; the text was signed without it."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="countersign_lapses")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="countersign_lapses")
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="countersign_lapsed_once", fields=["reply", "assignment"]),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.due_on}"
