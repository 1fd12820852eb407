"""The rules of a congress: what holds and from where, changing it, and bringing open cases under
it. A clerk of the congress changes; leaders and committees read; to others it does not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

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
from huiyin.organisations.selectors import Rulebooks
from huiyin.rulebook import PARAMETERS
from huiyin.suggestions import selectors, services
from huiyin.suggestions.forms.rules import ApplyForm, GroundsForm, PackForm, ValueForm
from huiyin.suggestions.new_rules import begun_cases, first_free_day, open_cases, plan
from huiyin.suggestions.presenters import rules as present
from huiyin.ui.parts import Crumb

CHOOSE, APPLY = "rules.choose", "rules.apply"
READERS = (Role.CLERK, Role.LEADER, Role.COMMITTEE)
DO = "do"


def _require_reader(request: ActorRequest) -> None:
    if request.actor.role not in READERS:
        raise NotFound(request.path)


def _require_clerk(request: ActorRequest) -> None:
    _require_reader(request)
    if request.actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress changes its rules."))


def _crumbs(here: str = "") -> list[Crumb]:
    first = Crumb(label=_("Rules"), url=reverse("suggestions:rules") if here else "")
    return [first, Crumb(label=here)] if here else [first]


# --- Reading


@require_safe
def rules(request: ActorRequest) -> HttpResponse:
    """Every parameter with its value, its source, and since when it holds."""
    _require_reader(request)
    books = Rulebooks.of(request.actor.congress)
    now, last = books.choice_on(request.today), books.latest()
    in_force = books.under(now, on=request.today)
    context = {
        "steps": present.steps(in_force),
        "pack": present.said(in_force.title),
        "choice": present.pack_choice(books, now),
        "planned": last if last and last.valid_from > request.today else None,
        "sessions": sorted({each.session.name for each in books.choices if each.session}),
        "may_change": request.actor.role == Role.CLERK,
    }
    return render(request, "suggestions/rules.html", context)


@require_safe
def rules_history(request: ActorRequest) -> HttpResponse:
    """Every choice and every decision: who, when, why, and what it changed."""
    _require_reader(request)
    context = {
        "entries": present.history(request.actor.congress),
        "crumbs": _crumbs(_("History of the rules")),
    }
    return render(request, "suggestions/rules_history.html", context)


@require_safe
def rules_decision(request: ActorRequest, key: str) -> HttpResponse:
    """One decision on open cases, with those of its cases that the reader may know of."""
    decision, seen = selectors.decision_for(request.actor, key)
    cases = present.applied_cases(decision, visible=seen)
    if not cases and request.actor.role not in READERS:
        raise NotFound(key)
    here = _("Open cases brought under other rules")
    context = {
        "decision": decision,
        "cases": cases,
        "hidden": decision.cases.count() - len(cases),
        "crumbs": _crumbs(here) if request.actor.role in READERS else [Crumb(label=here)],
    }
    return render(request, "suggestions/rules_decision.html", context)


# --- Changing


@require_http_methods(["GET", "HEAD", "POST"])
def rules_value(request: ActorRequest, parameter: str) -> HttpResponse:
    """Another value for one parameter, or the pack's own again."""
    _require_clerk(request)
    if parameter not in PARAMETERS:
        raise NotFound(parameter)
    base = _base(request)
    citation = base.rules.cite(parameter)
    form = ValueForm(
        request.POST or None,
        citation=citation,
        pack_value=base.pack_value(parameter),
        initial=_first_values(request, base),
    )

    def wanted() -> Mapping[str, Any]:
        overrides = {key: value for key, value in base.overrides.items() if key != parameter}
        if not form.takes_pack_value:
            overrides[parameter] = form.value
        return {"pack": base.pack, "overrides": overrides}

    context = {"heading": present.name_of(parameter), "line": present.line(citation)}
    return _changed(request, form, wanted, context)


@require_http_methods(["GET", "HEAD", "POST"])
def rules_pack(request: ActorRequest) -> HttpResponse:
    """Another rule pack."""
    _require_clerk(request)
    base = _base(request)
    form = PackForm(
        request.POST or None, initial={"pack": base.pack, **_first_values(request, base)}
    )

    def wanted() -> Mapping[str, Any]:
        kept = dict(base.overrides) if form.cleaned_data["keep"] else {}
        return {"pack": form.cleaned_data["pack"], "overrides": kept}

    return _changed(request, form, wanted, {"heading": _("Choose the rule pack")})


def _base(request: ActorRequest) -> present.Base:
    return present.base_of(Rulebooks.of(request.actor.congress), on=request.today)


def _first_values(request: ActorRequest, base: present.Base) -> dict[str, Any]:
    """The first day on which a change can begin, among what the page knows already."""
    first = first_free_day(request.actor.congress, on=request.today) or request.today
    if base.choice:
        first = max(first, base.choice.valid_from)
    return {"follows": base.key, "valid_from": first, "decided_on": request.today}


def _changed(
    request: ActorRequest,
    form: GroundsForm,
    wanted: Callable[[], Mapping[str, Any]],
    context: Mapping[str, Any],
) -> HttpResponse:
    """One page in two moments: look at what changes, then put it in force (``act=do``)."""
    status, preview = HTTPStatus.OK.value, None
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY.value
        if form.is_valid():
            said = {
                "congress": request.actor.congress,
                **wanted(),
                **form.grounds,
                "actor": request.actor,
                "at": request.now,
            }
            try:
                if request.POST.get("act") == DO:
                    return _chosen(request, said)
                preview = present.spoken(services.preview_rules(**said))
                status = HTTPStatus.OK.value
            except (Invalid, Conflict) as refused:
                _refuse(form, refused)
                status = refused.status
    page = {
        **context,
        "form": form,
        "preview": preview,
        "open": open_cases(request.actor.congress).count(),
        "begun": begun_cases(request.actor.congress).exists(),
        "crumbs": _crumbs(str(context["heading"])),
    }
    return render(request, "suggestions/rules_change.html", page, status=status)


def _chosen(request: ActorRequest, said: Mapping[str, Any]) -> HttpResponse:
    _key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=CHOOSE,
        at=request.now,
        do=lambda: services.choose_rules(**said).key,
    )
    if fresh:
        messages.success(request, _("The rules have been changed and put on record."))
    return redirect("suggestions:rules")


def _refuse(form: GroundsForm | ApplyForm, refused: DomainError) -> None:
    """Show a refusal with its remedy: beside the fields it names, else above them."""
    named = {name: found for name, found in refused.fields.items() if name in form.fields}
    for name, complaints in named.items():
        for complaint in complaints:
            form.add_error(name, str(complaint))
    form.add_error(None, f"{refused} {refused.remedy}".strip())


# --- Open cases


@require_http_methods(["GET", "HEAD", "POST"])
def rules_open(request: ActorRequest) -> HttpResponse:
    """Which open cases are under other rules than those in force, and bringing them under these."""
    _require_clerk(request)
    form = ApplyForm(request.POST or None)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY.value
        if form.is_valid():
            try:
                return _applied(request, form)
            except (Invalid, Conflict) as refused:
                _refuse(form, refused)
                status = refused.status
    planned = plan(request.actor.congress, on=request.today)
    context = {
        "plan": planned,
        "shared": present.shared(planned),
        "form": form,
        "open": open_cases(request.actor.congress).count(),
        "crumbs": _crumbs(_("Open cases")),
    }
    return render(request, "suggestions/rules_open.html", context, status=status)


def _applied(request: ActorRequest, form: ApplyForm) -> HttpResponse:
    key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=APPLY,
        at=request.now,
        do=lambda: (
            services.apply_rules(
                congress=request.actor.congress,
                mark=form.cleaned_data["mark"],
                why=form.cleaned_data["reason"],
                actor=request.actor,
                at=request.now,
            )[0].key
        ),
    )
    if fresh:
        count = selectors.decision_for(request.actor, key)[0].cases.count()
        words = ngettext(
            "%(n)s open case now follows the rules in force.",
            "%(n)s open cases now follow the rules in force.",
            count,
        )
        messages.success(request, words % {"n": count})
    return redirect("suggestions:rules_decision", key)
