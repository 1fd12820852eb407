"""Acts of supervision, and the problems they found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.supervision import rules, services, supervising
from huiyin.supervision.forms import acts as asked
from huiyin.supervision.kinds.kind import Kind
from huiyin.supervision.lifecycle import PROBLEM
from huiyin.supervision.lists import acts as lists
from huiyin.supervision.presenters import acts as pages
from huiyin.supervision.steps import Step


def _record(actor: Actor, at: datetime, given: Any) -> Any:
    return services.record_supervision(
        actor=actor, at=at, what=given.what, organs=given.organs_found, cases=given.cases_found
    )


def _list(actor: Actor, at: datetime, given: Any) -> Any:
    said = given.cleaned_data
    return services.list_problem(
        actor=actor,
        at=at,
        organ=given.found,
        title=said["title"],
        text=said["text"],
        found_on=said["found_on"],
        suggestion=given.case_found,
        act=given.acts.get(said["act"]),
    )


def _notify(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.notify_problem(
        problem=case, actor=actor, at=at, due_on=given.cleaned_data["due_on"], said=given.said
    )


def _answer(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.answer_problem(problem=case, actor=actor, at=at, said=given.said)


def _fixed(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.recheck_problem(problem=case, actor=actor, at=at, fixed=True, said=given.said)


def _unfixed(case: Any, actor: Actor, at: datetime, given: Any) -> None:
    services.recheck_problem(
        problem=case,
        actor=actor,
        at=at,
        fixed=False,
        said=given.said,
        due_on=given.cleaned_data["due_on"],
    )


ACTS = Kind(
    name="act",
    subject=supervising.ACT_TYPE,
    spec=lists.ACTS,
    rows=lists.act_rows,
    find=supervising.act_for,
    page=pages.act_page,
    begins=rules.records_supervision,
    form=asked.ActForm,
    begin=_record,
    new=_("Record an act of supervision"),
    lead=_("What was done to press the handling: where, how, about what, and what it found."),
    empty=_("Visits, calls, meetings and inspections appear here once they are recorded."),
)

PROBLEMS = Kind(
    name="problem",
    subject=supervising.PROBLEM_TYPE,
    spec=lists.PROBLEMS,
    rows=lists.problem_rows,
    find=supervising.problem_for,
    page=pages.problem_page,
    begins=rules.proposes_topics,
    form=asked.ProblemForm,
    begin=_list,
    new=_("Put a problem on the list"),
    lead=_("Notice, answer in time, recheck: each problem is followed until it is put right."),
    empty=_("Problems found by supervision appear here."),
    lifecycle=PROBLEM,
    steps={
        "notify": Step(moves=("notify",), form=asked.NotifyForm, take=_notify),
        "answer": Step(moves=("answer",), form=asked.AnswerForm, take=_answer),
        "find_fixed": Step(moves=("find_fixed",), form=asked.FixedForm, take=_fixed),
        "find_unfixed": Step(moves=("find_unfixed",), form=asked.UnfixedForm, take=_unfixed),
    },
)
