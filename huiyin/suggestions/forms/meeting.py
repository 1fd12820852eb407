"""The record of an assignment meeting, its organs and speeches, and the table of its batch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Assembly, Congress, Organ, Session
from huiyin.organisations.selectors import OrganIndex
from huiyin.suggestions.forms.step import DayField, WrittenField
from huiyin.suggestions.models import Category, Kind, MeetingCase, MeetingOrgan, Raised
from huiyin.suggestions.models.meetings import SpeechKind
from huiyin.suggestions.services.meeting_batch import Proposal
from huiyin.suggestions.stages import HandlingRole
from huiyin.ui.forms import AskedForm

_BETWEEN = re.compile(r"[、,，;；\n]+")
NAMES_LIMIT = 4000


class MeetingForm(AskedForm):
    """Day, place, chair and agenda."""

    session = forms.ChoiceField(label=_("Session"))
    title = forms.CharField(label=_("Title"), max_length=120)
    held_on = DayField(label=_("Day of the meeting"))
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    chair = forms.CharField(label=_("Chair of the meeting"), max_length=60, required=False)
    agenda = WrittenField(label=_("Agenda"), rows=5, max_length=4000, required=False)
    why: Mapping[str, Words] = {"agenda": _("One point to a line.")}

    def __init__(self, data: Any = None, *, congress: Congress, **rest: Any) -> None:
        super().__init__(data, **rest)
        rows = Session.objects.filter(congress=congress, assembly=Assembly.CONGRESS)
        self.sessions = {each.key: each for each in rows.order_by("-opens_on", "-pk")}
        choice = self.fields["session"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(key, each.name) for key, each in self.sessions.items()]

    @property
    def said(self) -> dict[str, Any]:
        """What the services take, beside the session."""
        names = ("title", "held_on", "place", "chair", "agenda")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def chosen(self) -> Session:
        return self.sessions[self.cleaned_data["session"]]


class GatherForm(AskedForm):
    """Which of the waiting cases come into the batch."""

    raised = forms.ChoiceField(label=_("Raised"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        every = ("", p_("tab", "All"))
        offered = {"raised": Raised, "category": Category, "kind": Kind}
        for name, choices in offered.items():
            choice = self.fields[name]
            if isinstance(choice, forms.ChoiceField):
                choice.choices = [every, *choices.choices]


class OrgansForm(AskedForm):
    """Organs by name, one to a line; and those that the batch names."""

    organs = WrittenField(label=_("Organs"), rows=4, max_length=NAMES_LIMIT, required=False)
    from_batch = forms.BooleanField(label=_("Invite every organ the batch names"), required=False)
    why: Mapping[str, Words] = {"organs": _("One name on each line, as in the list of organs.")}

    def __init__(self, data: Any = None, *, congress: Congress, on: date) -> None:
        super().__init__(data)
        self.congress, self.on = congress, on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        index = OrganIndex.of(self.congress, on=self.on)
        self.found, unknown = _found(index, said.get("organs", ""))
        for name in unknown:
            words = {"name": name, "complaint": _("No organ of this congress is called so.")}
            self.add_error("organs", _("%(name)s: %(complaint)s") % words)
        return said


class SpeechForm(AskedForm):
    """Who spoke, for which organ, in which sense."""

    kind = forms.ChoiceField(label=_("Kind of speech"), choices=SpeechKind.choices)
    speaker = forms.CharField(label=_("Speaker"), max_length=60)
    organ = forms.CharField(label=_("Organ"), max_length=200, required=False)
    gist = WrittenField(label=_("What was said"), rows=3, max_length=4000, required=False)

    def __init__(self, data: Any = None, *, congress: Congress, on: date) -> None:
        super().__init__(data)
        self.congress, self.on = congress, on
        self.found: Organ | None = None

    def clean_organ(self) -> str:
        name: str = self.cleaned_data["organ"].strip()
        if name:
            match = OrganIndex.of(self.congress, on=self.on).find(name)
            if match is None:
                raise forms.ValidationError(_("No organ of this congress is called so."))
            self.found = match.organ
        return name


def came(organs: Iterable[MeetingOrgan], data: Any) -> dict[int, str]:
    """Who came for each organ that is ticked."""
    ticked = set(data.getlist("came"))
    return {
        each.pk: data.get(f"attendee_{each.organ.key}", "").strip()
        for each in organs
        if each.organ.key in ticked
    }


# --- The table of the batch


@dataclass(slots=True, kw_only=True)
class TableRow:
    """One case with what is typed for it, and what is wrong with that."""

    case: MeetingCase
    lead: str = ""
    helpers: str = ""
    wide: bool = False
    errors: list[Words] = field(default_factory=list)

    @property
    def fixed(self) -> bool:
        return self.case.issued_at is not None


class BatchTable:
    """The rows of one page of the batch, as they are kept or as they were typed."""

    def __init__(self, rows: Iterable[MeetingCase], data: Any = None) -> None:
        self.rows = [_row(row, data) for row in rows]

    def proposals(self, *, congress: Congress, on: date) -> list[Proposal]:
        """What is meant for each; a row that names an unknown organ bears its complaint."""
        index, found = OrganIndex.of(congress, on=on), []
        for row in self.rows:
            if row.fixed:
                continue
            lead, wrong = _found(index, row.lead)
            helpers, unknown = _found(index, row.helpers)
            row.errors = [
                _("%(name)s: %(complaint)s")
                % {"name": name, "complaint": _("No organ of this congress is called so.")}
                for name in (*wrong, *unknown)
            ]
            if len(lead) > 1:
                row.errors.append(_("Name one lead organ; the others help."))
            if helpers and not row.lead.strip():
                row.errors.append(_("Name the lead organ."))
            if not row.errors:
                first = lead[0] if lead else None
                found.append(
                    Proposal(row=row.case, lead=first, helpers=tuple(helpers), wide=row.wide)
                )
        return found

    @property
    def has_errors(self) -> bool:
        return any(row.errors for row in self.rows)


def _row(row: MeetingCase, data: Any) -> TableRow:
    key = row.suggestion.key
    if data is not None and row.issued_at is None:
        return TableRow(
            case=row,
            lead=data.get(f"lead_{key}", "")[:200],
            helpers=data.get(f"co_{key}", "")[:NAMES_LIMIT],
            wide=bool(data.get(f"wide_{key}")),
        )
    proposed = list(row.proposed.all())
    helping = [each.organ.name for each in proposed if each.role == HandlingRole.CO]
    leading = [each.organ.name for each in proposed if each.role != HandlingRole.CO]
    return TableRow(case=row, lead="、".join(leading), helpers="、".join(helping), wide=row.wide)


def _found(index: OrganIndex, said: str) -> tuple[list[Organ], list[str]]:
    """The organs that a list of names means, and the names that mean none."""
    found, unknown = [], []
    for name in filter(None, map(str.strip, _BETWEEN.split(said))):
        match = index.find(name)
        if match is None:
            unknown.append(name)
        else:
            found.append(match.organ)
    return found, unknown
