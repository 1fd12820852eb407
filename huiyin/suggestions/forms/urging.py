"""What the office asks for when it urges, and by when the organ says how far it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huiyin.suggestions.forms.step import DayField, StepForm, why_field
from huiyin.ui.forms import AskedForm

_LATE = _("Leave the organ time: choose a day after today.")


class UrgeForm(StepForm):
    """One organ."""

    reason = why_field(label=_("What is asked for"))
    answer_by = DayField(label=_("Say how far it is by"))

    def clean_answer_by(self) -> Any:
        return _ahead(self.cleaned_data["answer_by"], today=self.scene.on)


class UrgeManyForm(AskedForm):
    """All organs that still owe something in the chosen suggestions."""

    reason = why_field(label=_("What is asked for"))
    answer_by = DayField(label=_("Say how far it is by"))

    def __init__(self, data: Any = None, *, on: date, **_place: Any) -> None:
        super().__init__(data)
        self.on = on

    def clean_answer_by(self) -> Any:
        return _ahead(self.cleaned_data["answer_by"], today=self.on)


def _ahead(day: date, *, today: date) -> date:
    if day <= today:
        raise ValidationError(str(_LATE))
    return day
