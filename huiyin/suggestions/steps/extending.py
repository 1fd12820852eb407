"""More time: asked for by the organ, decided by the congress office where the rules say so."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions import services
from huiyin.suggestions.forms.extending import AskExtensionForm
from huiyin.suggestions.forms.review import WhyForm
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import plain_day


def _ask(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.ask_extension(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        until=said["until"],
        why=said["reason"],
    )


def _after_ask(scene: Scene) -> Words:
    if scene.ruling.rules.extension.needs_consent:
        return _("The congress office decides; until then the due day stays as it is.")
    return _("The new day holds at once, and the deputy is told your reason.")


def _grant(scene: Scene, _form: StepForm) -> None:
    services.grant_extension(assignment=scene.charge, actor=scene.actor, at=scene.at)


def _after_grant(scene: Scene) -> Words:
    part = scene.charge
    if part.extension_until is None:
        return ""
    return _("%(organ)s then answers by %(until)s instead of %(due)s; the deputy is told.") % {
        "organ": part.organ.name,
        "until": plain_day(part.extension_until),
        "due": plain_day(part.due_on or date.max),
    }


def _refuse(scene: Scene, form: StepForm) -> None:
    services.refuse_extension(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        why=form.cleaned_data["reason"],
    )


EXTENDING = (
    Step(
        table=Table.ASSIGNMENT,
        name="ask_extension",
        form=AskExtensionForm,
        take=_ask,
        after=_after_ask,
        done=_("The extension and its reason are on record."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="grant_extension",
        take=_grant,
        after=_after_grant,
        done=_("Granted. The deputy and the organ have been told the new day."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="refuse_extension",
        form=WhyForm,
        take=_refuse,
        done=_("Refused. The organ has been told why; the due day stays."),
    ),
)
