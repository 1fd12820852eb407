"""The draw of ratings to be called back, and a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import TEXT_LIMIT, DayField, WrittenField, not_after
from huiyin.suggestions.models import HeardBack
from huiyin.ui.forms import AskedForm


class DrawForm(AskedForm):
    """The seed, and where it could be read before."""

    seed = forms.CharField(label=_("Seed"), max_length=80)
    declared = forms.CharField(label=_("Where it was made public before"), max_length=200)
    why: Mapping[str, Words] = {
        "seed": _(
            "Numbers nobody here can choose, for instance of a lottery on a day named before."
        ),
    }


class CallBackForm(AskedForm):
    """What the deputy says of his rating."""

    drawn = forms.CharField(widget=forms.HiddenInput, max_length=22)
    heard = forms.ChoiceField(
        label=_("What the deputy says"), choices=HeardBack.choices, widget=forms.RadioSelect
    )
    held_on = DayField(label=_("Day"))
    gist = WrittenField(label=_("What was said"), rows=3, max_length=TEXT_LIMIT, required=False)

    def __init__(self, data: Any = None, *, today: date, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.today = today

    def clean_held_on(self) -> Any:
        not_after(self.cleaned_data["held_on"], self.today)
        return self.cleaned_data["held_on"]
