"""The special fund and its micro-projects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.supervision import funding, rules, services
from huiyin.supervision.forms import fund as asked
from huiyin.supervision.kinds.kind import Kind
from huiyin.supervision.lifecycle import PROJECT
from huiyin.supervision.lists import fund as lists
from huiyin.supervision.presenters import fund as pages
from huiyin.supervision.steps import Step


def _open(actor: Actor, at: datetime, given: Any) -> Any:
    said = given.cleaned_data
    return services.open_fund(
        actor=actor, at=at, year=said["year"], title=said["title"], money=given.money
    )


def _apply(actor: Actor, at: datetime, given: Any) -> Any:
    said = given.cleaned_data
    return services.apply_for_project(
        fund=given.funds[said["fund"]],
        actor=actor,
        at=at,
        suggestion=given.case_found,
        organ=given.found,
        title=said["title"],
        asked=said["asked"],
        reasons=said["reasons"],
    )


def _add(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.add_budget(fund=case, actor=actor, at=at, money=given.money)


def _approve(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.approve_project(project=case, actor=actor, at=at, money=given.money)


def _decline(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.decline_project(project=case, actor=actor, at=at, said=given.said)


def _spend(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.spend_on_project(project=case, actor=actor, at=at, money=given.money)


def _finish(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.finish_project(project=case, actor=actor, at=at, said=given.said)


FUNDS = Kind(
    name="fund",
    subject=funding.FUND_TYPE,
    spec=lists.FUNDS,
    rows=funding.funds_for,
    find=funding.fund_for,
    page=pages.fund_page,
    begins=rules.keeps_funds,
    form=asked.FundForm,
    begin=_open,
    new=_("Open the fund of a year"),
    lead=_("Money for small urgent matters that no project covers, tied to suggestions."),
    empty=_("A fund opened here keeps its budget and every movement of money."),
    steps={
        "add": Step(
            moves=(),
            form=asked.MoneyForm,
            take=_add,
            label=_("Put more money into the fund"),
            after=_("It is free for projects at once."),
            is_open=lambda actor, _case: rules.keeps_funds(actor),
        ),
    },
)

PROJECTS = Kind(
    name="project",
    subject=funding.PROJECT_TYPE,
    spec=lists.PROJECTS,
    rows=lists.project_rows,
    find=funding.project_for,
    page=pages.project_page,
    begins=rules.asks_for_money,
    form=asked.ProjectForm,
    begin=_apply,
    new=_("Apply for a micro-project"),
    lead=_("Applied for, approved, spent, finished: each tied to the suggestion it answers."),
    empty=_("Micro-projects of the special fund appear here once they are applied for."),
    lifecycle=PROJECT,
    steps={
        "approve": Step(moves=("approve",), form=asked.ApproveForm, take=_approve),
        "spend": Step(moves=("spend",), form=asked.MoneyForm, take=_spend),
        "finish": Step(moves=("finish",), form=asked.ResultForm, take=_finish),
        "decline": Step(moves=("decline",), form=asked.DeclineProjectForm, take=_decline),
    },
)
