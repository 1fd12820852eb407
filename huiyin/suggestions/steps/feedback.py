"""The rating and what the congress body does after it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import RehandleTrigger, due
from huiyin.suggestions import services
from huiyin.suggestions.forms.rating import EnterRatingForm, PressureForm, RatingForm
from huiyin.suggestions.forms.rehandling import MeasureForm
from huiyin.suggestions.forms.review import WhyForm
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.stages import HandlingRole
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import plain_day, short_day


def _rate(scene: Scene, form: StepForm) -> None:
    if isinstance(form, RatingForm):
        services.rate(
            case=scene.case,
            actor=scene.actor,
            at=scene.at,
            **form.grades,
            comment=form.cleaned_data["comment"],
            note=form.cleaned_data["note"],
            where=scene.where,
        )


def _change(scene: Scene, form: StepForm) -> None:
    if isinstance(form, RatingForm):
        services.change_rating(
            case=scene.case,
            actor=scene.actor,
            at=scene.at,
            **form.grades,
            comment=form.cleaned_data["comment"],
            note=form.cleaned_data["note"],
            where=scene.where,
        )


def _rate_beside(scene: Scene, form: StepForm) -> None:
    if isinstance(form, RatingForm):
        services.rate_beside(
            case=scene.case,
            actor=scene.actor,
            at=scene.at,
            **form.grades,
            comment=form.cleaned_data["comment"],
            note=form.cleaned_data["note"],
        )


def _enter(scene: Scene, form: StepForm) -> None:
    if isinstance(form, EnterRatingForm):
        services.enter_rating(
            case=scene.case,
            actor=scene.actor,
            at=scene.at,
            on=form.cleaned_data["rated_on"],
            scan=form.sent_scan,
            **form.grades,
            comment=form.cleaned_data["comment"],
        )


def _after_rate(scene: Scene) -> Words:
    said = [_follows(scene), _until_when(scene)]
    return " ".join(str(each) for each in said)


def _follows(scene: Scene) -> Words:
    """What a bad mark leads to, and a good one."""
    if scene.case.round >= 2:
        return _(
            "Satisfied, it is closed. Not satisfied with the result a second time, it goes to the "
            "congress body, not back to the organ alone."
        )
    if scene.ruling.rules.rehandle.trigger == RehandleTrigger.AUTOMATIC:
        return _(
            "Satisfied, it is closed. Not satisfied with the result, the organ handles it again "
            "and answers you a second time."
        )
    return _(
        "Satisfied, it is closed. Not satisfied with the result, the congress body decides on "
        "handling it again."
    )


def _until_when(scene: Scene) -> Words:
    """How long it may be changed, and when the organ reads it."""
    rules, calendar = scene.ruling.rules, scene.ruling.calendar
    limit = rules.feedback.change_limit
    if limit is None:
        return _("Your rating is final when you send it; then the organ reads it.")
    until = scene.case.rating_open_until
    until = until or due(scene.on, limit, rules=rules, calendar=calendar).date
    return _(
        "You may change it until %(date)s, and no organ sees it before; “not satisfied” with the "
        "result is final at once."
    ) % {"date": plain_day(until)}


def _report(scene: Scene, form: StepForm) -> None:
    services.report_pressure(
        case=scene.case, actor=scene.actor, at=scene.at, text=form.cleaned_data["happened"]
    )


def _take_measure(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.take_measure(
        case=scene.case,
        actor=scene.actor,
        at=scene.at,
        kind=said["kind"],
        held_on=said["held_on"],
        participants=said["participants"],
        minutes=said["minutes"],
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


_OVER = _(
    "It can no longer be rated: it has been rated and closed, or the time for rating is over. "
    "What was rated stands below."
)

RATING = (
    Step(
        table=Table.SUGGESTION,
        name="rate",
        form=RatingForm,
        take=_rate,
        after=_after_rate,
        page_only=True,
        template="suggestions/rate.html",
        gone=_OVER,
        button=_("Send my rating"),
        done=_("Your rating is on record. Thank you."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="rate_beside",
        form=RatingForm,
        take=_rate_beside,
        page_only=True,
        template="suggestions/rate.html",
        gone=_OVER,
        button=_("Send my rating"),
        done=_("Your rating is on record. Thank you."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="change_rating",
        form=RatingForm,
        take=_change,
        after=_after_rate,
        page_only=True,
        template="suggestions/rate.html",
        gone=_OVER,
        button=_("Send my new rating"),
        done=_("Your new rating counts; the earlier one is kept beside it."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="enter_rating",
        form=EnterRatingForm,
        take=_enter,
        page_only=True,
        template="suggestions/rate.html",
        button=_("Enter this rating"),
        done=_("Entered from paper. The deputy has been told."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="report_pressure",
        form=PressureForm,
        take=_report,
        page_only=True,
        button=_("Tell the congress office"),
        done=_("The congress office has been told, and nobody else."),
    ),
)

AFTERWARDS = (
    Step(
        table=Table.SUGGESTION,
        name="take_measure",
        form=MeasureForm,
        take=_take_measure,
        done=_("On record. Order it once more, or close it with an explanation."),
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

FEEDBACK = (*RATING, *AFTERWARDS)
