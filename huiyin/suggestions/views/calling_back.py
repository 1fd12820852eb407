"""Ratings that are called back: the draws of the session, the list of calls, and one call."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import DomainError, NotFound
from huiyin.ledger.services import once
from huiyin.organisations.models import Session
from huiyin.suggestions import call_backs, selectors, services
from huiyin.suggestions.forms.calling_back import CallBackForm, DrawForm
from huiyin.suggestions.forms.rating import grade_label
from huiyin.suggestions.models import InDraw
from huiyin.suggestions.services.calling_back import CALL, DRAW, to_draw_from
from huiyin.ui.forms import AskedForm


@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: ActorRequest) -> HttpResponse:
    """For the clerks of the congress alone; to everybody else there is no such page."""
    if request.actor.role != Role.CLERK:
        raise NotFound(request.path)
    session = selectors.current_session(request.actor.congress, on=request.today)
    if session is None:
        raise NotFound(request.path)
    if request.method != "POST":
        return _page(request, session)
    if "drawn" in request.POST:
        form: AskedForm = CallBackForm(request.POST, today=request.today)
        return _sent(request, session, form, action=CALL)
    return _sent(request, session, DrawForm(request.POST), action=DRAW)


def _sent(request: ActorRequest, session: Session, form: AskedForm, *, action: str) -> HttpResponse:
    if not form.is_valid():
        return _page(request, session, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = dict(form.cleaned_data)
    who: dict[str, Any] = {"actor": request.actor, "at": request.now}

    def do() -> str:
        if action == DRAW:
            return str(services.draw_call_backs(session=session, **who, **said).key)
        row = call_backs.find_drawn(request.actor, said.pop("drawn"))
        return str(services.record_call_back(drawn=row, **who, **said).key)

    try:
        once(key=request.POST.get("once", ""), **who, action=action, do=do)
    except NotFound:
        raise
    except DomainError as refused:
        form.add_error(None, str(refused))
        return _page(request, session, form, status=refused.status)
    messages.success(request, _("It is on record."))
    return redirect("suggestions:call_back")


def _row(each: InDraw) -> dict[str, Any]:
    """What a line of the page shows."""
    rating = each.rating
    return {
        "key": each.key,
        "rating": rating,
        "grade": grade_label(rating.result or rating.attitude),
        "last": list(each.calls.all())[-1:],
    }


def _page(
    request: ActorRequest,
    session: Session,
    form: AskedForm | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    rows = [_row(each) for each in call_backs.drawn_of(request.actor).filter(draw__session=session)]
    asked = request.POST.get("drawn") or request.GET.get("call", "")
    called = call_backs.find_drawn(request.actor, asked) if asked else None
    call_form = form if isinstance(form, CallBackForm) else None
    if called and call_form is None:
        initial = {"drawn": called.key, "held_on": request.today}
        call_form = CallBackForm(None, today=request.today, initial=initial)
    context = {
        "session": session,
        "draws": call_backs.draws_of(session),
        "rows": rows,
        "to_call": sum(not row["last"] for row in rows),
        "called": called,
        "call_form": call_form,
        "draw_form": form if isinstance(form, DrawForm) else DrawForm(),
        "waiting": to_draw_from(session).count(),
    }
    return render(request, "suggestions/call_back.html", context, status=status)
