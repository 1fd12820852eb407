"""Terms and sessions of the congress; opening the next session, and the next term (换届)."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.suggestions import selectors, services
from huiyin.suggestions.forms.terms import SessionForm, TermForm
from huiyin.suggestions.services.terms import TermChange

READERS = (Role.CLERK, Role.LEADER, Role.COMMITTEE)
SESSION, DO = "session", "do"


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: ActorRequest) -> HttpResponse:
    """The terms with their sessions; for a clerk also the two ways to open what comes next."""
    if request.actor.role not in READERS:
        raise NotFound(request.path)
    if request.method != "POST":
        return _page(request)
    if request.actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress opens its sessions and terms."))
    act = request.POST.get("act", "")
    form = SessionForm(request.POST) if act == SESSION else TermForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _answer(request, form, act)
    except (Invalid, Conflict) as refused:
        if isinstance(refused, Invalid):
            form.refuse(refused)
        else:
            form.add_error(None, f"{refused} {refused.remedy}".strip())
        return _page(request, form, status=refused.status)


def _answer(request: ActorRequest, form: SessionForm, act: str) -> HttpResponse:
    opens_on, closes_on = form.cleaned_data["opens_on"], form.cleaned_data["closes_on"]
    congress = request.actor.congress
    if act not in (SESSION, DO):
        plan = services.plan_term(congress, opens_on=opens_on, closes_on=closes_on)
        return _page(request, form, plan=plan)
    service = services.open_next_session if act == SESSION else services.change_term
    _key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=f"terms.{act}",
        at=request.now,
        do=lambda: (
            service(
                congress=congress,
                opens_on=opens_on,
                closes_on=closes_on,
                actor=request.actor,
                at=request.now,
            ).key
        ),
    )
    if fresh:
        session, term = _("The session is entered."), _("The next term is entered.")
        messages.success(request, session if act == SESSION else term)
    return redirect("suggestions:terms")


def _page(
    request: ActorRequest,
    form: SessionForm | None = None,
    *,
    plan: TermChange | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """``form`` is the one that was sent: of a session, or of a term."""
    is_term = isinstance(form, TermForm)
    context = {
        "terms": selectors.terms_of(request.actor.congress),
        "opens": request.actor.role == Role.CLERK,
        "session_form": form if form is not None and not is_term else SessionForm(),
        "term_form": form if is_term else TermForm(),
        "plan": plan,
    }
    return render(request, "suggestions/terms.html", context, status=status)
