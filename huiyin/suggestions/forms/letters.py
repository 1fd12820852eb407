"""Which letters are to be written in one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.organisations.models import Congress, Session
from huiyin.suggestions.letters.kinds import Ending, LetterKind
from huiyin.ui.forms import AskedForm


class LettersForm(AskedForm):
    """Session, kind of letter, kinds of file."""

    session = forms.ChoiceField(label=_("Session"))
    kind = forms.ChoiceField(label=_("Letter"), choices=LetterKind.choices)
    endings = forms.MultipleChoiceField(
        label=_("Kinds of file"), choices=Ending.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, congress: Congress, **rest: Any) -> None:
        super().__init__(data, **rest)
        rows = Session.objects.filter(congress=congress).order_by("-opens_on", "-pk")
        self.sessions = {each.key: each for each in rows}
        choice = self.fields["session"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(key, each.name) for key, each in self.sessions.items()]

    @property
    def chosen(self) -> Session:
        return self.sessions[self.cleaned_data["session"]]

    @property
    def wanted(self) -> tuple[Ending, ...]:
        return tuple(map(Ending, self.cleaned_data["endings"]))
