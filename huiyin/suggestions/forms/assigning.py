"""Naming organs: one row for each, found by name, current or former."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Congress, Organ
from huiyin.organisations.selectors import OrganIndex, organs
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models import RequestItem
from huiyin.suggestions.services.assigning import Charge
from huiyin.suggestions.stages import HandlingRole
from huiyin.ui.forms import AskedForm

ROWS = 4
MOST_ROWS = 20
MORE = "more"
ROLES = (HandlingRole.LEAD, HandlingRole.SOLE, HandlingRole.CO, HandlingRole.SEPARATE)


@dataclass(slots=True, kw_only=True)
class Row:
    """One organ as typed, and what is wrong with it."""

    number: int
    organ: str = ""
    role: str = ""
    part: str = ""
    # Numbers of the requests ticked for it; none means all.
    items: frozenset[str] = frozenset()
    errors: list[Words] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.organ.strip()


class OrganRows:
    """The rows of a form that names organs; without a script more of them are asked for.

    With ``requests``, each can be ticked for the organs it is the business of; an ``office``
    that assigns is offered the organs of its own system.
    """

    def __init__(
        self,
        data: Any,
        *,
        congress: Congress,
        on: date,
        requests: Sequence[RequestItem] = (),
        office: Organ | None = None,
    ) -> None:
        self.congress, self.on, self.requests = congress, on, list(requests)
        self.office = office
        self.rows = _typed(data) if data is not None else _fresh(ROWS)
        if data is not None and data.get("act") == MORE:
            self.rows += [
                Row(number=len(self.rows) + more, role=HandlingRole.CO) for more in (1, 2)
            ]
            self.rows = self.rows[:MOST_ROWS]

    @property
    def offered(self) -> list[str]:
        """The names to choose from."""
        known = organs(self.congress, on=self.on)
        if self.office is not None:
            known = known.filter(system=self.office.system)
        return list(known.values_list("name", flat=True))

    @property
    def roles(self) -> list[tuple[str, Words]]:
        return [(role.value, role.label) for role in ROLES]

    @property
    def shares(self) -> list[tuple[RequestItem, list[tuple[Row, bool]]]]:
        """Each request with every organ's box; a single request needs no breakdown."""
        if len(self.requests) < 2:
            return []
        return [
            (item, [(row, str(item.ordinal) in row.items) for row in self.rows])
            for item in self.requests
        ]

    @property
    def is_shared_out(self) -> bool:
        return any(row.items for row in self.rows)

    @property
    def can_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS

    def charges(self) -> list[Charge]:
        """Each named organ with its role. Rows that name none bear their complaint."""
        index = OrganIndex.of(self.congress, on=self.on)
        found = []
        for row in self.rows:
            if row.is_empty:
                if row.items:
                    row.errors.append(_("Requests are ticked for it; name the organ."))
                continue
            match = index.find(row.organ.strip())
            if match is None:
                row.errors.append(_("No organ of this congress is called so."))
                continue
            items = tuple(item for item in self.requests if str(item.ordinal) in row.items)
            found.append(
                Charge(organ=match.organ, role=row.role, part=row.part.strip(), items=items)
            )
        return found

    @property
    def is_empty(self) -> bool:
        return all(row.is_empty for row in self.rows)


def _fresh(count: int) -> list[Row]:
    roles = [HandlingRole.LEAD, *[HandlingRole.CO] * (count - 1)]
    return [Row(number=number, role=role) for number, role in enumerate(roles, start=1)]


def _typed(data: Any) -> list[Row]:
    count = max([ROWS, *(n for n in range(1, MOST_ROWS + 1) if f"organ_{n}" in data)])
    return [
        Row(
            number=number,
            organ=data.get(f"organ_{number}", "")[:200],
            role=_role(data.get(f"role_{number}", ""), number=number),
            part=data.get(f"part_{number}", "")[:200],
            items=_ticked(data, number),
        )
        for number in range(1, count + 1)
    ]


def _ticked(data: Any, number: int) -> frozenset[str]:
    """The requests ticked for an organ, as they were sent."""
    return frozenset(data.getlist(f"items_{number}"))


def _role(said: str, *, number: int) -> str:
    usual = HandlingRole.LEAD if number == 1 else HandlingRole.CO
    return said if said in ROLES else usual


class OrgansMixin(AskedForm):
    """Adds ``organ_rows`` to a form and complains in one line above it."""

    organ_rows: OrganRows
    charges: list[Charge]

    def clean_organs(self) -> None:
        self.charges = self.organ_rows.charges()
        if self.organ_rows.is_empty:
            self.add_error(None, _("Name at least one organ."))
        for row in self.organ_rows.rows:
            for complaint in row.errors:
                nameless = _("Organ %(n)s") % {"n": row.number}
                words = {"name": row.organ or nameless, "complaint": complaint}
                self.add_error(None, _("%(name)s: %(complaint)s") % words)


class AssignForm(OrgansMixin, StepForm):
    """The organs with their roles, and whether it is broad and hard."""

    wide = forms.BooleanField(label=_("Broad and hard to handle: six months"), required=False)
    why: Mapping[str, Words] = {
        "wide": _("The law gives broad and difficult matters six months instead of three."),
    }
    template = "suggestions/forms/_assign.html"

    def prepare(self) -> None:
        case = self.scene.case
        self.organ_rows = OrganRows(
            self.data if self.is_bound else None,
            congress=case.congress,
            on=self.scene.on,
            requests=self._requests(),
            office=case.office,
        )

    def _requests(self) -> list[RequestItem]:
        version = self.scene.case.versions.last()
        return list(version.requests.all()) if version else []

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.clean_organs()
        return said

    @property
    def asks(self) -> bool:
        return True

    @property
    def grows(self) -> bool:
        return bool(self.data.get("act") == MORE)


class CirculateForm(StepForm):
    """The organs that are to study it."""

    organs = forms.CharField(
        label=_("Organs"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    why: Mapping[str, Words] = {
        "organs": _("One name on each line, as in the list of organs."),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        congress, on = self.scene.case.congress, self.scene.on
        index = OrganIndex.of(congress, on=on)
        self.found: list[Organ] = []
        for name in filter(None, map(str.strip, said.get("organs", "").splitlines())):
            match = index.find(name)
            if match is None:
                words = {"name": name, "complaint": _("No organ of this congress is called so.")}
                self.add_error("organs", _("%(name)s: %(complaint)s") % words)
            else:
                self.found.append(match.organ)
        return said


class AssignManyForm(OrgansMixin):
    """The same organs for many suggestions."""

    wide = forms.BooleanField(label=_("Broad and hard to handle: six months"), required=False)

    def __init__(self, data: Any = None, *, congress: Congress, on: date) -> None:
        super().__init__(data)
        self.organ_rows = OrganRows(data, congress=congress, on=on)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.clean_organs()
        return said
