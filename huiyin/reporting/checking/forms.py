"""What somebody pastes or sends to have it checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.reporting.checking.pasted import MOST_CHARACTERS
from huiyin.ui.forms import AskedForm

ACCEPTED = ".xlsx,.csv,.tsv,.txt,.md,.json"


class CheckForm(AskedForm):
    """A text or a file; nothing of it is kept."""

    text = forms.CharField(
        label=_("The table, or the sentences with its figures"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        max_length=300,
        required=False,
    )
    selection = forms.BooleanField(
        label=_("The rows are a selection, or overlap: they need not make the whole"),
        required=False,
    )
    why: Mapping[str, Words] = {
        "text": _(
            "Copy it from a page, a document or a workbook: a label and numbers in each line. "
            "Whole sentences of a report are read too."
        ),
        "file": _(
            "A workbook (.xlsx), a CSV file, a text, or reports as JSON; at most 20 MB. It is "
            "read and not kept."
        ),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("file") and (said.get("text") or "").strip():
            raise forms.ValidationError(_("Give a text or a file, not both."))
        if not said.get("file") and not (said.get("text") or "").strip():
            raise forms.ValidationError(_("Paste a table, or choose a file."))
        return said
