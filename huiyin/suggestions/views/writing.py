"""Writing a suggestion: begin, go on, keep as typed, who signs with it, submit."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted, Stale
from huiyin.ledger.services import once
from huiyin.suggestions import rules, selectors, services
from huiyin.suggestions.forms.writing import InviteForm, StartForm, TextForm
from huiyin.suggestions.lifecycle import is_being_written, where
from huiyin.suggestions.models import Draft, Kind
from huiyin.suggestions.presenters import around, comparing
from huiyin.suggestions.presenters.file import draft_of, read
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.steps import Scene
from huiyin.suggestions.views.answers import (
    TEXT_STEP,
    TOGETHER_STEP,
    kept,
    refused_in_json,
    stepper,
)
from huiyin.suggestions.views.cases import crumbs, scene_of
from huiyin.ui.sending import Unfit

# --- Beginning


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Begin a suggestion: a deputy his own, a clerk one handed in on paper."""
    actor = request.actor
    if actor.role not in (Role.DEPUTY, Role.CLERK):
        raise NotPermitted(_("Only a deputy, or a clerk for a deputy, begins a suggestion."))
    if not actor.post.is_usable(on=request.today):
        raise NotPermitted(
            _("Your mandate is not in force; nothing new can be raised under it."),
            remedy=_("What you raised before goes on: you are answered and rate it as before."),
        )
    session = selectors.current_session(actor.congress, on=request.today)
    if session is None:
        raise Conflict(
            _("No session of this congress has been opened yet."),
            remedy=_("Ask the congress office to enter the session first."),
        )
    form = StartForm(
        request.POST if request.method == "POST" else None,
        actor=actor,
        session=session,
        on=request.today,
    )
    if request.method != "POST":
        return _start_page(request, form)
    return _started(request, form, session)


def _started(request: ActorRequest, form: StartForm, session: Any) -> HttpResponse:
    def begin() -> str:
        if not form.is_valid():
            raise Unfit
        said = form.cleaned_data
        case = services.start(
            session=session,
            actor=request.actor,
            at=request.now,
            lead=said.get("lead"),
            kind=said.get("kind") or Kind.SUGGESTION,
            whole_delegation=bool(said.get("whole_delegation")),
            content={"title": said.get("title", "")},
        )
        return str(case.key)

    try:
        key, _fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action="suggestion.start",
            at=request.now,
            do=begin,
        )
    except Unfit:
        return _start_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except (Invalid, Conflict) as refused:
        form.add_error(None, str(refused))
        return _start_page(request, form, status=refused.status)
    return redirect("suggestions:edit", key)


def _start_page(request: ActorRequest, form: StartForm, *, status: int = 200) -> HttpResponse:
    begun = selectors.visible_to(request.actor).filter(stage=Stage.DRAFT)
    if request.actor.role == Role.DEPUTY:
        begun = begun.filter(lead=request.actor.post)
    context = {
        "form": form,
        "begun": begun.order_by("-changed_at")[:5],
        "on_paper": request.actor.role == Role.CLERK,
        "crumbs": crumbs(here=_("New suggestion")),
    }
    return render(request, "suggestions/new.html", context, status=status)


# --- The text


def _written(request: ActorRequest, key: str) -> tuple[Scene, Draft]:
    """The case and its draft for one who writes on it."""
    scene = scene_of(request, key)
    if not rules.writes_it(scene.actor, scene.case):
        raise NotPermitted(_("Only its author writes on it."))
    if not is_being_written(scene.case):
        raise Conflict(
            _("It has been submitted; the text is fixed."),
            remedy=_("Look at the case: what can still be done is shown there."),
        )
    return scene, scene.case.draft


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, key: str) -> HttpResponse:
    """The text, saved with every button; two boxes more, on to the next page, or kept."""
    scene, draft = _written(request, key)
    if request.method != "POST":
        more = request.GET.get("boxes", "")
        boxes = int(more) if more.isascii() and more.isdigit() and len(more) < 4 else 0
        return _text_page(request, scene, draft, TextForm(content=draft.content, boxes=boxes))
    form = TextForm(request.POST, content=draft.content)
    if not form.is_valid():
        return _text_page(request, scene, draft, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _save(request, scene, form)
    except Invalid as refused:
        form.refuse(refused)
        return _text_page(request, scene, draft, form, status=refused.status)
    except Stale as refused:
        saved = draft_of(scene.case)
        changes = comparing.drafts(saved=saved.content, typed=form.content)
        # The same text, sent twice, has been saved the first time.
        if changes:
            return _compare_page(request, scene, saved, refused, changes)
    return _went_on(request, scene, form)


def _save(request: ActorRequest, scene: Scene, form: TextForm) -> int:
    return services.save_draft(
        case=scene.case,
        actor=request.actor,
        at=request.now,
        content=form.content,
        revision=form.cleaned_data["revision"],
    )


def _went_on(request: ActorRequest, scene: Scene, form: TextForm) -> HttpResponse:
    """Where the button leads that saved the text."""
    act, key = request.POST.get("act", ""), scene.case.key
    if act == "more":
        response = redirect("suggestions:edit", key)
        response["Location"] += f"?boxes={form.boxes + 2}#requests"
        return response
    if act == "together":
        return redirect("suggestions:together", key)
    if act == "submit":
        if not form.require_whole():
            draft = draft_of(scene.case)
            form = _with_revision(form, draft)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return _text_page(request, scene, draft, form, status=status)
        return redirect("suggestions:step", key, "submit")
    messages.success(request, _("Saved."))
    return redirect("suggestions:edit", key)


def _with_revision(form: TextForm, draft: Draft) -> TextForm:
    """The same form, speaking of the draft that was just saved."""
    posted: Any = form.data
    data = posted.copy()
    data["revision"] = str(draft.revision)
    form.data = data
    return form


def _text_page(
    request: ActorRequest, scene: Scene, draft: Draft, form: TextForm, *, status: int = 200
) -> HttpResponse:
    last = scene.case.acts.filter(move="return").last()
    returned = last if where.is_returned(scene.case) else None
    context = {
        "form": form,
        "case": scene.case,
        "draft": draft,
        "revision": form.data.get("revision", draft.revision) if form.is_bound else draft.revision,
        "steps": stepper(TEXT_STEP),
        "returned": returned,
        "crumbs": crumbs(scene.case, here=_("Write")),
    }
    return render(request, "suggestions/edit.html", context, status=status)


def _compare_page(
    request: ActorRequest,
    scene: Scene,
    saved: Draft,
    refused: Stale,
    changes: list[around.Change],
) -> HttpResponse:
    """Both texts side by side; nothing is thrown away until the writer has chosen."""
    context = {
        "case": scene.case,
        "refused": refused,
        "changes": changes,
        "saved_at": saved.saved_at,
        "fields": kept(request.POST, revision=saved.revision),
        "back": request.path,
        "crumbs": crumbs(scene.case, here=_("Two texts")),
    }
    return render(request, "suggestions/compare.html", context, status=HTTPStatus.CONFLICT)


@require_POST
def autosave(request: ActorRequest, key: str) -> JsonResponse:
    """Keep what has been typed so far; answers in JSON, refusals too."""
    scene, draft = _written(request, key)
    form = TextForm(request.POST, content=draft.content)
    if not form.is_valid():
        return refused_in_json(Invalid(_("Some fields need a look; nothing has been lost.")))
    try:
        revision = _save(request, scene, form)
    except Stale as refused:
        saved = draft_of(scene.case)
        if comparing.drafts(saved=saved.content, typed=form.content):
            return refused_in_json(refused)
        # Kept the first time, and the answer was lost on its way.
        revision = saved.revision
    except (Invalid, Conflict) as refused:
        return refused_in_json(refused)
    saved_at = f"{request.now:%H:%M}"
    return JsonResponse({"saved_at": saved_at, "fields": {"revision": revision}})


# --- Who signs with it, and what is attached


@require_http_methods(["GET", "HEAD"])
def together(request: ActorRequest, key: str) -> HttpResponse:
    """Co-signers with how each stands, and the attachments."""
    scene, _draft = _written(request, key)
    file = read(scene)
    context = {
        "case": scene.case,
        "signers": around.signers(file),
        "invite": InviteForm(scene=scene, name="suggestion_invite", initial={"seen": file.seen}),
        "files": around.files(file),
        "needs_scan": scene.case.entered_by_id is not None,
        "steps": stepper(TOGETHER_STEP),
        "crumbs": crumbs(scene.case, here=_("Co-signers and attachments")),
    }
    return render(request, "suggestions/together.html", context)
