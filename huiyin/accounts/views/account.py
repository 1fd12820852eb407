"""A person's own account: posts, password, how pages are shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts import doorway, feeds, selectors, services
from huiyin.accounts.access import without_post
from huiyin.accounts.forms import PasswordForm, PreferencesForm
from huiyin.kernel.errors import Invalid


@without_post
@require_safe
def account(request: Any) -> HttpResponse:
    """What the house knows of the reader himself, and what he can set."""
    return _page(request)


def _page(request: Any, *, opened: str = "", address: str = "") -> HttpResponse:
    """``address`` is the one just made for the post ``opened``; it is shown this once."""
    person = request.person
    form = PreferencesForm(
        whole=True,
        initial={
            "language": person.language,
            "large_type": "1" if person.large_type else "0",
            "theme": person.theme,
            "density": person.density,
        },
    )
    shown = {
        "form": form,
        "person": person,
        "has_feeds": feeds.is_served(),
        "calendars": selectors.with_feeds(request.posts),
        "opened": opened,
        "address": address,
    }
    return render(request, "accounts/account.html", shown)


@without_post
@require_POST
def open_feed(request: Any) -> HttpResponse:
    """Make a new calendar address for one of one's posts, and show it this once."""
    key = request.POST.get("post", "")
    token = services.open_feed(person=request.person, key=key, at=request.now)
    return _page(request, opened=key, address=feeds.address(request, token))


@without_post
@require_POST
def close_feed(request: Any) -> HttpResponse:
    """Make a calendar address void."""
    key = request.POST.get("post", "")
    services.close_feed(person=request.person, key=key, at=request.now)
    messages.success(request, _("The calendar address opens nothing any more."))
    return redirect("accounts:account")


@without_post
@require_POST
def preferences(request: Any) -> HttpResponse:
    """Keep what was chosen; the menu sends one choice, the account page all of them."""
    form = PreferencesForm(request.POST)
    if form.is_valid() and (chosen := form.chosen()):
        services.keep_preferences(person=request.person, **chosen)
    return HttpResponseRedirect(doorway.safe_next(request, request.POST.get("next", "")))


@without_post
@require_POST
def switch_post(request: Any) -> HttpResponse:
    """Act in another of one's own posts from now on."""
    post = services.use_post(
        request, person=request.person, key=request.POST.get("post", ""), at=request.now
    )
    messages.info(request, _("You are now acting as: %(post)s") % {"post": post.title})
    return HttpResponseRedirect(doorway.safe_next(request, request.POST.get("next", "")))


@without_post
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Any) -> HttpResponse:
    """Change one's own password; every other session ends."""
    form = PasswordForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                services.change_password(
                    request,
                    person=request.person,
                    actor=request.actor,
                    at=request.now,
                    **form.cleaned_data,
                )
            except Invalid as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("Your password has been changed."))
                return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form}, status=status)
