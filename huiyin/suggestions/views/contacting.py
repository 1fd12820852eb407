"""Contacts with deputies across cases: what waits for a deputy, the list, the table by organ."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import DomainError, Invalid, NotPermitted
from huiyin.ledger.services import once
from huiyin.suggestions import contact_list, contacts, selectors, services
from huiyin.suggestions.asked import session_asked
from huiyin.suggestions.forms.contacting import TalkForm
from huiyin.suggestions.presenters import contact_figures, contacting
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.services.talking import TALK, side_of
from huiyin.suggestions.steps import Scene
from huiyin.suggestions.views.cases import crumbs, scene_of
from huiyin.ui.days import plain_day
from huiyin.ui.lists import Context, respond
from huiyin.ui.sending import Unfit

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


OVERSEERS = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.COMMITTEE, Role.LEADER)
TALKERS = (Role.CLERK, Role.LEADER, Role.ELECTING_LIAISON)
BOTH_SIDES = (Role.CLERK, Role.LEADER)
# Cases on the deputy's page at once, and other suggestions a talk may be about.
CASES_SHOWN, OTHERS_SHOWN = 20, 50


@require_safe
def to_check(request: ActorRequest) -> HttpResponse:
    """What organs say of having spoken with this deputy, case by case, with his two answers."""
    actor = request.actor
    if actor.role != Role.DEPUTY:
        raise NotPermitted(_("Only deputies are asked whether a contact was so."))
    waiting = contacts.to_check(actor).values("assignment__suggestion")
    cases = selectors.visible_to(actor).filter(pk__in=waiting).order_by("pk")
    shown = cases.select_related("congress", "lead__delegation")[:CASES_SHOWN]
    groups = []
    for case in shown:
        file = read(Scene(actor=actor, at=request.now, case=case))
        groups.append((case, contacting.to_check(file)))
    here = _("Was it so?")
    context = {"groups": groups, "count": cases.count(), "crumbs": crumbs(here=here)}
    return render(request, "suggestions/contacts_to_check.html", context)


@require_safe
def contact_rows(request: ActorRequest) -> HttpResponseBase:
    """The contacts the reader may know of, as the address asks; also exported and printed."""
    actor = request.actor
    if actor.role == Role.ELECTING_LIAISON:
        raise NotPermitted(_("Contacts are between the organs and the deputies."))
    context = Context(actor=actor, today=request.today, request=request)
    rows = contact_list.rows_for(actor, context)
    extra = {"by_organ": actor.role in OVERSEERS}
    template = "suggestions/contacts.html"
    return respond(request, contact_list.LIST, rows, template=template, extra=extra)


@require_safe
def by_organ(request: ActorRequest) -> HttpResponse:
    """Contacts of one session by organ, for those who oversee."""
    actor = request.actor
    if actor.role not in OVERSEERS:
        raise NotPermitted(_("This table is kept for those who oversee the handling."))
    session = session_asked(request)
    context = Context(actor=actor, today=request.today, request=request)
    lines = []
    if session is not None:
        since = contact_list.since_for(actor, context)
        lines = contacts.by_organ(actor, session=session, since=since)
    caption = _("as of %(day)s") % {"day": plain_day(request.today)}
    shown = {
        "session": session,
        "sessions": actor.congress.sessions.filter(opens_on__lte=request.today),
        "table": contact_figures.table(lines, session=session, caption=caption)
        if session
        else None,
        "lines": lines,
    }
    return render(request, "suggestions/contacts_by_organ.html", shown)


# --- Talks beside the organs'


@require_safe
def talks(request: ActorRequest) -> HttpResponseBase:
    """Talks of the congress office and the electing unit, as far as they are the reader's."""
    actor = request.actor
    if actor.role not in TALKERS:
        raise NotPermitted(_("These talks are kept by the congress office and the electing unit."))
    spec = contact_list.talks_for_role(both=actor.role in BOTH_SIDES)
    rows = contact_list.talk_rows(actor)
    return respond(request, spec, rows, template="suggestions/talks.html")


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: ActorRequest, key: str) -> HttpResponse:
    """Record a talk with the lead deputy of this case, and of others of his if it was so."""
    scene = scene_of(request, key)
    if scene.case.registered_on is None or side_of(scene.actor, scene.case) is None:
        raise NotPermitted(_("Only the congress office and the electing unit record such a talk."))
    led = selectors.visible_to(scene.actor).filter(lead=scene.case.lead_id)
    others = led.filter(registered_on__isnull=False).exclude(pk=scene.case.pk)
    form = TalkForm(
        request.POST if request.method == "POST" else None,
        others=list(others.order_by("-registered_on", "-pk")[:OTHERS_SHOWN]),
        on=request.today,
    )
    if request.method != "POST":
        return _talk_page(request, scene, form)
    try:
        _record(request, scene, form)
    except Unfit:
        return _talk_page(request, scene, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Invalid as refused:
        form.refuse(refused)
        return _talk_page(request, scene, form, status=refused.status)
    except DomainError as refused:
        form.add_error(None, str(refused))
        return _talk_page(request, scene, form, status=refused.status)
    messages.success(request, _("The talk is on record."))
    return redirect("suggestions:case", scene.case.key)


def _record(request: ActorRequest, scene: Scene, form: TalkForm) -> None:
    """Record it unless this very form was sent before. Raises ``Unfit`` or what stands against."""

    def do() -> str:
        if not form.is_valid():
            raise Unfit
        said = form.cleaned_data
        talk = services.record_talk(
            cases=[scene.case, *form.chosen],
            actor=scene.actor,
            at=scene.at,
            form=said["form"],
            held_on=said["held_on"],
            gist=said["gist"],
            place=said["place"],
        )
        return str(talk.key)

    key = request.POST.get("once", "")
    once(key=key, actor=request.actor, action=TALK, at=request.now, do=do)


def _talk_page(
    request: ActorRequest, scene: Scene, form: TalkForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "case": scene.case,
        "form": form,
        "crumbs": crumbs(scene.case, here=_("Record a talk")),
    }
    return render(request, "suggestions/talk.html", context, status=status)
