"""The organ's record of a talk, the deputy's answer to it, and talks beside the organs'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Post
from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import (
    TEXT_LIMIT,
    DayField,
    StepForm,
    WrittenField,
    not_after,
    why_field,
)
from huiyin.suggestions.lifecycle import contacting, where
from huiyin.suggestions.models import Contact, Signature, Suggestion
from huiyin.suggestions.models.handling import ContactForm as Form
from huiyin.suggestions.models.handling import ContactPhase, ContactRank
from huiyin.suggestions.stages import HandlingRole, Signing
from huiyin.ui.forms import AskedForm


class ContactForm(StepForm):
    """A talk with the deputy, as it was, and who took part."""

    phase = forms.ChoiceField(
        label=_("When"), choices=ContactPhase.choices, widget=forms.RadioSelect
    )
    form = forms.ChoiceField(label=_("How"), choices=Form.choices)
    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    deputies = forms.MultipleChoiceField(
        label=_("Deputies who took part"), widget=forms.CheckboxSelectMultiple
    )
    rank = forms.ChoiceField(
        label=_("Who met the deputy"), choices=ContactRank.choices, widget=forms.RadioSelect
    )
    own_people = forms.CharField(label=_("Your people"), max_length=100)
    co_handlers = forms.CharField(
        label=_("Co-handling organs present"), max_length=200, required=False
    )
    citizens = forms.CharField(
        label=_("Enterprises and citizens present"), max_length=200, required=False
    )
    gist = WrittenField(label=_("What was said"), rows=5, max_length=TEXT_LIMIT)
    why: Mapping[str, Words] = {
        "deputies": _("Each of them is asked whether it was so."),
        "rank": _("The highest of your people who spoke with him."),
    }

    def prepare(self) -> None:
        signed = (Signing.LEAD, Signing.CONFIRMED)
        rows = Signature.objects.filter(suggestion=self.scene.case, standing__in=signed)
        self.signers: dict[str, Post] = {
            each.deputy.key: each.deputy for each in rows.select_related("deputy__person")
        }
        field = self.fields["deputies"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(key, post.person.name) for key, post in self.signers.items()]
        running = where.is_owed(self.scene.charge)
        first = {
            "phase": (ContactPhase.DURING if running else ContactPhase.AFTER).value,
            "held_on": self.scene.on,
            "deputies": [self.scene.case.lead.key],
            "own_people": self.scene.actor.person.name,
        }
        self.initial = {**first, **self.initial}
        if self.scene.charge.role == HandlingRole.SOLE:
            del self.fields["co_handlers"]

    def clean_held_on(self) -> Any:
        not_after(self.cleaned_data["held_on"], self.scene.on)
        return self.cleaned_data["held_on"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("held_on") and said.get("phase"):
            guards = (contacting.held_in_this_round, contacting.phase_fits)
            complaints = (guard(self.scene.charge, said) for guard in guards)
            if first := next(filter(None, complaints), None):
                self.add_error("held_on", str(first))
        return said

    @property
    def named(self) -> list[Post]:
        return [self.signers[key] for key in self.cleaned_data["deputies"]]


class AnswerForm(StepForm):
    """Which contact is meant, and a word. ``back``: it stands on the page of all that wait."""

    contact = forms.CharField(widget=forms.HiddenInput, max_length=22)
    back = forms.BooleanField(widget=forms.HiddenInput, required=False)
    word = forms.CharField(label=_("What was otherwise?"), max_length=200, required=False)

    def clean_contact(self) -> Contact:
        found = self.scene.charge.contacts.filter(key=self.cleaned_data["contact"]).first()
        if found is None:
            raise ValidationError(_("This record is not of this case."))
        found.assignment = self.scene.charge
        return found

    @property
    def then(self) -> str:
        return "suggestions:contacts_to_check" if self.data.get("back") else ""


class ExemptionForm(StepForm):
    """Why no talk opens the way; the deputy reads it."""

    reason = why_field(label=_("Why no contact is possible"))


class WaiverForm(StepForm):
    """A word to the organs, if he likes."""

    reason = why_field(label=_("A word to the organs"), required=False)


class TalkForm(AskedForm):
    """A talk with the deputy beside the organs': how, when, about which of his suggestions."""

    form = forms.ChoiceField(label=_("How"), choices=Form.choices)
    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    about = forms.MultipleChoiceField(
        label=_("Also about"), widget=forms.CheckboxSelectMultiple, required=False
    )
    gist = WrittenField(label=_("What was said"), rows=5, max_length=TEXT_LIMIT)

    def __init__(self, data: Any = None, *, others: list[Suggestion], on: Any) -> None:
        super().__init__(data, initial={"held_on": on})
        self.others, self.on = {case.key: case for case in others}, on
        field = self.fields["about"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (key, f"{case.number}　{case.title}") for key, case in self.others.items()
            ]
        if not others:
            del self.fields["about"]

    def clean_held_on(self) -> Any:
        not_after(self.cleaned_data["held_on"], self.on)
        return self.cleaned_data["held_on"]

    @property
    def chosen(self) -> list[Suggestion]:
        return [self.others[key] for key in self.cleaned_data.get("about", ())]
