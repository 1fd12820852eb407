"""Disputes about responsibility: naming another organ, answering, deciding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import MandateClause, Organ
from huiyin.organisations.selectors import mandate_of, organs
from huiyin.suggestions.forms.step import DayField, StepForm, WrittenField, why_field
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.services.returning import Dispute
from huiyin.ui.forms import AskedForm

MORE = "more"
MANDATE_LIMIT = 4000
CONSULTED_LIMIT = 200


class NamesAnOrgan(StepForm):
    """The base of those that name the organ held right."""

    named = forms.ChoiceField(label=_("Organ held right"))
    reason = why_field(label=_("Why it is that organ's business"))

    def prepare(self) -> None:
        listed: list[tuple[str, Words]] = [(organ.key, organ.name) for organ in self.offered]
        self.choose("named", listed, empty=_("Choose an organ"))

    @cached_property
    def offered(self) -> list[Organ]:
        """Every organ that can be charged and has not been named or relieved in this dispute."""
        dispute = Dispute.of(self.scene.charge)
        barred = dispute.asked | dispute.relieved | {self.scene.charge.organ_id}
        found = organs(self.scene.case.congress, on=self.scene.on).exclude(pk__in=barred)
        return list(found.prefetch_related("mandate_clauses"))

    @property
    def organ(self) -> Organ:
        return next(each for each in self.offered if each.key == self.cleaned_data["named"])


class ObjectForm(NamesAnOrgan):
    """Which organ the deputy holds right, and why."""


class AskAnotherForm(NamesAnOrgan):
    """Which organ the office asks before it decides, and why."""


class AskReturnForm(NamesAnOrgan):
    """The duties the organ relies on, the organ it names and its duties, and the reason."""

    clauses = forms.MultipleChoiceField(
        label=_("Your organ's duties you rely on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mandate = WrittenField(
        label=_("Duties not listed here, with document and article"),
        required=False,
        max_length=MANDATE_LIMIT,
    )
    named_clauses = forms.MultipleChoiceField(
        label=_("Its duties that speak for it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why: Mapping[str, Words] = {
        "clauses": _("They are quoted in your application, word for word."),
        "named": _("It is asked at once and answers before the decision."),
        "reason": _("What the suggestion asks for, and why it is not among your duties."),
    }
    field_order = ("revision", "seen", "clauses", "mandate", "named", "named_clauses", "reason")
    template = "suggestions/forms/_ask_return.html"

    def prepare(self) -> None:
        super().prepare()
        self.own = mandate_of(self.scene.charge.organ, on=self.scene.on)
        self._offer("clauses", self.own)
        self._offer("named_clauses", self.named_duties)

    def _offer(self, name: str, clauses: Iterable[MandateClause]) -> None:
        found: list[tuple[str, Words]] = [(each.key, each.quoted) for each in clauses]
        if found:
            self.choose(name, found)
        else:
            del self.fields[name]

    @cached_property
    def named_duties(self) -> list[MandateClause]:
        """The articles of the organ chosen so far."""
        chosen = self.data.get("named", "") if self.is_bound else ""
        named = next((each for each in self.offered if each.key == chosen), None)
        return mandate_of(named, on=self.scene.on) if named else []

    @property
    def grows(self) -> bool:
        return bool(self.data.get("act") == MORE)

    @property
    def shows_none(self) -> bool:
        """Whether the duties of an organ were asked for that has none entered."""
        return self.grows and bool(self.data.get("named")) and not self.named_duties

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        written = self.scene.ruling.rules.return_.written
        if written and not (said.get("clauses") or said.get("mandate", "").strip()):
            missing = _("Quote the article of your organ's duties that you rely on.")
            self.add_error("clauses" if "clauses" in self.fields else "mandate", str(missing))
        return said

    @property
    def quoted(self) -> str:
        """The duties of the organ itself, as the application has them."""
        chosen = self._chosen("clauses", self.own)
        return "\n".join(filter(None, (*chosen, self.cleaned_data["mandate"].strip())))

    @property
    def quoted_of_named(self) -> str:
        return "\n".join(self._chosen("named_clauses", self.named_duties))

    def _chosen(self, name: str, clauses: Iterable[MandateClause]) -> list[str]:
        keys = self.cleaned_data.get(name, [])
        return [each.quoted for each in clauses if each.key in keys]


class DeclineForm(StepForm):
    """Why the organ asked does not take it on."""

    reason = why_field(label=_("Why it is not your organ's business"))


class KeepForm(StepForm):
    """Why it stays where it is, on what ground, and who was consulted."""

    reason = why_field()
    ground = WrittenField(
        label=_("Law, document or duties it rests on"),
        rows=3,
        required=False,
        max_length=MANDATE_LIMIT,
    )
    consulted = forms.CharField(
        label=_("Bodies consulted"), required=False, max_length=CONSULTED_LIMIT
    )
    why: Mapping[str, Words] = {
        "consulted": _("For example the staffing office that keeps the organs' duties."),
    }

    def prepare(self) -> None:
        self.fields["ground"].required = where.awaits_final_decision(self.scene.charge)


class ReassignForm(KeepForm):
    """Which of the organs asked is charged instead."""

    organ = forms.ChoiceField(label=_("Organ to be charged"), widget=forms.RadioSelect)
    field_order = ("revision", "seen", "organ", "reason", "ground", "consulted")

    def prepare(self) -> None:
        super().prepare()
        self.choose("organ", [(each.key, each.name) for each in self.asked])

    @cached_property
    def asked(self) -> list[Organ]:
        dispute = Dispute.of(self.scene.charge)
        return list(
            Organ.objects.filter(pk__in=dispute.asked).exclude(pk=self.scene.charge.organ_id)
        )

    @property
    def chosen(self) -> Organ:
        return next(each for each in self.asked if each.key == self.cleaned_data["organ"])


class CutoffForm(AskedForm):
    """Until when adjustments of a session are taken, by whose decision."""

    until = DayField(label=_("Adjustments taken until"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=80)
    decided_on = DayField(label=_("Decided on"))
    basis = WrittenField(label=_("Basis"), rows=3, max_length=1000)
    why: Mapping[str, Words] = {
        "until": _("It lengthens the limit of every organ of the session and shortens none."),
    }

    def __init__(self, data: Any = None, *, today: Any, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.today = today

    def clean_decided_on(self) -> Any:
        if self.cleaned_data["decided_on"] > self.today:
            raise ValidationError(_("This day has not come yet."))
        return self.cleaned_data["decided_on"]
