"""The signed reply handed over: sent, given face to face, signed for on paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import due
from huiyin.suggestions import services
from huiyin.suggestions.forms import delivering as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.replying import require_same_text
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import short_day


def _deliver(scene: Scene, form: StepForm) -> None:
    require_same_text(scene, form)
    services.deliver(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        consent=form.cleaned_data.get("consent", ""),
    )


def _after_deliver(scene: Scene) -> Words:
    rules = scene.ruling.rules
    until = due(scene.on, rules.feedback.limit, rules=rules, calendar=scene.ruling.calendar)
    return _("Each deputy who signed receives it; the lead deputy may rate it until %(date)s.") % {
        "date": short_day(until.date)
    }


def _in_person(scene: Scene, form: StepForm) -> None:
    require_same_text(scene, form)
    if isinstance(form, forms.InPersonForm):
        said = form.cleaned_data
        services.deliver_in_person(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            held_on=said["held_on"],
            place=said["place"],
            answered_by=said["answered_by"],
            rank=said["rank"],
            present=form.there,
            said=said["said"],
            scan=form.sent_scan,
        )


def _sign_for(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.SignForForm):
        said = form.cleaned_data
        services.sign_for(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            deputy=form.posts[said["deputy"]],
            received_on=said["received_on"],
        )


DELIVERING = (
    Step(
        table=Table.REPLY,
        name="deliver",
        form=forms.DeliverForm,
        take=_deliver,
        after=_after_deliver,
        done=_("Delivered. The deputies have been told."),
    ),
    Step(
        table=Table.REPLY,
        name="deliver_in_person",
        form=forms.InPersonForm,
        take=_in_person,
        page_only=True,
        done=_("On record. The deputies have been told."),
    ),
    Step(
        table=Table.REPLY,
        name="sign_for",
        form=forms.SignForForm,
        take=_sign_for,
        page_only=True,
        done=_("The receipt is on record."),
    ),
)
