"""The questions of each step of a promise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ, Session
from huiyin.promises.models import Promise
from huiyin.promises.models.reviews import Progress
from huiyin.promises.services import Said
from huiyin.promises.services.acting import SOURCE, Shown
from huiyin.suggestions.forms.step import DayField, WrittenField, why_field
from huiyin.ui.days import plain_day
from huiyin.ui.forms import AskedForm

GROUPS = (("B", "B"), ("C", "C"))


class PromiseForm(AskedForm):
    """A step with nothing to fill in, and the base of those with questions.

    ``seen`` is the last step the page showed, so that a late one can be refused.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        promise: Promise,
        name: str,
        brought: dict[str, Any],
    ) -> None:
        super().__init__(data, files, initial={"seen": promise.last_seq}, auto_id=f"{name}_%s")
        self.promise, self.brought = promise, brought
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the promise."""

    @property
    def asks(self) -> bool:
        return bool(self.visible_fields())

    @property
    def said(self) -> Said:
        typed = {name: each for name, each in self.cleaned_data.items() if name != "seen"}
        sent = typed.pop("file", None)
        shown = Shown(file=sent, name=str(sent.name)) if sent else None
        return Said(why=typed.pop("reason", ""), shown=shown, **typed)

    def shown_again(self) -> None:
        """Keep what was typed, and let the next try speak of the promise as it is now."""
        posted: Any = self.data
        data = posted.copy()
        data["seen"] = str(self.promise.last_seq)
        self.data = data


class WhyForm(PromiseForm):
    reason = why_field()


class ProgressForm(PromiseForm):
    reason = why_field(label=_("What has been done since, what comes next"))


class PostponeForm(PromiseForm):
    until = DayField(label=_("New day by which"))
    reason = why_field(label=_("Why it takes longer"))

    def prepare(self) -> None:
        due_on: date | None = self.promise.due_on
        longest: date | None = self.brought["longest"]
        said: list[Words] = []
        if due_on:
            said.append(_("After %(date)s, when it is due now.") % {"date": plain_day(due_on)})
        if longest:
            said.append(_("The rules allow no day after %(date)s.") % {"date": plain_day(longest)})
        self.fields["until"].help_text = " ".join(map(str, said))


class ClaimDoneForm(PromiseForm):
    evidence = WrittenField(label=_("What has been done"), rows=4, max_length=4000)
    source = forms.CharField(
        label=_("Document, acceptance record or address"), max_length=SOURCE, required=False
    )
    file = forms.FileField(
        label=_("Picture or acceptance record as a file"),
        required=False,
        help_text=_("PDF, Word, Excel, OFD or a picture; at most 20 MB."),
    )
    examples = {
        "evidence": _("Both kindergartens completed on 30 August 2021, in use since 1 September."),
    }


class RateForm(PromiseForm):
    grade = forms.ChoiceField(
        label=_("Are you satisfied with how the promise is kept?"), widget=forms.RadioSelect
    )
    reason = why_field(label=_("Your reasons"), required=False)

    def prepare(self) -> None:
        language = get_language() or ""
        field = self.fields["grade"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (each.code, each.label.said_in(language))
                for each in self.brought["rules"].feedback.scale.grades
            ]


class CarryForm(PromiseForm):
    organ = forms.ModelChoiceField(Organ.objects.none(), label=_("Organ that took over"))
    reason = why_field(label=_("By which decision"))

    def prepare(self) -> None:
        field = self.fields["organ"]
        if isinstance(field, forms.ModelChoiceField):
            living = Organ.objects.filter(congress=self.promise.congress_id, until__isnull=True)
            field.queryset = living.exclude(pk=self.promise.organ_id)


FORMS: dict[str, type[PromiseForm]] = {
    "progress": ProgressForm,
    "postpone": PostponeForm,
    "claim_done": ClaimDoneForm,
    "rate": RateForm,
    "carry": CarryForm,
    **dict.fromkeys(("explain", "send_back", "refuse", "release", "reopen"), WhyForm),
}


class LookBackForm(AskedForm):
    """A campaign: of which session, which classes, by whose decision, until when."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("Session looked back at"))
    groups = forms.MultipleChoiceField(
        label=_("Classes looked back at"), choices=GROUPS, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    basis = forms.CharField(label=_("Decided by"), max_length=200)
    answer_by = DayField(label=_("Answers by"))

    def __init__(self, data: Any = None, *, congress: int, on: date, **rest: Any) -> None:
        super().__init__(data, **rest)
        field = self.fields["session"]
        if isinstance(field, forms.ModelChoiceField):
            own = Session.objects.filter(congress=congress, opens_on__lte=on)
            field.queryset = own.order_by("-opens_on", "-pk")


class LookBackAnswerForm(AskedForm):
    progress = forms.ChoiceField(
        label=_("How it stands now"), choices=Progress.choices, widget=forms.RadioSelect
    )
    text = WrittenField(label=_("The latest, for the deputy"), rows=5, max_length=8000)
