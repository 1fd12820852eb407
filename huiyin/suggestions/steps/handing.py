"""Handing to a system's office, and sending back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.suggestions import services
from huiyin.suggestions.forms.handing import HandOverForm
from huiyin.suggestions.forms.review import WhyForm
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import Step


def _hand_over(scene: Scene, form: StepForm) -> None:
    if isinstance(form, HandOverForm):
        services.hand_over(case=scene.case, actor=scene.actor, at=scene.at, office=form.chosen)


def _hand_back(scene: Scene, form: StepForm) -> None:
    why = form.cleaned_data["reason"]
    services.hand_back(case=scene.case, actor=scene.actor, at=scene.at, why=why)


HANDING = (
    Step(
        table=Table.SUGGESTION,
        name="hand_over",
        form=HandOverForm,
        take=_hand_over,
        done=_("Handed over. The office has been told and names the organs."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="hand_back",
        form=WhyForm,
        take=_hand_back,
        done=_("Sent back. The congress office has been told why."),
    ),
)
