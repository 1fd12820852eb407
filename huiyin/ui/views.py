"""Keeping views of lists; waiting for exports and fetching them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.ui import services
from huiyin.ui.exports import asking, shelf
from huiyin.ui.models import SavedView

# Seconds after which the page of an export that is being written asks again.
ASK_AGAIN = "2"


@require_POST
def save_view(request: ActorRequest) -> HttpResponse:
    view = services.save_view(
        actor=request.actor,
        list_name=request.POST.get("list_name", ""),
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        shared=request.POST.get("shared") == "1",
    )
    return _to(request, view)


@require_POST
def rename_view(request: ActorRequest, key: str) -> HttpResponse:
    name = request.POST.get("name", "")
    return _to(request, services.rename_view(actor=request.actor, key=key, name=name))


@require_POST
def delete_view(request: ActorRequest, key: str) -> HttpResponse:
    services.delete_view(actor=request.actor, key=key)
    return HttpResponseRedirect(_list_path(request))


def _to(request: HttpRequest, view: SavedView) -> HttpResponse:
    """The list the view belongs to, in that view."""
    query = f"{view.query}&" if view.query else ""
    return HttpResponseRedirect(f"{_list_path(request)}?{query}view={view.key}")


def _list_path(request: HttpRequest) -> str:
    """Only a path of this site, without a query of its own."""
    path = request.POST.get("next", "").partition("?")[0]
    host = {request.get_host()}
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=host)
    return path if ours else "/"


@require_safe
def export(request: ActorRequest, key: str) -> HttpResponse:
    """How far an export is; another's does not exist."""
    found = shelf.own(request.actor, key)
    if found is None:
        raise NotFound(key)
    response = render(request, "ui/export.html", {"export": found})
    if found.is_running:
        # By header: a page that reloads itself by a tag is one that readers cannot stop.
        response["Refresh"] = ASK_AGAIN
    return response


@require_safe
def export_file(request: ActorRequest, key: str) -> HttpResponseBase:
    """The file, for the post that asked for it, as long as it is kept."""
    found = shelf.own(request.actor, key)
    if found is None or not found.is_ready:
        raise NotFound(key)
    return asking.answer(found)
