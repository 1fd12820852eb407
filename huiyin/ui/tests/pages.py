"""Addresses that exist only in tests: refusals, a list, and the gallery."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from huiyin.accounts.access import public
from huiyin.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from huiyin.kernel import errors
from huiyin.ui import lists
from huiyin.ui.models import SavedView
from huiyin.ui.styleguide import urlpatterns as gallery
from huiyin.ui.tests import sample

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

KINDS = {
    kind.__name__: kind
    for kind in (
        errors.Invalid,
        errors.NotPermitted,
        errors.NotFound,
        errors.Conflict,
        errors.Stale,
        errors.TooLarge,
        errors.Throttled,
        errors.Unavailable,
    )
}


@public
@csrf_protect
def refuse(_request: HttpRequest, kind: str) -> HttpResponseBase:
    if kind == "fault":
        raise ZeroDivisionError("the secret of the fault")
    if kind == "missing":
        raise Http404("the secret of the missing")
    if kind == "forbidden":
        raise PermissionDenied("the secret of the forbidden")
    if kind == "suspicious":
        raise SuspiciousOperation("the secret of the suspicious")
    raise KINDS[kind](
        f"{kind} happened.", remedy=f"Do this about {kind}.", fields={"title": ["Too long."]}
    )


def sample_list(request: HttpRequest) -> HttpResponseBase:
    return lists.respond(request, sample.SPEC, SavedView.objects.all())


urlpatterns = [
    path("refuse/<str:kind>/", refuse, name="refuse"),
    path("sample/", sample_list, name="sample_list"),
    path("", include((gallery, "gallery"))),
    *urlpatterns,
]
