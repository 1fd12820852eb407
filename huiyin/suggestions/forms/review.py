"""What the congress office and those who review with it fill in before assignment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.organisations.models import Organ
from huiyin.organisations.selectors import organs
from huiyin.rulebook import Reason
from huiyin.suggestions.forms.step import StepForm, WrittenField, why_field
from huiyin.suggestions.models import Category, NumberSeries, Suggestion
from huiyin.suggestions.models.review import Opinion, ReviewPart
from huiyin.suggestions.texts import SITUATION_LIMIT, TITLE_LIMIT

NUMBER_LIMIT = 20
COMMITTEE = "committee:"


def reasons(among: Iterable[Reason]) -> list[tuple[str, Words]]:
    """Review reasons as choices, in the reader's language."""
    language = get_language() or ""
    return [(reason.code, reason.label.said_in(language)) for reason in among]


class AskReviewForm(StepForm):
    """Whom the office asks to review with it."""

    party = forms.ChoiceField(label=_("Whom to ask"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        case = self.scene.case
        asked = case.review_parts
        parties: list[tuple[str, Words]] = []
        office = ReviewPart.GOVERNMENT_OFFICE
        if (office, None) not in asked:
            parties.append((office.value, office.label))
        self.committees = {
            committee.key: committee
            for committee in organs(case.congress, on=self.scene.on).filter(is_committee=True)
            if (ReviewPart.COMMITTEE, committee.pk) not in asked
        }
        parties += [(COMMITTEE + key, each.name) for key, each in self.committees.items()]
        self.choose("party", parties)

    @property
    def part(self) -> tuple[str, Organ | None]:
        chosen = self.cleaned_data["party"]
        if chosen.startswith(COMMITTEE):
            return ReviewPart.COMMITTEE, self.committees[chosen.removeprefix(COMMITTEE)]
        return ReviewPart.GOVERNMENT_OFFICE, None


class VerdictForm(StepForm):
    """What an asked party thinks should be done."""

    opinion = forms.ChoiceField(
        label=_("Verdict"), choices=Opinion.choices, widget=forms.RadioSelect
    )
    reason_code = forms.ChoiceField(label=_("Kind of reason"), required=False)
    note = why_field(label=_("Grounds"), required=False)

    def prepare(self) -> None:
        allowed = reasons(self.scene.ruling.rules.review.reasons)
        self.choose("reason_code", allowed, empty=_("None"))


class RegisterForm(StepForm):
    """Category, and the number when the paper bears one already."""

    category = forms.ChoiceField(label=_("Category"))
    number = forms.CharField(label=_("Number"), max_length=NUMBER_LIMIT, required=False)

    def prepare(self) -> None:
        self.choose("category", list(Category.choices), empty=_("Choose…"))
        number = self.fields["number"]
        number.help_text = _("Left empty, it is given the next one: No. %(number)s.") % {
            "number": next_number(self.scene.case)
        }


def next_number(case: Suggestion) -> int:
    """The number that would be given now; another clerk may take it first."""
    given = NumberSeries.objects.filter(session=case.session_id).values_list("last", flat=True)
    return (given.first() or 0) + 1


class ReasonedForm(StepForm):
    """A kind of reason the rules know, and words for the deputy."""

    reason_code = forms.ChoiceField(label=_("Kind of reason"))
    reason = why_field(label=_("What to tell the deputy"))

    def among(self) -> Iterable[Reason]:
        """The reasons to choose from."""
        return self.scene.ruling.rules.review.reasons

    def prepare(self) -> None:
        self.choose("reason_code", reasons(self.among()), empty=_("Choose…"))


class RefuseForm(ReasonedForm):
    """Only what the rules bar is refused; a fault of wording is returned for revision."""

    def among(self) -> Iterable[Reason]:
        return [reason for reason in super().among() if reason.barred]


class WhyForm(StepForm):
    """A step that only needs its reason."""

    reason = why_field()


class WordingForm(StepForm):
    """Better words for the deputy to accept or refuse, beginning with his own."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    situation = WrittenField(label=_("Situation and problem"), rows=9, max_length=SITUATION_LIMIT)
    requests = WrittenField(label=_("Concrete requests"), rows=8, max_length=SITUATION_LIMIT)
    note = why_field(label=_("Why these words are better"), required=False)
    why: Mapping[str, Words] = {
        "requests": _("One request in each paragraph; leave an empty line between them."),
    }

    def prepare(self) -> None:
        version = self.scene.case.versions.last()
        if version and not self.is_bound:
            asked = [item.text for item in version.requests.all()]
            first = {
                "title": version.title,
                "situation": version.situation,
                "requests": "\n\n".join(asked),
            }
            self.initial = {**first, **self.initial}

    @property
    def paragraphs(self) -> list[str]:
        text = self.cleaned_data["requests"].replace("\r\n", "\n")
        return [part.strip() for part in text.split("\n\n") if part.strip()]


class MergeForm(StepForm):
    """With which other suggestion of the session it is handled."""

    number = forms.CharField(label=_("Number of the other suggestion"), max_length=NUMBER_LIMIT)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if number := said.get("number"):
            case = self.scene.case
            same = Suggestion.objects.filter(session=case.session_id, number=number.strip())
            said["other"] = same.select_related("congress", "session", "lead").first()
            if said["other"] is None:
                self.add_error("number", _("No suggestion of this session has this number."))
        return said
