"""The decision on organs as it is asked for, and where each part and post goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.matching import How
from huiyin.organisations.models import Congress, Organ, ReformKind, System
from huiyin.organisations.selectors import OrganIndex
from huiyin.organisations.services import Decision
from huiyin.suggestions.forms.step import DayField
from huiyin.suggestions.reforms import Chosen
from huiyin.ui.forms import AskedForm

PART, DIVISION, POST = "part_", "division_", "post_"
NAME_LIMIT = 80
LINES = 2000
# By these a name means the organ itself, and not one that came before it.
ITSELF = (How.NAME, How.SHORT_NAME, How.SPELLING)


class ReformForm(AskedForm):
    """What has been decided, by whom, on what ground, from when."""

    kind = forms.ChoiceField(
        label=_("What is done"),
        choices=[
            (ReformKind.RENAME.value, _("Rename: the same organ bears another name")),
            (ReformKind.MERGE.value, _("Merge: several become one, or one goes into another")),
            (ReformKind.SPLIT.value, _("Split: its work goes to several")),
            (ReformKind.ABOLISH.value, _("Abolish: another takes over")),
        ],
        widget=forms.RadioSelect,
    )
    organs = forms.CharField(
        label=_("Organs now"), max_length=LINES, widget=forms.Textarea(attrs={"rows": 3})
    )
    heirs = forms.CharField(
        label=_("Organs afterwards"),
        max_length=LINES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    system = forms.ChoiceField(
        label=_("System of new organs"),
        required=False,
        choices=[("", _("The same as before")), *System.choices],
    )
    on = DayField(label=_("In force from"))
    document_no = forms.CharField(label=_("Document number"), max_length=60)
    decided_by = forms.CharField(label=_("Decided by"), max_length=80)
    mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    why: Mapping[str, Words] = {
        "organs": _("One name on each line, as in the list of organs."),
        "heirs": _(
            "One name on each line. A name that is in the list is that organ; any other is entered "
            "as a new one. An organ that goes on beside what is split off it is named here too."
        ),
        "on": _("The first day of the new order; the day before is the last of the old one."),
    }
    examples: Mapping[str, Words] = {
        "decided_by": _("the organisation committee of the province"),
    }

    def __init__(self, data: Any = None, *, congress: Congress, today: date, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.congress, self.today = congress, today

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        index = OrganIndex.of(self.congress, on=self.today)
        self.found: list[Organ] = []
        for name in _lines(said.get("organs", "")):
            match = index.find(name)
            if match is None:
                self._unknown("organs", name)
            else:
                self.found.append(match.organ)
        self.names = [self._heir(index, name) for name in _lines(said.get("heirs", ""))]
        return said

    def _heir(self, index: OrganIndex, name: str) -> str:
        match = index.find(name)
        if match is not None and match.how in ITSELF:
            return match.organ.name
        if len(name) > NAME_LIMIT:
            words = {"name": name, "n": NAME_LIMIT}
            self.add_error("heirs", _("%(name)s: at most %(n)s characters.") % words)
        return name

    def _unknown(self, field: str, name: str) -> None:
        words = {"name": name, "complaint": _("No organ of this congress is called so.")}
        self.add_error(field, _("%(name)s: %(complaint)s") % words)

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(
            kind=said["kind"],
            organs=self.found,
            heirs=self.names,
            on=said["on"],
            document_no=said["document_no"],
            decided_by=said["decided_by"],
            system=said["system"],
        )

    @property
    def chosen(self) -> Chosen:
        """Where the clerk lets parts, divisions and posts go; what is not chosen is left out."""

        def under(prefix: str) -> dict[str, str]:
            return {
                name.removeprefix(prefix): str(self.data[name])
                for name in self.data
                if name.startswith(prefix) and self.data[name]
            }

        return Chosen(parts=under(PART), divisions=under(DIVISION), posts=under(POST))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
