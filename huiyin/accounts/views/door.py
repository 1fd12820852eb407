"""Coming in and going out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts import devices, doorway, services, sessions, throttle
from huiyin.accounts.access import public, without_post
from huiyin.accounts.forms import ActivationForm, PreferencesForm, SignInForm
from huiyin.accounts.models import Person
from huiyin.kernel.errors import Invalid, Throttled

_EVERYTHING_SHOWN = '"cache", "storage", "executionContexts"'


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Any) -> HttpResponse:
    """The sign-in page. Leads on to ``next``, or to a form that was waiting."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method != "POST":
        if request.person:
            return HttpResponseRedirect(doorway.safe_next(request, wanted))
        return doorway.sign_in_page(request, form=SignInForm(), wanted=wanted)
    form = SignInForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY.value
    if form.is_valid():
        try:
            person = _enter(request, form)
        except (Invalid, Throttled) as refused:
            form.refuse(refused)
            status = refused.status
        else:
            response = doorway.lead_on(request, person)
            devices.remember(request, response, person=person, on=request.today)
            return response
    sealed = request.POST.get("kept", "")
    return doorway.sign_in_page(request, form=form, wanted=wanted, sealed=sealed, status=status)


def _enter(request: HttpRequest, form: SignInForm) -> Person:
    login = form.cleaned_data["login"]
    at = request.now  # type: ignore[attr-defined]
    knock = throttle.Knock(
        login=login,
        address=doorway.visitor_address(request),
        device=devices.known_device(request, login=login, on=at.date()),
    )
    return services.sign_in(request, knock=knock, password=form.cleaned_data["password"], at=at)


@without_post
@require_POST
def sign_out(request: Any) -> HttpResponse:
    """End the session here and on the server, and have the browser forget what it showed."""
    services.sign_out(request, person=request.person, actor=request.actor, at=request.now)
    request.person = None
    response = redirect("accounts:sign_in")
    response["Clear-Site-Data"] = _EVERYTHING_SHOWN
    sessions.forget_seen(response)
    return response


@public
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: Any) -> HttpResponse:
    """Set a first password, or a new one, with a code handed over on paper."""
    form = ActivationForm(request.POST or None)
    status = HTTPStatus.OK.value
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY.value
        if form.is_valid():
            buckets = throttle.address_buckets("activation", doorway.visitor_address(request))
            try:
                if held := throttle.count_try(buckets, at=request.now):
                    raise held.refusal()
                services.activate(**form.cleaned_data, at=request.now)
            except (Invalid, Throttled) as refused:
                form.refuse(refused)
                status = refused.status
            else:
                messages.success(request, _("Your account is ready. Sign in with it now."))
                return redirect("accounts:sign_in")
    return render(request, "accounts/activate.html", {"form": form}, status=status)


@public
@require_POST
def language(request: Any) -> HttpResponse:
    """Switch the language: for a person for good, for a stranger in this browser."""
    form = PreferencesForm(request.POST)
    response = HttpResponseRedirect(doorway.safe_next(request, request.POST.get("next", "")))
    if not form.is_valid() or not (chosen := form.chosen().get("language")):
        return response
    if request.person:
        services.keep_preferences(person=request.person, language=chosen)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
