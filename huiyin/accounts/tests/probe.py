"""Pages that show what a request carries, and nothing else: addresses for the tests of the door."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path

from huiyin.accounts.access import public, without_post


def closed(request: Any) -> JsonResponse:
    """Says nothing about access, as a forgetful author would."""
    return JsonResponse(
        {
            "post": request.actor.post_key,
            "role": request.actor.role,
            "today": request.today.isoformat(),
            "posted": request.POST.dict(),
            "language": request.preferences.language,
        }
    )


@public
def open_to_all(request: Any) -> HttpResponse:
    return HttpResponse(request.actor.person.name if request.actor else "stranger")


@without_post
def for_any_person(request: Any) -> HttpResponse:
    return HttpResponse(request.person.name)


@public
def cached_for_all(_request: Any) -> HttpResponse:
    return HttpResponse("news", headers={"Cache-Control": "max-age=600, public"})


urlpatterns: list[URLPattern | URLResolver] = [
    path("closed/", closed),
    path("open/", open_to_all),
    path("person/", for_any_person),
    path("cached/", cached_for_all),
    path("", include("huiyin.accounts.urls")),
    path("", include("huiyin.ui.urls")),
]
