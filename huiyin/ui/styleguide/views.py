"""The gallery and the archetypes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from huiyin.accounts.access import public
from huiyin.kernel.errors import Stale
from huiyin.ui import errors, icons
from huiyin.ui.styleguide import (
    sample_board,
    sample_case,
    sample_forms,
    sample_list,
    sample_texts,
    samples,
)
from huiyin.ui.styleguide.samples import say

ARCHETYPES = ("workbench", "list", "case", "form", "board", "paper", "confirm", "error", "public")


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return _show(request, "ui/styleguide/gallery.html", name="")


@public
@require_safe
def archetype(request: HttpRequest, name: str) -> HttpResponse:
    if name not in ARCHETYPES:
        raise Http404
    if name == "error":
        return errors.refusal(
            request, Stale(say("何静在 10:32 已交办本件。", "He Jing assigned it at 10:32."))
        )
    return _show(request, f"ui/styleguide/{name}.html", name=name)


def _show(request: HttpRequest, template: str, *, name: str) -> HttpResponse:
    wanted = request.GET.get("language", translation.get_language() or "")
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        return render(request, template, _context(request, name))


def _context(request: HttpRequest, name: str) -> dict[str, Any]:
    return {**_frame(request, name), **_parts(), **sample_texts.texts()}


def _frame(request: HttpRequest, name: str) -> dict[str, Any]:
    entries = [
        SimpleNamespace(
            label=entry.label, url=entry.url, count=entry.count, active=entry.name == name
        )
        for entry in samples.menu()
    ]
    preferences = SimpleNamespace(
        theme=request.GET.get("theme", "auto"),
        large_type=request.GET.get("type") == "large",
        density=request.GET.get("density", "comfortable"),
    )
    return {
        "actor": samples.reader(),
        "today": samples.TODAY,
        "posts": [],
        "menu": entries,
        "preferences": preferences,
        "inbox_url": "#",
        "unread": 2,
        "search_url": "#",
        "demo": True,
        "rehearsal": True,
    }


def _parts() -> dict[str, Any]:
    return {
        "duties": samples.duties(),
        "waiting": samples.waiting(),
        "changes": samples.changes(),
        "stages": sample_case.stages(),
        "acts": sample_case.acts(),
        "entries": sample_case.entries(),
        "asks": sample_case.asks(),
        "clock": sample_case.clock(),
        "facts": sample_case.facts(),
        "crumbs": sample_case.crumbs(),
        "tiles": sample_board.tiles(),
        "bars": sample_board.bars(),
        "stack": sample_board.stack(),
        "stacks": sample_board.stacks(),
        "columns": sample_board.columns(),
        "page": sample_list.page(),
        "form": sample_forms.WritingForm(),
        "refused": sample_forms.refused(),
        "steps": sample_forms.steps(),
        "icons": icons.DRAWINGS,
    }
