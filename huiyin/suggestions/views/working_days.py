"""The working calendar: its years, one year day by day, loading a notice, and what one moved."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.selectors import names_of_posts
from huiyin.kernel.errors import Conflict, Invalid, NotFound
from huiyin.ledger.services import once
from huiyin.organisations.rules import keeps_calendar, require_calendar_keeper
from huiyin.organisations.selectors import known_notices, work_calendar
from huiyin.rulebook import Notice, RulebookError, parse_notices
from huiyin.suggestions.forms.working_days import LONGEST, ConfirmForm, NoticeForm
from huiyin.suggestions.presenters import working_days as present
from huiyin.suggestions.selectors import redating_by, redating_for
from huiyin.suggestions.services.calendar import load_notice, preview_notice
from huiyin.ui.parts import Crumb

DO = "do"
# How many changed dates a page lists; the record has them all.
SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
def years(request: ActorRequest) -> HttpResponse:
    """The years with their notices; ``act=do`` loads what has been shown, else it is shown."""
    if request.method != "POST":
        return _years_page(request, NoticeForm())
    require_calendar_keeper(request.actor)
    if request.POST.get("act") == DO:
        return _load(request)
    form = NoticeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _years_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file = form.cleaned_data["file"]
    try:
        [notice] = _read(file.read(LONGEST + 1), name=file.name)
    except Invalid as refused:
        form.add_error("file", str(refused))
        return _years_page(request, form, status=refused.status)
    file.seek(0)
    return _preview_page(request, notice, text=file.read().decode("utf-8-sig"), name=file.name)


def _read(raw: bytes, *, name: str) -> Sequence[Notice]:
    """The one notice in the file. Raises ``Invalid`` with file, line and remedy."""
    if len(raw) > LONGEST:
        raise Invalid(_("The file is longer than any notice."))
    try:
        found = parse_notices(raw, file=name, known=known_notices())
    except RulebookError as refused:
        raise Invalid(refused.said_in(get_language() or "en")) from refused
    if len(found) != 1:
        raise Invalid(_("Load one notice at a time: the file holds several."))
    return found


def _load(request: ActorRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("The notice is no longer there."), remedy=_("Send the file once more."))
    raw = form.cleaned_data["text"].replace("\r\n", "\n").encode()

    def do() -> str:
        [notice] = _read(raw, name=form.cleaned_data["name"])
        kept, _changed = load_notice(notice=notice, actor=request.actor, at=request.now)
        return str(redating_by(kept).key)

    try:
        key, _fresh = once(
            key=request.POST.get("once", ""),
            actor=request.actor,
            action="calendar.load",
            at=request.now,
            do=do,
        )
    except (Invalid, Conflict) as refused:
        page = NoticeForm()
        return _years_page(request, page, refused=refused, status=refused.status)
    try:
        redating_for(request.actor, key)
    except NotFound:
        messages.success(request, _("The notice is loaded. No date of your cases has changed."))
        return redirect("suggestions:working_days")
    return redirect("suggestions:redating", key)


def _years_page(
    request: ActorRequest,
    form: NoticeForm,
    *,
    refused: Invalid | Conflict | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    calendar, notices = work_calendar(), known_notices()
    latest = max(notice.year for notice in notices)
    first = min(notice.year for notice in notices)
    # The year after the last that is announced is the one dates reach into.
    shown = range(max(latest, request.today.year) + 1, first - 1, -1)
    context = {
        "years": [present.row_of(year, calendar=calendar, notices=notices) for year in shown],
        "form": form if keeps_calendar(request.actor) else None,
        "refused": refused,
    }
    return render(request, "suggestions/working_days.html", context, status=status)


def _preview_page(request: ActorRequest, notice: Notice, *, text: str, name: str) -> HttpResponse:
    changed = preview_notice(notice)
    context = {
        "notice": notice,
        "cited": notice.cited.said_in(get_language() or ""),
        "text": text,
        "name": name,
        "count": len(changed),
        "lines": [present.changed_line(each) for each in changed[:SHOWN]],
        "crumbs": _crumbs(_("Preview")),
    }
    return render(request, "suggestions/working_days_preview.html", context)


def _crumbs(label: str) -> list[Crumb]:
    return [
        Crumb(label=_("Working calendar"), url=reverse("suggestions:working_days")),
        Crumb(label=label),
    ]


@require_safe
def one_year(request: ActorRequest) -> HttpResponse:
    """Every day of ``?year=``: worked or not, and on whose word. This year unless one is asked."""
    asked = request.GET.get("year", str(request.today.year))
    if asked not in map(str, range(present.FIRST, present.LAST + 1)):
        raise NotFound(asked)
    year = int(asked)
    context = {
        "year": present.year_of(year, calendar=work_calendar(), notices=known_notices()),
        "before": year - 1 if year > present.FIRST else None,
        "after": year + 1 if year < present.LAST else None,
        "crumbs": _crumbs(str(year)),
    }
    return render(request, "suggestions/working_days_year.html", context)


@require_safe
def moved(request: ActorRequest, key: str) -> HttpResponse:
    """Each date that one decision moved, as far as the reader may see the cases."""
    redating, rows = redating_for(request.actor, key)
    shown = list(rows[:SHOWN])
    names = names_of_posts(key for row in shown for key in row.told.split())
    context = {
        "redating": redating,
        "count": rows.count(),
        "lines": [present.redated_line(row, names=names) for row in shown],
        "crumbs": _crumbs(_("Changed dates")),
    }
    return render(request, "suggestions/working_days_moved.html", context)
