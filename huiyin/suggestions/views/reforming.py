"""The organs of a congress, their history, and their reform with everything they are handling.

A clerk reforms; leaders and committees read; to others the register does not exist. What a reform
has carried is open to whoever may see one of its cases.
"""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.organisations.selectors import organs
from huiyin.suggestions import selectors, services
from huiyin.suggestions.forms.reforming import ReformForm
from huiyin.suggestions.presenters import reforming as present
from huiyin.suggestions.reforms import plan
from huiyin.ui.parts import Crumb

ACTION = "organ.reform"
READERS = (Role.CLERK, Role.LEADER, Role.COMMITTEE)
DO = "do"


def _require_reader(request: ActorRequest) -> None:
    if request.actor.role not in READERS:
        raise NotFound(request.path)


def _crumbs(here: str = "") -> list[Crumb]:
    first = Crumb(label=_("Organs"), url=reverse("suggestions:organs") if here else "")
    return [first, Crumb(label=here)] if here else [first]


@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """The organs there are, those that are no more, and the reforms in between."""
    _require_reader(request)
    there, gone = present.register(request.actor)
    context = {
        "there": there,
        "gone": gone,
        "changes": present.changes(request.actor.congress),
        "may_reform": request.actor.role == Role.CLERK,
    }
    return render(request, "suggestions/organs.html", context)


@require_safe
def organ(request: ActorRequest, key: str) -> HttpResponse:
    """What an organ has been called, what became of it, what it handles."""
    _require_reader(request)
    found = selectors.organ_for(request.actor, key)
    context = {
        "organ": found,
        "former": found.former_names.all(),
        "changes": present.changes(request.actor.congress, organ=found),
        "crumbs": _crumbs(found.name),
    }
    return render(request, "suggestions/organ.html", context)


@require_safe
def reform(request: ActorRequest, key: str) -> HttpResponse:
    """One reform, with those of its cases that the reader may know of."""
    found, seen = selectors.reform_for(request.actor, key)
    cases = present.carried_cases(found, visible=seen)
    reads = request.actor.role in READERS
    if not cases and not reads:
        raise NotFound(key)
    here = _("Reform of organs")
    context = {
        "change": present.change_of(found),
        "cases": cases,
        "hidden": found.carried.count() - len(cases),
        "crumbs": _crumbs(here) if reads else [Crumb(label=here)],
    }
    return render(request, "suggestions/reform.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_reform(request: ActorRequest) -> HttpResponse:
    """One page in two moments: look at all it would carry, then do it (``act=do``)."""
    _require_reader(request)
    if request.actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress reforms its organs."))
    congress, today = request.actor.congress, request.today
    if request.method != "POST":
        first = {"on": today, "organs": request.GET.get("organ", "")[:200]}
        return _page(request, ReformForm(congress=congress, today=today, initial=first))
    form = ReformForm(request.POST, congress=congress, today=today)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if request.POST.get("act") == DO:
            return _done(request, form)
        shown, status = _shown(request, form), HTTPStatus.OK.value
    except Invalid as refused:
        form.refuse(refused)
        return _page(request, form, status=refused.status)
    except Conflict as refused:
        form.add_error(None, f"{refused} {refused.remedy}".strip())
        return _again(request, form, refused)
    return _page(request, form, shown=shown, status=status)


def _shown(request: ActorRequest, form: ReformForm) -> present.Preview:
    planned = plan(request.actor.congress, form.decision, form.chosen, today=request.today)
    return present.preview(planned, form.chosen)


def _again(request: ActorRequest, form: ReformForm, refused: DomainError) -> HttpResponse:
    """The list as it is now, under what stood against it."""
    try:
        shown = _shown(request, form)
    except Invalid:
        shown = None
    return _page(request, form, shown=shown, status=refused.status)


def _done(request: ActorRequest, form: ReformForm) -> HttpResponse:
    key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=ACTION,
        at=request.now,
        do=lambda: (
            services.reform_organs(
                form.decision,
                form.chosen,
                congress=request.actor.congress,
                mark=form.cleaned_data["mark"],
                actor=request.actor,
                at=request.now,
            ).key
        ),
    )
    if fresh:
        count = selectors.reform_for(request.actor, key)[0].carried.count()
        words = ngettext(
            "The organs are reformed; %(n)s live case was carried on.",
            "The organs are reformed; %(n)s live cases were carried on.",
            count,
        )
        messages.success(request, words % {"n": count})
    return redirect("suggestions:reform", key)


def _page(
    request: ActorRequest,
    form: ReformForm,
    *,
    shown: present.Preview | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    offered = organs(request.actor.congress, on=request.today).values_list("name", flat=True)
    context = {
        "form": form,
        "shown": shown,
        "offered": list(offered) if shown is None else [],
        "crumbs": _crumbs(_("Reform organs")),
    }
    return render(request, "suggestions/reform_plan.html", context, status=status)
