"""Disputes about responsibility: the organ's and the deputy's objection, answers, decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.suggestions import services
from huiyin.suggestions.forms import returning as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.ruling import return_limit
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.selectors import cutoff_of
from huiyin.suggestions.steps.step import Step
from huiyin.ui.days import short_day


def _ask(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.AskReturnForm):
        services.ask_return(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            named=form.organ,
            why=form.cleaned_data["reason"],
            mandate=form.quoted,
            named_mandate=form.quoted_of_named,
        )


def _after_ask(scene: Scene) -> Words:
    cutoff = cutoff_of(scene.case.session)
    limit = return_limit(scene.charge, ruling=scene.ruling, cutoff=cutoff.until if cutoff else None)
    if limit is None:
        return _("It is decided for you; until then your organ goes on handling it.")
    words = {"date": short_day(limit)}
    return _("Open until %(date)s. Until it is decided your organ goes on handling it.") % words


def _object(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.ObjectForm):
        services.object_to_organ(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            named=form.organ,
            why=form.cleaned_data["reason"],
        )


def _after_object(scene: Scene) -> Words:
    words = {"organ": scene.charge.organ.name}
    return _("You hold another organ than %(organ)s right. You are told what is decided.") % words


def _ask_another(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.AskAnotherForm):
        services.ask_another(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            named=form.organ,
            why=form.cleaned_data["reason"],
        )


def _take_on(scene: Scene, _form: StepForm) -> None:
    services.take_it_on(assignment=scene.charge, actor=scene.actor, at=scene.at)


def _after_take_on(scene: Scene) -> Words:
    words = {"organ": scene.charge.organ.name}
    return _("Charged now: %(organ)s. If the office decides so, your organ is.") % words


def _decline(scene: Scene, form: StepForm) -> None:
    services.decline_it(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        why=form.cleaned_data["reason"],
    )


def _reassign(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.ReassignForm):
        services.reassign(
            assignment=scene.charge,
            actor=scene.actor,
            at=scene.at,
            organ=form.chosen,
            why=form.cleaned_data["reason"],
            ground=form.cleaned_data["ground"],
            consulted=form.cleaned_data["consulted"],
        )


def _after_reassign(scene: Scene) -> Words:
    part = scene.charge
    due = scene.reply_due(role=part.role, wide=part.wide)
    words = {"organ": part.organ.name, "date": short_day(due) if due else ""}
    if due is None or not scene.ruling.rules.reply.restarts_on_reassignment:
        return _("%(organ)s is relieved; the other is charged and told today.") % words
    if where.awaits_final_decision(part):
        return _("Finally: %(organ)s is relieved; the other is charged, due on %(date)s.") % words
    return _("%(organ)s is relieved; the other is charged today, due on %(date)s.") % words


def _refuse(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.refuse_return(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        why=said["reason"],
        ground=said["ground"],
        consulted=said["consulted"],
    )


def _uphold(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.uphold(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        why=said["reason"],
        ground=said["ground"],
        consulted=said["consulted"],
    )


RETURNING = (
    Step(
        table=Table.ASSIGNMENT,
        name="take_it_on",
        take=_take_on,
        after=_after_take_on,
        done=_("Your answer is on record; the office decides."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="decline_it",
        form=forms.DeclineForm,
        take=_decline,
        done=_("Your answer is on record; the office decides."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="ask_return",
        form=forms.AskReturnForm,
        take=_ask,
        after=_after_ask,
        page_only=True,
        done=_("Asked for. The organ you named and the deciding office have been told."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="object_to_organ",
        form=forms.ObjectForm,
        take=_object,
        after=_after_object,
        page_only=True,
        done=_("Your objection is on record; you will be told what is decided."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="reassign",
        form=forms.ReassignForm,
        take=_reassign,
        after=_after_reassign,
        done=_("Decided. Both organs and the deputies have been told."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="refuse_return",
        form=forms.KeepForm,
        take=_refuse,
        done=_("Refused. The organ goes on handling it and has been told why."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="uphold",
        form=forms.KeepForm,
        take=_uphold,
        done=_("Decided finally. Everybody concerned has been told."),
    ),
    Step(
        table=Table.ASSIGNMENT,
        name="ask_another",
        form=forms.AskAnotherForm,
        take=_ask_another,
        page_only=True,
        done=_("Asked. Its answer will be told to you."),
    ),
)
