"""Asking for more time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huiyin.suggestions.forms.step import DayField, StepForm, why_field
from huiyin.suggestions.lifecycle import extending
from huiyin.suggestions.ruling import longest_due
from huiyin.ui.days import plain_day


class AskExtensionForm(StepForm):
    """Until when, and why it cannot be done in the ordinary time."""

    until = DayField(label=_("Answer by"))
    reason = why_field(label=_("Why it takes longer"))

    def prepare(self) -> None:
        due_on, longest = self.scene.charge.due_on, self.longest
        if due_on and longest:
            words = {"due": plain_day(due_on), "longest": plain_day(longest)}
            said = _("After %(due)s, when it is due now, and by %(longest)s at the latest.")
            self.fields["until"].help_text = said % words

    @property
    def longest(self) -> date | None:
        close = self.scene.case.session.closes_on
        return longest_due(self.scene.charge, ruling=self.scene.ruling, session_close=close)

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        brought = {"until": until, "longest": self.longest}
        if self.longest and (said := extending.day_is_allowed(self.scene.charge, brought)):
            raise ValidationError(str(said))
        return until
