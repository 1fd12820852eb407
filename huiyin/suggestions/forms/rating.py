"""The deputy's judgement: two questions, each with the grades of the rulebook, none chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook import SCALES, Scale
from huiyin.suggestions.forms.step import StepForm, WrittenField


class RatingForm(StepForm):
    """Attitude and result, and words when one of them is not satisfied."""

    attitude = forms.ChoiceField(
        label=_("Are you satisfied with the attitude of handling?"), widget=forms.RadioSelect
    )
    result = forms.ChoiceField(
        label=_("Are you satisfied with the result of handling?"), widget=forms.RadioSelect
    )
    comment = WrittenField(label=_("Your opinion"), rows=4, max_length=4000, required=False)

    def prepare(self) -> None:
        language = get_language() or ""
        scale = self.scale
        grades = [(grade.code, grade.label.said_in(language)) for grade in scale.grades]
        for name in ("attitude", "result"):
            self.choose(name, [(code, label) for code, label in grades])
        self.fields["comment"].help_text = _(
            "Needed when you are not satisfied: say with what, so that it can be put right."
        )

    @property
    def scale(self) -> Scale:
        return self.scene.ruling.rules.feedback.scale

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = [said.get("attitude"), said.get("result")]
        bad = any(code and self.scale.find(code).dissatisfied for code in chosen)
        if bad and not said.get("comment", "").strip():
            self.add_error("comment", _("Say what you are not satisfied with."))
        return said


def grade_label(code: str) -> str:
    """The words of a stored grade, whatever rulebook it was given under."""
    language = get_language() or ""
    for scale in SCALES.values():
        if code in scale.codes:
            return scale.find(code).label.said_in(language)
    return code
