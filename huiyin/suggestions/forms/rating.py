"""The deputy's judgement: one question for each thing the rules have rated, no grade chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Invalid, Words
from huiyin.rulebook import SCALES, ReasonAsked, Scale
from huiyin.suggestions.forms.step import DayField, StepForm, WrittenField
from huiyin.suggestions.lifecycle.rating import reason_is_given
from huiyin.suggestions.scans import filed_scans
from huiyin.suggestions.services.receiving import stored_scan
from huiyin.suggestions.services.scanning import Scan

DIMENSIONS = ("attitude", "result")


class GradesForm(StepForm):
    """A grade for each dimension of the rulebook, and room for a reason whatever the grade."""

    attitude = forms.ChoiceField(
        label=_("Are you satisfied with the attitude of handling?"), widget=forms.RadioSelect
    )
    result = forms.ChoiceField(
        label=_("Are you satisfied with the result of handling?"), widget=forms.RadioSelect
    )
    comment = WrittenField(label=_("Your reasons"), rows=4, max_length=4000, required=False)

    def prepare(self) -> None:
        language = get_language() or ""
        grades: list[tuple[str, Words]] = [
            (grade.code, grade.label.said_in(language)) for grade in self.scale.grades
        ]
        asked = {each.code for each in self.feedback.dimensions}
        for name in DIMENSIONS:
            if name in asked:
                self.choose(name, grades)
            else:
                del self.fields[name]
        self.fields["comment"].help_text = {
            ReasonAsked.NO_GRADE: _("Whatever the grade: what was good, what is still to be done."),
            ReasonAsked.NOT_SATISFIED: _(
                "Needed when you are not satisfied: say with what, so that it can be put right."
            ),
            ReasonAsked.EVERY_GRADE: _("Needed whatever the grade."),
        }[self.feedback.reason]

    @property
    def feedback(self) -> Any:
        return self.scene.ruling.rules.feedback

    @property
    def scale(self) -> Scale:
        scale: Scale = self.feedback.scale
        return scale

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions that are answered with a grade."""
        return [self[name] for name in DIMENSIONS if name in self.fields]

    @property
    def grades(self) -> dict[str, Any]:
        """Each dimension's grade; empty where the rules do not ask."""
        return {name: self.cleaned_data.get(name, "") for name in DIMENSIONS}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        brought = {
            "rules": self.scene.ruling.rules,
            "comment": said.get("comment", ""),
            **{name: said.get(name, "") for name in DIMENSIONS},
        }
        if complaint := reason_is_given(self.scene.case, brought):
            self.add_error("comment", str(complaint))
        return said


class RatingForm(GradesForm):
    """The deputy's own, with a word for the congress office alone."""

    note = WrittenField(
        label=_("Only for the congress office"), rows=3, max_length=4000, required=False
    )
    why: Mapping[str, Words] = {
        "note": _("No organ reads this, neither now nor when the rating is final."),
    }


class EnterRatingForm(GradesForm):
    """What the deputy has ticked and signed on paper, with the paper itself."""

    rated_on = DayField(label=_("Day under the signature"))
    filed = forms.ChoiceField(label=_("Scan that its code brought here"), required=False)
    scan = forms.FileField(label=_("Scan of the signed form"), required=False)
    why: Mapping[str, Words] = {
        "scan": _("PDF, JPG or PNG. Whoever doubts the rating has to be able to look at it."),
    }

    def prepare(self) -> None:
        super().prepare()
        labels = {
            "attitude": _("Ticked for the attitude of handling"),
            "result": _("Ticked for the result of handling"),
            "comment": _("What the deputy has written"),
        }
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label
        self._offer_filed()

    def _offer_filed(self) -> None:
        """The scans of this round that came in by their code; without one, a file must be sent."""
        self.brought = {each.key: each for each in filed_scans(self.scene.case)}
        choice = self.fields["filed"]
        if not self.brought:
            del self.fields["filed"]
            self.fields["scan"].required = True
        elif isinstance(choice, forms.ChoiceField):
            named = [(key, each.original_name) for key, each in self.brought.items()]
            choice.choices = [*named, ("", _("Another file"))]
            choice.initial = named[0][0]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.brought and not said.get("filed") and not said.get("scan"):
            self.add_error("scan", _("Please add the file."))
        return said

    @property
    def sent_scan(self) -> Scan:
        """The file that was sent; else the scan that was there already."""
        chosen = self.brought.get(self.cleaned_data.get("filed", ""))
        if chosen is None or self.cleaned_data.get("scan"):
            return scan_of(self)
        return stored_scan(chosen)


class PressureForm(StepForm):
    """What happened, in as many words as the deputy likes; none are needed."""

    happened = WrittenField(
        label=_("Who asked, when and how"), rows=4, max_length=4000, required=False
    )


def scan_of(form: forms.Form, name: str = "scan") -> Scan:
    """The file that came with the form."""
    uploaded = form.cleaned_data.get(name)
    if uploaded is None:
        raise Invalid(_("Please add the file."), fields={name: [_("Please add the file.")]})
    return Scan(file=uploaded, name=str(uploaded.name))


def grade_label(code: str) -> str:
    """The words of a stored grade, whatever rulebook it was given under."""
    language = get_language() or ""
    for scale in SCALES.values():
        if code in scale.codes:
            return scale.find(code).label.said_in(language)
    return code
