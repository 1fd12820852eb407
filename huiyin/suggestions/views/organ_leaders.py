"""What a liaison officer sets up for his organ, and leaders' meetings and visits.

Whoever reads the organ's responsibility reads the record of its leaders; he alone enters it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, NotPermitted
from huiyin.ledger.services import once
from huiyin.organisations.models import Organ
from huiyin.suggestions import responsibility as reading
from huiyin.suggestions import services
from huiyin.suggestions.forms.organ_leaders import (
    LeaderActForm,
    LeaderForm,
    StrikeForm,
    SystemForm,
)
from huiyin.suggestions.presenters import leader_acts as present
from huiyin.suggestions.presenters import responsible
from huiyin.suggestions.views.responsibility import asked_organ, session_of, tabs
from huiyin.ui.parts import Crumb


def _require_liaison(request: ActorRequest) -> Organ:
    """The reader's organ, when he is the one who sets it up."""
    reading.require_reader(request.actor)
    if request.actor.role != Role.LIAISON:
        raise NotPermitted(_("Only the liaison officer of an organ sets this up."))
    return reading.organ_for(request.actor)


def _crumbs(here: str) -> list[Crumb]:
    return [
        Crumb(label=_("Who is responsible"), url=reverse("suggestions:responsibility")),
        Crumb(label=here),
    ]


# --- Setting up


@require_http_methods(["GET", "HEAD", "POST"])
def responsibility_system(request: ActorRequest) -> HttpResponse:
    """The organ's system of responsibility."""
    organ = _require_liaison(request)
    form = SystemForm(request.POST or None, system=reading.system_of(organ.pk))
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            _once(
                request,
                "responsibility.system",
                lambda: services.set_system(
                    organ=organ,
                    actor=request.actor,
                    at=request.now,
                    levels=form.levels,
                    six_fixed=form.cleaned_data["six_fixed"],
                    shares_out=form.cleaned_data["shares_out"],
                ),
                said=_("Your organ's system of responsibility is on record."),
            )
            return redirect("suggestions:responsibility")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "crumbs": _crumbs(_("System of responsibility"))}
    return render(request, "suggestions/responsibility_system.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def organ_leaders(request: ActorRequest) -> HttpResponse:
    """The organ's leaders: those in office, and entering another."""
    organ = _require_liaison(request)
    form = LeaderForm(request.POST or None, actor=request.actor, on=request.today)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY.value
        if form.is_valid():
            said = form.cleaned_data
            try:
                _once(
                    request,
                    "leader.add",
                    lambda: services.add_leader(
                        organ=organ,
                        actor=request.actor,
                        at=request.now,
                        name=said["name"],
                        title=said["office"],
                        is_main=said["is_main"],
                        post=form.post_chosen,
                    ),
                    said=_("The leader stands on the list."),
                )
                return redirect("suggestions:organ_leaders")
            except Conflict as refused:
                form.add_error(None, f"{refused} {refused.remedy}")
                status = refused.status
    context = {
        "form": form,
        "leaders": reading.leaders_of(organ.pk),
        "crumbs": _crumbs(_("Leaders of the organ")),
    }
    return render(request, "suggestions/organ_leaders.html", context, status=status)


@require_POST
def leader_left(request: ActorRequest, key: str) -> HttpResponse:
    """A leader leaves the list."""
    leader = reading.leader_for(request.actor, key)
    _require_liaison(request)
    _once(
        request,
        "leader.end",
        lambda: services.end_leader(leader=leader, actor=request.actor, at=request.now),
        said=_("The leader has left the list; his items stay his until their plans change."),
    )
    return redirect("suggestions:organ_leaders")


# --- Leaders' meetings and visits


@require_http_methods(["GET", "HEAD", "POST"])
def leader_acts(request: ActorRequest) -> HttpResponse:
    """The record of them with its counts; the liaison officer enters another."""
    reading.require_reader(request.actor)
    if request.method == "POST":
        return _record_act(request)
    return _acts_page(request)


def _act_form(request: ActorRequest, data: Any = None) -> LeaderActForm:
    session, sessions = session_of(request)
    return LeaderActForm(
        data,
        actor=request.actor,
        on=request.today,
        sessions=sessions,
        here=session.key if session else "",
    )


def _record_act(request: ActorRequest) -> HttpResponse:
    organ = _require_liaison(request)
    form = _act_form(request, request.POST)
    if not form.is_valid():
        return _acts_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    _once(
        request,
        "leader_act.record",
        lambda: services.record_leader_act(
            organ=organ,
            actor=request.actor,
            at=request.now,
            kind=said["kind"],
            held_on=said["held_on"],
            leader=form.leader_chosen,
            gist=said["gist"],
            cases=form.cases,
        ),
        said=_("It is on record."),
    )
    return redirect("suggestions:leader_acts")


def _acts_page(
    request: ActorRequest, form: LeaderActForm | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    organ = asked_organ(request)
    context: dict[str, Any] = {"tabs": tabs(request, "acts"), "organ": organ}
    if organ is None:
        session, _every = session_of(request)
        lines = responsible.organ_lines(request.actor, session=session)
        context |= {"lines": lines, "kinds": responsible.act_kinds(), "session": session}
        return render(request, "suggestions/leader_acts_organs.html", context)
    may = request.actor.role == Role.LIAISON
    context |= {
        "acts": present.acts(request.actor, organ),
        "counts": present.counts(organ),
        "form": (form or _act_form(request)) if may else None,
        "strike": StrikeForm() if may else None,
    }
    return render(request, "suggestions/leader_acts.html", context, status=status)


@require_POST
def strike_leader_act(request: ActorRequest, key: str) -> HttpResponse:
    """A record was entered wrongly: it counts no more."""
    act = reading.leader_act_for(request.actor, key)
    _require_liaison(request)
    form = StrikeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what is wrong with the record; nothing was struck."))
        return redirect("suggestions:leader_acts")
    _once(
        request,
        "leader_act.strike",
        lambda: services.strike_leader_act(
            act=act, actor=request.actor, at=request.now, why=form.cleaned_data["reason"]
        ),
        said=_("The record is struck. It stays to be read and counts no more."),
    )
    return redirect("suggestions:leader_acts")


def _once(request: ActorRequest, action: str, do: Any, *, said: str) -> None:
    """Do it unless this very form was sent before."""
    _key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action=action,
        at=request.now,
        do=lambda: str(do().key),
    )
    if fresh:
        messages.success(request, said)
