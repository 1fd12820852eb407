"""What a deputy fills in: the suggestion itself, who signs with him, and his answers to others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Session
from huiyin.suggestions.forms.step import (
    DayField,
    NeededLater,
    StepForm,
    WrittenField,
    not_after,
    why_field,
)
from huiyin.suggestions.models import Draft, Kind, Suggestion
from huiyin.suggestions.models.texts import FormedBy, PublishScope, RaisedBefore
from huiyin.suggestions.texts import (
    REQUEST_LIMIT,
    REQUESTS_LIMIT,
    SITUATION_LIMIT,
    TITLE_LIMIT,
    SuggestionText,
)
from huiyin.ui.forms import AskedForm

BOXES = 3


class StartForm(AskedForm):
    """The first words of a suggestion; a clerk says whose paper it is."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT, required=False)
    deputy = forms.CharField(label=_("Lead deputy"), max_length=60)
    mandate = forms.ChoiceField(label=_("Which one"), widget=forms.RadioSelect, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.SUGGESTION)
    whole_delegation = forms.BooleanField(
        label=_("In the name of the whole delegation"), required=False
    )
    why: Mapping[str, Words] = {
        "title": _("One suggestion speaks of one matter; the title names it."),
        "deputy": _("Type the name of the deputy who signed the paper first."),
        "whole_delegation": _(
            "The delegation has discussed it and its head has agreed. Only while the session sits."
        ),
    }
    examples: Mapping[str, Words] = {
        "title": _("On building two public kindergartens in the new district of the county seat"),
    }

    def __init__(self, data: Any = None, *, actor: Actor, session: Session, on: date) -> None:
        super().__init__(data)
        self.actor, self.on = actor, on
        self.found: list[Post] = []
        if actor.role != Role.CLERK:
            for name in ("deputy", "mandate", "kind"):
                del self.fields[name]
        elif data is None or not self._asked_again():
            del self.fields["mandate"]
        if not session.sits_on(on):
            del self.fields["whole_delegation"]

    def _asked_again(self) -> bool:
        """Whether the name fits several deputies, so that one has to be picked."""
        name = self.data.get("deputy", "")
        self.found = list(deputies_called(name, actor=self.actor, on=self.on))
        field = self.fields["mandate"]
        if len(self.found) < 2 or not isinstance(field, forms.ChoiceField):
            return False
        field.choices = [(post.key, described(post)) for post in self.found]
        return True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.actor.role != Role.CLERK or not said.get("deputy"):
            return said
        picked = [post for post in self.found if post.key == said.get("mandate")]
        said["lead"] = one_of(self, picked or self.found, field="deputy")
        return said


class InviteForm(StepForm):
    """Ask a deputy, by name, to sign too."""

    deputy = forms.CharField(label=_("Name of the deputy"), max_length=60)
    mandate = forms.ChoiceField(label=_("Which one"), widget=forms.RadioSelect, required=False)

    def prepare(self) -> None:
        self.found: list[Post] = []
        if self.is_bound:
            self.found = list(
                deputies_called(
                    self.data.get("deputy", ""), actor=self.scene.actor, on=self.scene.on
                )
            )
        if len(self.found) < 2:
            del self.fields["mandate"]
        else:
            self.choose("mandate", [(post.key, described(post)) for post in self.found])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("deputy"):
            picked = [post for post in self.found if post.key == said.get("mandate")]
            said["post"] = one_of(self, picked or self.found, field="deputy")
        return said


def deputies_called(name: str, *, actor: Actor, on: date) -> Iterator[Post]:
    """The deputies of the congress with this name, suspended ones too; at most twenty."""
    name = "".join(name.split())
    if not name:
        return
    held = Post.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        congress=actor.congress_id,
        role=Role.DEPUTY,
        person__name__icontains=name,
    )
    rows = held.select_related("person", "delegation", "electing_unit", "congress")
    found = list(rows.order_by("person__name_sort", "pk")[:20])
    yield from [post for post in found if post.person.name == name] or found


def described(post: Post) -> str:
    """A deputy with what tells him from another of the same name."""
    place = post.delegation or post.electing_unit
    return f"{post.person.name}（{place.name}）" if place else post.person.name


def one_of(form: AskedForm, found: list[Post], *, field: str) -> Post | None:
    """The one deputy that was meant, or a complaint beside the field."""
    if len(found) == 1:
        return found[0]
    if found:
        form.add_error("mandate", _("Several deputies fit this name; choose one."))
    else:
        form.add_error(field, _("No deputy of this congress has this name."))
    return None


class LineLater(NeededLater, forms.CharField):
    """One line that is asked for when the suggestion is submitted."""


class TextLater(NeededLater, WrittenField):
    """Text that is asked for when the suggestion is submitted."""


class ChoiceLater(NeededLater, forms.ChoiceField):
    """A choice that has a value from the beginning."""


class TextForm(AskedForm):
    """The suggestion, half-written or whole. Only ``require_whole`` asks for all of it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = LineLater(label=_("Title"), max_length=TITLE_LIMIT)
    situation = TextLater(label=_("Situation and problem"), rows=9, max_length=SITUATION_LIMIT)
    formed_by = forms.MultipleChoiceField(
        label=_("How it came about"),
        choices=FormedBy.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    raised_before = ChoiceLater(
        label=_("Raised before"), choices=RaisedBefore.choices, widget=forms.RadioSelect
    )
    publish_scope = ChoiceLater(
        label=_("Publication"), choices=PublishScope.choices, widget=forms.RadioSelect
    )
    wants_contact = forms.BooleanField(
        label=_("I wish to be spoken with while it is handled"), required=False
    )
    waives_contact = forms.BooleanField(
        label=_("Nobody needs to call on me while it is handled"), required=False
    )
    wants_no_reply = forms.BooleanField(
        label=_("For study and reference; no written reply is needed"), required=False
    )
    organ_hint = forms.CharField(
        label=_("Organ you think should handle it"), max_length=200, required=False
    )
    why: Mapping[str, Words] = {
        "title": _("One suggestion speaks of one matter; the title names it."),
        "situation": _("What is the case, where is the problem, whom does it touch? Give numbers."),
        "raised_before": _("Matters raised for years without being solved are followed closely."),
        "publish_scope": _("Suggestions and replies may be published; you decide how far."),
        "organ_hint": _("The office considers your wish when it assigns the suggestion."),
    }
    examples: Mapping[str, Words] = {
        "title": _("On building two public kindergartens in the new district of the county seat"),
    }
    NOT_TEXT = ("revision",)

    def __init__(self, data: Any = None, *, content: Mapping[str, Any], boxes: int = 0) -> None:
        text = SuggestionText.of_draft(content)
        super().__init__(data, initial=text.as_draft())
        self.asked = _boxes(data) if data is not None else list(text.requests)
        self.boxes = min(max(boxes, BOXES, len(self.asked)), REQUESTS_LIMIT)
        self.request_errors: list[Words] = []

    @property
    def request_boxes(self) -> list[tuple[int, str]]:
        """Number and text of each box, the empty ones too."""
        filled = [*self.asked, *[""] * (self.boxes - len(self.asked))]
        return list(enumerate(filled, start=1))

    @property
    def can_grow(self) -> bool:
        return self.boxes < REQUESTS_LIMIT

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if any(len(text) > REQUEST_LIMIT for text in self.asked):
            self._complain(_("At most %(limit)s characters.") % {"limit": REQUEST_LIMIT})
        return said

    def require_whole(self) -> bool:
        """Whether nothing is missing for submitting it; complaints stand beside the fields."""
        if not self.cleaned_data.get("title", "").strip():
            self.add_error("title", _("Give the suggestion a title."))
        if not self.cleaned_data.get("situation", "").strip():
            self.add_error("situation", _("Describe the situation and the problem."))
        if not any(text.strip() for text in self.asked):
            self._complain(_("Write at least one concrete request."))
        if self.cleaned_data.get("wants_contact") and self.cleaned_data.get("waives_contact"):
            self.add_error(
                "waives_contact", _("You wish to be spoken with: choose one of the two.")
            )
        return not self.errors

    def _complain(self, words: Words) -> None:
        self.request_errors.append(words)
        self.add_error(None, _("Requests: %(complaint)s") % {"complaint": words})

    @property
    def content(self) -> dict[str, Any]:
        """What was typed, as a draft keeps it: empty boxes left out."""
        said = {name: self.cleaned_data.get(name) for name in self.fields}
        for name in self.NOT_TEXT:
            said.pop(name)
        return {**said, "requests": [text for text in self.asked if text.strip()]}


def _boxes(data: Any) -> list[str]:
    """The requests typed, in the order of their boxes."""
    return [
        data.get(f"request_{number}", "")
        for number in range(1, REQUESTS_LIMIT + 1)
        if f"request_{number}" in data
    ]


class SubmitForm(StepForm):
    """Nothing to fill in for a deputy; a clerk says when the paper was handed in."""

    received_on = DayField(label=_("Day the paper was received"), required=False)
    why: Mapping[str, Words] = {
        "received_on": _("Left empty, today counts as the day of receipt."),
    }

    def prepare(self) -> None:
        if self.scene.actor.role != Role.CLERK:
            del self.fields["received_on"]

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day:
            not_after(day, self.scene.on)
        return day


class WithdrawForm(StepForm):
    """A withdrawal says why."""

    reason = why_field(label=_("Reason for withdrawal"))


class ConfirmForm(StepForm):
    """``draft`` says which form of the text the deputy has read and signs."""

    draft = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def prepare(self) -> None:
        self.initial = {"draft": draft_revision(self.scene.case), **self.initial}


def draft_revision(case: Suggestion) -> int:
    """How often the text being written has been saved."""
    saved = Draft.objects.filter(suggestion=case.pk).values_list("revision", flat=True).first()
    return saved or 0


class DeclineForm(StepForm):
    """A deputy who does not sign may say why."""

    reason = why_field(label=_("A word to the lead deputy"), required=False)


class KeepWordingForm(StepForm):
    """A deputy who keeps his words may say why."""

    reason = why_field(label=p_("wording", "A word to the office"), required=False)
