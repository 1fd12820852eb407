"""What the congress body did about a second “not satisfied”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import wording
from huiyin.suggestions.forms.step import DayField, StepForm, WrittenField, not_after
from huiyin.suggestions.models import MeasureKind


class MeasureForm(StepForm):
    """What was done, when, with whom, and what came of it."""

    kind = forms.ChoiceField(label=_("What was done"), widget=forms.RadioSelect)
    held_on = DayField(label=_("Day"))
    participants = forms.CharField(label=_("Who took part"), max_length=200)
    minutes = WrittenField(label=_("Minutes"), rows=6, max_length=20_000)
    why: Mapping[str, Words] = {
        "minutes": _(
            "What both sides said, what was found, what is to be done. Both sides read it."
        ),
    }

    def prepare(self) -> None:
        self.choose("kind", list(MeasureKind.choices))
        named = self.scene.ruling.rules.rehandle.second_refusal
        self.fields["kind"].help_text = _("The rules name: %(named)s.") % {
            "named": wording.said(named).said_in(get_language() or "")
        }

    def clean_held_on(self) -> Any:
        not_after(self.cleaned_data["held_on"], self.scene.on)
        return self.cleaned_data["held_on"]
