"""Importing a list in the browser: the file, its columns, what it would do, what it did."""

from __future__ import annotations

from http import HTTPStatus

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.documents.workbooks import XLSX_TYPE
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotFound, TooLarge
from huiyin.ledger.services import once
from huiyin.organisations.selectors import organs
from huiyin.suggestions.forms.importing import (
    ChoicesForm,
    ColumnsForm,
    OrgansForm,
    ReadForm,
    UploadForm,
)
from huiyin.suggestions.importing import background, runs, storage
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.plan import Plan
from huiyin.suggestions.models import ImportKind, ImportRun, ImportState
from huiyin.suggestions.presenters import importing as present
from huiyin.ui.parts import Crumb

REREAD, DECIDE = "reread", "decide"
# Seconds after which the page of a running import asks again.
ASK_AGAIN = "3"
RECENT = 20


def _crumbs(run: ImportRun | None = None) -> list[Crumb]:
    way = [Crumb(label=_("Import"), url=reverse("suggestions:imports") if run else "")]
    return [*way, Crumb(label=run.name)] if run else way


# --- The file


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: ActorRequest) -> HttpResponse:
    """Send a list; below it the last ones of this congress."""
    runs.require_clerk(request.actor)
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file = form.cleaned_data["file"]
    try:
        key, _fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action="import.upload",
            at=request.now,
            do=lambda: (
                runs.upload(
                    file=file,
                    name=file.name,
                    kind=form.cleaned_data["kind"],
                    actor=request.actor,
                    at=request.now,
                ).key
            ),
        )
    except (Invalid, TooLarge, Conflict) as refused:
        form.add_error("file", f"{refused} {refused.remedy}".strip())
        return _upload_page(request, form, status=refused.status)
    return redirect("suggestions:import_columns", key)


def _upload_page(request: ActorRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    recent = runs.of_congress(request.actor.congress)
    context = {
        "form": form,
        "recent": [
            (run, present.result_words(run.counts) if run.counts else run.get_state_display())
            for run in recent.select_related("post__person")[:RECENT]
        ],
        "steps": present.stepper(0),
        "crumbs": _crumbs(),
    }
    return render(request, "suggestions/imports.html", context, status=status)


# --- The columns


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: ActorRequest, key: str) -> HttpResponse:
    """Say which column holds what; ``act=reread`` takes another sheet or row of headings."""
    run = _open(runs.run_for(request.actor, key))
    table = runs.read_again(run)
    if request.POST.get("act") == REREAD:
        return _reread(request, run, ReadForm(request.POST, table=table))
    posted = request.POST if request.method == "POST" else None
    form = ColumnsForm(posted, table=table, mapped=runs.mapped_of(run), kind=run.kind)
    choices = _choices_form(run, posted)
    status = HTTPStatus.OK
    if posted is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid() and (choices is None or choices.is_valid()):
            try:
                said = choices.choices if choices else None
                runs.map_columns(run, table=table, mapped=form.mapped, choices=said)
                return redirect("suggestions:import", run.key)
            except Invalid as refused:
                form.add_error(None, f"{refused} {refused.remedy}".strip())
    return _columns_page(request, run, form, choices, ReadForm(table=table), status=status)


def _choices_form(run: ImportRun, posted: object) -> ChoicesForm | None:
    if run.kind != ImportKind.SUGGESTIONS:
        return None
    before = Choices.of_json(run.choices)
    return ChoicesForm(posted, congress=run.congress, choices=before)


def _reread(request: ActorRequest, run: ImportRun, form: ReadForm) -> HttpResponse:
    said = form.cleaned_data if form.is_valid() else {}
    try:
        if said:
            sheet, header_row = said.get("sheet", ""), said.get("header_row")
            runs.read_headings_at(run, sheet=sheet, header_row=header_row)
            return redirect("suggestions:import_columns", run.key)
    except (Invalid, TooLarge) as refused:
        form.add_error(None, f"{refused} {refused.remedy}".strip())
    table = runs.read_again(run)
    columns_form = ColumnsForm(table=table, mapped=runs.mapped_of(run), kind=run.kind)
    choices = _choices_form(run, None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _columns_page(request, run, columns_form, choices, form, status=status)


def _columns_page(
    request: ActorRequest,
    run: ImportRun,
    form: ColumnsForm,
    choices: ChoicesForm | None,
    reading: ReadForm,
    *,
    status: int,
) -> HttpResponse:
    context = {
        "run": run,
        "table": form.table,
        "form": form,
        "choices": choices,
        "reading": reading,
        "steps": present.stepper(1),
        "crumbs": _crumbs(run),
    }
    return render(request, "suggestions/import_columns.html", context, status=status)


# --- What it would do, and what it did


@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: ActorRequest, key: str) -> HttpResponse:
    """The plan while it is open, how far it is while it is written, then what became of it."""
    run = runs.run_for(request.actor, key)
    if request.method == "POST":
        return _confirmed(request, run)
    if run.state == ImportState.UPLOADED:
        return redirect("suggestions:import_columns", run.key)
    if run.state == ImportState.APPLYING:
        return _waiting(request, run)
    if not run.is_open:
        return _result(request, run)
    return _preview(request, run)


def _preview(
    request: ActorRequest,
    run: ImportRun,
    *,
    trouble: DomainError | None = None,
    organs_form: OrgansForm | None = None,
) -> HttpResponse:
    try:
        shown = runs.shown(run, actor=request.actor, today=request.today)
    except (Invalid, Conflict) as refused:
        return _no_plan(request, run, refused)
    only = request.GET.get("only", "")
    context = {
        "run": run,
        "table": shown.table,
        "plan": shown.plan,
        "page": present.preview(shown, only=only),
        "only": only,
        "organs_form": organs_form or _organs_form(request, run, shown.plan),
        "trouble": f"{trouble} {trouble.remedy}" if trouble else run.trouble,
        "steps": present.stepper(2),
        "crumbs": _crumbs(run),
    }
    status = trouble.status if trouble else HTTPStatus.OK
    return render(request, "suggestions/import_preview.html", context, status=status)


def _no_plan(request: ActorRequest, run: ImportRun, refused: DomainError) -> HttpResponse:
    """The list is sound, but the congress lacks what it needs (a term), or the file is gone."""
    context = {
        "run": run,
        "trouble": f"{refused} {refused.remedy}".strip(),
        "steps": present.stepper(2),
        "crumbs": _crumbs(run),
    }
    return render(request, "suggestions/import_stopped.html", context, status=refused.status)


def _organs_form(
    request: ActorRequest, run: ImportRun, plan: object, data: object = None
) -> OrgansForm | None:
    if not isinstance(plan, Plan) or not plan.unknown_organs:
        return None
    every = list(organs(run.congress, on=request.today))
    return OrgansForm(data, unknown=plan.unknown_organs, congress_organs=every)


def _confirmed(request: ActorRequest, run: ImportRun) -> HttpResponse:
    """``act=decide`` says which organs are meant; otherwise the plan shown is carried out."""
    if run.state == ImportState.APPLYING and background.has_stopped(run):
        runs.give_back(run, _("Writing was cut off; nothing has been written."))
        return redirect("suggestions:import", run.key)
    if not run.is_open:
        return redirect("suggestions:import", run.key)
    if request.POST.get("act") == DECIDE:
        return _decided(request, run)
    rows = len(runs.read_again(run).rows)
    # Of two who confirm, or who press twice, one takes it up; both see how far it is.
    if runs.claim(run):
        background.start(
            run,
            rows=rows,
            mark=request.POST.get("mark", ""),
            actor=request.actor,
            at=request.now,
            today=request.today,
        )
    return redirect("suggestions:import", run.key)


def _decided(request: ActorRequest, run: ImportRun) -> HttpResponse:
    shown = runs.shown(run, actor=request.actor, today=request.today)
    form = _organs_form(request, run, shown.plan, request.POST)
    if form is not None:
        if not form.is_valid():
            refused = Invalid(_("Choose from the list."))
            return _preview(request, run, trouble=refused, organs_form=form)
        before = Choices.of_json(run.choices)
        decided = {**before.organs, **form.decided}
        runs.decide(run, Choices.of_json({**before.as_json(), "organs": decided}))
    return redirect("suggestions:import", run.key)


def _waiting(request: ActorRequest, run: ImportRun) -> HttpResponse:
    done, whole = storage.progress(run.key) or (0, 1)
    context = {
        "run": run,
        "done": done,
        "whole": whole,
        "share": round(100 * done / (whole or 1)),
        "stopped": background.has_stopped(run),
        "steps": present.stepper(2),
        "crumbs": _crumbs(run),
    }
    response = render(request, "suggestions/import_waiting.html", context)
    # By header: a page that reloads itself by a tag in its text is one that readers cannot stop.
    response["Refresh"] = ASK_AGAIN
    return response


def _result(request: ActorRequest, run: ImportRun) -> HttpResponse:
    context = {
        "run": run,
        "words": present.result_words(run.counts),
        "refused": run.counts.get("refuse", 0),
        "has_rows": storage.failed_rows(run.key).is_file(),
        "lists_suggestions": run.kind == ImportKind.SUGGESTIONS,
        "steps": present.stepper(3),
        "crumbs": _crumbs(run),
    }
    return render(request, "suggestions/import_result.html", context)


@require_safe
def failed_rows(request: ActorRequest, key: str) -> HttpResponseBase:
    """The rows that were not taken, each with its reasons."""
    run = runs.run_for(request.actor, key)
    path = storage.failed_rows(run.key)
    if not path.is_file():
        raise NotFound(key)
    response = FileResponse(path.open("rb"), content_type=XLSX_TYPE)
    name = _("not taken") + f"-{run.name.rpartition('.')[0] or run.name}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    return response


@require_POST
def discard(request: ActorRequest, key: str) -> HttpResponse:
    """Give an import up."""
    run = runs.run_for(request.actor, key)
    runs.discard(run, at=request.now)
    return redirect("suggestions:imports")


def _open(run: ImportRun) -> ImportRun:
    if not run.is_open:
        raise Conflict(_("This import is over."), remedy=_("Look at what became of it."))
    return run
