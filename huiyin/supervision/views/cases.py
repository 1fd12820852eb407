"""The pages every kind of case has: its list, a new one, one of them, a step."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound, NotPermitted
from huiyin.outbox import services as outbox
from huiyin.supervision.kinds.kind import Kind
from huiyin.supervision.steps import Step
from huiyin.ui.lists import respond
from huiyin.ui.parts import Act, Crumb
from huiyin.ui.sending import Unfit, sent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_safe
def rows(request: ActorRequest, kind: Kind) -> HttpResponseBase:
    """The cases of a kind that the reader may know of, as the address asks."""
    extra = {"kind": kind, "can_begin": kind.begins(request.actor)}
    template = "supervision/list.html"
    return respond(request, kind.spec, kind.rows(request.actor), template=template, extra=extra)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, kind: Kind) -> HttpResponse:
    """Begin a case."""
    if not kind.begins(request.actor):
        raise NotPermitted(_("This post does not begin one."))
    data = request.POST if request.method == "POST" else None
    first = {name: value for name, value in request.GET.items() if name in kind.form.base_fields}
    form = kind.form(data, actor=request.actor, on=request.today, initial=first)
    if data is None:
        return _form_page(request, kind, form)

    def begin() -> str:
        if not form.is_valid():
            raise Unfit
        return str(kind.begin(request.actor, request.now, form).key)

    refused = sent(request, f"{kind.name}.new", begin, form=form)
    if isinstance(refused, int):
        return _form_page(request, kind, form, status=refused)
    messages.success(request, str(kind.saved))
    return redirect(f"supervision:{kind.name}", refused)


def _form_page(
    request: ActorRequest, kind: Kind, form: Any, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "kind": kind, "heading": kind.new, "crumbs": crumbs(kind, kind.new)}
    context["back"] = reverse(f"supervision:{kind.name}_list")
    return render(request, "supervision/form.html", context, status=status)


@require_safe
def one(request: ActorRequest, kind: Kind, key: str) -> HttpResponse:
    """One case for its reader."""
    case = kind.find(request.actor, key)
    if request.method == "GET":
        outbox.seen(case=(kind.subject, case.key), actor=request.actor, at=request.now)
    return _case_page(request, kind, case)


@require_POST
def step(request: ActorRequest, kind: Kind, key: str, name: str) -> HttpResponse:
    """Take a step; what cannot be taken is said over what was typed."""
    case = kind.find(request.actor, key)
    taken = kind.steps.get(name)
    if taken is None:
        raise NotFound(name)
    form = taken.form(request.POST, actor=request.actor, on=request.today, case=case, name=name)

    def take() -> str:
        if not form.is_valid():
            raise Unfit
        taken.take(case, request.actor, request.now, form)
        return str(case.key)

    _require_allowed(request, kind, case, taken)
    refused = sent(request, f"{kind.name}.{name}", take, form=form)
    if isinstance(refused, int):
        return _case_page(request, kind, case, refused=(name, form), status=refused)
    messages.success(request, str(kind.saved))
    return redirect(f"supervision:{kind.name}", case.key)


def _require_allowed(request: ActorRequest, kind: Kind, case: Any, taken: Step) -> None:
    """Whoever may never take the step is told so before what he typed is read."""
    table = kind.lifecycle
    if table is None and not (taken.is_open and taken.is_open(request.actor, case)):
        raise NotPermitted(_("You may not take this step."))
    if table and not any(table.find(move).allowed(request.actor, case) for move in taken.moves):
        raise NotPermitted(_("You may not take this step."))


def _case_page(
    request: ActorRequest,
    kind: Kind,
    case: Any,
    *,
    refused: tuple[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shown = kind.page(request.actor, case)
    context = {
        "shown": shown,
        "acts": _acts(request, kind, case, refused=refused),
        "entries": shown.entries,
        "waiting_for": shown.waiting_for,
        "crumbs": crumbs(kind, shown.title),
    }
    return render(request, "supervision/case.html", context, status=status)


def _acts(
    request: ActorRequest, kind: Kind, case: Any, *, refused: tuple[str, Any] | None
) -> list[Act]:
    """The steps open to the reader now, each with its form."""
    acts = []
    for name, each in kind.steps.items():
        again = refused is not None and refused[0] == name
        row = _open_row(request, kind, case, each)
        if row is None and not again:
            continue
        form = refused[1] if refused and again else _empty(request, each, case, name)
        primary = each.primary or bool(row and row.primary)
        acts.append(
            Act(
                label=each.label or (row.label if row else name),
                url=reverse(f"supervision:{kind.name}_step", args=[case.key, name]),
                after=each.after or getattr(row, "consequence", ""),
                kind="primary" if primary else "quiet",
                form=form,
                open=again,
            )
        )
    return acts


def _open_row(request: ActorRequest, kind: Kind, case: Any, each: Step) -> Any:
    """The row of the table that stands for the step, or the step itself where there is none."""
    if kind.lifecycle is None:
        return each if each.is_open and each.is_open(request.actor, case) else None
    table = {row.name: row for row in kind.lifecycle.open_to(request.actor, case)}
    return next((table[move] for move in each.moves if move in table), None)


def _empty(request: ActorRequest, taken: Step, case: Any, name: str) -> Any:
    return taken.form(actor=request.actor, on=request.today, case=case, name=name)


def crumbs(kind: Kind, here: Any) -> list[Crumb]:
    """The way back: the list, the page itself."""
    return [
        Crumb(label=kind.spec.title, url=reverse(f"supervision:{kind.name}_list")),
        Crumb(label=here),
    ]
