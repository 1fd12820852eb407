"""Pages of reports: their list, a new one, one with its texts, its files."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.documents.typesetting import PDF_TYPE, WORD_TYPE, to_pdf, to_word
from huiyin.documents.views import serve, serve_made
from huiyin.documents.workbooks import XLSX_TYPE
from huiyin.kernel.errors import NotFound, NotPermitted
from huiyin.reporting.models import Report, ReportIssue, ReportKind
from huiyin.reporting.reports import lists, papers, rules, selectors, services, showing
from huiyin.reporting.reports.composed import Composed
from huiyin.reporting.reports.forms import IssueForm, NewReportForm, TextForm, kinds_of
from huiyin.reporting.reports.workbook import workbook
from huiyin.ui.lists import respond
from huiyin.ui.parts import Act, Crumb
from huiyin.ui.sending import Unfit, sent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_safe
def rows(request: ActorRequest) -> HttpResponseBase:
    """The reports the reader may know of."""
    if request.actor.role not in rules.CONCERNED:
        raise NotPermitted(_("Reports are read by those who oversee and those who handle."))
    extra = {
        "can_begin": bool(kinds_of(request.actor)),
        "keeps_earlier": rules.keeps_earlier(request.actor),
    }
    found = selectors.reports_for(request.actor)
    return respond(
        request, lists.REPORTS, found, template="reporting/reports_list.html", extra=extra
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Begin a report."""
    if not kinds_of(request.actor):
        raise NotPermitted(_("Reports of this kind are not written in this post."))
    data = request.POST if request.method == "POST" else None
    first = {name: value for name, value in request.GET.items() if name in ("kind", "session")}
    form = NewReportForm(data, actor=request.actor, on=request.today, initial=first)
    status = int(HTTPStatus.OK)
    if data is not None:

        def begin() -> str:
            if not form.is_valid():
                raise Unfit
            begun = services.begin(actor=request.actor, at=request.now, **form.begun)
            return str(begun.key)

        came = sent(request, "report.begin", begin, form=form)
        if isinstance(came, str):
            return redirect("reporting:reports:one", came)
        status = came
    heading = _("Begin a report")
    context = {"form": form, "heading": heading, "crumbs": _crumbs(heading)}
    context["back"] = reverse("reporting:reports:list")
    return render(request, "reporting/reports_form.html", context, status=status)


@require_safe
def one(request: ActorRequest, key: str) -> HttpResponse:
    """One report for its reader: every number leads to its rows."""
    return _page(request, selectors.report_for(request.actor, key))


@require_POST
def write(request: ActorRequest, key: str, block: str) -> HttpResponse:
    """Write one text anew; what cannot be saved is said over what was typed."""
    report = selectors.report_for(request.actor, key)
    if block not in selectors.outline_of(report).texts:
        raise NotFound(block)
    if not rules.writes(request.actor, report):
        raise NotPermitted(_("You may not write in this report."))
    form = TextForm(request.POST, auto_id=f"{block}_%s")

    def save() -> str:
        if not form.is_valid():
            raise Unfit
        written = services.write(
            report=report, actor=request.actor, at=request.now, block=block, **form.cleaned_data
        )
        return str(written.key)

    came = sent(request, f"report.write.{block}", save, form=form)
    if isinstance(came, int):
        return _page(request, report, refused=(block, form), status=came)
    messages.success(request, _("The text has been saved."))
    return redirect(reverse("reporting:reports:one", args=[key]) + f"#{block}")


@require_POST
def issue(request: ActorRequest, key: str) -> HttpResponse:
    """Issue the report."""
    report = selectors.report_for(request.actor, key)
    if not rules.issues(request.actor, report):
        raise NotPermitted(_("You may not issue this report."))
    form = IssueForm(request.POST, auto_id="issue_%s")

    def put() -> str:
        if not form.is_valid():
            raise Unfit
        issued = services.issue(
            report=report,
            actor=request.actor,
            at=request.now,
            number=form.cleaned_data["number"],
        )
        return str(issued.key)

    came = sent(request, "report.issue", put, form=form)
    if isinstance(came, int):
        return _page(request, report, refused=("issue", form), status=came)
    messages.success(request, _("The report has been issued; it no longer changes."))
    return redirect("reporting:reports:one", key)


def _page(
    request: ActorRequest,
    report: Any,
    *,
    refused: tuple[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    actor = request.actor
    issued = ReportIssue.objects.select_related("post__person").filter(report=report).first()
    said = selectors.as_read(report, actor)
    outline, texts = selectors.outline_of(report), selectors.texts_of(report)
    editing = None
    if issued is None and rules.writes(actor, report):
        editing = _editing(outline, texts, refused)
    context = {
        "report": report,
        "kind": ReportKind(report.kind).label,
        "said": said,
        "issued": issued,
        "sections": showing.sections(said, outline, texts=texts, editing=editing),
        "notes": showing.notes(said),
        "offered": showing.offered() if editing else [],
        "writes": editing is not None,
        "acts": _acts(actor, report, issued, refused),
        "crumbs": _crumbs(report.title),
    }
    return render(request, "reporting/reports_one.html", context, status=status)


def _editing(outline: Any, texts: Any, refused: tuple[str, Any] | None) -> showing.Editing:
    forms = {}
    for code, text in outline.texts.items():
        written = texts.get(code)
        first = {
            "text": written.text if written else text.default,
            "seen": written.number if written else 0,
        }
        forms[code] = TextForm(initial=first, auto_id=f"{code}_%s")
    if refused and refused[0] in forms:
        again = refused[1]
        written = texts.get(refused[0])
        # What was typed stays; saved again it stands against the text as it is now.
        again.data = {**again.data.dict(), "seen": str(written.number if written else 0)}
        forms[refused[0]] = again
    return showing.Editing(forms=forms, refused=refused[0] if refused else "")


def _acts(
    actor: Any, report: Report, issued: ReportIssue | None, refused: tuple[str, Any] | None
) -> list[Act]:
    if issued is not None or not rules.issues(actor, report):
        return []
    again = refused[1] if refused and refused[0] == "issue" else None
    return [
        Act(
            label=_("Issue the report"),
            url=reverse("reporting:reports:issue", args=[report.key]),
            after=_("Its texts and figures are kept as they are now and no longer change."),
            kind="primary",
            form=again or IssueForm(auto_id="issue_%s"),
            open=again is not None,
        )
    ]


def _crumbs(here: Any) -> list[Crumb]:
    url = reverse("reporting:reports:list")
    return [Crumb(label=lists.REPORTS.title, url=url), Crumb(label=here)]


# --- Files

_MADE: dict[str, tuple[Callable[[Composed], bytes], str]] = {
    "docx": (lambda said: to_word(papers.paper(said)), WORD_TYPE),
    "pdf": (lambda said: to_pdf(papers.paper(said)), PDF_TYPE),
    "xlsx": (workbook, XLSX_TYPE),
}


@require_safe
def paper(request: ActorRequest, key: str, ending: str) -> FileResponse:
    """The report as Word, PDF or workbook; of an issued one the very files kept then."""
    report = selectors.report_for(request.actor, key)
    if ending not in _MADE:
        raise NotFound(ending)
    if kept := selectors.file_of(report, ending):
        return serve(kept)
    make, content_type = _MADE[ending]
    said: Composed = selectors.as_read(report, request.actor)
    return serve_made(make(said), name=f"{said.title}.{ending}", content_type=content_type)
