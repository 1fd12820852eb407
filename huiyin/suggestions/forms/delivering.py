"""What is filled in when a reply is handed over, given in person, or signed for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Post
from huiyin.kernel.errors import Words
from huiyin.rulebook import ReplyForm
from huiyin.suggestions.forms.rating import scan_of
from huiyin.suggestions.forms.replying import CheckForm
from huiyin.suggestions.forms.step import DayField, StepForm, WrittenField, not_after
from huiyin.suggestions.models import Delivery, Suggestion
from huiyin.suggestions.services.scanning import Scan
from huiyin.suggestions.stages import Signing


class DeliverForm(CheckForm):
    """Nothing to ask, but where the rules want an answer face to face first."""

    consent = WrittenField(
        label=_("How the deputy agreed to a reply that is not given in person"),
        rows=2,
        max_length=400,
    )

    def prepare(self) -> None:
        super().prepare()
        if self.scene.ruling.rules.reply.form != ReplyForm.FACE_FIRST:
            del self.fields["consent"]


class InPersonForm(CheckForm):
    """The record of an answer face to face (当面答复记录)."""

    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Place"), max_length=100)
    answered_by = forms.CharField(label=_("Who answered"), max_length=40)
    rank = forms.CharField(label=_("His post"), max_length=60)
    present = forms.MultipleChoiceField(
        label=_("Deputies who were there"), widget=forms.CheckboxSelectMultiple
    )
    said = WrittenField(label=_("What the deputy said"), rows=5, max_length=20_000)
    scan = forms.FileField(label=_("Scan of the signed record"))
    examples: Mapping[str, Words] = {"rank": _("for instance: deputy director-general")}
    why: Mapping[str, Words] = {
        "scan": _("PDF, JPG or PNG, with the deputy's signature."),
        "present": _("Who was not there is sent the reply."),
    }

    def prepare(self) -> None:
        super().prepare()
        self.posts = {post.key: post for post in signing_posts(self.scene.case)}
        names: list[tuple[str, Words]] = [
            (key, post.person.name) for key, post in self.posts.items()
        ]
        self.choose("present", names)
        self.initial = {"held_on": self.scene.on, **self.initial}

    def clean_held_on(self) -> Any:
        not_after(self.cleaned_data["held_on"], self.scene.on)
        return self.cleaned_data["held_on"]

    @property
    def there(self) -> list[Post]:
        return [self.posts[key] for key in self.cleaned_data["present"]]

    @property
    def sent_scan(self) -> Scan:
        return scan_of(self)


class SignForForm(StepForm):
    """Which deputy signed the slip, and on which day."""

    deputy = forms.ChoiceField(label=_("Deputy"))
    received_on = DayField(label=_("Day on the slip"))

    def prepare(self) -> None:
        sent = Delivery.objects.filter(
            reply__file__assignment=self.scene.charge, receipt__isnull=True
        ).select_related("deputy__person")
        self.posts = {each.deputy.key: each.deputy for each in sent}
        names: list[tuple[str, Words]] = [
            (key, post.person.name) for key, post in self.posts.items()
        ]
        self.choose("deputy", names)

    def clean_received_on(self) -> Any:
        not_after(self.cleaned_data["received_on"], self.scene.on)
        return self.cleaned_data["received_on"]


def signing_posts(case: Suggestion) -> list[Post]:
    """The deputies who have signed, the lead first."""
    signed = case.signatures.filter(standing__in=(Signing.LEAD, Signing.CONFIRMED))
    return [each.deputy for each in signed.select_related("deputy__person").order_by("position")]
