"""What is asked about reports and figures of earlier years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Session
from huiyin.reporting.models import ReportKind
from huiyin.reporting.reports.outlines import OUTLINES
from huiyin.reporting.reports.rules import begins
from huiyin.reporting.reports.services import TEXT_LIMIT, Entered, Occasion
from huiyin.suggestions.forms.step import DayField, WrittenField
from huiyin.suggestions.selectors import current_session, sessions_of
from huiyin.ui.forms import AskedForm


def kinds_of(actor: Actor) -> list[tuple[str, Words]]:
    """The kinds that are begun in this post."""
    return [
        (kind, ReportKind(kind).label)
        for kind, outline in OUTLINES.items()
        if begins(actor, outline.makers)
    ]


class NewReportForm(AskedForm):
    """A report to be begun: which, of which session and day, before which meeting."""

    kind = forms.ChoiceField(label=p_("report", "Kind of report"))
    session = forms.ChoiceField(label=_("Session"))
    as_of = DayField(label=_("Figures as of"))
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    addressee = forms.CharField(label=_("Addressed to"), max_length=80, required=False)
    meeting = forms.CharField(label=_("Laid before"), max_length=120, required=False)
    agenda_item = forms.CharField(label=_("Agenda item"), max_length=80, required=False)
    meeting_on = DayField(label=_("Day of the meeting"), required=False)
    theme = forms.CharField(label=_("Theme"), max_length=80, required=False)

    why: Mapping[str, Words] = {
        "as_of": _("Every number of the report is counted as of this day."),
        "title": _("Left empty, it is called as reports of this kind are."),
        "meeting_on": _("Left empty, the report bears the day of its figures."),
        "theme": _("For a booklet of ideas alone: suggestions that speak of this are chosen."),
    }
    examples: Mapping[str, Words] = {
        "meeting": "省十三届人大常委会第66次主任会议",
        "agenda_item": "议题十七汇报材料",
    }

    def __init__(self, data: Any = None, *, actor: Actor, on: date, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.actor = actor
        current = current_session(actor.congress, on=on)
        self.sessions: dict[str, Session] = {
            each.key: each
            for each in sessions_of(actor)
            if each.opens_on is None or each.opens_on <= on
        }
        self._offer("kind", kinds_of(actor))
        self._offer("session", [(key, each.name) for key, each in self.sessions.items()])
        self.initial.setdefault("as_of", on)
        if current is not None:
            self.initial.setdefault("session", current.key)

    def _offer(self, name: str, choices: list[tuple[str, Words]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def begun(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        session, outline = self.sessions[given["session"]], OUTLINES[given["kind"]]
        names = {
            "year": (session.opens_on or given["as_of"]).year,
            "month": given["as_of"].month,
            "place": self.actor.congress.short_name,
            "session": session.name,
            "organ": self.actor.post.organ.name if self.actor.post.organ else "",
            "theme": given["theme"],
        }
        return {
            "kind": given["kind"],
            "session": session,
            "as_of": given["as_of"],
            "theme": given["theme"],
            "occasion": Occasion(
                title=given["title"] or outline.title.format(**names),
                addressee=given["addressee"] or outline.addressee.format(**names),
                meeting=given["meeting"],
                agenda_item=given["agenda_item"],
                meeting_on=given["meeting_on"],
            ),
        }


class TextForm(AskedForm):
    """One text of a report. ``seen`` is the number of the text that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = WrittenField(label=_("Text"), rows=10, max_length=TEXT_LIMIT, required=False)

    why: Mapping[str, Words] = {
        "text": _(
            "What stands in braces is a figure: it is counted, not written. Move it or take it"
            " out; words in [[double brackets]] are left out where a figure of theirs is unknown."
        ),
    }


class IssueForm(AskedForm):
    """Issuing a report."""

    number = forms.CharField(label=_("Document number"), max_length=80, required=False)


class EarlierForm(AskedForm):
    """A figure of a year that is not in this system."""

    code = forms.CharField(label=_("Number of the figure"), max_length=24)
    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=2100)
    printed = forms.CharField(label=_("Figure as printed"), max_length=16)
    base = forms.CharField(label=_("Counted over"), max_length=200)
    same_base = forms.BooleanField(label=_("It is counted over the same as here"), required=False)
    source = forms.CharField(label=_("Paper it stands in"), max_length=200)
    page = forms.CharField(label=_("Page"), max_length=40, required=False)

    why: Mapping[str, Words] = {
        "code": _("As it stands in the notes of a report."),
        "same_base": _("If not, every comparison says so."),
    }
    examples: Mapping[str, Words] = {"code": "R131", "printed": "68.4"}

    @property
    def entered(self) -> Entered:
        names = ("code", "year", "printed", "base", "same_base", "source", "page")
        return Entered(**{name: self.cleaned_data[name] for name in names})
