"""The batch of a meeting: the table in which organs are proposed, and issuing it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import NotFound
from huiyin.ledger.services import once
from huiyin.organisations.selectors import organs
from huiyin.suggestions import meetings, rules, services
from huiyin.suggestions.forms.meeting import BatchTable
from huiyin.suggestions.models import AssignmentMeeting, MeetingCase
from huiyin.suggestions.presenters import meeting as present
from huiyin.suggestions.views.meeting import crumbs, kept_by

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: ActorRequest, key: str) -> HttpResponse:
    """Page by page: the cases with what is proposed. Readers see it, its keeper writes in it."""
    if request.method == "POST":
        return _saved(request, kept_by(request, key))
    meeting = meetings.meeting_for(request.actor, key)
    if not meetings.sees_batch(request.actor, meeting):
        raise NotFound(key)
    page = _page_of(request, meeting)
    return _shown(request, meeting, page, BatchTable(page.object_list))


def _page_of(request: ActorRequest, meeting: AssignmentMeeting) -> Page[MeetingCase]:
    return Paginator(meetings.batch(request.actor, meeting), A_PAGE).get_page(
        request.GET.get("page")
    )


def _saved(request: ActorRequest, meeting: AssignmentMeeting) -> HttpResponse:
    """Keep the rows that are right; those that are not stand there as typed, with their faults."""
    page = _page_of(request, meeting)
    typed = BatchTable(page.object_list, request.POST)
    proposals = typed.proposals(congress=meeting.congress, on=request.today)

    def propose() -> str:
        changed = services.propose(
            meeting=meeting, actor=request.actor, at=request.now, proposals=proposals
        )
        return str(changed)

    once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action="meeting.propose",
        at=request.now,
        do=propose,
    )
    if typed.has_errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _shown(request, meeting, page, typed, status=status)
    messages.success(request, _("The proposals on this page have been saved."))
    onward = page.next_page_number() if page.has_next() else page.number
    address = reverse("suggestions:meeting_batch", args=[meeting.key])
    if request.POST.get("act") == "back":
        return redirect("suggestions:meeting", meeting.key)
    return redirect(f"{address}?page={onward}")


def _shown(
    request: ActorRequest,
    meeting: AssignmentMeeting,
    page: Page[MeetingCase],
    shown: BatchTable,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    keeps = rules.keeps_meeting(request.actor, meeting) and meeting.concluded_at is None
    context: dict[str, Any] = {
        "meeting": meeting,
        "keeps": keeps,
        "page": page,
        "table": shown,
        "offered": list(organs(meeting.congress, on=request.today).values_list("name", flat=True)),
        "progress": present.progress(meeting),
        "crumbs": crumbs(meeting, here=_("The batch")),
    }
    return render(request, "suggestions/meeting_batch.html", context, status=status)


@require_POST
def drop(request: ActorRequest, key: str) -> HttpResponse:
    """Take one case out of the batch."""
    meeting = kept_by(request, key)
    rows = meetings.batch(request.actor, meeting)
    row = rows.filter(suggestion__key=request.POST.get("case", "")[:22]).first()
    if row is None:
        raise NotFound(key)

    def take_out() -> str:
        services.drop_case(meeting=meeting, actor=request.actor, at=request.now, row=row)
        return str(meeting.key)

    once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action="meeting.drop",
        at=request.now,
        do=take_out,
    )
    messages.success(request, _("Taken out of the batch; it waits to be assigned as before."))
    return redirect("suggestions:meeting_batch", meeting.key)


@require_POST
def issue(request: ActorRequest, key: str) -> HttpResponse:
    """Assign the next part of the batch; the page then says how far it has come."""
    meeting = kept_by(request, key)

    def assign() -> str:
        done = services.issue_batch(meeting=meeting, actor=request.actor, at=request.now)
        words = ngettext("%(n)s suggestion assigned.", "%(n)s suggestions assigned.", done.assigned)
        messages.success(request, words % {"n": done.assigned})
        if done.refused:
            said = ngettext(
                "%(n)s could not be assigned; the batch says why.",
                "%(n)s could not be assigned; the batch says why.",
                done.refused,
            )
            messages.warning(request, said % {"n": done.refused})
        return str(done.assigned)

    once(
        key=request.POST.get("once", ""),
        actor=request.actor,
        action="meeting.issue",
        at=request.now,
        do=assign,
    )
    return redirect("suggestions:meeting", meeting.key)
