"""Acts: who took which step, when, in which post and why. The stage is these replayed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.suggestions.models.case import MergeGroup, Suggestion


class Table(models.TextChoices):
    """Which lifecycle an act is a row of."""

    SUGGESTION = "suggestion", p_("lifecycle", "Suggestion")
    ASSIGNMENT = "assignment", p_("lifecycle", "Assignment")
    REPLY = "reply", p_("lifecycle", "Reply")


class Via(models.TextChoices):
    """How the act came in."""

    PAGE = "page", p_("via", "On the page")
    PAPER = "paper", p_("via", "From paper")
    IMPORT = "import", p_("via", "Imported")
    COMMAND = "command", p_("via", "By command")


class Act(Fact):
    """One step taken.

    ``on`` is the business day that rules count from, ``at`` the server's time. ``data`` holds what
    the step fixed and no other fact holds: ``register`` number, order, category; ``assign`` the
    organs with role and part, and whether it is a wide item; ``rehandle`` what it follows from.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    table = models.CharField(max_length=12, choices=Table)
    move = models.CharField(max_length=32)
    from_stage = models.CharField(max_length=16)
    to_stage = models.CharField(max_length=16)
    at = models.DateTimeField()
    on = models.DateField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    via = models.CharField(max_length=8, choices=Via, default=Via.PAGE)
    round = models.PositiveSmallIntegerField(default=0)
    assignment = models.ForeignKey(
        "suggestions.Assignment", models.PROTECT, null=True, blank=True, related_name="acts"
    )
    reply_file = models.ForeignKey(
        "suggestions.ReplyFile", models.PROTECT, null=True, blank=True, related_name="acts"
    )
    merge_group = models.ForeignKey(
        MergeGroup, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.TextField(blank=True)
    reason_code = models.CharField(max_length=32, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            # Two who act at once cannot both be the next act of the case.
            models.UniqueConstraint(name="act_seq_once", fields=["suggestion", "seq"]),
            models.CheckConstraint(name="act_table_known", condition=Q(table__in=Table.values)),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.table}.{self.move}"
