"""What a clerk fills in while importing a list: the file, its columns, what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.documents.workbooks import Column, Table
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Congress, Organ, Session
from huiyin.suggestions.forms.step import DayField
from huiyin.suggestions.importing.choices import NEW, Choices
from huiyin.suggestions.importing.fields import COLUMNS, Mapped
from huiyin.suggestions.importing.rows import as_text
from huiyin.suggestions.models import ImportKind
from huiyin.ui.forms import AskedForm

SAMPLES = 3
SAMPLE_LENGTH = 40
ACCEPTED = ".xlsx,.csv,.jsonl,.zip,.docx"


class UploadForm(AskedForm):
    """Which list, and what its rows are."""

    kind = forms.ChoiceField(
        label=_("What the rows are"),
        choices=ImportKind.choices,
        initial=ImportKind.SUGGESTIONS,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=p_("import", "File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        # An empty file is refused by the reader, in its own words.
        allow_empty_file=True,
        max_length=300,
    )
    why: Mapping[str, Words] = {
        "file": _(
            "A workbook (.xlsx), a CSV file (UTF-8 or GBK), JSON lines, or a .zip of .docx "
            "suggestions; at most 20 MB. Nothing is written before you have seen what it would do."
        ),
    }


class ReadForm(AskedForm):
    """Another worksheet, or another row of headings."""

    sheet = forms.ChoiceField(label=_("Worksheet"), required=False)
    header_row = forms.IntegerField(
        label=_("Row of the headings"), min_value=1, max_value=1000, required=False
    )

    def __init__(self, data: Any = None, *, table: Table) -> None:
        super().__init__(data, initial={"sheet": table.sheet, "header_row": table.header_row})
        sheet = self.fields["sheet"]
        if isinstance(sheet, forms.ChoiceField):
            sheet.choices = [(name, name) for name in table.sheets]
        if len(table.sheets) < 2:
            del self.fields["sheet"]
        if not table.header_row:
            del self.fields["header_row"]

    @property
    def asks(self) -> bool:
        return bool(self.fields)


class ColumnsForm(AskedForm):
    """One choice for each column: the field it fills, or nothing."""

    def __init__(self, data: Any = None, *, table: Table, mapped: Mapped, kind: str) -> None:
        initial = {_name(column): mapped.get(column.index, "") for column in table.columns}
        super().__init__(data, initial=initial)
        self.table = table
        choices: list[tuple[str, Any]] = [("", _("— not taken —"))]
        choices += [(spec.name, _starred(spec.label, spec.required)) for spec in COLUMNS[kind]]
        for column in table.columns:
            self.fields[_name(column)] = forms.ChoiceField(
                label=column.name, choices=choices, required=False
            )

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Each column with its first values and its choice."""
        return [
            {
                "heading": column.name,
                "letter": column.letter,
                "samples": samples(self.table, column),
                "field": self[_name(column)],
            }
            for column in self.table.columns
        ]

    @property
    def mapped(self) -> Mapped:
        chosen = {c.index: self.cleaned_data.get(_name(c), "") for c in self.table.columns}
        return {index: name for index, name in chosen.items() if name}


def _name(column: Column) -> str:
    return f"column_{column.index}"


def _starred(label: Words, required: bool) -> Words:  # noqa: FBT001 - unpacked from a table's row
    return f"{label} *" if required else label


def samples(table: Table, column: Column) -> list[str]:
    """Return the first values of a column, cut short."""
    said = (as_text(row.values[column.index]) for row in table.rows)
    found: list[str] = []
    for text in said:
        if text:
            found.append(text if len(text) <= SAMPLE_LENGTH else f"{text[:SAMPLE_LENGTH]}…")
        if len(found) == SAMPLES:
            break
    return found


class ChoicesForm(AskedForm):
    """How rows are taken that leave something open."""

    session = forms.ChoiceField(label=_("Session of rows that name none"), required=False)
    assigned_on = DayField(
        label=_("Day of assignment of rows that name an organ and no day"), required=False
    )
    new_sessions = forms.BooleanField(label=_("Open sessions that are not known"), required=False)
    new_deputies = forms.BooleanField(label=_("Enter deputies that are not known"), required=False)
    new_organs = forms.BooleanField(label=_("Enter organs that are not known"), required=False)
    why: Mapping[str, Words] = {
        "new_deputies": _("Better: import the list of deputies first, with card numbers."),
        "new_organs": _("Otherwise you choose for each name which organ is meant."),
    }

    def __init__(self, data: Any = None, *, congress: Congress, choices: Choices) -> None:
        super().__init__(
            data,
            initial={
                name: getattr(choices, name)
                for name in ("session", "assigned_on", "new_sessions", "new_deputies", "new_organs")
            },
        )
        self.before = choices
        sessions = Session.objects.filter(congress=congress).order_by("-opens_on", "-pk")
        field = self.fields["session"]
        if isinstance(field, forms.ChoiceField):
            offered = [(each.key, each.name) for each in sessions]
            field.choices = [("", _("— none: such rows are refused —")), *offered]

    @property
    def choices(self) -> Choices:
        """What was chosen, with the organs said before."""
        said = self.cleaned_data
        return Choices(
            session=said["session"],
            assigned_on=said["assigned_on"],
            new_sessions=said["new_sessions"],
            new_deputies=said["new_deputies"],
            new_organs=said["new_organs"],
            organs=self.before.organs,
        )


class OrgansForm(AskedForm):
    """What is meant by each name that no organ bears."""

    def __init__(
        self,
        data: Any = None,
        *,
        unknown: Mapping[str, Sequence[Organ]],
        congress_organs: Sequence[Organ],
    ) -> None:
        super().__init__(data)
        self.names = list(unknown)
        everybody = [(organ.key, organ.name) for organ in congress_organs]
        for place, (name, near) in enumerate(unknown.items()):
            choices: list[tuple[Any, Any]] = [
                ("", _("— not decided: its rows are refused —")),
                (NEW, _("Enter it as a new organ")),
            ]
            if near:
                choices.append((_("Written alike"), [(organ.key, organ.name) for organ in near]))
            choices.append((_("All organs"), everybody))
            self.fields[f"organ_{place}"] = forms.ChoiceField(
                label=name, choices=choices, required=False
            )

    @property
    def decided(self) -> dict[str, str]:
        said = {name: self.cleaned_data[f"organ_{n}"] for n, name in enumerate(self.names)}
        return {name: organ for name, organ in said.items() if organ}
