"""Sharing out inside an organ, its marks, and the plan that names who is responsible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post, Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import InnerDivision
from huiyin.suggestions import responsibility
from huiyin.suggestions.forms.step import DayField, NeededLater, StepForm, WrittenField
from huiyin.suggestions.lifecycle.responsibility import marks_of
from huiyin.suggestions.models import OrganLeader
from huiyin.suggestions.models.responsibility import Mark

# How many milestones a plan's form has room for.
MILESTONES = 4


class SubAssignForm(StepForm):
    """To which division, and to whom in it."""

    division = forms.ChoiceField(label=_("Division"), required=False)
    handler = forms.ChoiceField(label=_("Handler"), required=False)
    note = WrittenField(
        label=p_("sub-assignment", "Note to the handler"), rows=2, required=False, max_length=2000
    )
    why: Mapping[str, Words] = {
        "handler": _("Without a name every handler of the division may take it up."),
    }

    def prepare(self) -> None:
        organ, part = self.scene.charge.organ_id, self.scene.charge
        self.divisions = {each.key: each for each in responsibility.divisions_of(organ)}
        handlers = responsibility.posts_of(organ, Role.HANDLER, on=self.scene.on)
        self.handlers = {each.key: each for each in handlers}
        self.choose(
            "division",
            [(key, each.name) for key, each in self.divisions.items()],
            empty=_("No division"),
        )
        self.choose(
            "handler",
            [(key, _named(each)) for key, each in self.handlers.items()],
            empty=_("Nobody in particular"),
        )
        given = {
            "division": next(
                (k for k, e in self.divisions.items() if e.pk == part.division_id), ""
            ),
            "handler": next((k for k, e in self.handlers.items() if e.pk == part.handler_id), ""),
        }
        self.initial = {**given, **self.initial}

    @property
    def division_chosen(self) -> InnerDivision | None:
        return self.divisions.get(self.cleaned_data["division"])

    @property
    def handler_chosen(self) -> Post | None:
        return self.handlers.get(self.cleaned_data["handler"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        division, handler = said.get("division"), self.handlers.get(said.get("handler") or "")
        if not division and not handler and not self.errors:
            self.add_error("division", _("Choose a division or a handler."))
        own = handler.inner_division if handler else None
        if division and own and own.key != division:
            self.add_error("handler", _("This handler belongs to another division."))
        return said


def _named(post: Post) -> str:
    division = post.inner_division
    return f"{post.person.name}（{division.name}）" if division else post.person.name


class MarkForm(StepForm):
    """Which marks the item bears from now on."""

    marks = forms.MultipleChoiceField(
        label=p_("marks", "Marks"),
        choices=Mark.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = WrittenField(label=_("Reason"), rows=2, required=False, max_length=2000)
    why: Mapping[str, Words] = {
        "marks": _("Hot ones are handled together, hard ones first, focus ones unasked."),
    }

    def prepare(self) -> None:
        self.initial = {"marks": marks_of(self.scene.charge), **self.initial}


class FromTheList(NeededLater, forms.ChoiceField):
    """One of the organ's leaders; empty where somebody else is named, so it is not optional."""


class PlanForm(StepForm):
    """The five fixed items (五定), and the sixth: goal and milestones (六定)."""

    leader = FromTheList(label=_("Responsible leader"))
    responsible_leader = forms.CharField(label=_("Responsible leader"), max_length=40)
    division = forms.CharField(label=_("Division"), max_length=60)
    division_head = forms.CharField(label=_("Head of division"), max_length=40, required=False)
    handler = forms.CharField(label=_("Handler"), max_length=40)
    requirement = WrittenField(label=_("What is to be done"), rows=3, max_length=2000)
    goal = WrittenField(label=p_("plan", "Goal"), rows=2, max_length=500)
    feedback_on = DayField(label=_("Day of feedback"))
    why: Mapping[str, Words] = {
        "goal": _("What will be different when it is done."),
        "feedback_on": _("The day on which the handler reports inside your organ."),
    }
    template = "suggestions/forms/_plan.html"

    def prepare(self) -> None:
        part = self.scene.charge
        self.six = responsibility.fixes_six(part.organ_id)
        self.fields["goal"].required = self.six
        self._offer_leaders()
        for number in range(1, MILESTONES + 1):
            self.fields[f"milestone_on_{number}"] = DayField(label=_("By when"), required=False)
            self.fields[f"milestone_{number}"] = forms.CharField(
                label=_("What is done by then"), max_length=120, required=False
            )
        self.initial = {**self._first(), **self.initial}

    def _offer_leaders(self) -> None:
        """Where the organ keeps a list he is chosen from it; anybody else is typed."""
        self.leaders = {
            each.key: each for each in responsibility.leaders_of(self.scene.charge.organ_id)
        }
        if not self.leaders:
            del self.fields["leader"]
            return
        named: list[tuple[str, Words]] = [
            (key, f"{each.name}　{each.title}") for key, each in self.leaders.items()
        ]
        self.choose("leader", named, empty=_("Somebody else, named below"))
        self.fields["responsible_leader"].label = _("Somebody else")
        self.fields["responsible_leader"].required = False

    def _first(self) -> dict[str, Any]:
        """What the last plan said; before the first, to whom it was given, or who writes it."""
        part, post = self.scene.charge, self.scene.actor.post
        if last := part.plans.select_related("leader").last():
            days = {
                name: value
                for number, each in enumerate(last.milestones.all()[:MILESTONES], start=1)
                for name, value in (
                    (f"milestone_on_{number}", each.due_on),
                    (f"milestone_{number}", each.what),
                )
            }
            known = last.leader.key if last.leader and last.leader.key in self.leaders else ""
            return {
                "leader": known,
                "responsible_leader": "" if known else last.responsible_leader,
                "division": last.division,
                "division_head": last.division_head or "",
                "handler": last.handler,
                "requirement": last.requirement,
                "goal": last.goal or "",
                "feedback_on": last.feedback_on,
                **days,
            }
        division = part.division or post.inner_division
        handler = part.handler.person.name if part.handler else self.scene.actor.person.name
        return {"handler": handler, **({"division": division.name} if division else {})}

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The boxes for milestones: day and words of each."""
        return [
            (self[f"milestone_on_{number}"], self[f"milestone_{number}"])
            for number in range(1, MILESTONES + 1)
        ]

    @property
    def asked(self) -> list[Any]:
        """The questions that stand each for itself."""
        return [each for each in self.visible_fields() if not each.name.startswith("milestone_")]

    @property
    def leader_chosen(self) -> OrganLeader | None:
        return self.leaders.get(self.cleaned_data.get("leader") or "")

    @property
    def milestones(self) -> Sequence[tuple[date, str]]:
        said = self.cleaned_data
        rows = (
            (said[f"milestone_on_{number}"], said[f"milestone_{number}"])
            for number in range(1, MILESTONES + 1)
        )
        return [(on, what) for on, what in rows if on and what]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.leaders and not said.get("leader") and not said.get("responsible_leader"):
            self.add_error("leader", _("Choose the leader, or name somebody else below."))
        for number in range(1, MILESTONES + 1):
            self._check_milestone(number)
        if self.six and not self.errors and not self.milestones:
            self.add_error("milestone_on_1", _("Your organ fixes six items: name a milestone."))
        return said

    def _check_milestone(self, number: int) -> None:
        on, what = f"milestone_on_{number}", f"milestone_{number}"
        said = self.cleaned_data
        if on in said and what in said and bool(said[on]) != bool(said[what]):
            missing = what if said[on] else on
            self.add_error(missing, ValidationError(_("A milestone has a day and its words.")))
