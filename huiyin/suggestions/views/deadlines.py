"""How a deadline was found, on a page of its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.suggestions.presenters import deadlines
from huiyin.suggestions.presenters.deadlines import Deadline
from huiyin.suggestions.presenters.explaining import Explained
from huiyin.suggestions.presenters.file import CaseFile, read
from huiyin.suggestions.views.cases import crumbs, part_scene_of, scene_of


@require_safe
def deadline(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """A deadline of the case itself: its reply, or its rating."""
    file = read(scene_of(request, key))
    return _page(request, file, deadlines.find(file, name))


@require_safe
def part_deadline(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """A deadline of one organ."""
    scene = part_scene_of(request, key)
    file = read(scene)
    part = file.by_part[scene.charge.pk]
    return _page(request, file, deadlines.find_of_part(file, part, name))


def _page(request: ActorRequest, file: CaseFile, found: Deadline | None) -> HttpResponse:
    if found is None:
        raise NotFound(_("The case has no such deadline."))
    context = {
        "shown": Explained(file=file, deadline=found),
        "case": file.case,
        "crumbs": crumbs(file.case, here=_("How this date was found")),
    }
    return render(request, "suggestions/deadline.html", context)
