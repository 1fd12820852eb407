"""The questions of the rules pages: one value, a pack, and on what ground."""

from __future__ import annotations

from abc import ABC, abstractmethod
from calendar import monthrange
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import Citation, MonthDay, Period, Unit
from huiyin.rulebook.controls import Control, choices, control, optional
from huiyin.rulebook.load import PACKS, available
from huiyin.rulebook.pack import read_pack
from huiyin.rulebook.parameters import PARAMETERS
from huiyin.rulebook.values import LONGEST, written
from huiyin.rulebook.wording import label
from huiyin.rulebook.wording import said as in_words
from huiyin.suggestions.forms.step import DayField, NeededLater, why_field
from huiyin.ui.forms import AskedForm

# What a choice is called that leaves a matter open; packs write it so too.
NONE = "none"
OWN, PACK = "own", "pack"
YES, NO = "yes", "no"


class _Origin(NeededLater, forms.ChoiceField):
    """Sent again, a form made before there was a value of one's own does not hold it."""


class _Count(NeededLater, forms.IntegerField):
    """Needed with a unit, and left empty where the matter stays open."""


class GroundsForm(AskedForm):
    """From when, by whom decided, on what ground. ``follows`` is the choice the page was made
    from."""

    why = {
        "valid_from": _(
            "It applies to suggestions submitted from this day on. What has been submitted before "
            "keeps the rules it was submitted under."
        ),
        "basis": _("The document with its number, or the reason in a sentence."),
    }
    examples = {
        "decided_by": _("the meeting of chairpersons of the standing committee"),
    }

    follows = forms.CharField(widget=forms.HiddenInput, required=False, max_length=22)
    valid_from = DayField(label=_("Applies from"))
    decided_by = forms.CharField(label=_("Decided by"), max_length=80)
    decided_on = DayField(label=_("Decided on"))
    basis = forms.CharField(label=_("Basis"), max_length=200)

    @property
    def grounds(self) -> dict[str, Any]:
        """What a choice of rules needs besides the rules."""
        names = ("valid_from", "decided_by", "decided_on", "basis", "follows")
        return {name: self.cleaned_data[name] for name in names}


class ValueForm(GroundsForm):
    """One parameter, asked for by its kind. ``origin``: a value of one's own, or the pack's.

    ``citation`` is the value the change starts from, ``pack_value`` what the pack itself says.
    """

    def __init__(
        self, data: Any = None, *, citation: Citation, pack_value: object, **rest: Any
    ) -> None:
        super().__init__(data, **rest)
        self.parameter = PARAMETERS[citation.key]
        self.is_own = bool(citation.origin not in available())
        if self.is_own:
            said = in_words(pack_value).said_in(_language())
            own = pgettext_lazy("origin of a rule", "A value of our own")
            self.fields["origin"] = _Origin(
                label=pgettext_lazy("origin of a rule", "Whose value"),
                choices=[(OWN, own), (PACK, _("The pack's: %(value)s") % {"value": said})],
                widget=forms.RadioSelect,
                initial=OWN,
            )
        self._asked = _ASKED[control(self.parameter)]
        self.fields.update(self._asked.fields(citation))
        first = ["origin", *self._asked.names]
        self.order_fields([*first, *GroundsForm.base_fields])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, fault in self._asked.faults(said).items():
            self.add_error(name, str(fault))
        return said

    @property
    def takes_pack_value(self) -> bool:
        return self.cleaned_data.get("origin") == PACK

    @property
    def value(self) -> object:
        """The value as a decision writes it."""
        return self._asked.written(self.cleaned_data)


class PackForm(GroundsForm):
    """Which pack is followed, and whether one's own values stay."""

    pack = forms.ChoiceField(label=_("Rule pack"), widget=forms.RadioSelect)
    keep = forms.BooleanField(label=_("Keep the values of our own"), required=False, initial=True)

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        titles = {name: read_pack(PACKS / f"{name}.toml").title for name in available()}
        field = self.fields["pack"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(name, title.said_in(_language())) for name, title in titles.items()]
        self.order_fields(["pack", "keep", *GroundsForm.base_fields])


class ApplyForm(AskedForm):
    """Why open cases follow the rules in force. ``mark`` names the list that was shown."""

    why = {"reason": _("Everybody who holds one of these cases reads it.")}

    mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    reason = why_field()


# --- By what a value is asked for


class _Asked(ABC):
    """The fields for one kind of value, and what they say together."""

    names: tuple[str, ...] = ("value",)

    @abstractmethod
    def fields(self, citation: Citation) -> dict[str, forms.Field]:
        """The fields, by name."""

    def faults(
        self,
        said: dict[str, Any],  # noqa: ARG002 - asked by kinds of several fields
    ) -> dict[str, Words]:
        """What the fields cannot say together, by field."""
        return {}

    def written(self, said: dict[str, Any]) -> object:
        return said["value"]


class _Length(_Asked):
    names = ("count", "unit")

    def fields(self, citation: Citation) -> dict[str, forms.Field]:
        now = citation.value if isinstance(citation.value, Period) else None
        units: list[tuple[str, Words]] = [
            (unit.value, in_words(unit).said_in(_language())) for unit in Unit
        ]
        if optional(PARAMETERS[citation.key]):
            units.append((NONE, in_words(None).said_in(_language())))
        return {
            "count": _Count(
                label=label(citation.key).said_in(_language()),
                min_value=1,
                max_value=9999,
                initial=now.count if now else None,
            ),
            "unit": forms.ChoiceField(
                label=_("Unit"), choices=units, initial=now.unit.value if now else NONE
            ),
        }

    def faults(self, said: dict[str, Any]) -> dict[str, Words]:
        unit, count = said.get("unit", NONE), said.get("count")
        if unit == NONE:
            return {}
        if not count:
            return {"count": _("Say how many.")}
        most = LONGEST[Unit(unit)]
        return {"count": _("At most %(most)s.") % {"most": most}} if count > most else {}

    def written(self, said: dict[str, Any]) -> object:
        if said["unit"] == NONE:
            return NONE
        return f"{said['count']} {said['unit'].replace('_', ' ')}"


class _YesNo(_Asked):
    def fields(self, citation: Citation) -> dict[str, forms.Field]:
        named = [(YES, in_words(True)), (NO, in_words(False))]  # noqa: FBT003 - the value itself
        return {
            "value": forms.ChoiceField(
                label=label(citation.key).said_in(_language()),
                choices=[(code, words.said_in(_language())) for code, words in named],
                widget=forms.RadioSelect,
                initial=YES if citation.value else NO,
            )
        }

    def written(self, said: dict[str, Any]) -> object:
        return said["value"] == YES


class _Number(_Asked):
    def fields(self, citation: Citation) -> dict[str, forms.Field]:
        among = [each for each in PARAMETERS[citation.key].among if isinstance(each, int)]
        return {
            "value": forms.IntegerField(
                label=label(citation.key).said_in(_language()),
                min_value=min(among, default=None),
                max_value=max(among, default=None),
                initial=citation.value,
            )
        }


class _DayOfYear(_Asked):
    names = ("month", "day")

    def fields(self, citation: Citation) -> dict[str, forms.Field]:
        now = citation.value if isinstance(citation.value, MonthDay) else None
        none = (NONE, in_words(None).said_in(_language()))
        return {
            "month": forms.ChoiceField(
                label=_("Month"),
                choices=[*[(str(each), str(each)) for each in range(1, 13)], none],
                initial=str(now.month) if now else NONE,
            ),
            "day": _Count(
                label=pgettext_lazy("of a month", "Day"),
                min_value=1,
                max_value=31,
                initial=now.day if now else None,
            ),
        }

    def faults(self, said: dict[str, Any]) -> dict[str, Words]:
        month, day = said.get("month", NONE), said.get("day")
        if month == NONE:
            return {}
        # A common year: the day has to come every year.
        longest = monthrange(2023, int(month))[1]
        return {} if day and day <= longest else {"day": _("The month has no such day.")}

    def written(self, said: dict[str, Any]) -> object:
        if said["month"] == NONE:
            return NONE
        return f"{int(said['month']):02}-{said['day']:02}"


class _One(_Asked):
    def fields(self, citation: Citation) -> dict[str, forms.Field]:
        return {
            "value": forms.ChoiceField(
                label=label(citation.key).said_in(_language()),
                choices=_named(citation.key),
                widget=forms.RadioSelect,
                initial=written(citation.value),
            )
        }


class _Several(_Asked):
    def fields(self, citation: Citation) -> dict[str, forms.Field]:
        return {
            "value": forms.MultipleChoiceField(
                label=label(citation.key).said_in(_language()),
                choices=_named(citation.key),
                widget=forms.CheckboxSelectMultiple,
                initial=written(citation.value),
            )
        }


_ASKED: dict[Control, _Asked] = {
    Control.PERIOD: _Length(),
    Control.YES_NO: _YesNo(),
    Control.NUMBER: _Number(),
    Control.MONTH_DAY: _DayOfYear(),
    Control.ONE: _One(),
    Control.SEVERAL: _Several(),
}


def _named(key: str) -> list[tuple[str, str]]:
    return [
        (code, in_words(value).said_in(_language()))
        for code, value in choices(PARAMETERS[key]).items()
    ]


def _language() -> str:
    return get_language() or ""
