"""The reply while it is written, and the checks of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import BadDate, Rulebook, parse_date
from huiyin.suggestions.forms.step import (
    DayField,
    NeededLater,
    StepForm,
    WrittenField,
    why_field,
)
from huiyin.suggestions.models import RequestItem
from huiyin.suggestions.services.replying import ReplyText
from huiyin.ui.forms import AskedForm

ANSWER = "answer_"
ANSWER_LIMIT = 20_000


class CheckForm(StepForm):
    """``text`` names the text that was on the page: another one must not be passed unseen."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=22, required=False)

    def prepare(self) -> None:
        file = self.scene.file
        last = file.replies.last() if file.pk else None
        self.initial = {"text": last.key if last else "", **self.initial}


class PassForm(CheckForm):
    """A checker may add a word."""

    note = why_field(label=_("Note"), required=False)


class SendBackForm(CheckForm):
    """What has to be rewritten."""

    reason = why_field(label=_("What has to be rewritten"))


class ChoiceLater(NeededLater, forms.ChoiceField):
    """The class, asked for when the reply is sent to be checked."""


class DayLater(NeededLater, DayField):
    """The day of the letter, asked for when the reply is sent to be checked."""


class AnswerLater(NeededLater, WrittenField):
    """An answer, asked for when the reply is sent to be checked."""


class ReplyForm(AskedForm):
    """The letter, with a box for each request. Half-written is allowed until it is sent."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    outcome_class = ChoiceLater(label=_("Outcome class"), widget=forms.RadioSelect)
    opening = WrittenField(label=_("Opening"), rows=3, max_length=4000, required=False)
    closing = WrittenField(label=_("Closing"), rows=3, max_length=4000, required=False)
    document_no = forms.CharField(label=_("Document number"), max_length=60, required=False)
    letter_on = DayLater(label=_("Date of the letter"))
    contact_person = forms.CharField(label=_("Contact person"), max_length=40, required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    why: Mapping[str, Words] = {
        "outcome_class": _("It is printed at the top right of the letter and cannot be changed."),
        "opening": _("What you understood and whom you spoke with, before the answers."),
    }
    AROUND = ("document_no", "letter_on", "contact_person", "contact_phone")

    def __init__(
        self,
        data: Any = None,
        *,
        content: Mapping[str, Any],
        asked: Sequence[RequestItem],
        rules: Rulebook,
    ) -> None:
        super().__init__(data, initial=_first(content))
        self.items = list(asked)
        language = get_language() or ""
        choice = self.fields["outcome_class"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [
                (each.code, f"{each.code}　{each.definition.said_in(language)}")
                for each in rules.classes.scheme.classes
            ]
        for item in self.items:
            self.fields[ANSWER + item.key] = AnswerLater(
                label=_("Answer to request %(number)s") % {"number": item.ordinal},
                rows=6,
                max_length=ANSWER_LIMIT,
            )

    @property
    def answers(self) -> list[tuple[RequestItem, forms.BoundField]]:
        """Each request with the box for its answer."""
        return [(item, self[ANSWER + item.key]) for item in self.items]

    @property
    def around(self) -> list[forms.BoundField]:
        return [self[name] for name in self.AROUND]

    @property
    def content(self) -> dict[str, Any]:
        """What was typed, as the draft keeps it. Read even when a field does not fit."""
        said = {name: self.data.get(name, "") for name in self.fields if name != "revision"}
        return {name: str(value) for name, value in said.items()}

    def require_whole(self) -> bool:
        """Whether it can go to be checked; complaints stand beside the fields."""
        said = self.cleaned_data
        if not said.get("outcome_class"):
            self.add_error("outcome_class", _("Choose the outcome class of the reply."))
        if "letter_on" not in self.errors and not said.get("letter_on"):
            self.add_error("letter_on", _("Give the date of the letter."))
        for item in self.items:
            if not said.get(ANSWER + item.key, "").strip():
                self.add_error(
                    ANSWER + item.key,
                    _("Request %(number)s has no answer yet.") % {"number": item.ordinal},
                )
        return not self.errors

    @property
    def text(self) -> ReplyText:
        """The letter as it is to be fixed."""
        said = self.cleaned_data
        answers = {item.key: said[ANSWER + item.key].strip() for item in self.items}
        around = {name: said[name] for name in self.AROUND}
        return ReplyText(
            outcome_class=said["outcome_class"],
            opening=said["opening"].strip(),
            closing=said["closing"].strip(),
            answers=answers,
            **around,
        )


def _first(content: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's values for the form; a day is shown as the day it means."""
    return {**content, "letter_on": day_of(content.get("letter_on")) or content.get("letter_on")}


def day_of(text: Any) -> date | None:
    """The day a draft names, if it names one."""
    try:
        return parse_date(str(text)) if text else None
    except BadDate:
        return None
