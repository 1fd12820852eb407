"""The page of one case, and its documents on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.whereabouts import Whereabouts
from huiyin.kernel.errors import NotFound
from huiyin.outbox import services as outbox
from huiyin.suggestions import selectors, services
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.presenters import papers
from huiyin.suggestions.presenters.file import CaseFile, read
from huiyin.suggestions.presenters.page import CasePage
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.steps import Scene
from huiyin.ui.parts import Crumb


def scene_of(request: ActorRequest, key: str) -> Scene:
    """The reader before a case. ``NotFound`` for what he may not know of."""
    case = selectors.get_for(request.actor, key)
    where = Whereabouts.of(request)
    return Scene(actor=request.actor, at=request.now, case=case, where=where)


def part_scene_of(request: ActorRequest, key: str) -> Scene:
    """The reader before one organ's part of a case."""
    part = selectors.part_for(request.actor, key)
    case = selectors.get_for(request.actor, part.suggestion.key)
    part.suggestion = case
    return Scene(actor=request.actor, at=request.now, case=case, part=part)


def read_shown(request: ActorRequest, scene: Scene) -> CaseFile:
    """The case for a page that shows its replies.

    Shown to a deputy for the first time, a reply sent to him is opened: a fact with its time. A
    program that only asks for the head of the page has shown nothing.
    """
    file = read(scene)
    if request.method == "GET" and file.opens_replies:
        services.open_replies(case=scene.case, actor=scene.actor, at=scene.at)
        return read(scene)
    return file


def crumbs(case: Suggestion | None = None, *, here: str = "") -> list[Crumb]:
    """The way back: the list, the case, the page itself."""
    way = [Crumb(label=_("Suggestions"), url=reverse("suggestions:list"))]
    if case is not None:
        label = _("No. %(number)s") % {"number": case.number} if case.number else case.title
        url = reverse("suggestions:case", args=[case.key]) if here else ""
        way.append(Crumb(label=label or _("Suggestion without a title"), url=url))
    if here:
        way.append(Crumb(label=here))
    return way


@require_safe
def case(request: ActorRequest, key: str) -> HttpResponse:
    scene = scene_of(request, key)
    if request.method == "GET":
        outbox.seen(case=(CASE_TYPE, scene.case.key), actor=scene.actor, at=scene.at)
    page = CasePage(file=read_shown(request, scene))
    context = {"shown": page, "case": page.case, "crumbs": crumbs(page.case)}
    return render(request, "suggestions/case.html", context)


@require_safe
def paper(request: ActorRequest, key: str) -> HttpResponse:
    """The suggestion as it is printed: the text in force, or the draft for its writers."""
    file = read(scene_of(request, key))
    context = {"paper": papers.suggestion(file), "crumbs": crumbs(file.case, here=_("On paper"))}
    return render(request, "suggestions/paper.html", context)


@require_safe
def letter(request: ActorRequest, key: str) -> HttpResponse:
    """The reply as it is printed. Undelivered ones are open to the answering organ alone."""
    scene = part_scene_of(request, key)
    file = read_shown(request, scene)
    made = papers.letter(file, part=file.by_part[scene.charge.pk])
    if made is None:
        raise NotFound(key)
    context = {"letter": made, "crumbs": crumbs(file.case, here=_("Reply letter"))}
    return render(request, "suggestions/letter.html", context)
