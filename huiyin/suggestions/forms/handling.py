"""What an organ fills in before its reply."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import DayField, StepForm, WrittenField

TEXT_LIMIT = 20_000


class PlanForm(StepForm):
    """The five fixed items (五定)."""

    responsible_leader = forms.CharField(label=_("Responsible leader"), max_length=40)
    division = forms.CharField(label=_("Division"), max_length=60)
    handler = forms.CharField(label=_("Handler"), max_length=40)
    requirement = WrittenField(label=_("What is to be done"), rows=3, max_length=2000)
    feedback_on = DayField(label=_("Day of feedback"))
    why: Mapping[str, Words] = {
        "feedback_on": _("The day on which the handler reports inside your organ."),
    }

    def prepare(self) -> None:
        post = self.scene.actor.post
        first = {"handler": self.scene.actor.person.name}
        if post.inner_division_id and post.inner_division:
            first["division"] = post.inner_division.name
        self.initial = {**first, **self.initial}
