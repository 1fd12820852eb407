"""Disputes about responsibility: their list, and the day until which adjustments are taken."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.organisations.models import Session
from huiyin.organisations.selectors import work_calendar
from huiyin.suggestions import disputes_list as listed
from huiyin.suggestions import selectors, services
from huiyin.suggestions.forms.returning import CutoffForm
from huiyin.suggestions.presenters.disputes import working_days
from huiyin.ui.lists import ListPage, respond
from huiyin.ui.parts import Crumb

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

EXTEND = "return_cutoff.extend"


def _require_reader(request: ActorRequest) -> None:
    if request.actor.role not in listed.READERS:
        raise NotFound(request.path)


@require_safe
def disputes(request: ActorRequest) -> HttpResponseBase:
    """Who contests what, in which round, and how long nobody owned it; one sum over all rows."""
    _require_reader(request)
    calendar = work_calendar()
    spec = listed.list_for(count=listed.counted(request.today, calendar))
    rows = listed.rows_for(request.actor)
    # The sum is over everything the address asks for, not over the page shown.
    spans = ListPage(spec, request, rows).filtered.values_list("contests", flat=True)
    total = sum(working_days(each, on=request.today, calendar=calendar) for each in spans)
    session = selectors.current_session(request.actor.congress, on=request.today)
    extra = {
        "total": total,
        "session": session,
        "cutoff": selectors.cutoff_of(session) if session else None,
        "may_extend": request.actor.role == Role.CLERK,
    }
    return respond(request, spec, rows, template="suggestions/disputes.html", extra=extra)


@require_http_methods(["GET", "HEAD", "POST"])
def cutoff(request: ActorRequest) -> HttpResponse:
    """Moving the day until which adjustments of the running session are taken (源文004)."""
    _require_reader(request)
    if request.actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress puts such a decision on record."))
    session = selectors.current_session(request.actor.congress, on=request.today)
    if session is None:
        raise NotFound(request.path)
    form = CutoffForm(
        request.POST or None, today=request.today, initial={"decided_on": request.today}
    )
    status = HTTPStatus.OK.value
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY.value
        if form.is_valid():
            try:
                return _extended(request, form, session=session)
            except (Invalid, Conflict) as refused:
                form.add_error(None, f"{refused} {refused.remedy}".strip())
                status = refused.status
    context = {
        "form": form,
        "session": session,
        "decisions": session.return_cutoffs.select_related("post__person").order_by("-pk"),
        "crumbs": [
            Crumb(label=_("Disputed responsibility"), url=reverse("suggestions:disputes")),
            Crumb(label=_("Day for adjustments")),
        ],
    }
    return render(request, "suggestions/cutoff.html", context, status=status)


def _extended(request: ActorRequest, form: CutoffForm, *, session: Session) -> HttpResponse:
    _key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=EXTEND,
        at=request.now,
        do=lambda: (
            services.extend_cutoff(
                session=session, actor=request.actor, at=request.now, **form.cleaned_data
            ).key
        ),
    )
    if fresh:
        messages.success(request, _("The decision is on record."))
    return redirect("suggestions:disputes")
