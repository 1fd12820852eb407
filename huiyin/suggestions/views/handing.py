"""Handing many suggestions to an office, or sending many back: one answer for all, then done."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted, Words
from huiyin.ledger.services import once
from huiyin.suggestions import rules, services
from huiyin.suggestions.forms.handing import HandBackManyForm, HandOverManyForm
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.services.assigning import Outcome
from huiyin.suggestions.views.bulk import chosen_cases, left_list
from huiyin.suggestions.views.cases import crumbs

DO = "do"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyAct:
    """One thing done alike to the chosen suggestions."""

    name: str
    title: Words
    button: Words
    form: Callable[..., Any]
    may: Callable[[Actor], bool]
    take: Callable[[list[Suggestion], ActorRequest, Any], list[Outcome]]


def _over(cases: list[Suggestion], request: ActorRequest, form: Any) -> list[Outcome]:
    return services.hand_over_many(
        cases=cases, actor=request.actor, at=request.now, office=form.chosen
    )


def _back(cases: list[Suggestion], request: ActorRequest, form: Any) -> list[Outcome]:
    why = form.cleaned_data["reason"]
    return services.hand_back_many(cases=cases, actor=request.actor, at=request.now, why=why)


OVER = ManyAct(
    name="hand_over_many",
    title=gettext_lazy("Hand to a system's office"),
    button=gettext_lazy("Hand over"),
    form=HandOverManyForm,
    may=lambda actor: actor.role == Role.CLERK,
    take=_over,
)
BACK = ManyAct(
    name="hand_back_many",
    title=gettext_lazy("Send back to the congress office"),
    button=gettext_lazy("Send back"),
    form=HandBackManyForm,
    may=rules.shares_out,
    take=_back,
)


@require_POST
def hand_over_many(request: ActorRequest) -> HttpResponse:
    return answer_many(request, OVER)


@require_POST
def hand_back_many(request: ActorRequest) -> HttpResponse:
    return answer_many(request, BACK)


def answer_many(request: ActorRequest, act: ManyAct) -> HttpResponse:
    """Ask once for all of them; then each is taken or refused alone."""
    if not act.may(request.actor):
        raise NotPermitted(_("You may not take this step."))
    cases = chosen_cases(request)
    place = {"congress": request.actor.congress, "on": request.today}
    if request.POST.get("act") != DO:
        return _page(request, act, cases, act.form(**place))
    form = act.form(request.POST, **place)
    if not form.is_valid():
        return _page(request, act, cases, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(request, act, cases, form)


def _done(request: ActorRequest, act: ManyAct, cases: list[Suggestion], form: Any) -> HttpResponse:
    def take() -> str:
        outcomes = act.take(cases, request, form)
        refused = {each.case.key: str(each.refusal) for each in outcomes if each.refusal}
        return json.dumps(refused, ensure_ascii=False)

    try:
        said, _fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action=f"suggestion.{act.name}",
            at=request.now,
            do=take,
        )
    except (Invalid, Conflict) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, act, cases, form, status=refusal.status)
    refused: dict[str, str] = json.loads(said)
    context = {
        "act": act,
        "outcomes": [(case, refused.get(case.key, "")) for case in cases],
        "taken": len(cases) - len(refused),
        "refused": len(refused),
        "next": left_list(request),
        "crumbs": crumbs(here=str(act.title)),
    }
    return render(request, "suggestions/handed_many.html", context)


def _page(
    request: ActorRequest,
    act: ManyAct,
    cases: list[Suggestion],
    form: Any,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "act": act,
        "url": reverse(f"suggestions:{act.name}"),
        "cases": cases,
        "form": form,
        "next": left_list(request),
        "crumbs": crumbs(here=str(act.title)),
    }
    return render(request, "suggestions/hand_many.html", context, status=status)
