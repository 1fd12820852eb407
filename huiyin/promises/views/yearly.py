"""What returns every year: figures over three years, the roll into a new year, return slips."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.promises import figures, letters, rolling, services, slips, stages
from huiyin.promises.selectors import roll_of
from huiyin.suggestions.letters.kinds import Ending
from huiyin.suggestions.letters.of_case import Offices
from huiyin.suggestions.views.made import made
from huiyin.ui.parts import Crumb

SENDERS = (Role.CLERK, Role.LIAISON)


def _crumbs(here: str) -> list[Crumb]:
    ledger = Crumb(label=_("Ledger of promises"), url=reverse("promises:list"))
    return [ledger, Crumb(label=here)]


def _year(request: ActorRequest) -> int:
    """The year asked for; the present one where none is. ``NotFound`` for what is no year."""
    asked = request.GET.get("year") or str(request.today.year)
    if not (asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= request.today.year):
        raise NotFound(asked)
    return int(asked)


def _years(today: date) -> list[int]:
    return list(range(today.year, today.year - figures.YEARS, -1))


@require_safe
def followed_up(request: ActorRequest) -> HttpResponse:
    """Three years side by side, and one year's ledger by organ."""
    year, on = _year(request), request.today
    first = pgettext("figure", "Promised in")
    context = {
        "years": figures.table(figures.by_year(request.actor, on=on), first=first, on=on),
        "organs": figures.table(
            figures.by_organ(request.actor, year=year, on=on), first=_("Organ"), on=on
        ),
        "year": year,
        "choices": _years(on),
        "crumbs": _crumbs(_("How promises are kept")),
    }
    return render(request, "promises/followed_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: ActorRequest) -> HttpResponse:
    """What earlier years left, beside this year's suggestions, organ by organ."""
    if request.actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress rolls the ledger over."))
    year = _year(request)
    if request.method == "POST":
        done = _once(
            request,
            "promise.roll",
            lambda: services.roll_year(year=year, actor=request.actor, at=request.now).key,
        )
        if done:
            messages.success(request, _("On record; each organ has been told of its own."))
        return redirect(f"{reverse('promises:roll')}?year={year}")
    context = {
        "year": year,
        "choices": _years(request.today),
        "table": rolling.table(request.actor, year=year),
        "rolled": roll_of(request.actor, year=year),
        "crumbs": _crumbs(_("Into the new year")),
    }
    return render(request, "promises/roll.html", context)


@require_safe
def return_slips(request: ActorRequest) -> HttpResponse:
    """Each deputy with his promises of this and last year, and whether he has been told."""
    if request.actor.role not in SENDERS:
        raise NotPermitted(_("The organs and the congress office tell the deputies."))
    year = _year(request)
    context = {
        "year": year,
        "choices": _years(request.today),
        "lines": slips.by_deputy(request.actor, year=year),
        "crumbs": _crumbs(_("State for the deputies")),
    }
    return render(request, "promises/slips.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def return_slip(request: ActorRequest, key: str, year: int) -> HttpResponse:
    """The letter to one deputy with its return slip; sending it tells him of each promise."""
    letter = slips.letter_for(request.actor, key, year=year, on=request.today)
    if request.method == "POST":
        if request.actor.role not in SENDERS:
            raise NotPermitted(_("The organs and the congress office tell the deputies."))
        told = 0

        def send() -> str:
            nonlocal told
            for promise in letter.promises:
                told += services.tell_year(
                    promise=promise, year=year, actor=request.actor, at=request.now
                )
            return str(told)

        if _once(request, "promise.tell", send):
            said = ngettext("Told of %(n)s promise.", "Told of %(n)s promises.", told)
            messages.success(request, said % {"n": told})
        return redirect("promises:slip", key, year)
    context = {
        "letter": letter,
        "files": [
            (reverse("promises:letter", args=[key, year, ending]), label)
            for ending, label in Ending.choices
        ],
        "may_send": request.actor.role in SENDERS and letter.untold > 0,
        "crumbs": _crumbs(_("State for the deputies")),
    }
    return render(request, "promises/slip.html", context)


@require_safe
def letter(request: ActorRequest, key: str, year: int, ending: str) -> FileResponse:
    """The same letter with its return slip as a file: an organ's own, or the congress office's."""
    actor = request.actor
    found = slips.letter_for(actor, key, year=year, on=request.today)
    own = actor.post.organ if actor.role in stages.ORGAN else None
    sender = own.name if own else Offices.of(actor.congress).of_congress
    page = request.build_absolute_uri(reverse("promises:slip", args=[key, year]))
    paper = letters.yearly_letter(found, sender=sender, link=page)
    return made(paper, ending, name=f"{paper.title}（{found.deputy.person.name}）")


def _once(request: ActorRequest, action: str, do: Callable[[], str]) -> bool:
    """Do it unless this form was sent before; a conflict is said on the page it leads back to."""
    try:
        _result, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action=action,
            at=request.now,
            do=do,
        )
    except Conflict as refused:
        messages.warning(request, f"{refused} {refused.remedy}".strip())
        return False
    return fresh
