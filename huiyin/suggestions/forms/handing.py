"""Handing over to a system's office: which office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.organisations.models import Congress, Organ
from huiyin.organisations.selectors import assigning_offices
from huiyin.suggestions.forms.step import StepForm, why_field
from huiyin.ui.forms import AskedForm


class HandOverForm(StepForm):
    """The office; where there is only one it is chosen already."""

    office = forms.ChoiceField(label=_("Office"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.offices = _offices(self.scene.case.congress, on=self.scene.on)
        self.choose("office", [(key, each.name) for key, each in self.offices.items()])
        if len(self.offices) == 1:
            self.initial = {"office": next(iter(self.offices)), **self.initial}

    @property
    def chosen(self) -> Organ:
        return self.offices[self.cleaned_data["office"]]


class HandOverManyForm(AskedForm):
    """One office for many suggestions."""

    office = forms.ChoiceField(label=_("Office"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, congress: Congress, on: date) -> None:
        self.offices = _offices(congress, on=on)
        only = {"office": next(iter(self.offices))} if len(self.offices) == 1 else {}
        super().__init__(data, initial=only)
        field = self.fields["office"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, each.name) for key, each in self.offices.items()]

    @property
    def chosen(self) -> Organ:
        return self.offices[self.cleaned_data["office"]]


class HandBackManyForm(AskedForm):
    """One reason for many suggestions."""

    reason = why_field()

    def __init__(self, data: Any = None, **_place: Any) -> None:
        super().__init__(data)


def _offices(congress: Congress, *, on: date) -> dict[str, Organ]:
    return {each.key: each for each in assigning_offices(congress, on=on)}
