"""Co-handling on its page: the opinion, the lead's word on it, the name under the final text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import Period, due
from huiyin.suggestions import services
from huiyin.suggestions.forms import cohandling as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import CO_PAGE, Step
from huiyin.ui.days import plain_day


def _give(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    if said["typed"] is not None and isinstance(form, forms.OpinionForm):
        # What a colleague has saved meanwhile must not be passed over.
        services.save_opinion_draft(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            content=form.content,
            revision=said["typed"],
        )
    services.give_opinion(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        text=said["text"],
        will_do=said["will_do"],
        advice=said["advice"],
        signed_by=said["signed_by"],
    )


def _return(scene: Scene, form: StepForm) -> None:
    services.return_opinion(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        why=form.cleaned_data["reason"],
    )


def _after_return(scene: Scene) -> Words:
    rules = scene.ruling.rules
    limit: Period | None = rules.cohandle.redo_limit
    if limit is None:
        return _("The organ gives another one; this can be asked for once.")
    until = due(scene.on, limit, rules=rules, calendar=scene.ruling.calendar)
    return _("%(organ)s gives another one by %(date)s; this can be asked for once.") % {
        "organ": scene.charge.organ.name,
        "date": plain_day(until.date),
    }


def _mark(scene: Scene, form: StepForm) -> None:
    services.mark_opinion(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        mark=form.cleaned_data["mark"],
        reason=form.cleaned_data["reason"],
    )


def _countersign(scene: Scene, form: StepForm) -> None:
    services.countersign(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        text=form.cleaned_data["text"],
    )


def _refuse(scene: Scene, form: StepForm) -> None:
    services.refuse_countersignature(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        text=form.cleaned_data["text"],
        why=form.cleaned_data["reason"],
    )


COHANDLING = (
    Step(
        table=Table.ASSIGNMENT,
        name="give_opinion",
        form=forms.OpinionForm,
        take=_give,
        elsewhere=CO_PAGE,
        done=_("The opinion is with the lead organ."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="mark_opinion",
        form=forms.MarkForm,
        take=_mark,
        elsewhere=CO_PAGE,
        done=_("The organ and the congress office have been told what became of it."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="return_opinion",
        form=forms.ReturnForm,
        take=_return,
        after=_after_return,
        elsewhere=CO_PAGE,
        danger=True,
        done=_("Returned. The organ has been told what it lacks."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="countersign",
        form=forms.CountersignForm,
        take=_countersign,
        elsewhere=CO_PAGE,
        done=_("Countersigned. The lead organ has been told."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="refuse_countersignature",
        form=forms.RefuseForm,
        take=_refuse,
        elsewhere=CO_PAGE,
        danger=True,
        done=_("Not countersigned; the text goes back to the lead organ with your reason."),
    ),
)
