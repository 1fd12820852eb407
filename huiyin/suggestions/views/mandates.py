"""The mandates of organs: what each is there for, article by article. The clerk enters them."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, Invalid, NotFound
from huiyin.ledger.services import once
from huiyin.organisations.models import MandateClause, Organ
from huiyin.organisations.rules import keeps_register, require_keeper
from huiyin.organisations.selectors import organs_with_mandates
from huiyin.organisations.services import end_mandate, enter_mandate
from huiyin.suggestions.forms.mandates import ClauseForm, EndForm
from huiyin.ui.parts import Crumb

ENTER, END = "mandate.enter", "mandate.end"
Form = ClauseForm | EndForm


@require_safe
def mandates(request: ActorRequest) -> HttpResponse:
    """Every organ of the congress with the number of articles in force."""
    found = organs_with_mandates(request.actor.congress)
    rows = [
        (organ, sum(clause.holds_on(request.today) for clause in organ.mandate_clauses.all()))
        for organ in found
        if organ.exists_on(request.today)
    ]
    return render(request, "suggestions/mandates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: ActorRequest, key: str) -> HttpResponse:
    """One organ's articles, those that ended too; a clerk enters one or ends one here."""
    organ = _organ(request, key)
    if request.method != "POST":
        return _page(request, organ, form=ClauseForm())
    require_keeper(request.actor, organ.congress)
    clause = _clause(organ, request.POST.get("clause", ""))
    form: Form = EndForm(request.POST) if clause else ClauseForm(request.POST)
    if not form.is_valid():
        return _page(request, organ, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def do() -> str:
        require_as_read(request.actor)
        said = {**form.cleaned_data, "actor": request.actor, "at": request.now}
        kept = end_mandate(clause=clause, **said) if clause else enter_mandate(organ=organ, **said)
        return str(kept.key)

    try:
        _key, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action=END if clause else ENTER,
            at=request.now,
            do=do,
        )
    except (Invalid, Conflict) as refused:
        form.add_error(None, f"{refused} {refused.remedy}".strip())
        return _page(request, organ, form=form, status=refused.status)
    if fresh:
        said = _("The article has ended.") if clause else _("The article is entered.")
        messages.success(request, said)
    return redirect("suggestions:mandate", organ.key)


def _organ(request: ActorRequest, key: str) -> Organ:
    """The organ, of the reader's own congress. ``NotFound`` for another's and for none."""
    found = organs_with_mandates(request.actor.congress).filter(key=key)
    organ = found.select_related("congress").first()
    if organ is None:
        raise NotFound(key)
    return organ


def _clause(organ: Organ, key: str) -> MandateClause | None:
    """The article a form ends; none when it enters one. ``NotFound`` for another organ's."""
    if not key:
        return None
    for clause in organ.mandate_clauses.all():
        if clause.key == key:
            return clause
    raise NotFound(key)


def _page(
    request: ActorRequest, organ: Organ, *, form: Form, status: int = HTTPStatus.OK
) -> HttpResponse:
    clauses = list(organ.mandate_clauses.all())
    context = {
        "organ": organ,
        "in_force": [each for each in clauses if each.holds_on(request.today)],
        "others": [each for each in clauses if not each.holds_on(request.today)],
        "keeps": keeps_register(request.actor, organ.congress),
        "form": form if isinstance(form, ClauseForm) else ClauseForm(),
        "ending": form if isinstance(form, EndForm) else EndForm(),
        "ended": request.POST.get("clause", ""),
        "crumbs": [
            Crumb(label=_("Duties of organs"), url=reverse("suggestions:mandates")),
            Crumb(label=organ.name),
        ],
    }
    return render(request, "suggestions/mandate.html", context, status=status)
