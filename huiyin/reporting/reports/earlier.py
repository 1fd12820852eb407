"""Pages of figures of earlier years."""

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
from huiyin.reporting.reports import lists, rules, selectors, services
from huiyin.reporting.reports.forms import EarlierForm
from huiyin.reporting.reports.names import name_of, names
from huiyin.ui.days import moment
from huiyin.ui.lists import respond
from huiyin.ui.parts import Crumb, Fact
from huiyin.ui.sending import Unfit, sent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_safe
def rows(request: ActorRequest) -> HttpResponseBase:
    """What was entered of years that are not in this system."""
    if request.actor.role not in (Role.CLERK, *rules.READERS):
        raise NotPermitted(_("These figures are kept by the congress office."))
    extra = {"keeps": rules.keeps_earlier(request.actor), "crumbs": _crumbs()}
    found = selectors.earlier_for(request.actor)
    template = "reporting/reports_earlier.html"
    return respond(request, lists.EARLIER, found, template=template, extra=extra)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter a figure with its source."""
    if not rules.keeps_earlier(request.actor):
        raise NotPermitted(_("Only the congress office enters figures of earlier years."))
    data = request.POST if request.method == "POST" else None
    form = EarlierForm(data)
    status = int(HTTPStatus.OK)
    if data is not None:

        def enter() -> str:
            if not form.is_valid():
                raise Unfit
            entered = form.entered
            return str(
                services.enter_earlier(actor=request.actor, at=request.now, entered=entered).key
            )

        came = sent(request, "earlier.enter", enter, form=form)
        if isinstance(came, str):
            messages.success(request, _("The figure is on record."))
            return redirect("reporting:reports:earlier")
        status = came
    heading = _("Enter a figure of an earlier year")
    context = {"form": form, "heading": heading, "crumbs": _crumbs(heading)}
    context |= {"back": reverse("reporting:reports:earlier"), "offered": names().items()}
    return render(request, "reporting/reports_form.html", context, status=status)


@require_safe
def one(request: ActorRequest, key: str) -> HttpResponse:
    """One figure with the paper it stands in, and the others entered for the same."""
    found = selectors.earlier_one(request.actor, key)
    same = _("the same base as here") if found.same_base else _("another base than here")
    facts = [
        Fact(label=_("Figure"), value=f"{found.code} {name_of(found.code)}"),
        Fact(label=_("Figure as printed"), value=found.printed),
        Fact(label=_("Year"), value=found.year),
        Fact(label=_("Counted over"), value=f"{found.base}（{same}）"),
        Fact(label=_("Paper it stands in"), value=found.source),
        Fact(label=_("Page"), value=found.page or "—"),
        Fact(label=_("Entered"), value=f"{found.post.person.name}，{moment(found.at)}"),
    ]
    others = selectors.earlier_for(request.actor).filter(code=found.code, year=found.year)
    context = {
        "found": found,
        "facts": facts,
        "later": others.filter(pk__gt=found.pk).order_by("pk").last(),
        "name": name_of(found.code),
        "crumbs": _crumbs(f"{found.year} {found.code}"),
    }
    return render(request, "reporting/reports_earlier_one.html", context)


def _crumbs(here: str = "") -> list[Crumb]:
    """The way back to the reports."""
    reports = Crumb(label=lists.REPORTS.title, url=reverse("reporting:reports:list"))
    own = reverse("reporting:reports:earlier") if here else ""
    found = [reports, Crumb(label=lists.EARLIER.title, url=own)]
    return [*found, Crumb(label=here)] if here else found
