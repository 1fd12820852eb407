"""The pages of the statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.reporting.statistics import asking
from huiyin.reporting.statistics import rows as listed
from huiyin.reporting.statistics.catalogue import STATISTICS
from huiyin.suggestions.kept import kept
from huiyin.ui.lists import respond

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_safe
def rows(request: ActorRequest, code: str) -> HttpResponseBase:
    """Exactly the rows that a number counts; also their exports and print."""
    figure = STATISTICS.get(code)
    if figure is None or not figure.is_for(request.actor.role):
        raise NotFound(code)
    here = asking.standpoint_of(request)
    groups = asking.groups_of(request)
    spec = listed.list_for(code, figure, here, groups)
    found = listed.rows_of(figure, here, groups)
    number = kept(
        "statistics.rows",
        *(code, here.session.key, here.as_of, here.line, here.picture is None, groups),
        actor=request.actor,
        make=found.count,
    )
    extra = {"figure": figure, "code": code, "here": here, "number": number}
    return respond(
        request,
        spec,
        listed.shown(found, here),
        template="reporting/statistics_rows.html",
        extra=extra,
    )
