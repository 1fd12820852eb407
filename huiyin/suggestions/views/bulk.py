"""Assigning many suggestions at once: choose the organs, look at what will be done, do it."""

from __future__ import annotations

import json
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.suggestions import selectors, services
from huiyin.suggestions.forms.assigning import MORE, AssignManyForm
from huiyin.suggestions.lifecycle import SUGGESTION
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.presenters import bulk
from huiyin.suggestions.rules import shares_out
from huiyin.suggestions.steps import Scene
from huiyin.suggestions.views.cases import crumbs
from huiyin.ui.lists import chosen

CHOOSE, PREVIEW, DO = "choose", "preview", "do"


@require_POST
def assign_many(request: ActorRequest) -> HttpResponse:
    """One page in three moments; ``act`` says which. Each case is assigned or refused alone."""
    if request.actor.role != Role.CLERK and not shares_out(request.actor):
        raise NotPermitted(_("You may not take this step."))
    cases = chosen_cases(request)
    act = request.POST.get("act", CHOOSE)
    if act not in (PREVIEW, DO, MORE):
        form = AssignManyForm(congress=request.actor.congress, on=request.today)
        return _page(request, cases, form)
    form = AssignManyForm(request.POST, congress=request.actor.congress, on=request.today)
    if act == MORE:
        fresh = AssignManyForm(congress=request.actor.congress, on=request.today)
        fresh.organ_rows = form.organ_rows
        return _page(request, cases, fresh)
    if not form.is_valid():
        return _page(request, cases, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if act == DO:
        return _done(request, cases, form)
    return _page(request, cases, form, preview=_preview(request, cases, form))


def chosen_cases(request: ActorRequest) -> list[Suggestion]:
    """The chosen ones in the order of the list; unknown keys are not there for the reader."""
    keys = chosen(request)
    rows = selectors.visible_to(request.actor).filter(key__in=keys)
    found = {row.key: row for row in rows.select_related("congress", "session")}
    if len(found) != len(keys):
        raise NotFound(", ".join(key for key in keys if key not in found))
    return [found[key] for key in keys]


def _preview(
    request: ActorRequest, cases: list[Suggestion], form: AssignManyForm
) -> list[bulk.Planned]:
    row = SUGGESTION.find("assign")
    return [
        bulk.planned(
            Scene(actor=request.actor, at=request.now, case=case),
            row=row,
            charges=form.charges,
            wide=form.cleaned_data["wide"],
        )
        for case in cases
    ]


def _done(request: ActorRequest, cases: list[Suggestion], form: AssignManyForm) -> HttpResponse:
    def assign() -> str:
        outcomes = services.assign_many(
            cases=cases,
            actor=request.actor,
            at=request.now,
            organs=form.charges,
            wide=form.cleaned_data["wide"],
        )
        refused = {each.case.key: str(each.refusal) for each in outcomes if each.refusal}
        return json.dumps(refused, ensure_ascii=False)

    try:
        said, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action="suggestion.assign_many",
            at=request.now,
            do=assign,
        )
    except (Invalid, Conflict) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, cases, form, status=refusal.status)
    refused: dict[str, str] = json.loads(said)
    if fresh:
        _tell(request, assigned=len(cases) - len(refused))
    context = {
        "outcomes": [(case, refused.get(case.key, "")) for case in cases],
        "assigned": len(cases) - len(refused),
        "refused": len(refused),
        "next": left_list(request),
        "crumbs": crumbs(here=_("Assign together")),
    }
    return render(request, "suggestions/assigned_many.html", context)


def _tell(request: ActorRequest, *, assigned: int) -> None:
    if assigned:
        words = ngettext("%(n)s suggestion assigned.", "%(n)s suggestions assigned.", assigned)
        messages.success(request, words % {"n": assigned})


def _page(
    request: ActorRequest,
    cases: list[Suggestion],
    form: AssignManyForm,
    *,
    preview: list[bulk.Planned] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "cases": cases,
        "form": form,
        "preview": preview,
        "ready": [each for each in preview or [] if not each.refusal],
        "next": left_list(request),
        "crumbs": crumbs(here=_("Assign together")),
    }
    return render(request, "suggestions/assign_many.html", context, status=status)


def left_list(request: ActorRequest) -> str:
    """The list as it was left; never another site."""
    wanted = request.POST.get("next", "")
    own = {request.get_host()}
    if wanted and url_has_allowed_host_and_scheme(wanted, own, require_https=request.is_secure()):
        return wanted
    return reverse("suggestions:list")
