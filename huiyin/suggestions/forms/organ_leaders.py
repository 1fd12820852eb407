"""What a liaison officer sets up for his organ: system, leaders, leaders' meetings and visits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Session
from huiyin.suggestions import responsibility
from huiyin.suggestions.forms.step import DayField, WrittenField, not_after, why_field
from huiyin.suggestions.models import OrganLeader, ResponsibilitySystem, Suggestion
from huiyin.suggestions.models.responsibility import LeaderActKind, ResponsibilityLevel
from huiyin.ui.forms import AskedForm

# Numbers as an office lists them: 第12、35号，41.
_BETWEEN = re.compile(r"[、,，;；\s]+")


class SystemForm(AskedForm):
    """Which levels answer for what (三级、四级、五级责任制), and what else the organ asks."""

    six_fixed = forms.BooleanField(
        label=_("Every plan names a goal and milestones too (six fixed items)"), required=False
    )
    shares_out = forms.BooleanField(
        label=_("What is acknowledged is shared out to a division or a handler"), required=False
    )
    why: Mapping[str, Words] = {
        "six_fixed": _("Leader, division, handler, requirement and feedback day are always asked."),
        "shares_out": _("Your workbench then lists what waits to be shared out."),
    }

    def __init__(self, data: Any = None, *, system: ResponsibilitySystem | None) -> None:
        said = dict(system.levels) if system else {}
        initial = {
            "six_fixed": system.six_fixed if system else False,
            "shares_out": system.shares_out if system else False,
            **{f"level_{level}": level in said for level in ResponsibilityLevel.values},
            **{f"words_{level}": said.get(level, "") for level in ResponsibilityLevel.values},
        }
        super().__init__(data, initial=initial)
        for level in ResponsibilityLevel:
            self.fields[f"level_{level}"] = forms.BooleanField(label=level.label, required=False)
            self.fields[f"words_{level}"] = forms.CharField(
                label=p_("responsibility", "Answers for"), max_length=40, required=False
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Each level with what it answers for."""
        return [
            (self[f"level_{level}"], self[f"words_{level}"]) for level in ResponsibilityLevel.values
        ]

    @property
    def levels(self) -> list[tuple[str, str]]:
        said = self.cleaned_data
        return [
            (level, said[f"words_{level}"])
            for level in ResponsibilityLevel.values
            if said[f"level_{level}"]
        ]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.levels:
            self.add_error(None, _("Choose at least one level of responsibility."))
        return self.cleaned_data


class LeaderForm(AskedForm):
    """One leader for the organ's list."""

    name = forms.CharField(label=_("Name"), max_length=40)
    office = forms.CharField(label=p_("leader", "Office held"), max_length=40)
    is_main = forms.BooleanField(label=_("Main leader"), required=False)
    post = forms.ChoiceField(label=p_("leader", "Post in this house"), required=False)
    why: Mapping[str, Words] = {
        "post": _("If he signs replies here, choose his post; otherwise leave it."),
    }

    def __init__(self, data: Any = None, *, actor: Actor, on: date) -> None:
        super().__init__(data)
        heads = responsibility.posts_of(actor.organ_id, Role.HEAD, on=on)
        self.posts = {each.key: each for each in heads}
        field = self.fields["post"]
        if isinstance(field, forms.ChoiceField):
            named = [(key, each.person.name) for key, each in self.posts.items()]
            field.choices = [("", _("None")), *named]

    @property
    def post_chosen(self) -> Post | None:
        return self.posts.get(self.cleaned_data["post"])


class LeaderActForm(AskedForm):
    """A leaders' meeting or visit: which, when, who, about which suggestions, what came of it."""

    kind = forms.ChoiceField(
        label=p_("leaders' act", "What it was"),
        choices=LeaderActKind.choices,
        widget=forms.RadioSelect,
    )
    held_on = DayField(label=_("Day"))
    leader = forms.ChoiceField(label=p_("leaders' act", "Leader in the chair or at the head"))
    session = forms.ChoiceField(label=_("Session"))
    numbers = forms.CharField(label=_("Numbers of the suggestions"), max_length=300, required=False)
    gist = WrittenField(label=p_("leaders' act", "What came of it"), rows=4, max_length=2000)
    why: Mapping[str, Words] = {
        "numbers": _("Those of your organ it was about; empty when it was about all of them."),
        "gist": _("Your organ and the offices read it; the deputy sees day, kind and leader."),
    }
    examples: Mapping[str, Words] = {"numbers": _("12, 35, 41")}

    def __init__(
        self, data: Any = None, *, actor: Actor, on: date, sessions: list[Session], here: str
    ) -> None:
        super().__init__(data, initial={"held_on": on, "session": here})
        self.actor, self.on = actor, on
        self.leaders = {each.key: each for each in responsibility.leaders_of(actor.organ_id)}
        offered = {
            "leader": [(key, f"{each.name}　{each.title}") for key, each in self.leaders.items()],
            "session": [(each.key, each.name) for each in sessions],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        self.cases: list[Suggestion] = []

    @property
    def leader_chosen(self) -> OrganLeader:
        return self.leaders[self.cleaned_data["leader"]]

    def clean_held_on(self) -> Any:
        not_after(self.cleaned_data["held_on"], self.on)
        return self.cleaned_data["held_on"]

    def clean(self) -> dict[str, Any]:
        """Find the suggestions named; the form lists those the organ is not charged with."""
        said = self.cleaned_data
        typed = (each.strip("第号") for each in _BETWEEN.split(said.get("numbers", "")))
        wanted = list(dict.fromkeys(filter(None, typed)))
        if not wanted or "session" not in said:
            return said
        parts = responsibility.parts_for(self.actor).filter(
            suggestion__session__key=said["session"], suggestion__number__in=wanted
        )
        self.cases = [part.suggestion for part in parts.select_related("suggestion")]
        if strange := set(wanted) - {case.number for case in self.cases}:
            words = _("Your organ is not charged with: %(numbers)s")
            missing = "、".join(each for each in wanted if each in strange)
            self.add_error("numbers", ValidationError(words % {"numbers": missing}))
        return said


class StrikeForm(AskedForm):
    """Why a record counts no more."""

    reason = why_field(label=_("What is wrong"))
