"""What is asked about key topics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post, Role, Standing
from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import WrittenField
from huiyin.suggestions.selectors import current_session, sessions_of
from huiyin.supervision.forms.said import LINES, RoomForm, SaidForm
from huiyin.supervision.services import Count, Led
from huiyin.supervision.stages import Criterion, LeaderPart, TopicView

MOST = 9999


class ProposeForm(RoomForm):
    """A topic: what it is about, which criteria it meets, which suggestions it groups."""

    session = forms.ChoiceField(label=_("Session"))
    title = forms.CharField(label=_("Topic"), max_length=120)
    numbers = forms.CharField(label=_("Numbers of the suggestions"), max_length=400)
    criteria = forms.MultipleChoiceField(
        label=_("Criteria it meets"),
        choices=Criterion.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = WrittenField(label=_("Why it is proposed"), rows=4, max_length=4000, required=False)
    examples: Mapping[str, Words] = {"numbers": _("12、35、108")}
    why: Mapping[str, Words] = {"numbers": _("A topic groups suggestions on one matter.")}

    def prepare(self) -> None:
        self.sessions = {each.key: each for each in sessions_of(self.actor)}
        self.offer("session", [(key, each.name) for key, each in self.sessions.items()])
        present = current_session(self.actor.congress, on=self.today)
        if present is not None:
            self.initial.setdefault("session", present.key)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        session = self.sessions.get(given.get("session", ""))
        if session is not None and given.get("numbers"):
            try:
                self.cases = self.cases_named(given["numbers"], session=session)
            except forms.ValidationError as error:
                self.add_error("numbers", error)
        return given


class OpinionForm(SaidForm):
    """A body's opinion; the congress office says whose it is."""

    organ = forms.CharField(label=_("Whose opinion"), max_length=200, required=False)
    view = forms.ChoiceField(label=_("Opinion"), choices=TopicView.choices)
    not_asked = ("number",)
    field_order = ("organ", "view", "text", "on")

    def prepare(self) -> None:
        super().prepare()
        if self.actor.role != Role.CLERK:
            self.fields.pop("organ")

    def clean_organ(self) -> str:
        self.found = self.organ_named(self.cleaned_data["organ"])
        return str(self.cleaned_data["organ"])


class DecideForm(SaidForm):
    """The chairs' meeting that decided."""

    labels = {"on": _("Day of the meeting"), "number": _("Meeting and minutes"), "text": _("Note")}
    needed = ("number",)
    examples: Mapping[str, Words] = {"number": _("66th chairs' meeting, minutes No. 12")}


class DeclineForm(SaidForm):
    """Why it was not taken up."""

    labels = {"on": _("Day of the meeting"), "text": _("Reason")}
    needed = ("text",)


class LeadersForm(SaidForm):
    """Who leads, who instructs, who supervises."""

    leads = WrittenField(label=_("Leads the handling"), rows=2, max_length=400)
    instructs = WrittenField(label=_("Instructs"), rows=2, max_length=400, required=False)
    supervises = WrittenField(label=_("Leads the supervision"), rows=2, max_length=400)
    not_asked = ("number", "text")
    field_order = ("leads", "instructs", "supervises", "on")
    why: Mapping[str, Words] = {"leads": _("One to a line: the name, a space, the office.")}
    examples: Mapping[str, Words] = {
        "leads": _("Zhou Ming, vice-governor"),
        "supervises": _("Shen Guodong, vice-chair of the standing committee"),
    }

    @property
    def leaders(self) -> list[Led]:
        """Every line with its part; who has a post in this house is found by his name."""
        lines = [
            (part, line.strip().replace("，", " ").replace(",", " "))
            for part in LeaderPart.values
            for line in LINES.split(self.cleaned_data.get(part, ""))
            if line.strip()
        ]
        named = [(part, *line.split(None, 1)) for part, line in lines]
        holders = self._holders({each[1] for each in named})
        return [
            Led(
                part=each[0],
                name=each[1],
                title=each[2] if len(each) > 2 else "",
                holder=holders.get(each[1]),
            )
            for each in named
        ]

    def _holders(self, names: set[str]) -> dict[str, Post]:
        posts = Post.objects.filter(
            congress=self.actor.congress_id,
            role=Role.LEADER,
            standing=Standing.ACTIVE,
            person__name__in=names,
        ).select_related("person")
        return {post.person.name: post for post in posts}


class LetterForm(SaidForm):
    """The special letter."""

    labels = {"on": _("Day of the letter"), "number": _("Document number"), "text": _("Requests")}
    needed = ("number",)


class PlanForm(SaidForm):
    """The plan of its own."""

    clause = forms.ChoiceField(label=_("Clause it rests on"), required=False)
    labels = {"on": _("Day of the plan"), "text": _("What is done, by whom and by when")}
    needed = ("text",)
    field_order = ("on", "number", "clause", "text")

    def prepare(self) -> None:
        super().prepare()
        self.offer_clauses("clause")


class ReportForm(SaidForm):
    """The special report."""

    labels = {
        "on": _("Day of the report"),
        "number": _("Meeting of the standing committee"),
        "text": _("What the report says"),
    }
    needed = ("text",)


class VoteForm(SaidForm):
    """The vote as its minutes give it."""

    members = forms.IntegerField(label=_("Members of the body"), min_value=1, max_value=MOST)
    present = forms.IntegerField(label=_("Members present"), min_value=0, max_value=MOST)
    in_favour = forms.IntegerField(label=p_("vote", "In favour"), min_value=0, max_value=MOST)
    against = forms.IntegerField(label=p_("vote", "Against"), min_value=0, max_value=MOST)
    abstained = forms.IntegerField(label=p_("vote", "Abstained"), min_value=0, max_value=MOST)
    labels = {
        "on": _("Day of the vote"),
        "number": _("Minutes of the vote"),
        "text": _("What the standing committee asks for"),
    }
    needed = ("number",)
    field_order = ("on", "number", "members", "present", "in_favour", "against", "abstained")

    @property
    def count(self) -> Count:
        names = ("members", "present", "in_favour", "against", "abstained")
        return Count(**{name: self.cleaned_data[name] for name in names})
