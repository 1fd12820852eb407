"""Look-backs: their list, one with its old replies, and the fresh answer to each."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger.services import once
from huiyin.promises import look_back_list, selectors, services
from huiyin.promises.forms import LookBackAnswerForm, LookBackForm
from huiyin.promises.rules import answers_look_back
from huiyin.ui.lists import respond
from huiyin.ui.parts import Crumb
from huiyin.ui.sending import Unfit


def _crumbs(*more: Crumb) -> list[Crumb]:
    ledger = Crumb(label=_("Ledger of promises"), url=reverse("promises:list"))
    return [ledger, Crumb(label=_("Look-backs"), url=reverse("promises:look_backs")), *more]


@require_http_methods(["GET", "HEAD", "POST"])
def look_backs(request: ActorRequest) -> HttpResponse:
    """The campaigns, and for a clerk the beginning of another."""
    actor = request.actor
    begins = actor.role == Role.CLERK
    form = LookBackForm(
        request.POST if request.method == "POST" else None,
        congress=actor.congress_id,
        on=request.today,
    )
    status = HTTPStatus.OK.value
    if request.method == "POST":
        if not begins:
            raise NotPermitted(_("Only a clerk of the congress begins a look-back."))
        status = HTTPStatus.UNPROCESSABLE_ENTITY.value
        try:
            key = _begun(request, form)
            return redirect("promises:look_back", key)
        except Unfit:
            pass
        except Invalid as refused:
            form.refuse(refused)
        except Conflict as refused:
            form.add_error(None, str(refused))
    answered = Count("items", filter=Q(items__answers__isnull=False), distinct=True)
    rows = selectors.look_backs_for(actor).annotate(
        asked=Count("items", distinct=True), answered=answered
    )
    context = {"rows": rows, "form": form if begins else None, "crumbs": _crumbs()}
    return render(request, "promises/look_backs.html", context, status=status)


def _begun(request: ActorRequest, form: LookBackForm) -> str:
    def do() -> str:
        if not form.is_valid():
            raise Unfit
        said: dict[str, Any] = form.cleaned_data
        return str(services.begin_look_back(actor=request.actor, at=request.now, **said).key)

    key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action="look_back.begin",
        at=request.now,
        do=do,
    )
    if fresh:
        messages.success(request, _("Begun; each organ has been told what it is asked."))
    return key


@require_safe
def look_back(request: ActorRequest, key: str) -> Any:
    """The old replies of one campaign, as the address asks for them."""
    look = selectors.look_back_for(request.actor, key)
    rows = look_back_list.rows_for(request.actor, look)
    extra = {"look": look, "crumbs": _crumbs(Crumb(label=look.title))}
    return respond(
        request, look_back_list.LIST, rows, template="promises/look_back.html", extra=extra
    )


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: ActorRequest, key: str) -> HttpResponse:
    """One old matter: every fresh answer given, and the organ's form for another."""
    found = selectors.item_for(request.actor, key)
    answers = answers_look_back(request.actor, found)
    form = LookBackAnswerForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        if not answers:
            raise NotPermitted(_("You may not take this step."))
        try:
            return _answered(request, found, form)
        except Unfit:
            status = HTTPStatus.UNPROCESSABLE_ENTITY.value
        except Invalid as refused:
            form.refuse(refused)
            status = refused.status
    look = found.look_back
    context = {
        "item": found,
        "answers": found.answers.select_related("post__person").order_by("-pk"),
        "form": form if answers else None,
        "sees_suggestion": selectors.sees_case(request.actor, found.assignment.suggestion_id),
        "crumbs": _crumbs(
            Crumb(label=look.title, url=reverse("promises:look_back", args=[look.key])),
            Crumb(label=found.assignment.suggestion.number or _("Suggestion")),
        ),
    }
    return render(request, "promises/item.html", context, status=status)


def _answered(request: ActorRequest, found: Any, form: LookBackAnswerForm) -> HttpResponse:
    def do() -> str:
        if not form.is_valid():
            raise Unfit
        return str(
            services.answer_look_back(
                item=found, actor=request.actor, at=request.now, **form.cleaned_data
            ).key
        )

    _key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action="look_back.answer",
        at=request.now,
        do=do,
    )
    if fresh:
        messages.success(request, _("On record; the deputies have been told."))
    return redirect("promises:item", found.key)
