"""The rating and what the congress body does after it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import RehandleTrigger
from huiyin.suggestions import services
from huiyin.suggestions.forms.rating import RatingForm
from huiyin.suggestions.forms.review import WhyForm
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.stages import HandlingRole
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import short_day


def _rate(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.rate(
        case=scene.case,
        actor=scene.actor,
        at=scene.at,
        attitude=said["attitude"],
        result=said["result"],
        comment=said["comment"],
    )


def _after_rate(scene: Scene) -> Words:
    trigger = scene.ruling.rules.rehandle.trigger
    if trigger == RehandleTrigger.AUTOMATIC:
        return _(
            "Satisfied, it is closed. Not satisfied with the result, the organ handles it again "
            "and answers you a second time. Your rating cannot be changed afterwards."
        )
    return _(
        "Satisfied, it is closed. Not satisfied with the result, the congress body decides on "
        "handling it again. Your rating cannot be changed afterwards."
    )


def _order(scene: Scene, form: StepForm) -> None:
    services.order_rehandling(
        case=scene.case, actor=scene.actor, at=scene.at, why=form.cleaned_data["reason"]
    )


def _after_order(scene: Scene) -> Words:
    again = scene.reply_due(role=HandlingRole.LEAD, round_=scene.case.round + 1)
    if again is None:
        return _("A new round starts with the same organs; the first reply stays as it is.")
    return _(
        "A new round starts with the same organs and is due on %(date)s; the first reply stays "
        "as it is."
    ) % {"date": short_day(again)}


def _decline(scene: Scene, form: StepForm) -> None:
    services.decline_rehandling(
        case=scene.case, actor=scene.actor, at=scene.at, why=form.cleaned_data["reason"]
    )


def _close(scene: Scene, _form: StepForm) -> None:
    services.close_without_feedback(case=scene.case, actor=scene.actor, at=scene.at)


FEEDBACK = (
    Step(
        table=Table.SUGGESTION,
        name="rate",
        form=RatingForm,
        take=_rate,
        after=_after_rate,
        page_only=True,
        template="suggestions/rate.html",
        button=_("Send my rating"),
        done=_("Your rating is on record. Thank you."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="order_rehandling",
        form=WhyForm,
        take=_order,
        after=_after_order,
        done=_("Ordered. The organs handle it again; the deputy has been told."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="decline_rehandling",
        form=WhyForm,
        take=_decline,
        danger=True,
        confirm=_("Close it as not satisfied, without handling it again?"),
        done=_("Closed as not satisfied. The deputy has been told why."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="close_without_feedback",
        take=_close,
        danger=True,
        confirm=_("Close it without feedback? The deputy can no longer rate it."),
        done=_("Closed without feedback."),
    ),
)
