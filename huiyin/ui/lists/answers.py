"""Answers to a request for a list: the page, its printed form, a workbook, a CSV file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid
from huiyin.ui import exports
from huiyin.ui.lists import address as addresses
from huiyin.ui.lists.page import ListPage
from huiyin.ui.lists.spec import ListSpec, Rows

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
        return exports.take(page, kind=kind)
    chosen_template = "ui/list_print.html" if printed else template
    return render(request, chosen_template, {"page": page, **(extra or {})})


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
