"""Lists of suggestions that supervision follows, and who follows whose."""

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
from huiyin.kernel.errors import NotPermitted
from huiyin.supervision import services, supervising
from huiyin.supervision.forms.acts import CounterpartForm
from huiyin.supervision.lists import following as lists
from huiyin.supervision.rules import ORGAN, OVERSEERS
from huiyin.ui.lists import respond
from huiyin.ui.parts import Crumb
from huiyin.ui.sending import Unfit, sent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

KEEPERS = (Role.CLERK, Role.GOVERNMENT_CLERK)


@require_safe
def not_let_go(request: ActorRequest) -> HttpResponseBase:
    """The four lists of what is not let go, as they stand today."""
    if request.actor.role not in (*OVERSEERS, *ORGAN):
        raise NotPermitted(_("These lists are kept by those who oversee and those who handle."))
    rows = supervising.not_let_go(request.actor, request.today)
    rows = rows.select_related("lead__person", "lead_organ")
    return respond(request, lists.NOT_LET_GO_LIST, rows, template="supervision/not_let_go.html")


@require_safe
def catalogue(request: ActorRequest) -> HttpResponseBase:
    """Which suggestions each committee follows."""
    if request.actor.role not in OVERSEERS:
        raise NotPermitted(_("This catalogue is sent to leaders and committees."))
    extra = {"keeps": request.actor.role in KEEPERS}
    rows = lists.catalogue_rows(request.actor)
    template = "supervision/catalogue.html"
    return respond(request, lists.CATALOGUE, rows, template=template, extra=extra)


@require_http_methods(["GET", "HEAD", "POST"])
def counterparts(request: ActorRequest) -> HttpResponse:
    """Say which organs a committee follows."""
    if request.actor.role not in KEEPERS:
        raise NotPermitted(_("Only the offices that assign keep this."))
    data = request.POST if request.method == "POST" else None
    form = CounterpartForm(data, actor=request.actor, on=request.today)
    if data is None:
        return _page(request, form)

    def keep() -> str:
        if not form.is_valid():
            raise Unfit
        committee = form.committees.get(form.cleaned_data["committee"])
        count = services.set_counterparts(
            actor=request.actor, at=request.now, committee=committee, organs=form.organs_found
        )
        return str(count)

    refused = sent(request, "counterpart.set", keep, form=form)
    if isinstance(refused, int):
        return _page(request, form, status=refused)
    messages.success(request, _("It is on record."))
    return redirect("supervision:catalogue")


def _page(
    request: ActorRequest, form: CounterpartForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    back = reverse("supervision:catalogue")
    heading = _("Who follows whose suggestions")
    way = [Crumb(label=_("Counterpart catalogue"), url=back), Crumb(label=heading)]
    context = {"form": form, "heading": heading, "back": back, "crumbs": way}
    return render(request, "supervision/form.html", context, status=status)
