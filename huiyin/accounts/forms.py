"""The shape of what is typed on the account pages. What it means, the services decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.accounts.models import Density, Language, Role, Theme
from huiyin.kernel.errors import DomainError
from huiyin.organisations import selectors as organisations
from huiyin.organisations.models import Congress, Delegation, ElectingUnit, Organ

_LONGEST_PASSWORD = 200
Place = TypeVar("Place", Organ, Delegation, ElectingUnit)


class AccountForm(forms.Form):
    """A form that can show what a service refused."""

    why: ClassVar[Mapping[str, Any]] = {}
    examples: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        # The browser's own bubbles speak its language, not the reader's.
        self.use_required_attribute = False

    def refuse(self, error: DomainError) -> None:
        """Take over a refusal: beside its fields where there are such, else above the form."""
        for name, complaints in error.fields.items():
            for complaint in complaints:
                self.add_error(name if name in self.fields else None, str(complaint))
        if not error.fields.keys() & self.fields.keys():
            said = f"{error} {error.remedy}" if error.remedy else str(error)
            self.add_error(None, said)


def _password(label: Any, *, autocomplete: str) -> forms.CharField:
    """Pasting is welcome and managers are told what the field is; blanks at the ends count."""
    return forms.CharField(
        label=label,
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class SignInForm(AccountForm):
    login = forms.CharField(
        label=_("Login name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Password"), autocomplete="current-password")


class ActivationForm(AccountForm):
    why: ClassVar[Mapping[str, Any]] = {
        "code": _("Your clerk has handed it to you on paper. It works once, within 72 hours."),
        "login": _("Leave it empty to keep the one you have."),
        "password": _("At least ten characters. A sentence of your own is easy to remember."),
    }

    code = forms.CharField(
        label=_("Activation code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
    login = forms.CharField(
        label=_("Login name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = _password(_("New password"), autocomplete="new-password")


class PasswordForm(AccountForm):
    why: ClassVar[Mapping[str, Any]] = {
        "new": _("At least ten characters. A sentence of your own is easy to remember."),
    }

    old = _password(_("Present password"), autocomplete="current-password")
    new = _password(_("New password"), autocomplete="new-password")


class PreferencesForm(AccountForm):
    """Every field may be missing: the menu in the frame sends one at a time.

    ``whole``: the page that shows all of them, none of which is left out.
    """

    language = forms.ChoiceField(label=_("Language"), choices=Language, required=False)
    large_type = forms.TypedChoiceField(
        label=_("Type size"),
        choices=[
            ("0", pgettext_lazy("type size", "Ordinary")),
            ("1", pgettext_lazy("type size", "Large")),
        ],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme, required=False)
    density = forms.ChoiceField(label=_("Lists"), choices=Density, required=False)

    def __init__(self, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = whole

    def chosen(self) -> dict[str, Any]:
        """What was sent, without the fields that were not."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.data and value not in ("", None)
        }


class PersonForm(AccountForm):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    phone = forms.CharField(
        label=pgettext_lazy("person", "Telephone"), max_length=30, required=False
    )
    email = forms.EmailField(label=_("E-mail"), required=False)


def _choice(label: Any, model: type[Place]) -> forms.ModelChoiceField[Place]:
    """One of the congress's rows, by key; the form narrows them down to those."""
    return forms.ModelChoiceField(
        model._default_manager.none(), label=label, required=False, to_field_name="key"
    )


class PostForm(AccountForm):
    """A post of this congress. Which places a role needs, the service says."""

    why: ClassVar[Mapping[str, Any]] = {
        "organ": _("For liaisons, handlers, checkers, heads and committee staff."),
        "delegation": _("For deputies: the delegation, the electing unit, or both."),
        "since": _("The first day on which the post may be used."),
    }

    role = forms.ChoiceField(label=_("Role"), choices=Role)
    organ = _choice(_("Organ"), Organ)
    delegation = _choice(_("Delegation"), Delegation)
    electing_unit = _choice(pgettext_lazy("electing unit", "Electing unit"), ElectingUnit)
    card_no = forms.CharField(label=_("Deputy card number"), max_length=20, required=False)
    since = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, congress: Congress, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = on
        self.term = organisations.term_on(congress, on=on)
        self._narrow("organ", organisations.organs(congress, on=on))
        self._narrow("delegation", organisations.delegations(congress, on=on))
        self._narrow("electing_unit", ElectingUnit.objects.filter(congress=congress))

    def _narrow(self, name: str, rows: QuerySet[Any]) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def place(self) -> dict[str, Any]:
        """What the service wants to know: only a mandate belongs to a term."""
        mandate = self.cleaned_data["role"] == Role.DEPUTY
        return {**self.cleaned_data, "term": self.term if mandate else None}


class ReasonForm(AccountForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
