"""What somebody sees who is not let in, and how what he typed survives it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from huiyin.accounts import offering, stash
from huiyin.accounts.forms import SignInForm
from huiyin.accounts.models import Person

_SAFE_METHODS = ("GET", "HEAD")


def ask_to_sign_in(request: Any) -> HttpResponse:
    """Answer a stranger at a closed door so that nothing typed is lost.

    A script gets 401 and keeps its text on the page; reading is led to the sign-in page and
    back; a form sent after the session ended gets the sign-in page with its own text in it.
    """
    if _is_script(request):
        return _tell_script(request)
    if request.method in _SAFE_METHODS:
        return HttpResponseRedirect(sign_in_address(request.get_full_path()))
    kept = stash.keep(request)
    return sign_in_page(
        request,
        form=SignInForm(),
        sealed=kept.sealed() if kept else "",
        status=HTTPStatus.UNAUTHORIZED.value,
        expired=True,
    )


def sign_in_page(
    request: Any,
    *,
    form: SignInForm,
    wanted: str = "",
    sealed: str = "",
    status: int = HTTPStatus.OK.value,
    expired: bool = False,
) -> HttpResponse:
    """The sign-in page. ``sealed`` is a form that waits for its writer to come back."""
    offered = offering.cards(on=request.today) if settings.HUIYIN_DEMO else []
    context = {
        "form": form,
        "wanted": wanted,
        "sealed": sealed,
        "expired": expired,
        "offered": offered,
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def lead_on(request: Any, person: Person) -> HttpResponse:
    """Answer somebody who has just come in: to the form that waited, or where he was going."""
    sealed = request.POST.get("kept", "")
    if not sealed:
        return HttpResponseRedirect(safe_next(request, request.POST.get("next", "")))
    kept = stash.unseal(sealed, person_key=person.key)
    if kept is None:
        messages.warning(
            request, _("A form of somebody else was waiting here; it has been dropped.")
        )
        return HttpResponseRedirect("/")
    translation.activate(person.language)
    return render(request, "accounts/send_again.html", {"kept": kept})


def no_post(request: HttpRequest) -> HttpResponse:
    """Answer a signed-in person who holds no post today."""
    return render(request, "accounts/no_post.html", status=HTTPStatus.FORBIDDEN)


def sign_in_address(wanted: str) -> str:
    """The sign-in page, leading back to ``wanted``."""
    address = reverse("accounts:sign_in")
    return address if wanted == "/" else f"{address}?{urlencode({'next': wanted})}"


def safe_next(request: HttpRequest, candidate: str) -> str:
    """Return ``candidate`` when it leads to this very site, else the front page."""
    local = candidate.startswith("/") and url_has_allowed_host_and_scheme(
        candidate, allowed_hosts=None, require_https=request.is_secure()
    )
    return candidate if local else "/"


def visitor_address(request: HttpRequest) -> str:
    """The address a try is counted under. Behind a trusted proxy, the one it saw itself.

    Only the last entry of the header is the proxy's own; those before it anybody can write.
    """
    if settings.HUIYIN_TRUST_PROXY:
        passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if passed_on:
            return passed_on
    address: str = request.META.get("REMOTE_ADDR", "")
    return address


def _is_script(request: HttpRequest) -> bool:
    """Whether a script asked, which can show a message but cannot follow a page."""
    headers = request.headers
    return (
        "HX-Request" in headers
        or "X-Requested-With" in headers
        or headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        or headers.get("Accept", "").startswith("application/json")
    )


def _tell_script(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(
        {
            "code": "signed_out",
            "message": _("You are signed out. What you typed is still on this page."),
            "sign_in": reverse("accounts:sign_in"),
        },
        status=HTTPStatus.UNAUTHORIZED,
        json_dumps_params={"ensure_ascii": False},
    )
    if "HX-Request" in request.headers and request.method in _SAFE_METHODS:
        shown = urlsplit(request.headers.get("HX-Current-URL", "")).path
        response["HX-Redirect"] = sign_in_address(safe_next(request, shown))
    return response
