"""The reply while it is written, and the checks of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.canonical import digest
from huiyin.kernel.errors import Words
from huiyin.rulebook import BadDate, parse_date
from huiyin.rulebook.text_checks import Finding
from huiyin.suggestions import proofreading
from huiyin.suggestions.claims import Ground
from huiyin.suggestions.forms.claiming import ClaimFields, ClassRadios, DayLater
from huiyin.suggestions.forms.step import NeededLater, StepForm, WrittenField, why_field
from huiyin.suggestions.lifecycle.clearance import said as said_of
from huiyin.suggestions.models import RequestItem
from huiyin.suggestions.services.replying import ReplyText

ANSWER = "answer_"
ANSWER_LIMIT = 20_000
# They belong to the page, not to the text.
NOT_KEPT = ("revision", "confirmed", "confirmed_of")


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


class AnswerLater(NeededLater, WrittenField):
    """An answer, asked for when the reply is sent to be checked."""


class ReplyForm(ClaimFields):
    """The letter, with a box for each request. Half-written is allowed until it is sent."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    outcome_class = ChoiceLater(label=_("Outcome class"), widget=ClassRadios)
    opening = WrittenField(label=_("Opening"), rows=3, max_length=4000, required=False)
    closing = WrittenField(label=_("Closing"), rows=3, max_length=4000, required=False)
    document_no = forms.CharField(label=_("Document number"), max_length=60, required=False)
    letter_on = DayLater(label=_("Date of the letter"))
    contact_person = forms.CharField(label=_("Contact person"), max_length=40, required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    confirmed = forms.BooleanField(
        label=_("I have looked at each of these places; they stay as they are."), required=False
    )
    # Which places the tick stands beside: those that came later are not confirmed by it.
    confirmed_of = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    why: Mapping[str, Words] = {
        "outcome_class": _(
            "It is printed at the top right of the letter; once delivered it is only corrected "
            "on record."
        ),
        "opening": _("What you understood and whom you spoke with, before the answers."),
    }
    AROUND = ("document_no", "letter_on", "contact_person", "contact_phone")

    def __init__(
        self,
        data: Any = None,
        *,
        content: Mapping[str, Any],
        asked: Sequence[RequestItem],
        ground: Ground,
    ) -> None:
        super().__init__(data, initial=_first(content))
        self.items = list(asked)
        self.findings: list[Finding] = []
        self.ask_for_proofs(ground)
        choice = self.fields["outcome_class"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = self.choices_of(ground.rules)
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
        said = {name: self.data.get(name, "") for name in self.fields if name not in NOT_KEPT}
        return {name: str(value) for name, value in said.items()}

    def parts(self, content: Mapping[str, Any]) -> dict[str, str]:
        """The texts that are looked through: answers by their request, the rest by field."""
        named = (*proofreading.AROUND, *(ANSWER + item.key for item in self.items))
        return {name.removeprefix(ANSWER): str(content.get(name, "")) for name in named}

    def field_of(self, where: str) -> str:
        """The field in which a finding stands."""
        return where if where in self.fields else ANSWER + where

    @property
    def warnings(self) -> list[Finding]:
        return [each for each in self.findings if not each.blocking]

    @property
    def warnings_mark(self) -> str:
        """Says which warnings a tick stands beside."""
        return digest("huiyin.confirmed", proofreading.keys_of(self.warnings))

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
        self.require_proof()
        if self.ground_of_claim.rules.clearance.text_checks:
            self._require_order()
        return not self.errors

    def _require_order(self) -> None:
        """Blanks and wrong names stand beside their field; doubtful places ask to be confirmed."""
        for each in self.findings:
            if each.blocking:
                self.add_error(self.field_of(each.where), str(said_of(each)))
        if self.warnings and not self.confirmed_keys:
            self.add_error(
                "confirmed", _("Look at the places named here: change them, or confirm them.")
            )

    @property
    def confirmed_keys(self) -> list[str]:
        """The warnings confirmed by a tick that stood beside these very ones."""
        said = self.cleaned_data
        same = said.get("confirmed_of") == self.warnings_mark
        return proofreading.keys_of(self.warnings) if said.get("confirmed") and same else []

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
            claim=self.claim,
            confirmed=self.confirmed_keys,
            **around,
        )


def _first(content: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's values for the form; a day is shown as the day it means."""
    days = {name: day_of(content.get(name)) or content.get(name) for name in _DAYS}
    return {**content, **days}


_DAYS = ("letter_on", "promised_on")


def day_of(text: Any) -> date | None:
    """The day a draft names, if it names one."""
    try:
        return parse_date(str(text)) if text else None
    except BadDate:
        return None
