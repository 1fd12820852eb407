"""Supervision (督办): what was done, about which suggestions, at which organs; what it found."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from huiyin.accounts.models import Post
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Congress, Organ
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.models.steps import CaseStep
from huiyin.supervision.models.topics import KeyTopic
from huiyin.supervision.stages import SupervisionForm, TiedTo


class SupervisionAct(Fact):
    """One act of supervision."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    form = models.CharField(max_length=16, choices=SupervisionForm)
    tied_to = models.CharField(max_length=20, choices=TiedTo, blank=True)
    topic = models.ForeignKey(
        KeyTopic, models.PROTECT, null=True, blank=True, related_name="supervisions"
    )
    held_on = models.DateField()
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=100, blank=True)
    # Who led it, and who went along, as the record names them.
    led_by = models.CharField(max_length=80, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    gist = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="supervision_form_known", condition=Q(form__in=SupervisionForm.values)
            ),
            models.CheckConstraint(
                name="supervision_tie_known", condition=Q(tied_to__in=["", *TiedTo.values])
            ),
        ]
        indexes = [models.Index(name="supervision_by_day", fields=["congress", "-held_on"])]

    def __str__(self) -> str:
        return self.title


class SupervisedOrgan(Fact):
    """An organ that was supervised."""

    act = models.ForeignKey(SupervisionAct, models.PROTECT, related_name="organs")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="supervised_organ_once", fields=["act", "organ"]),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} {self.organ_id}"


class SupervisedCase(Fact):
    """A suggestion it was about."""

    act = models.ForeignKey(SupervisionAct, models.PROTECT, related_name="cases")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="supervisions")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="supervised_case_once", fields=["act", "suggestion"]),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} {self.suggestion_id}"


class Problem(Fact):
    """One line of a problem list: what an organ has to put right."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, null=True, blank=True, related_name="problems"
    )
    act = models.ForeignKey(
        SupervisionAct, models.PROTECT, null=True, blank=True, related_name="problems"
    )
    found_on = models.DateField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    # What ``problems.staged`` reads along with it.
    stage: str
    answer_due: date | None

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(name="problem_of_organ", fields=["congress", "organ"])]

    def __str__(self) -> str:
        return self.title


class ProblemStep(CaseStep):
    """One step of a problem; ``due_on`` is until when the organ has to answer."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="steps")
    due_on = models.DateField(null=True, blank=True)

    class Meta(CaseStep.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                name="rectification_has_a_day",
                condition=~Q(name__in=["notify", "find_unfixed"]) | Q(due_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="problem_step_once",
                fields=["problem", "name"],
                condition=Q(name__in=["notify", "find_fixed"]),
            ),
        ]
