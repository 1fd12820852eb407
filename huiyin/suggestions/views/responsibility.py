"""Responsibility in an organ: who answers for what, the three lists, the schedule, the summary.

The organ's liaison officer, checker and head read their own organ's, the congress office and the
government office those of their organs. To others it is not there.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.documents import workbooks
from huiyin.documents.typesetting import PDF_TYPE, WORD_TYPE, to_pdf, to_word
from huiyin.documents.views import serve_made
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Organ, Session
from huiyin.suggestions import responsibility as reading
from huiyin.suggestions import selectors, work_lists
from huiyin.suggestions.facets import near_days
from huiyin.suggestions.letters.kinds import Ending
from huiyin.suggestions.letters.of_organ import summary_of
from huiyin.suggestions.presenters import responsible
from huiyin.suggestions.presenters import schedule as days_present
from huiyin.ui.lists import BadAddress, Context, respond
from huiyin.ui.parts import Tab

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

# How far the schedule looks ahead unless it is asked.
AHEAD = timedelta(days=60)
_MADE = {Ending.WORD: (to_word, WORD_TYPE), Ending.PDF: (to_pdf, PDF_TYPE)}


# --- What every page here needs


def is_office(request: ActorRequest) -> bool:
    return request.actor.role in reading.OVERSEERS


def asked_organ(request: ActorRequest) -> Organ | None:
    """The organ asked for; None where an office looks at all of them."""
    key = request.GET.get("organ", "")
    if is_office(request) and not key:
        return None
    return reading.organ_for(request.actor, key)


def session_of(request: ActorRequest) -> tuple[Session | None, list[Session]]:
    """The session asked for, the present one unless another is named; and all there are."""
    every = selectors.sessions_of(request.actor)
    asked = request.GET.get("session", "")
    if asked:
        chosen = [each for each in every if each.key == asked]
        if not chosen:
            raise BadAddress(_("There is no such session."))
        return chosen[0], every
    return selectors.current_session(request.actor.congress, on=request.today), every


def tabs(request: ActorRequest, here: str) -> list[Tab]:
    """The pages of responsibility, the present one marked; lists open with the present session."""
    organ = request.GET.get("organ", "") if is_office(request) else ""
    kept = {"organ": organ} if organ else {}
    session = selectors.current_session(request.actor.congress, on=request.today)
    of_session = {**kept, **({"session": session.key} if session else {})}
    pages = [("table", _("Who is responsible"), reverse("suggestions:responsibility"), kept)]
    for name, each in work_lists.WORK_LISTS.items():
        url = reverse("suggestions:work_list", args=[name])
        pages.append(
            (name, str(each.title), url, kept if name == work_lists.CHASING else of_session)
        )
    pages += [
        ("schedule", _("Work schedule"), reverse("suggestions:schedule"), kept),
        ("acts", _("Leaders' meetings and visits"), reverse("suggestions:leader_acts"), kept),
    ]
    return [
        Tab(label=label, url=f"{url}?{urlencode(asked)}" if asked else url, active=name == here)
        for name, label, url, asked in pages
    ]


# --- The table


@require_safe
def responsibility(request: ActorRequest) -> HttpResponse:
    """Who is responsible for what; for an office all organs first."""
    reading.require_reader(request.actor)
    organ = asked_organ(request)
    session, sessions = session_of(request)
    context: dict[str, Any] = {
        "tabs": tabs(request, "table"),
        "session": session,
        "sessions": sessions,
        "organ": organ,
        "is_office": is_office(request),
    }
    if organ is None:
        context |= {
            "lines": responsible.organ_lines(request.actor, session=session),
            "kinds": responsible.act_kinds(),
        }
        return render(request, "suggestions/responsibility_organs.html", context)
    context |= {
        "table": responsible.table(request.actor, organ, session=session, on=request.today),
        "sets_up": request.actor.role == Role.LIAISON,
    }
    return render(request, "suggestions/responsibility.html", context)


@require_safe
def handling_summary(request: ActorRequest, ending: str) -> FileResponse:
    """The organ's summary of a session, filled from the record, as Word or PDF."""
    reading.require_reader(request.actor)
    if ending not in Ending.values:
        raise NotFound(ending)
    organ = asked_organ(request)
    session, _every = session_of(request)
    if organ is None or session is None:
        raise NotFound("summary")
    made = summary_of(request.actor, organ, session=session, on=request.today)
    write, content_type = _MADE[Ending(ending)]
    name = f"{made.title}（{organ.name}）.{ending}"
    return serve_made(write(made), name=name, content_type=content_type)


# --- The lists


@require_safe
def work_list(request: ActorRequest, name: str) -> HttpResponseBase:
    """One of the three lists, its workbook and its print."""
    actor = request.actor
    reading.require_reader(actor)
    today = request.today
    near = near_days(actor, Context(actor=actor, today=today, request=request))
    spec = work_lists.list_for(actor, name, today=today, near_days=near)
    rows = work_lists.rows_for(actor, name, today=today, near_days=near)
    extra = {"tabs": tabs(request, name)}
    return respond(request, spec, rows, template="suggestions/work_list.html", extra=extra)


@require_safe
def schedule(request: ActorRequest) -> HttpResponseBase:
    """What is due on which day, from today on unless other days are asked for."""
    reading.require_reader(request.actor)
    first = _day(request, "from", default=request.today)
    last = _day(request, "to", default=first + AHEAD)
    organ = asked_organ(request)
    made = days_present.schedule(
        request.actor, first=first, last=last, organ=organ.key if organ else ""
    )
    if request.GET.get("export") == "xlsx":
        return _workbook(request, made)
    context = {
        "tabs": tabs(request, "schedule"),
        "schedule": made,
        "organ": organ,
        "organs": reading.organs_of(request.actor) if is_office(request) else (),
    }
    return render(request, "suggestions/schedule.html", context)


def _day(request: ActorRequest, name: str, *, default: date) -> date:
    text = request.GET.get(name, "")
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadAddress(_("A day is written like 2020-07-15.")) from None


def _workbook(request: ActorRequest, made: days_present.Schedule) -> FileResponse:
    title = _("Work schedule")
    rows = (days_present.row(each, first=made.first) for each in made.entries)
    file = workbooks.xlsx_file(days_present.headings(), rows, sheet_title=title)
    response = FileResponse(file, content_type=workbooks.XLSX_TYPE)
    name = f"{title}-{request.today:%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    return response
