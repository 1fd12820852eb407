"""A co-handling organ's part: its opinion is written here, judged here, its name given here."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import Conflict, Invalid, NotFound, Stale
from huiyin.suggestions import co_table, services
from huiyin.suggestions.facets import near_days
from huiyin.suggestions.forms.cohandling import OpinionForm
from huiyin.suggestions.presenters import around, comparing
from huiyin.suggestions.presenters.cohandling import CoPage
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.stages import HandlingRole
from huiyin.suggestions.steps import STEPS, Scene
from huiyin.suggestions.views.answers import kept, refused_in_json
from huiyin.suggestions.views.cases import crumbs, part_scene_of
from huiyin.ui.lists import Context, respond

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

GIVE = STEPS["assignment", "give_opinion"]


def page_of(request: ActorRequest, key: str) -> CoPage:
    """The part of a co-handling organ; for the deputy, whom it does not answer, there is none."""
    scene = part_scene_of(request, key)
    file = read(scene)
    part = file.by_part.get(scene.charge.pk)
    if part is None or part.role != HandlingRole.CO or not file.sight.opinions:
        raise NotFound(key)
    own = Scene(actor=scene.actor, at=scene.at, case=scene.case, part=part)
    return CoPage(file=file, scene=own)


@require_safe
def co_handling(request: ActorRequest) -> HttpResponseBase:
    """Every part of an organ that helps another, as the address asks for it."""
    actor = request.actor
    rows = co_table.rows_for(actor)
    context = Context(actor=actor, today=request.today, request=request)
    spec = co_table.list_for(today=request.today, near=near_days(actor, context))
    organs = co_table.by_organ(actor, on=request.today)
    extra = {
        "organs": [each for each in organs if not each.is_spotless],
        "spotless": [each for each in organs if each.is_spotless],
        "headings": co_table.headings(),
    }
    return respond(request, spec, rows, template="suggestions/co_handling.html", extra=extra)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: ActorRequest, key: str) -> HttpResponse:
    """What is asked of the organ, its clock, what it gave and what became of it."""
    shown = page_of(request, key)
    if request.method == "POST":
        return _saved(request, shown)
    form = GIVE.blank(shown.scene, seen=shown.file.seen) if shown.is_written else None
    draft = form.draft if isinstance(form, OpinionForm) else None
    context = {
        "shown": shown,
        "case": shown.scene.case,
        "part": shown.part,
        "form": form,
        "url": GIVE.url(shown.scene),
        "saved_at": draft.saved_at if draft else None,
        "hints": shown.hints_on(draft.content) if draft else [],
        "crumbs": crumbs(shown.scene.case, here=_("Co-handling")),
    }
    return render(request, "suggestions/co_part.html", context)


def _saved(request: ActorRequest, shown: CoPage) -> HttpResponse:
    """Keep it as typed, fitting or not."""
    form = OpinionForm(request.POST, scene=shown.scene, name="opinion")
    try:
        _save(request, shown.scene, form)
    except Stale as refused:
        if changes := _changes(form):
            return _compare_page(request, shown, form, refused, changes)
    messages.success(request, _("Saved."))
    return redirect("suggestions:co_part", shown.part.key)


def _save(request: ActorRequest, scene: Scene, form: OpinionForm) -> int:
    form.is_valid()
    if form.cleaned_data.get("typed") is None:
        raise Invalid(_("This form has lost the mark of the draft it was made from."))
    draft = services.save_opinion_draft(
        assignment=scene.charge,
        actor=request.actor,
        at=request.now,
        content=form.content,
        revision=form.cleaned_data["typed"],
    )
    return draft.revision


def _changes(form: OpinionForm) -> list[around.Change]:
    """Where the text saved by a colleague and the one just typed differ."""
    labels = {name: str(form.fields[name].label) for name in form.KEPT}
    saved = form.draft
    content: dict[str, Any] = saved.content if saved else {}
    return comparing.replies(saved=content, typed=form.content, labels=labels)


def _compare_page(
    request: ActorRequest,
    shown: CoPage,
    form: OpinionForm,
    refused: Stale,
    changes: list[around.Change],
) -> HttpResponse:
    """Both texts side by side; nothing is thrown away until the writer has chosen."""
    now = form.draft
    revision = now.revision if now else 0
    fields = kept(request.POST, revision=shown.scene.case.revision)
    context = {
        "case": shown.scene.case,
        "refused": refused,
        "changes": changes,
        "saved_at": now.saved_at if now else None,
        "fields": [(name, str(revision) if name == "typed" else value) for name, value in fields],
        "back": request.path,
        "crumbs": crumbs(shown.scene.case, here=_("Two texts")),
    }
    return render(request, "suggestions/compare.html", context, status=HTTPStatus.CONFLICT)


@require_POST
def autosave(request: ActorRequest, key: str) -> JsonResponse:
    """Keep the opinion as far as it is typed; answers in JSON, refusals too."""
    scene = page_of(request, key).scene
    form = OpinionForm(request.POST, scene=scene, name="opinion")
    try:
        revision = _save(request, scene, form)
    except Stale as refused:
        if _changes(form):
            return refused_in_json(refused)
        # Kept the first time, and the answer was lost on its way.
        revision = form.draft.revision if form.draft else 0
    except (Invalid, Conflict) as refused:
        return refused_in_json(refused)
    return JsonResponse({"saved_at": f"{request.now:%H:%M}", "fields": {"typed": revision}})
