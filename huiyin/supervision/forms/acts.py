"""What is asked about acts of supervision, problems, rhythms and circulars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.suggestions.forms.step import DayField, WrittenField
from huiyin.supervision import supervising
from huiyin.supervision.forms.said import RoomForm, SaidForm
from huiyin.supervision.services import Supervised
from huiyin.supervision.stages import RhythmKind, SupervisionForm, TiedTo
from huiyin.supervision.supervising import acts_for
from huiyin.supervision.topics import topics_for


class NamesForm(RoomForm):
    """A form that names organs and suggestions; unknown names are told beside the field."""

    organs_found: list[Any]
    cases_found: list[Any]

    def clean_organs(self) -> str:
        said: str = self.cleaned_data["organs"]
        self.organs_found = self.organs_named(said)
        return said

    def clean_numbers(self) -> str:
        said: str = self.cleaned_data["numbers"]
        self.cases_found = self.cases_named(said)
        return said


class ActForm(NamesForm):
    """One act of supervision."""

    form = forms.ChoiceField(label=p_("supervision", "How"), choices=SupervisionForm.choices)
    held_on = DayField(label=_("Day"))
    title = forms.CharField(label=_("In a line"), max_length=120)
    organs = WrittenField(label=_("Organs supervised"), rows=2, max_length=2000, required=False)
    numbers = forms.CharField(label=_("Numbers of the suggestions"), max_length=400, required=False)
    delegation = forms.ChoiceField(
        label=_("Or all that one delegation has raised in its term"), required=False
    )
    topic = forms.ChoiceField(label=_("Key topic"), required=False)
    tied_to = forms.ChoiceField(label=_("Part of"), required=False)
    led_by = forms.CharField(label=p_("supervision", "Led by"), max_length=80, required=False)
    with_whom = forms.CharField(label=_("Who went along"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    gist = WrittenField(label=_("What was seen and asked"), rows=5, max_length=8000)
    why: Mapping[str, Words] = {"organs": _("One name on each line, as in the list of organs.")}
    examples: Mapping[str, Words] = {"numbers": _("12、35、108")}

    def prepare(self) -> None:
        self.initial.setdefault("held_on", self.today)
        self.topics = {each.key: each for each in topics_for(self.actor)}
        none = _("none")
        self.offer("topic", [(key, each.title) for key, each in self.topics.items()], empty=none)
        self.offer("tied_to", list(TiedTo.choices), empty=none)
        self.offer("delegation", supervising.delegations(self.actor), empty=none)

    def clean(self) -> dict[str, Any]:
        """A delegation stands for its suggestions of the whole term: a revisit, if nothing else."""
        given = super().clean() or {}
        if key := given.get("delegation"):
            found = supervising.raised_by(self.actor, key)
            self.cases_found = list(dict.fromkeys([*getattr(self, "cases_found", ()), *found]))
            given["tied_to"] = given.get("tied_to") or TiedTo.REVISIT
            if not found:
                self.add_error("delegation", _("You see no suggestion of this delegation."))
        return given

    @property
    def what(self) -> Supervised:
        names = ("form", "held_on", "title", "gist", "tied_to", "place", "led_by", "with_whom")
        given = {name: self.cleaned_data[name] for name in names}
        return Supervised(**given, topic=self.topics.get(self.cleaned_data["topic"]))


class ProblemForm(RoomForm):
    """A line of the problem list."""

    organ = forms.CharField(label=_("Organ"), max_length=200)
    title = forms.CharField(label=_("What is wrong, in a line"), max_length=120)
    text = WrittenField(label=_("More about it"), rows=4, max_length=8000, required=False)
    number = forms.CharField(label=_("Number of the suggestion"), max_length=20, required=False)
    found_on = DayField(label=_("Found on"))
    act = forms.ChoiceField(label=_("Found by"), required=False)

    found: Organ | None = None
    case_found: Any = None

    def prepare(self) -> None:
        self.initial.setdefault("found_on", self.today)
        self.acts = {each.key: each for each in acts_for(self.actor)[:50]}
        shown = [(key, f"{each.held_on} {each.title}") for key, each in self.acts.items()]
        self.offer("act", shown, empty=_("none"))

    def clean_organ(self) -> str:
        said: str = self.cleaned_data["organ"]
        self.found = self.organ_named(said)
        return said

    def clean_number(self) -> str:
        said: str = self.cleaned_data["number"].strip()
        if said:
            self.case_found = self.cases_named(said)[-1]
        return said


class NotifyForm(SaidForm):
    """The rectification notice."""

    due_on = DayField(label=p_("supervision", "Answer by"))
    labels = {
        "on": _("Day of the notice"),
        "number": _("Document number"),
        "text": p_("supervision", "What is asked"),
    }
    needed = ("number",)
    field_order = ("number", "on", "due_on", "text")


class AnswerForm(SaidForm):
    """What the organ has put right."""

    labels = {"text": _("What was put right, and how"), "number": _("Document number")}
    needed = ("text",)
    field_order = ("text", "number", "on")


class FixedForm(SaidForm):
    """The recheck found it put right."""

    labels = {"text": _("What the recheck found")}
    needed = ("text",)
    not_asked = ("number",)


class UnfixedForm(SaidForm):
    """The recheck found it as it was."""

    due_on = DayField(label=_("Answer once more by"))
    labels = {"text": _("What the recheck found")}
    needed = ("text",)
    not_asked = ("number",)


class RhythmForm(RoomForm):
    """What is done again and again."""

    kind = forms.ChoiceField(label=_("How often"), choices=RhythmKind.choices)
    title = forms.CharField(label=p_("supervision", "What is done"), max_length=120)
    clause = forms.ChoiceField(label=_("Clause it rests on"), required=False)
    basis = forms.CharField(label=_("Another document it rests on"), max_length=200, required=False)
    begins_on = DayField(label=_("First on"))
    ends_on = DayField(label=_("Until"), required=False)
    examples: Mapping[str, Words] = {"title": _("Telephone the ten organs with most to handle")}

    def prepare(self) -> None:
        self.offer_clauses("clause")


class EndForm(SaidForm):
    """A rhythm is given up."""

    labels = {"on": _("Last day a turn may fall on"), "text": _("Reason")}
    needed = ("text",)
    not_asked = ("number",)

    def clean_on(self) -> date:
        """A day to come, unlike those of other steps; the service says which days are too early."""
        day: date = self.cleaned_data["on"]
        return day


class MinutesForm(SaidForm):
    """The minutes of a task."""

    attended = forms.CharField(label=_("Who took part"), max_length=300, required=False)
    labels = {"on": _("Held on"), "text": _("What was dealt with")}
    needed = ("text",)
    not_asked = ("number",)
    field_order = ("turn", "on", "attended", "text")


class CircularForm(RoomForm):
    """A circular of a month."""

    month = DayField(label=_("A day of the month"))
    number = forms.CharField(label=_("Number of the circular"), max_length=80)
    note = WrittenField(label=_("What is pointed out"), rows=5, max_length=8000, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("month", self.today)

    def clean_month(self) -> date:
        day: date = self.cleaned_data["month"]
        if day.replace(day=1) > self.today:
            raise forms.ValidationError(_("This month has not come yet."))
        return day


class CounterpartForm(NamesForm):
    """Which organs a committee follows."""

    committee = forms.ChoiceField(label=_("Committee"), required=False)
    organs = WrittenField(label=_("Organs it follows"), rows=5, max_length=4000)
    why: Mapping[str, Words] = {"organs": _("One name on each line, as in the list of organs.")}

    def prepare(self) -> None:
        rows = Organ.objects.filter(congress=self.actor.congress_id, is_committee=True)
        self.committees = {each.key: each for each in rows}
        shown = [(key, each.name) for key, each in self.committees.items()]
        self.offer("committee", shown, empty=_("none any more"))
