"""The ledger of promises, one promise with its whole history, and its steps."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.documents import selectors as documents
from huiyin.documents.views import serve
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotPermitted, Stale, TooLarge
from huiyin.ledger.services import once
from huiyin.outbox import services as outbox
from huiyin.promises import selectors, services, table
from huiyin.promises.forms import PromiseForm
from huiyin.promises.lifecycle import PROMISE
from huiyin.promises.presenters import PromisePage
from huiyin.promises.services.opening import PROMISE_TYPE
from huiyin.ui.lists import respond
from huiyin.ui.parts import Crumb
from huiyin.ui.sending import Unfit

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

TELLERS = (Role.CLERK, Role.LIAISON)
# Beside the guard's words: which field each complaint of a step is about.
_FIELD_OF = {"postpone": "until", "claim_done": "evidence", "rate": "grade", "carry": "organ"}


@require_safe
def promises(request: ActorRequest) -> HttpResponseBase:
    """What the reader may know of, as the address asks for it; also its exports and print."""
    extra = {
        "keeps": request.actor.role == Role.CLERK,
        "tells": request.actor.role in TELLERS,
    }
    rows = table.rows_for(request.actor)
    return respond(request, table.LIST, rows, template="promises/list.html", extra=extra)


@require_safe
def promise(request: ActorRequest, key: str) -> HttpResponse:
    page = _page_of(request, key)
    if request.method == "GET":
        outbox.seen(case=(PROMISE_TYPE, page.promise.key), actor=request.actor, at=request.now)
    return _shown(request, page)


def _page_of(request: ActorRequest, key: str) -> PromisePage:
    found = selectors.promise_for(request.actor, key)
    return PromisePage(promise=found, actor=request.actor, on=request.today)


def _shown(
    request: ActorRequest, page: PromisePage, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "shown": page,
        "promise": page.promise,
        "sees_suggestion": selectors.sees_case(request.actor, page.promise.suggestion_id),
        "crumbs": [
            Crumb(label=_("Ledger of promises"), url=reverse("promises:list")),
            Crumb(label=page.promise.suggestion.number or page.promise.suggestion.title),
        ],
    }
    return render(request, "promises/promise.html", context, status=status)


@require_POST
def step(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """Take a step; what was typed stays on the page whatever is refused."""
    row = PROMISE.find(name)
    page = _page_of(request, key)
    if not row.allowed(request.actor, page.promise):
        raise NotPermitted(_("You may not take this step."))
    form = page.form(name, request.POST, request.FILES)

    def do() -> str:
        if not form.is_valid():
            raise Unfit
        act = services.take(
            name,
            promise=page.promise,
            actor=request.actor,
            at=request.now,
            said=form.said,
            seen=form.cleaned_data["seen"],
        )
        return str(act.key)

    try:
        _key, fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action=f"promise.{name}",
            at=request.now,
            do=do,
        )
    except Unfit:
        page.refused = {name: form}
        return _shown(request, page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Stale as refused:
        return _again(request, key, name, refused)
    except (Conflict, Invalid, TooLarge) as refused:
        return _refused(request, page, name, form, refused)
    if fresh:
        messages.success(request, _("On record: %(step)s.") % {"step": row.label})
    return redirect("promises:promise", key)


def _refused(
    request: ActorRequest, page: PromisePage, name: str, form: PromiseForm, refused: DomainError
) -> HttpResponse:
    """What stands against it, beside the field it is about."""
    said = f"{refused} {refused.remedy}".strip()
    if not form.asks:
        messages.warning(request, said)
        return redirect("promises:promise", page.promise.key)
    # What stands against a file is said of every file this house takes.
    field = "file" if isinstance(refused, (Invalid, TooLarge)) else _FIELD_OF.get(name)
    form.add_error(field if field in form.fields else None, said)
    page.refused = {name: form}
    return _shown(request, page, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_safe
def evidence(request: ActorRequest, key: str, attachment_key: str) -> FileResponse:
    """The file by which a claim is shown: for whoever may know of the promise."""
    found = selectors.promise_for(request.actor, key)
    return serve(documents.find((PROMISE_TYPE, found.key), attachment_key))


def _again(request: ActorRequest, key: str, name: str, refused: DomainError) -> HttpResponse:
    """The promise as it is now, and beneath it what was typed."""
    page = _page_of(request, key)
    form = page.form(name, request.POST)
    form.shown_again()
    form.add_error(None, f"{refused} {refused.remedy}".strip())
    page.refused = {name: form}
    return _shown(request, page, status=refused.status)
