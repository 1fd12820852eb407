"""Assignment and circulation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions import services
from huiyin.suggestions.forms import assigning as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.stages import HandlingRole
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import short_day


def _assign(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.AssignForm):
        services.assign(
            case=scene.case,
            actor=scene.actor,
            at=scene.at,
            organs=form.charges,
            wide=form.cleaned_data["wide"],
        )


def promise(scene: Scene) -> Words:
    """What an assignment made today starts, with its days."""
    lead = scene.reply_due(role=HandlingRole.LEAD)
    co = scene.reply_due(role=HandlingRole.CO)
    wide = scene.reply_due(role=HandlingRole.LEAD, wide=True)
    if lead is None or co is None or wide is None:
        return _("The organs are told and their clocks start.")
    return _(
        "Assigned today: receipt is to be acknowledged by %(receipt)s, co-handling opinions given "
        "by %(co)s, the deputy answered by %(lead)s (broad and hard matters: %(wide)s)."
    ) % {
        "receipt": short_day(scene.acknowledgement_due()),
        "co": short_day(co),
        "lead": short_day(lead),
        "wide": short_day(wide),
    }


def _circulate(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.CirculateForm):
        services.circulate(case=scene.case, actor=scene.actor, at=scene.at, organs=form.found)


ASSIGNING = (
    Step(
        table=Table.SUGGESTION,
        name="assign",
        form=forms.AssignForm,
        take=_assign,
        after=promise,
        done=_("Assigned. The organs have been told and their clocks run."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="circulate",
        form=forms.CirculateForm,
        take=_circulate,
        done=_("Circulated. The deputy and the organs have been told."),
    ),
)
