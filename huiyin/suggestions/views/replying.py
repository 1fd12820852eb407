"""The reply: written by one organ, read by its checker and head, kept as typed all the while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted, Stale
from huiyin.ledger.services import once
from huiyin.suggestions import proofreading, rules, services
from huiyin.suggestions.breakdown import items_of
from huiyin.suggestions.claims import Ground
from huiyin.suggestions.forms.replying import ReplyForm
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import ReplyFile, RequestItem
from huiyin.suggestions.presenters import around, clearing, comparing, panel, papers, rounds
from huiyin.suggestions.presenters.clocks import part_clock
from huiyin.suggestions.presenters.file import CaseFile, read
from huiyin.suggestions.services.attaching import part_of_reply
from huiyin.suggestions.stages import ANSWERING
from huiyin.suggestions.steps import STEPS, Scene
from huiyin.suggestions.views.answers import kept, refused_in_json
from huiyin.suggestions.views.cases import crumbs, part_scene_of
from huiyin.ui.parts import File
from huiyin.ui.sending import Unfit


def own_reply(request: ActorRequest, key: str) -> tuple[Scene, CaseFile]:
    """The reply of the reader's own organ; another's text is not open to him."""
    scene = part_scene_of(request, key)
    file = read(scene)
    part = file.by_part[scene.charge.pk]
    if not file.sight.writes_for(part.organ_id) or part.role not in ANSWERING:
        raise NotPermitted(_("Only the organ that answers writes the reply."))
    return Scene(actor=scene.actor, at=scene.at, case=scene.case, part=part), file


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: ActorRequest, key: str) -> HttpResponse:
    """The drafting page; once the text is fixed, the text with the steps open to the reader."""
    scene, file = own_reply(request, key)
    form = _form(scene, file, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if request.POST.get("act") == "send":
            return _send(request, scene, file, form)
        return _saved(request, scene, form)
    drafting = where.is_drafted(scene.file)
    if drafting and rules.drafts_reply(scene.actor, scene.file):
        return _draft_page(request, scene, file, form=form)
    return _fixed_page(request, scene, file)


def asked(scene: Scene, file: CaseFile) -> list[RequestItem]:
    """The requests the organ is charged with."""
    return items_of(scene.charge, file.version.requests.all()) if file.version else []


def _form(scene: Scene, file: CaseFile, data: Any) -> ReplyForm:
    content = {"letter_on": scene.on.isoformat(), **scene.file.draft}
    return form_of(scene, asked(scene, file), data, content=content)


def form_of(
    scene: Scene, asked: Sequence[RequestItem], data: Any, *, content: Mapping[str, Any]
) -> ReplyForm:
    """The form of a reply to these requests, with what was found in the text so far."""
    ruling, files = scene.ruling, scene.reply_files
    ground = Ground.of(
        scene.charge, rules=ruling.rules, calendar=ruling.calendar, on=scene.on, files=files
    )
    form = ReplyForm(data, content=content, asked=asked, ground=ground)
    parts = form.parts(form.content if form.is_bound else content)
    form.findings = proofreading.findings_in(parts, part=scene.charge)
    return form


def _saved(request: ActorRequest, scene: Scene, form: ReplyForm) -> HttpResponse:
    """Keep it as typed, fitting or not, and go where the button leads."""
    try:
        _save(request, scene, form)
    except Stale as refused:
        if changes := _changes(scene, form):
            return _compare_page(request, scene, refused, changes)
    act, key = request.POST.get("act", ""), scene.charge.key
    if act == "preview":
        return redirect("suggestions:reply_preview", key)
    if act == "files":
        return redirect("suggestions:reply_files", key)
    messages.success(request, _("Saved."))
    return redirect("suggestions:reply", key)


def _save(request: ActorRequest, scene: Scene, form: ReplyForm) -> int:
    form.is_valid()
    if "revision" not in form.cleaned_data:
        raise Invalid(_("This form has lost the mark of the draft it was made from."))
    file = services.save_reply_draft(
        assignment=scene.charge,
        actor=request.actor,
        at=request.now,
        content=form.content,
        revision=form.cleaned_data["revision"],
    )
    return file.draft_revision


def _send(request: ActorRequest, scene: Scene, file: CaseFile, form: ReplyForm) -> HttpResponse:
    """Fix the text and pass it to the checker; what is missing stands beside its box."""

    def send() -> str:
        fits = form.is_valid()
        if not form.require_whole() or not fits:
            raise Unfit
        _save(request, scene, form)
        services.send_to_check(
            assignment=scene.charge, actor=request.actor, at=request.now, text=form.text
        )
        return str(scene.case.key)

    try:
        _key, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action="reply.send_to_check",
            at=request.now,
            do=send,
        )
    except Unfit:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _draft_page(request, scene, file, form=form, status=status)
    except Stale as refused:
        return _compare_page(request, scene, refused, _changes(scene, form))
    except (Invalid, Conflict) as refused:
        form.add_error(None, str(refused))
        return _draft_page(request, scene, file, form=form, status=refused.status)
    if fresh:
        messages.success(request, str(STEPS["reply", "send_to_check"].done))
    return redirect("suggestions:case", scene.case.key)


def _as_saved(scene: Scene) -> ReplyFile:
    """The reply as it lies in the database now, whatever this page has read before."""
    return Scene(actor=scene.actor, at=scene.at, case=scene.case, part=scene.part).file


def _changes(scene: Scene, form: ReplyForm) -> list[around.Change]:
    """Where the text saved by a colleague and the one just typed differ."""
    labels = {name: str(field.label) for name, field in form.fields.items() if name != "revision"}
    saved = _as_saved(scene).draft
    return comparing.replies(saved=saved, typed=form.content, labels=labels)


def _compare_page(
    request: ActorRequest, scene: Scene, refused: Stale, changes: list[around.Change]
) -> HttpResponse:
    """Both texts side by side; nothing is thrown away until the writer has chosen."""
    now = _as_saved(scene)
    context = {
        "case": scene.case,
        "refused": refused,
        "changes": changes,
        "saved_at": now.saved_at,
        "fields": kept(request.POST, revision=now.draft_revision),
        "back": request.path,
        "crumbs": crumbs(scene.case, here=_("Two texts")),
    }
    return render(request, "suggestions/compare.html", context, status=HTTPStatus.CONFLICT)


def _draft_page(
    request: ActorRequest, scene: Scene, file: CaseFile, *, form: ReplyForm, status: int = 200
) -> HttpResponse:
    part, own = scene.charge, scene.file
    backs = [act for act in file.acts if act.move == "send_back" and act.assignment_id == part.pk]
    context = {
        "form": form,
        "case": scene.case,
        "part": part,
        "revision": form.data.get("revision") if form.is_bound else own.draft_revision,
        "saved_at": own.saved_at if own.pk and own.draft else None,
        "opinions": _opinions(file),
        "situation": file.version.situation if file.version else "",
        "contacts": part.contacts.all(),
        "sent_back": backs[-1] if backs else None,
        "clock": part_clock(file, part),
        "why_not": panel.why_not_sent(file, part),
        "files": reply_files_of(file, scene),
        "doubts": _doubts(form),
        "text_count": own.replies.count() if own.pk else 0,
        "crumbs": crumbs(scene.case, here=_("Write the reply")),
    }
    return render(request, "suggestions/reply.html", context, status=status)


def _doubts(form: ReplyForm) -> list[clearing.Doubt]:
    """What the look-through found in the text as it is typed now."""
    content = form.content if form.is_bound else form.initial
    places = {where: str(form.fields[form.field_of(where)].label) for where in form.parts(content)}
    return clearing.doubts(form.findings, texts=form.parts(content), places=places)


def _opinions(file: CaseFile) -> list[rounds.Charge]:
    """The co-handling organs of the round with what they have given the lead."""
    present = [each for each in rounds.rounds(file) if each.number == file.case.round]
    return [charge for each in present for charge in each.charges if charge.opinions]


def reply_files_of(file: CaseFile, scene: Scene) -> list[File]:
    """What is attached to this organ's reply."""
    own = part_of_reply(scene.charge)
    return [
        around.shown_file(each, case_key=file.case.key)
        for each in file.visible_attachments
        if each.part == own
    ]


def _fixed_page(request: ActorRequest, scene: Scene, file: CaseFile) -> HttpResponse:
    part = scene.charge
    reply = papers.reply_shown(file, part)
    context = {
        "case": scene.case,
        "part": part,
        "stage": scene.file.get_stage_display(),
        "rungs": clearing.rungs(file, part),
        "signer": clearing.signer(file),
        "replaced": clearing.is_replaced(file, part),
        "confirmed": clearing.confirmed(file, part),
        "classes": clearing.classes(file, part, reply) if reply else [],
        "text_count": scene.file.replies.count() if scene.file.pk else 0,
        "letter": papers.letter(file, part=scene.charge),
        "acts": panel.reply_acts(file, scene.charge),
        "files": reply_files_of(file, scene),
        "opinions": _opinions(file),
        "crumbs": crumbs(scene.case, here=_("Reply letter")),
    }
    return render(request, "suggestions/reply_fixed.html", context)


@require_safe
def preview(request: ActorRequest, key: str) -> HttpResponse:
    """The draft as the letter it would make."""
    scene, file = own_reply(request, key)
    context = {
        "letter": papers.draft_letter(file, scene=scene, asked=asked(scene, file)),
        "case": scene.case,
        "back": scene.charge.key,
        "crumbs": crumbs(scene.case, here=_("Preview")),
    }
    return render(request, "suggestions/letter.html", context)


@require_POST
def autosave(request: ActorRequest, key: str) -> JsonResponse:
    """Keep the reply as far as it is typed; answers in JSON, refusals too."""
    scene, file = own_reply(request, key)
    form = _form(scene, file, request.POST)
    try:
        revision = _save(request, scene, form)
    except Stale as refused:
        if _changes(scene, form):
            return refused_in_json(refused)
        # Kept the first time, and the answer was lost on its way.
        revision = _as_saved(scene).draft_revision
    except (Invalid, Conflict) as refused:
        return refused_in_json(refused)
    return JsonResponse({"saved_at": f"{request.now:%H:%M}", "fields": {"revision": revision}})
