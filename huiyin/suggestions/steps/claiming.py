"""Correcting the class of a reply that is out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.suggestions import services
from huiyin.suggestions.forms.claiming import ReclassifyForm
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import Step


def _reclassify(scene: Scene, form: StepForm) -> None:
    if isinstance(form, ReclassifyForm):
        services.reclassify(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            outcome_class=form.cleaned_data["outcome_class"],
            claim=form.claim,
            why=form.cleaned_data["reason"],
        )


CLAIMING = (
    Step(
        table=Table.REPLY,
        name="reclassify",
        form=ReclassifyForm,
        take=_reclassify,
        page_only=True,
        done=_("Corrected. The deputies have been told the reason; both classes stay on record."),
    ),
)
