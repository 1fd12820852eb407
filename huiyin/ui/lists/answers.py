"""Answers to a request for a list: the page, its printed form, a workbook, a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.documents import workbooks
from huiyin.kernel.errors import Invalid
from huiyin.ui.lists import address as addresses
from huiyin.ui.lists.page import ListPage
from huiyin.ui.lists.spec import ListSpec, Rows

CHUNK = 500
MOST_CHOSEN = 200


def respond(
    request: HttpRequest,
    spec: ListSpec,
    queryset: Rows,
    *,
    template: str = "ui/list.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """The list as the address asks for it. Raises ``BadAddress``."""
    printed = request.GET.get("print") == "1"
    page = ListPage(spec, request, queryset, extra=extra, printed=printed)
    if kind := request.GET.get("export", ""):
        return export(page, kind=kind)
    chosen_template = "ui/list_print.html" if printed else template
    return render(request, chosen_template, {"page": page, **(extra or {})})


def export(page: ListPage, *, kind: str) -> HttpResponseBase:
    """All rows of the list in its order, streamed: memory does not grow with them."""
    columns = [column for column in page.spec.columns if column.is_exported]
    headings = [workbooks.Heading(str(column.label), column.width) for column in columns]
    rows = page.order.applied(page.filtered).iterator(chunk_size=CHUNK)
    values: Iterator[list[Any]] = ([column.value(row) for column in columns] for row in rows)
    name = f"{page.title}-{page.context.today:%Y%m%d}.{kind}"
    response: FileResponse | StreamingHttpResponse
    if kind == "xlsx":
        file = workbooks.xlsx_file(headings, values, sheet_title=str(page.title))
        response = FileResponse(file, content_type=workbooks.XLSX_TYPE)
    elif kind == "csv":
        lines = workbooks.csv_lines(headings, values)
        response = StreamingHttpResponse(lines, content_type=workbooks.CSV_TYPE)
    else:
        raise addresses.BadAddress(_("Lists are exported as xlsx or csv."))
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    return response


def link(spec: ListSpec, path: str, **state: str | tuple[str, ...]) -> str:
    """The address of a list in a given state: what a number on a page leads to.

    Raises ``ValueError`` for a tab, filter or sort the list does not have.
    """
    filters = {}
    own = {}
    for name, value in state.items():
        if name in spec.reserved:
            own[name] = value
        elif spec.filter_named(name) is not None:
            filters[name] = value if isinstance(value, tuple) else (value,)
        else:
            raise ValueError(f"{spec.name} has no filter {name}")
    made = addresses.Address(path=path, filters=filters, **own)  # type: ignore[arg-type]
    unknown_tab = made.tab and spec.facet_named(made.tab) is None
    if unknown_tab or (made.sort and spec.sort_named(made.sort) is None):
        raise ValueError(f"{spec.name}: {made.tab or made.sort} is not part of this list")
    return made.url


def chosen(request: HttpRequest) -> list[str]:
    """The keys ticked in a list, each once. Raises ``Invalid`` for none or too many."""
    keys = list(dict.fromkeys(key for key in request.POST.getlist("chosen") if key))
    if not keys:
        raise Invalid(
            _("No row has been chosen."),
            remedy=_("Go back, tick the rows you mean, and press the button again."),
        )
    if len(keys) > MOST_CHOSEN:
        raise Invalid(
            _("At most %(most)s rows can be handled at once.") % {"most": MOST_CHOSEN},
            remedy=_("Choose fewer rows and repeat."),
        )
    return keys
