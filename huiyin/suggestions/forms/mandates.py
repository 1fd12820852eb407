"""Entering an article of an organ's mandate, and ending one."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.forms.step import DayField, WrittenField
from huiyin.ui.forms import AskedForm


class ClauseForm(AskedForm):
    """One article as its document has it."""

    source = forms.CharField(label=_("Document"), max_length=120)
    article = forms.CharField(label=_("Article"), max_length=40)
    text = WrittenField(label=_("Text of the article"), rows=4, max_length=2000)
    since = DayField(label=_("Holds from"))
    until = DayField(label=_("Holds until"), required=False)
    why: Mapping[str, Words] = {
        "text": _("Word for word: applications to return a suggestion quote it."),
        "until": _("Only where it has ended already."),
    }
    examples: Mapping[str, Words] = {
        "source": _("Provisions on functions, structure and staffing of the department"),
        "article": _("Article 3 (2)"),
    }


class EndForm(AskedForm):
    """The last day on which an article was in force."""

    until = DayField(label=_("Last day in force"))
