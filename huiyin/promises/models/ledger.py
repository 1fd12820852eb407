"""The ledger (承诺事项台账): what replies promised, in their own words, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Post, Role
from huiyin.kernel.fields import KeyField
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ
from huiyin.promises.stages import ENDED, IS_RUNNING, OUTSIDERS, PromiseKind, PromiseStage
from huiyin.suggestions.models import Assignment, ClassClaim, Reply, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.ratings import Grade

_MUST_SAY = ("postpone", "explain", "send_back", "refuse", "release", "reopen", "carry")


class Promise(models.Model):
    """One entry of the ledger. Born with the reply that made it; everything below ``made_on`` is
    derived from its statements and acts (``standing.derive``)."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="promises")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="promises")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="promises")
    made_on = models.DateField(_("promised on"))

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="promises")
    stage = models.CharField(max_length=12, choices=PromiseStage, default=PromiseStage.OPEN)
    kind = models.CharField(max_length=12, choices=PromiseKind)
    outcome_class = models.CharField(_("outcome class"), max_length=8)
    sentence = models.TextField(_("promise in the reply's words"))
    first_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("to be fulfilled by"), null=True, blank=True)
    postponed = models.PositiveSmallIntegerField(_("times postponed"), default=0)
    explained_on = models.DateField(null=True, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    claimed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(_("struck off on"), null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    rated_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=4, choices=Grade, blank=True)
    last_seq = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="promise_stage_known", condition=Q(stage__in=PromiseStage.values)
            ),
            models.CheckConstraint(
                name="promise_ended_has_day",
                condition=IS_RUNNING & Q(ended_on__isnull=True)
                | Q(stage__in=sorted(ENDED), ended_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="promise_by_day", fields=["congress", "stage", "due_on", "id"]),
            models.Index(name="promise_of_organ", fields=["organ", "stage", "due_on", "id"]),
            models.Index(name="promise_by_year", fields=["congress", "made_on", "id"]),
            models.Index(name="promise_by_due", fields=["congress", "due_on", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.outcome_class} {self.due_on}"


class PromiseStatement(Fact):
    """What a reply promised, quoted from it. A later round's reply states the promise anew.

    ``named`` is False where the reply named no day of its own and the one its class allows was
    taken: replies on paper and in lists knew no such proof.
    """

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="statements")
    ordinal = models.PositiveSmallIntegerField(default=1)
    reply = models.OneToOneField(Reply, models.PROTECT, related_name="promised")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    claim = models.ForeignKey(
        ClassClaim, models.PROTECT, null=True, blank=True, related_name="promised"
    )
    outcome_class = models.CharField(max_length=8)
    kind = models.CharField(max_length=12, choices=PromiseKind)
    sentence = models.TextField()
    # False where the reply's text is not here and its class speaks for it.
    quoted = models.BooleanField(default=True)
    plan = models.CharField(max_length=200, blank=True)
    assigned_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    named = models.BooleanField(default=True)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["promise", "ordinal"]
        constraints = [
            models.UniqueConstraint(name="promise_statement_once", fields=["promise", "ordinal"]),
            models.CheckConstraint(name="promise_statement_quotes", condition=~Q(sentence="")),
            models.CheckConstraint(
                name="promise_after_assignment",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("assigned_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.sentence[:40]


class PromiseAct(Fact):
    """One step of a promise.

    ``due_before`` → ``due_on`` of a postponement; ``evidence`` with ``source`` of a claim that it
    is done; ``organ`` that took it over; ``reply`` that stated it anew. ``role`` repeats the role
    of ``post`` then, so that the table itself can refuse an organ that ends its own promise.
    """

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=16)
    from_stage = models.CharField(max_length=12)
    to_stage = models.CharField(max_length=12)
    at = models.DateTimeField()
    on = models.DateField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role)
    via = models.CharField(max_length=8, choices=Via, default=Via.PAGE)
    why = models.TextField(blank=True)
    due_before = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(_("what was done"), blank=True)
    source = models.CharField(_("document or address"), max_length=300, blank=True)
    grade = models.CharField(max_length=4, choices=Grade, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["promise", "seq"]
        constraints = [
            models.UniqueConstraint(name="promise_act_seq_once", fields=["promise", "seq"]),
            models.CheckConstraint(
                name="promise_ended_from_outside",
                condition=~Q(to_stage__in=sorted(ENDED))
                | Q(role__in=OUTSIDERS)
                | Q(from_stage=F("to_stage")),
            ),
            models.CheckConstraint(
                name="promise_postponed_to_later",
                condition=~Q(move="postpone")
                | Q(due_on__isnull=False)
                & (Q(due_before__isnull=True) | Q(due_on__gt=F("due_before"))),
            ),
            models.CheckConstraint(
                name="promise_done_is_shown",
                condition=~Q(move="claim_done") | ~Q(evidence="") & ~Q(source=""),
            ),
            models.CheckConstraint(
                name="promise_reason_given", condition=~Q(move__in=_MUST_SAY) | ~Q(why="")
            ),
            # The state of one year is told once.
            models.UniqueConstraint(
                name="promise_told_once_a_year",
                fields=["promise", "year"],
                condition=Q(move="tell", year__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.move}"
