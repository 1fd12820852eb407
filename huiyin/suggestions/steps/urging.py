"""The office urges an organ."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.suggestions import services
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.forms.urging import UrgeForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import Step


def _urge(scene: Scene, form: StepForm) -> None:
    services.urge(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        demand=form.cleaned_data["reason"],
        answer_by=form.cleaned_data["answer_by"],
    )


URGING = (
    Step(
        table=Table.ASSIGNMENT,
        name="urge",
        form=UrgeForm,
        take=_urge,
        done=_("Urged. The organ has been told; the urging slip is among the documents."),
    ),
)
