"""Attachments: added while the text they belong to is written, handed out to who may see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.documents import selectors as documents
from huiyin.documents.views import serve
from huiyin.kernel.errors import Invalid, NotFound
from huiyin.ledger.services import once
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.services.attaching import SCAN, TEXT, attach, attach_to_reply
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.views.cases import crumbs, scene_of
from huiyin.suggestions.views.replying import own_reply, reply_files_of


@require_safe
def attachment(request: ActorRequest, key: str, attachment_key: str) -> FileResponse:
    """One file of a case. ``NotFound`` for what is not open to the reader."""
    file = read(scene_of(request, key))
    found = documents.find((CASE_TYPE, file.case.key), attachment_key)
    if found.pk not in {each.pk for each in file.visible_attachments}:
        raise NotFound(attachment_key)
    return serve(found)


@require_POST
def add(request: ActorRequest, key: str) -> HttpResponse:
    """Add a file to a suggestion that is being written."""
    scene = scene_of(request, key)
    part = SCAN if request.POST.get("part") == SCAN else TEXT
    uploaded = _uploaded(request)

    def keep() -> str:
        kept = attach(
            case=scene.case,
            actor=request.actor,
            at=request.now,
            file=cast(BinaryIO, uploaded),
            name=str(uploaded.name),
            part=part,
        )
        return str(kept.key)

    _once(request, keep)
    return redirect("suggestions:together", key)


@require_http_methods(["GET", "HEAD", "POST"])
def reply_files(request: ActorRequest, key: str) -> HttpResponse:
    """The files that go with an organ's reply."""
    scene, file = own_reply(request, key)
    if request.method == "POST":
        uploaded = _uploaded(request)

        def keep() -> str:
            kept = attach_to_reply(
                assignment=scene.charge,
                actor=request.actor,
                at=request.now,
                file=cast(BinaryIO, uploaded),
                name=str(uploaded.name),
            )
            return str(kept.key)

        _once(request, keep)
        return redirect("suggestions:reply_files", key)
    context = {
        "case": scene.case,
        "part": scene.charge,
        "files": reply_files_of(file, scene),
        "crumbs": crumbs(scene.case, here=_("Attachments")),
    }
    return render(request, "suggestions/reply_files.html", context)


def _uploaded(request: ActorRequest) -> UploadedFile[Any]:
    """The one file that was sent."""
    uploaded = request.FILES.get("file")
    if not isinstance(uploaded, UploadedFile):
        raise Invalid(
            _("No file has been chosen."),
            remedy=_("Go back, choose a file and send it again."),
        )
    return uploaded


def _once(request: ActorRequest, keep: Callable[[], str]) -> None:
    _key, fresh = once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action="suggestion.attach",
        at=request.now,
        do=keep,
    )
    if fresh:
        messages.success(request, _("The file has been attached."))
