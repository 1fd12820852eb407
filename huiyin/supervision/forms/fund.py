"""What is asked about the special fund."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.suggestions.forms.step import DayField, WrittenField
from huiyin.supervision.forms.said import RoomForm, SaidForm
from huiyin.supervision.models import SpecialFund
from huiyin.supervision.services import Money

MOST = Decimal("999999999.99")


def amount_field(label: Any) -> forms.DecimalField:
    """A sum in yuan."""
    return forms.DecimalField(
        label=label, min_value=Decimal("0.01"), max_value=MOST, decimal_places=2
    )


class MoneyForm(SaidForm):
    """A sum, its day and its voucher."""

    amount = amount_field(_("Amount (yuan)"))
    labels = {"number": _("Decision or voucher"), "text": _("Note")}
    needed = ("number",)
    field_order = ("amount", "number", "on", "text")

    @property
    def money(self) -> Money:
        said = self.said
        return Money(
            amount=self.cleaned_data["amount"], on=said.on, voucher=said.number, text=said.text
        )


class ApproveForm(MoneyForm):
    """The sum that is approved; what was asked for stands in the box first."""

    def prepare(self) -> None:
        super().prepare()
        if self.case is not None:
            self.initial.setdefault("amount", self.case.asked)


class ResultForm(SaidForm):
    """What a project has brought."""

    labels = {"text": _("What the project has brought"), "number": _("Acceptance paper")}
    needed = ("text",)
    field_order = ("text", "number", "on")


class DeclineProjectForm(SaidForm):
    """Why it is not approved."""

    labels = {"text": _("Reason")}
    needed = ("text",)
    not_asked = ("number",)


class FundForm(RoomForm):
    """The fund of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    title = forms.CharField(label=_("Name of the fund"), max_length=120)
    amount = amount_field(_("Budget (yuan)"))
    number = forms.CharField(label=_("Decision on the budget"), max_length=80)
    on = DayField(label=_("Day of the decision"))

    def prepare(self) -> None:
        self.initial.setdefault("year", self.today.year)
        self.initial.setdefault("on", self.today)

    @property
    def money(self) -> Money:
        said = self.cleaned_data
        return Money(amount=said["amount"], on=said["on"], voucher=said["number"])


class ProjectForm(RoomForm):
    """A micro-project of a suggestion."""

    fund = forms.ChoiceField(label=_("Special fund"))
    number = forms.CharField(label=_("Number of the suggestion"), max_length=20)
    organ = forms.CharField(label=_("Organ that carries it out"), max_length=200)
    title = forms.CharField(label=p_("supervision", "What is to be done"), max_length=120)
    asked = amount_field(_("Amount asked for (yuan)"))
    reasons = WrittenField(
        label=_("Why no project and no other money covers it"),
        rows=3,
        max_length=4000,
        required=False,
    )
    examples: Mapping[str, Words] = {"title": _("Replace 600 metres of the village water pipe")}

    def prepare(self) -> None:
        rows = SpecialFund.objects.filter(congress=self.actor.congress_id)
        self.funds = {each.key: each for each in rows}
        self.offer("fund", [(key, each.title) for key, each in self.funds.items()])
        self.found: Organ | None = None
        self.case_found: Any = None
        if self.actor.role == Role.LIAISON:
            self.fields.pop("organ")
            self.found = self.actor.post.organ

    def clean_organ(self) -> str:
        said: str = self.cleaned_data["organ"]
        self.found = self.organ_named(said)
        return said

    def clean_number(self) -> str:
        said: str = self.cleaned_data["number"]
        self.case_found = self.cases_named(said)[-1]
        return said
