"""What co-handling asks: the opinion, the lead's word on it, the name under the final text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import TEXT_LIMIT, StepForm, WrittenField, why_field
from huiyin.suggestions.models import OpinionDraft, OpinionMark


class OpinionForm(StepForm):
    """What a co-handling organ gives the lead. ``typed``: the draft the page was made from."""

    text = WrittenField(label=_("What your organ has done"), rows=6, max_length=TEXT_LIMIT)
    will_do = WrittenField(
        label=_("What it will do, by when"), rows=4, max_length=TEXT_LIMIT, required=False
    )
    advice = WrittenField(
        label=_("Advice for the reply"), rows=4, max_length=TEXT_LIMIT, required=False
    )
    signed_by = forms.CharField(label=_("Signed by"), max_length=40)
    typed = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    why: Mapping[str, Words] = {
        "text": _("Facts, figures and grounds: the lead organ answers from it."),
        "advice": _("For the lead organ alone; the reply to the deputy states the rest."),
        "signed_by": _("The leader of your organ who has signed it."),
    }
    KEPT = ("text", "will_do", "advice", "signed_by")

    def prepare(self) -> None:
        draft = self.draft
        kept = {name: draft.content.get(name, "") for name in self.KEPT} if draft else {}
        self.initial = {**kept, "typed": draft.revision if draft else 0, **self.initial}

    @property
    def draft(self) -> OpinionDraft | None:
        """The draft as it is saved now."""
        return OpinionDraft.objects.filter(assignment=self.scene.charge).first()

    @property
    def content(self) -> dict[str, str]:
        """What was typed, as the draft keeps it. Read even when a field does not fit."""
        return {name: str(self.data.get(name, "")) for name in self.KEPT}

    def shown_again(self, *, seen: int) -> None:
        """The next try knows the draft as it is now: what stood in the way was said."""
        super().shown_again(seen=seen)
        draft = self.draft
        data: Any = self.data
        data["typed"] = str(draft.revision if draft else 0)


class MarkForm(StepForm):
    """The lead organ's word on one opinion."""

    mark = forms.ChoiceField(
        label=_("The opinion is"), choices=OpinionMark.choices, widget=forms.RadioSelect
    )
    reason = why_field(label=_("Reason"), required=False)
    why: Mapping[str, Words] = {
        "reason": _("Needed unless it is adopted as a whole. The deputy reads it in the reply."),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        whole = said.get("mark") == OpinionMark.ADOPTED
        if said.get("mark") and not whole and not said.get("reason", "").strip():
            self.add_error("reason", _("Give the reason why it was not adopted as a whole."))
        return said


class ReturnForm(StepForm):
    """What an opinion lacks."""

    reason = why_field(label=_("What it lacks"))


class CountersignForm(StepForm):
    """``text`` names the text that was on the page: another one must not be signed unseen."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=22, required=False)

    def prepare(self) -> None:
        file = self.scene.lead_file
        last = file.replies.last() if file else None
        self.initial = {"text": last.key if last else "", **self.initial}


class RefuseForm(CountersignForm):
    """Why the organ does not put its name under it."""

    reason = why_field(label=_("What has to be rewritten"))
