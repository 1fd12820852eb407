"""Clearing replies: what waits for a reader, two texts compared, the levels of an organ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import Invalid, NotFound, Words
from huiyin.ledger.services import once
from huiyin.organisations.selectors import rulebook_for
from huiyin.suggestions import services
from huiyin.suggestions.clearance import Clearing, Level, holders_in, levels_of, settings_of
from huiyin.suggestions.forms.levels import LevelsForm
from huiyin.suggestions.models.clearance import CLEARING
from huiyin.suggestions.presenters import reply_texts
from huiyin.suggestions.presenters.to_clear import MOST
from huiyin.suggestions.presenters.to_clear import to_clear as waiting_for
from huiyin.suggestions.services.levels import keeps_levels
from huiyin.suggestions.views.cases import crumbs
from huiyin.suggestions.views.replying import own_reply
from huiyin.ui.parts import Crumb

SET = "clearance.set_levels"


@require_safe
def to_clear(request: ActorRequest) -> HttpResponse:
    """One page of everything that waits for the reader's check or signature."""
    actor = request.actor
    if actor.role not in CLEARING:
        raise NotFound(request.path)
    rules = rulebook_for(congress=actor.congress, on=request.today)
    rows, count = waiting_for(actor, today=request.today, near_days=rules.lights.near_due_days)
    context = {
        "rows": rows,
        "more": max(0, count - MOST),
        "crumbs": [Crumb(label=_("To clear"))],
    }
    return render(request, "suggestions/to_clear.html", context)


@require_safe
def reply_texts_page(request: ActorRequest, key: str) -> HttpResponse:
    """Two texts of the organ's reply with what differs: the last two, or those asked for."""
    scene, file = own_reply(request, key)
    found = reply_texts.compared(
        file, scene.charge, old=request.GET.get("old", ""), new=request.GET.get("new", "")
    )
    context = {
        "case": scene.case,
        "part": scene.charge,
        "texts": [shown for shown, _reply in reply_texts.texts(file, scene.charge)],
        "compared": found,
        "crumbs": crumbs(scene.case, here=_("Texts of the reply")),
    }
    return render(request, "suggestions/reply_texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: ActorRequest) -> HttpResponse:
    """The levels of the reader's organ, with what it had before; its keepers set them here."""
    actor = request.actor
    if not keeps_levels(actor):
        raise NotFound(request.path)
    organ_id = actor.organ_id or 0
    now = levels_of(organ_id, on=request.today)
    form = LevelsForm(request.POST or None, organ_id=organ_id, now=now, today=request.today)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid() and _set(request, form):
            return redirect("suggestions:levels")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    rules = rulebook_for(congress=actor.congress, on=request.today)
    context = {
        "form": form,
        "organ": actor.post.organ,
        "levels": _said(now, organ_id, on=request.today),
        "settings": settings_of(organ_id),
        "fewest": rules.clearance.levels,
        "crumbs": [Crumb(label=_("Levels of clearance"), url=reverse("suggestions:levels"))],
    }
    return render(request, "suggestions/levels.html", context, status=status)


def _said(now: Sequence[Level], organ_id: int, *, on: date) -> list[tuple[Words, str]]:
    """Each level by its name, with those who clear it now."""
    clearing = Clearing(levels=now, holders=holders_in(organ_id, on=on))
    return [(level.label, clearing.who(number)) for number, level in enumerate(now, start=1)]


def _set(request: ActorRequest, form: LevelsForm) -> bool:
    """Set the levels once; what stands against them is said in the form."""

    def keep() -> str:
        setting = services.set_levels(
            actor=request.actor,
            at=request.now,
            levels=form.levels,
            valid_from=form.cleaned_data["valid_from"],
        )
        return str(setting.key)

    try:
        _key, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action=SET,
            at=request.now,
            do=keep,
        )
    except Invalid as refused:
        form.refuse(refused)
        return False
    if fresh:
        messages.success(request, _("Set. Texts sent from that day on go through these levels."))
    return True
