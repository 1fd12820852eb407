"""Contact with the deputy: the organ's record, his answer, waiver and exemption."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook.clocks import due
from huiyin.suggestions import services
from huiyin.suggestions.forms import contacting as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import short_day


def _contact(scene: Scene, form: StepForm) -> None:
    if not isinstance(form, forms.ContactForm):
        raise TypeError("a contact is recorded from its own form")
    said = form.cleaned_data
    services.record_contact(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        phase=said["phase"],
        form=said["form"],
        held_on=said["held_on"],
        place=said["place"],
        deputies=form.named,
        rank=said["rank"],
        own_people=said["own_people"],
        co_handlers=said.get("co_handlers", ""),
        citizens=said["citizens"],
        gist=said["gist"],
    )


def _after_contact(scene: Scene) -> Words:
    rules = scene.ruling.rules
    until = due(scene.on, rules.contact.confirm_limit, rules=rules, calendar=scene.ruling.calendar)
    return _(
        "The deputies named are asked whether it was so; without their yes by %(date)s it stays "
        "unconfirmed."
    ) % {"date": short_day(until.date)}


def _confirm(scene: Scene, form: StepForm) -> None:
    _answer(scene, form, confirmed=True)


def _contest(scene: Scene, form: StepForm) -> None:
    _answer(scene, form, confirmed=False)


def _answer(scene: Scene, form: StepForm, *, confirmed: bool) -> None:
    services.answer_contact(
        contact=form.cleaned_data["contact"],
        actor=scene.actor,
        at=scene.at,
        confirmed=confirmed,
        word=form.cleaned_data["word"],
    )


def _exempt(scene: Scene, form: StepForm) -> None:
    services.exempt_contact(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        why=form.cleaned_data["reason"],
    )


def _waive(scene: Scene, form: StepForm) -> None:
    services.waive_contact(
        case=scene.case, actor=scene.actor, at=scene.at, why=form.cleaned_data["reason"]
    )


CONTACTING = (
    Step(
        table=Table.ASSIGNMENT,
        name="contact",
        form=forms.ContactForm,
        take=_contact,
        after=_after_contact,
        done=_("The contact is on record; the deputies named are asked whether it was so."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="confirm_contact",
        form=forms.AnswerForm,
        take=_confirm,
        done=_("Confirmed. Thank you; you may change your answer at any time."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="contest_contact",
        form=forms.AnswerForm,
        take=_contest,
        done=_(
            "It is on record that it was not so; the congress office has been told. You may change "
            "your answer at any time."
        ),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="exempt_contact",
        form=forms.ExemptionForm,
        take=_exempt,
        danger=True,
        confirm=_("Exempt your organ from contact with the deputy, in your name?"),
        done=_("Exempted. The deputy and the congress office have been told why."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="waive_contact",
        form=forms.WaiverForm,
        take=_waive,
        minds_others=False,
        done=_("The organs know that you need no contact in this round."),
    ),
)
