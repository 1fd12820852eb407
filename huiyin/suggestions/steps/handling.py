"""An organ's steps before its reply."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions import services
from huiyin.suggestions.forms.responsibility import PlanForm
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.stages import ANSWERING, HandlingRole
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import short_day

# What a plan's form takes as it is typed.
WRITTEN = (
    *("responsible_leader", "division", "division_head", "handler"),
    *("requirement", "goal", "feedback_on"),
)


def _acknowledge(scene: Scene, _form: StepForm) -> None:
    services.acknowledge(assignment=scene.charge, actor=scene.actor, at=scene.at)


def _after_acknowledge(scene: Scene) -> Words:
    part = scene.charge
    if part.due_on is None:
        return _("You confirm that your organ has it.")
    words = {"date": short_day(part.due_on)}
    if part.role in ANSWERING:
        return _("You confirm receipt. Your organ answers the deputy by %(date)s.") % words
    # The period of a co-handling organ may begin with receipt, so the day is the latest one.
    due = scene.reply_due(role=HandlingRole.CO) or part.due_on
    words = {"date": short_day(max(due, part.due_on))}
    return _("You confirm receipt. Your opinion reaches the lead organ by %(date)s.") % words


def _plan(scene: Scene, form: StepForm) -> None:
    if not isinstance(form, PlanForm):
        return
    said = form.cleaned_data
    services.plan(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        leader=form.leader_chosen,
        milestones=form.milestones,
        **{name: said[name] for name in WRITTEN},
    )


HANDLING = (
    Step(
        table=Table.ASSIGNMENT,
        name="acknowledge",
        take=_acknowledge,
        after=_after_acknowledge,
        done=_("Receipt acknowledged."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="plan",
        form=PlanForm,
        take=_plan,
        page_only=True,
        done=_("The handling plan is on record."),
    ),
)
