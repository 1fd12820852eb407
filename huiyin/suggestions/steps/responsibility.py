"""Inside the organ: sharing out, and the organ's own marks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.suggestions import services
from huiyin.suggestions.forms.responsibility import MarkForm, SubAssignForm
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import Step


def _sub_assign(scene: Scene, form: StepForm) -> None:
    if isinstance(form, SubAssignForm):
        services.sub_assign(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            division=form.division_chosen,
            handler=form.handler_chosen,
            note=form.cleaned_data["note"],
        )


def _mark(scene: Scene, form: StepForm) -> None:
    services.mark(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        marks=form.cleaned_data["marks"],
        why=form.cleaned_data["note"],
    )


RESPONSIBILITY = (
    Step(
        table=Table.ASSIGNMENT,
        name="sub_assign",
        form=SubAssignForm,
        take=_sub_assign,
        page_only=True,
        done=_("Shared out. Whom it was given to has been told."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="mark",
        form=MarkForm,
        take=_mark,
        done=_("The marks are on record."),
    ),
)
