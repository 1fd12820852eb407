"""Where a scan belongs that its code has brought nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Assembly, Congress, Session
from huiyin.suggestions.forms.step import WrittenField
from huiyin.ui.forms import AskedForm


class PlaceForm(AskedForm):
    """The suggestion by its session and number, as the paper bears them."""

    session = forms.ChoiceField(label=_("Session"))
    number = forms.CharField(label=_("Number of the suggestion"), max_length=20)
    why: Mapping[str, Words] = {"number": _("As it is printed on the paper.")}

    def __init__(self, data: Any = None, *, congress: Congress, **rest: Any) -> None:
        super().__init__(data, **rest)
        rows = Session.objects.filter(congress=congress, assembly=Assembly.CONGRESS)
        choice = self.fields["session"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(each.key, each.name) for each in rows.order_by("-opens_on", "-pk")]


class AsideForm(AskedForm):
    """Why it belongs to no suggestion."""

    why_aside = WrittenField(label=_("Why it belongs to none"), rows=2, max_length=500)
