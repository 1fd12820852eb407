"""The questions nearly every step asks: its day, the paper it rests on, and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.organisations.selectors import OrganIndex
from huiyin.suggestions.forms.step import TEXT_LIMIT, DayField, WrittenField
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.selectors import visible_to
from huiyin.supervision.models import PaperClause
from huiyin.supervision.records import papers_for
from huiyin.supervision.services import Said
from huiyin.ui.forms import AskedForm

BETWEEN = re.compile(r"[、,，;；\s]+")
# How many clauses a form offers: those of the last years' papers.
CLAUSES = 200
LINES = re.compile(r"[;；\n]+")


class RoomForm(AskedForm):
    """A form of this room: who fills it in, about what, on which day."""

    def __init__(
        self,
        data: Any = None,
        *,
        actor: Actor,
        on: date,
        case: Any = None,
        name: str = "new",
        **rest: Any,
    ) -> None:
        super().__init__(data, auto_id=f"{name}_%s", **rest)
        self.actor, self.today, self.case = actor, on, case
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and first values."""

    def offer(self, name: str, choices: Iterable[tuple[str, Words]], *, empty: Words = "") -> None:
        """Give a choice field its choices, an empty one first when it is asked for."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            first: list[tuple[str, Words]] = [("", empty)] if empty else []
            field.choices = [*first, *choices]

    def offer_clauses(self, name: str) -> None:
        """Give a field the clauses that may be cited, the latest paper's first."""
        rows = PaperClause.objects.filter(paper__in=papers_for(self.actor).values("pk"))
        rows = rows.select_related("paper").order_by("-paper__issued_on", "-paper", "position")
        self.citable = {each.key: each for each in rows[:CLAUSES]}
        shown = [(key, f"{each.name}　{each.text[:30]}") for key, each in self.citable.items()]
        self.offer(name, shown, empty=_("none"))

    @property
    def clause_cited(self) -> PaperClause | None:
        return self.citable.get(self.cleaned_data.get("clause", ""))

    def organ_named(self, name: str) -> Organ | None:
        """The organ a field names. Raises ``ValidationError`` for a name nobody bears."""
        if not name.strip():
            return None
        match = OrganIndex.of(self.actor.congress, on=self.today).find(name.strip())
        if match is None:
            raise forms.ValidationError(
                _("No organ of this congress is called “%(name)s”.") % {"name": name.strip()}
            )
        return match.organ

    def organs_named(self, said: str) -> list[Organ]:
        """The organs of a list of names, one to a line."""
        names = [each for each in LINES.split(said.replace("、", "\n")) if each.strip()]
        found = [self.organ_named(each) for each in names]
        return [each for each in found if each is not None]

    def cases_named(self, said: str, *, session: Any = None) -> list[Suggestion]:
        """The suggestions these numbers mean, of one session and within his sight."""
        numbers = [each for each in BETWEEN.split(said) if each]
        rows = visible_to(self.actor).filter(number__in=numbers)
        if session is not None:
            rows = rows.filter(session=session)
        found = {str(case.number): case for case in rows.order_by("session__opens_on", "pk")}
        if missing := [each for each in numbers if each not in found]:
            raise forms.ValidationError(
                _("No suggestion with this number: %(numbers)s.") % {"numbers": "、".join(missing)}
            )
        return [found[each] for each in dict.fromkeys(numbers)]


class SaidForm(RoomForm):
    """Day, paper, words; a form takes away what it does not ask."""

    on = DayField(label=_("Day"))
    number = forms.CharField(label=_("Document or minutes"), max_length=80, required=False)
    text = WrittenField(label=_("What is said"), rows=4, max_length=TEXT_LIMIT, required=False)

    not_asked: ClassVar[tuple[str, ...]] = ()
    needed: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[Mapping[str, Words]] = {}

    def prepare(self) -> None:
        self.initial.setdefault("on", self.today)
        for name in self.not_asked:
            self.fields.pop(name, None)
        for name in self.needed:
            self.fields[name].required = True
        for name, label in self.labels.items():
            self.fields[name].label = label  # type: ignore[assignment]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    @property
    def said(self) -> Said:
        """What the services take."""
        given = self.cleaned_data
        return Said(
            on=given.get("on") or self.today,
            number=given.get("number", ""),
            text=given.get("text", ""),
        )
