"""The page where a published table is checked. It reads, reckons and keeps nothing."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import DomainError
from huiyin.reporting.checking import pasted, presenting, reading
from huiyin.reporting.checking.findings import CheckedPaper
from huiyin.reporting.checking.forms import CheckForm
from huiyin.reporting.checking.judging import check


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest) -> HttpResponse:
    """Check what is pasted or sent, and show it again with each row marked."""
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        papers = _checked(form)
    except DomainError as refused:
        field = "file" if form.cleaned_data["file"] else "text"
        form.add_error(field, f"{refused} {refused.remedy}".strip())
        return _page(request, form, status=refused.status)
    return _page(request, form, papers=papers)


def _checked(form: CheckForm) -> list[CheckedPaper]:
    file = form.cleaned_data["file"]
    text = form.cleaned_data["text"]
    papers = reading.read(file, name=file.name) if file else pasted.read(text)
    if form.cleaned_data["selection"]:
        papers = [each.selected() for each in papers]
    return [check(each) for each in papers]


def _page(
    request: ActorRequest,
    form: CheckForm,
    *,
    papers: list[CheckedPaper] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    result = presenting.result(papers) if papers is not None else None
    context = {"form": form, "result": result}
    return render(request, "reporting/check_table.html", context, status=status)
