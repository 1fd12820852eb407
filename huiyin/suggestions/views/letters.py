"""A session's letters in one go: chosen, written while one may leave, fetched in one file."""

from __future__ import annotations

from http import HTTPStatus

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.documents.views import saved_as
from huiyin.kernel.errors import NotFound, NotPermitted
from huiyin.suggestions import selectors
from huiyin.suggestions.forms.letters import LettersForm
from huiyin.suggestions.letters import batches
from huiyin.suggestions.letters.batches import Batch
from huiyin.suggestions.letters.kinds import Ending, LetterKind
from huiyin.ui.parts import Crumb

# Seconds after which the page of a running batch asks again.
ASK_AGAIN = "3"


def _require_clerk(request: ActorRequest) -> None:
    if request.actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk of the congress office has a session's letters made."))


def _crumbs(batch: Batch | None = None) -> list[Crumb]:
    url = reverse("suggestions:letters") if batch else ""
    way = [Crumb(label=_("A session's letters"), url=url)]
    return [*way, Crumb(label=str(batch.kind.label))] if batch else way


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: ActorRequest) -> HttpResponse:
    """Choose what to write; below it what has been written lately."""
    _require_clerk(request)
    congress = request.actor.congress
    if request.method == "POST":
        form = LettersForm(request.POST, congress=congress)
        if form.is_valid():
            batch = Batch(form.chosen, LetterKind(form.cleaned_data["kind"]))
            _start(request, batch, form.wanted)
            return redirect(_page(batch))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        now = selectors.current_session(congress, on=request.today)
        first = {"session": now.key if now else "", "endings": [Ending.WORD]}
        form, status = LettersForm(congress=congress, initial=first), HTTPStatus.OK
    made = (Batch(each, kind) for each in form.sessions.values() for kind in LetterKind)
    context = {
        "form": form,
        "made": [(batch, _page(batch), said) for batch in made if (said := batch.progress)],
        "crumbs": _crumbs(),
    }
    return render(request, "suggestions/letters.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def letters_batch(request: ActorRequest, key: str, kind: str) -> HttpResponse:
    """How far a batch is; sent, it goes on after whatever stopped it."""
    batch = _batch(request, key, kind)
    said = batch.progress
    if said is None:
        raise NotFound(key)
    if request.method == "POST":
        _start(request, batch, _endings_of(batch))
        return redirect(_page(batch))
    is_running = batch.is_running
    context = {
        "batch": batch,
        "said": said,
        "is_running": is_running,
        "is_cut_off": not (is_running or said.finished or said.trouble),
        "zip": reverse("suggestions:letters_zip", args=[key, kind]),
        "crumbs": _crumbs(batch),
    }
    response = render(request, "suggestions/letters_batch.html", context)
    if is_running:
        # By header: a page that reloads itself by a tag is one that readers cannot stop.
        response["Refresh"] = ASK_AGAIN
    return response


@require_safe
def letters_zip(request: ActorRequest, key: str, kind: str) -> HttpResponseBase:
    """All letters of a finished batch in one file."""
    batch = _batch(request, key, kind)
    said = batch.progress
    if said is None or not said.finished or not batch.packed.is_file():
        raise NotFound(key)
    response = FileResponse(batch.packed.open("rb"), content_type="application/zip")
    name = saved_as(f"{batch.session.name}-{batch.kind.label}.zip")
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _batch(request: ActorRequest, key: str, kind: str) -> Batch:
    _require_clerk(request)
    found = batches.find(request.actor, key, kind)
    if found is None:
        raise NotFound(key)
    return found


def _start(request: ActorRequest, batch: Batch, endings: tuple[Ending, ...]) -> None:
    home = request.build_absolute_uri("/").rstrip("/")
    batches.start(
        batch,
        endings=endings,
        link=lambda key: home + reverse("suggestions:case", args=[key]),
    )


def _endings_of(batch: Batch) -> tuple[Ending, ...]:
    """The kinds of file it was begun with."""
    said = batch.progress
    return tuple(map(Ending, said.endings)) if said else ()


def _page(batch: Batch) -> str:
    return reverse("suggestions:letters_batch", args=[batch.session.key, batch.kind])
