"""What an organ fills in before its reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import DayField, StepForm, WrittenField, not_after
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models.handling import ContactForm as Form
from huiyin.suggestions.models.handling import ContactPhase

TEXT_LIMIT = 20_000


class ContactForm(StepForm):
    """A talk with the deputy, as it was."""

    phase = forms.ChoiceField(
        label=_("When"), choices=ContactPhase.choices, widget=forms.RadioSelect
    )
    form = forms.ChoiceField(label=_("How"), choices=Form.choices)
    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    participants = forms.CharField(label=_("Who took part"), max_length=200, required=False)
    gist = WrittenField(label=_("What was said"), rows=5, max_length=TEXT_LIMIT)

    def prepare(self) -> None:
        running = where.is_owed(self.scene.charge)
        phase = ContactPhase.DURING if running else ContactPhase.AFTER
        self.initial = {"phase": phase.value, "held_on": self.scene.on, **self.initial}

    def clean_held_on(self) -> Any:
        not_after(self.cleaned_data["held_on"], self.scene.on)
        return self.cleaned_data["held_on"]


class OpinionForm(StepForm):
    """What a co-handling organ gives the lead."""

    text = WrittenField(label=_("Co-handling opinion"), rows=8, max_length=TEXT_LIMIT)
    signed_by = forms.CharField(label=_("Signed by"), max_length=40)
    why: Mapping[str, Words] = {
        "text": _("Say what your organ has done and will do; the lead organ answers from it."),
        "signed_by": _("The leader of your organ who has signed it."),
    }
