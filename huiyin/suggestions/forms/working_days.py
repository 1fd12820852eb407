"""What a clerk sends to load a notice on days off."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.errors import Words
from huiyin.ui.forms import AskedForm

# A notice of a year has about a thousand characters.
LONGEST = 20_000


class NoticeForm(AskedForm):
    """The file of a notice."""

    file = forms.FileField(
        label=p_("calendar", "File of the notice"),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        allow_empty_file=True,
        max_length=300,
    )
    why: Mapping[str, Words] = {
        "file": _(
            "A .toml file in the form of those that come with the program. You see every date it "
            "would change before anything is written."
        ),
    }


class ConfirmForm(forms.Form):
    """The same text once more, as it was shown; it is read again before it is loaded."""

    name = forms.CharField(max_length=300)
    text = forms.CharField(max_length=LONGEST, strip=False)
