"""What is asked about outcomes, publicity, papers and bulletins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import DayField, WrittenField
from huiyin.supervision.forms.fund import MOST
from huiyin.supervision.forms.said import RoomForm
from huiyin.supervision.services import Result
from huiyin.supervision.stages import OutcomeKind, PaperKind, PublicityKind

_ARTICLE = re.compile(r"^##\s*(.+)$", re.MULTILINE)


class OutcomeForm(RoomForm):
    """What a suggestion has become."""

    number = forms.CharField(label=_("Number of the suggestion"), max_length=20)
    kind = forms.ChoiceField(label=_("Turned into"), choices=OutcomeKind.choices)
    title = forms.CharField(label=_("What came of it"), max_length=200)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), max_value=MOST * 1000, decimal_places=2, required=False
    )
    source = forms.CharField(label=_("Document number or address"), max_length=200)
    on = DayField(label=_("Day"))
    text = WrittenField(label=_("More about it"), rows=3, max_length=4000, required=False)

    case_found: Any = None

    def prepare(self) -> None:
        self.initial.setdefault("on", self.today)

    def clean_number(self) -> str:
        said: str = self.cleaned_data["number"]
        self.case_found = self.cases_named(said)[-1]
        return said

    @property
    def result(self) -> Result:
        names = ("kind", "title", "on", "source", "amount", "text")
        return Result(**{name: self.cleaned_data[name] for name in names})


class PublicityForm(RoomForm):
    """A training, or a report in the media."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PublicityKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    medium = forms.CharField(label=_("Medium, or place of the training"), max_length=80)
    on = DayField(label=_("Day"))
    link = forms.CharField(label=_("Where it can be read"), max_length=300, required=False)
    attended = forms.IntegerField(
        label=_("How many took part"), min_value=1, max_value=99999, required=False
    )

    def prepare(self) -> None:
        self.initial.setdefault("on", self.today)


class PaperForm(RoomForm):
    """A yearly paper with its clauses."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PaperKind.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.CharField(label=_("Document number"), max_length=80)
    issued_on = DayField(label=_("Issued on"))
    organ = forms.CharField(label=_("Organ that issued it"), max_length=200, required=False)
    clauses = WrittenField(label=_("Clauses"), rows=10, max_length=40000)
    why: Mapping[str, Words] = {
        "clauses": _("One clause to a line; plans and tasks cite them by their number."),
        "organ": _("Left empty, it is the congress's own."),
    }

    def prepare(self) -> None:
        self.initial.setdefault("year", self.today.year)
        self.initial.setdefault("issued_on", self.today)
        self.found: Any = None

    def clean_organ(self) -> str:
        said: str = self.cleaned_data["organ"]
        self.found = self.organ_named(said)
        return said

    @property
    def said(self) -> dict[str, Any]:
        names = ("kind", "year", "title", "number", "issued_on")
        given = {name: self.cleaned_data[name] for name in names}
        return {**given, "clauses": self.cleaned_data["clauses"].splitlines(), "organ": self.found}


class BulletinForm(RoomForm):
    """An issue of the bulletin."""

    title = forms.CharField(label=_("Name of the bulletin"), max_length=60)
    editor = forms.CharField(label=_("Editor in charge"), max_length=60)
    approval_no = forms.CharField(label=_("Approval number"), max_length=80)
    issued_on = DayField(label=_("Issued on"))
    addressees = WrittenField(label=_("Sent to"), rows=3, max_length=2000)
    articles = WrittenField(label=_("Articles"), rows=16, max_length=200_000)
    why: Mapping[str, Words] = {
        "addressees": _("One to a line."),
        "articles": _("Each begins with a line of ## and its title; its text follows."),
    }

    def prepare(self) -> None:
        self.initial.setdefault("issued_on", self.today)

    @property
    def said(self) -> dict[str, Any]:
        names = ("title", "editor", "approval_no", "addressees", "issued_on")
        given = {name: self.cleaned_data[name] for name in names}
        parts = _ARTICLE.split(self.cleaned_data["articles"])[1:]
        pairs = zip(parts[::2], parts[1::2], strict=True)
        articles = [(title.strip()[:120], text.strip()) for title, text in pairs]
        return {**given, "articles": articles}
