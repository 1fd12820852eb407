"""Assignment meetings: the list, one record, what is written into it, its papers and letters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.documents import selectors as documents
from huiyin.documents.typesetting import PDF_TYPE, WORD_TYPE, to_pdf, to_word
from huiyin.documents.views import saved_as, serve, serve_made
from huiyin.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from huiyin.ledger.services import once
from huiyin.suggestions import meetings, rules, selectors, services
from huiyin.suggestions.forms.meeting import GatherForm, MeetingForm, OrgansForm, SpeechForm, came
from huiyin.suggestions.letters.kinds import Ending
from huiyin.suggestions.models import AssignmentMeeting
from huiyin.suggestions.presenters import meeting as present
from huiyin.ui.parts import Crumb

_MADE = {Ending.WORD: (to_word, WORD_TYPE), Ending.PDF: (to_pdf, PDF_TYPE)}
ZIP_TYPE = "application/zip"
READERS = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER, Role.COMMITTEE, Role.LIAISON)


def crumbs(meeting: AssignmentMeeting | None = None, *, here: str = "") -> list[Crumb]:
    """The way back: the meetings, the meeting, the page itself."""
    url = reverse("suggestions:meetings") if meeting or here else ""
    way = [Crumb(label=_("Assignment meetings"), url=url)]
    if meeting is not None:
        own = reverse("suggestions:meeting", args=[meeting.key]) if here else ""
        way.append(Crumb(label=meeting.title, url=own))
    return [*way, Crumb(label=here)] if here else way


@require_safe
def meeting_list(request: ActorRequest) -> HttpResponse:
    """The meetings the reader may know of, the latest first."""
    if request.actor.role not in READERS:
        raise NotFound(request.path)
    context = {
        "meetings": meetings.counted(meetings.meetings_for(request.actor))[:200],
        "can_hold": rules.holds_meetings(request.actor),
        "crumbs": crumbs(),
    }
    return render(request, "suggestions/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Begin a meeting's record."""
    if not rules.holds_meetings(request.actor):
        raise NotPermitted(_("Only an office that assigns holds assignment meetings."))
    congress = request.actor.congress
    if request.method != "POST":
        present_one = selectors.current_session(congress, on=request.today)
        first = {"held_on": request.today, "session": present_one.key if present_one else ""}
        return _form_page(request, MeetingForm(congress=congress, initial=first))
    form = MeetingForm(request.POST, congress=congress)
    if not form.is_valid():
        return _form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def plan() -> str:
        made = services.plan_meeting(
            actor=request.actor, at=request.now, session=form.chosen, **form.said
        )
        return str(made.key)

    key, _fresh = _sent_once(request, "meeting.plan", plan)
    return redirect("suggestions:meeting", key)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, key: str) -> HttpResponse:
    """Correct the record."""
    meeting = kept_by(request, key)
    first = {name: getattr(meeting, name) for name in ("title", "place", "chair", "agenda")}
    first |= {"session": meeting.session.key, "held_on": meeting.held_on}
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, congress=meeting.congress, initial=first)
    # What it is about does not change with its day.
    form.fields.pop("session")
    if request.method != "POST":
        return _form_page(request, form, meeting=meeting)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _form_page(request, form, meeting=meeting, status=status)

    def change() -> str:
        services.change_meeting(meeting=meeting, actor=request.actor, at=request.now, **form.said)
        return str(meeting.key)

    return _taken(request, meeting, "meeting.change", change, form=form)


def _form_page(
    request: ActorRequest,
    form: MeetingForm,
    *,
    meeting: AssignmentMeeting | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    here = _("Correct the record") if meeting else _("New assignment meeting")
    context = {"form": form, "meeting": meeting, "crumbs": crumbs(meeting, here=here), "here": here}
    return render(request, "suggestions/meeting_form.html", context, status=status)


@require_safe
def meeting(request: ActorRequest, key: str) -> HttpResponse:
    """One meeting as the reader may see it."""
    return _page(request, meetings.meeting_for(request.actor, key))


def kept_by(request: ActorRequest, key: str) -> AssignmentMeeting:
    """A meeting the reader keeps; one he may only read is refused, any other is not there."""
    found = meetings.meeting_for(request.actor, key)
    if not rules.keeps_meeting(request.actor, found):
        raise NotPermitted(_("Only the office that holds the meeting keeps its record."))
    return found


def _page(
    request: ActorRequest,
    meeting: AssignmentMeeting,
    *,
    refused: Any = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    actor, congress, on = request.actor, meeting.congress, meeting.held_on
    keeps = rules.keeps_meeting(actor, meeting) and meeting.concluded_at is None
    forms = {
        "gather": GatherForm(),
        "organs": OrgansForm(congress=congress, on=on),
        "speech": SpeechForm(congress=congress, on=on),
    }
    if refused is not None:
        forms[_NAMES[type(refused)]] = refused
    sees = meetings.sees_batch(actor, meeting)
    context = {
        "meeting": meeting,
        "keeps": keeps,
        "sees_batch": sees,
        "forms": forms,
        "progress": present.progress(meeting) if sees else None,
        "own": [] if sees else list(meetings.batch(actor, meeting)),
        "organs": present.organs(meeting),
        "speeches": meeting.speeches.select_related("organ"),
        "files": present.files(meeting),
        "crumbs": crumbs(meeting),
    }
    return render(request, "suggestions/meeting.html", context, status=status)


_NAMES: dict[type, str] = {GatherForm: "gather", OrgansForm: "organs", SpeechForm: "speech"}

# --- What is written into it


@require_POST
def gather(request: ActorRequest, key: str) -> HttpResponse:
    """Take waiting cases into the batch."""
    meeting, form = kept_by(request, key), GatherForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, refused=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def take() -> str:
        said = form.cleaned_data
        count = services.gather_cases(meeting=meeting, actor=request.actor, at=request.now, **said)
        words = ngettext(
            "%(n)s case came into the batch.", "%(n)s cases came into the batch.", count
        )
        messages.success(request, words % {"n": count})
        return str(count)

    return _taken(request, meeting, "meeting.gather", take, form=form)


@require_POST
def organs(request: ActorRequest, key: str) -> HttpResponse:
    """Invite organs by name, or all that the batch names."""
    meeting = kept_by(request, key)
    form = OrgansForm(request.POST, congress=meeting.congress, on=meeting.held_on)
    if not form.is_valid():
        return _page(request, meeting, refused=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    invited = list(form.found)
    if form.cleaned_data["from_batch"]:
        invited += meetings.named_organs(meeting)

    def invite() -> str:
        services.invite_organs(meeting=meeting, actor=request.actor, at=request.now, organs=invited)
        return str(meeting.key)

    return _taken(request, meeting, "meeting.invite", invite, form=form)


@require_POST
def attendance(request: ActorRequest, key: str) -> HttpResponse:
    """Note which organs came, and who for them."""
    meeting = kept_by(request, key)
    who = came(present.organs(meeting), request.POST)

    def note() -> str:
        services.note_attendance(meeting=meeting, actor=request.actor, at=request.now, came=who)
        return str(meeting.key)

    return _taken(request, meeting, "meeting.attendance", note)


@require_POST
def speech(request: ActorRequest, key: str) -> HttpResponse:
    """Put a speech on the record."""
    meeting = kept_by(request, key)
    form = SpeechForm(request.POST, congress=meeting.congress, on=meeting.held_on)
    if not form.is_valid():
        return _page(request, meeting, refused=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def add() -> str:
        said = form.cleaned_data
        services.add_speech(
            meeting=meeting,
            actor=request.actor,
            at=request.now,
            kind=said["kind"],
            speaker=said["speaker"],
            organ=form.found,
            gist=said["gist"],
        )
        return str(meeting.key)

    return _taken(request, meeting, "meeting.speech", add, form=form)


@require_POST
def attach(request: ActorRequest, key: str) -> HttpResponse:
    """Add reference material."""
    meeting, uploaded = kept_by(request, key), request.FILES.get("file")
    if not isinstance(uploaded, UploadedFile):
        raise Invalid(
            _("No file has been chosen."),
            remedy=_("Go back, choose a file and send it again."),
        )

    def keep() -> str:
        services.attach_paper(
            meeting=meeting,
            actor=request.actor,
            at=request.now,
            file=cast(BinaryIO, uploaded),
            name=str(uploaded.name),
        )
        return str(meeting.key)

    return _taken(request, meeting, "meeting.attach", keep)


@require_POST
def conclude(request: ActorRequest, key: str) -> HttpResponse:
    """Close the record for good."""
    meeting = kept_by(request, key)

    def close() -> str:
        services.conclude_meeting(meeting=meeting, actor=request.actor, at=request.now)
        return str(meeting.key)

    return _taken(request, meeting, "meeting.conclude", close)


def _taken(
    request: ActorRequest,
    meeting: AssignmentMeeting,
    action: str,
    take: Callable[[], str],
    *,
    form: Any = None,
) -> HttpResponse:
    """Do it once and go back to the meeting; a refusal stands over what was typed."""
    try:
        _sent_once(request, action, take)
    except (Invalid, Conflict) as refused:
        if form is None or type(form) not in _NAMES:
            raise
        form.add_error(None, str(refused))
        return _page(request, meeting, refused=form, status=refused.status)
    return redirect("suggestions:meeting", meeting.key)


def _sent_once(request: ActorRequest, action: str, do: Callable[[], str]) -> tuple[str, bool]:
    key = request.POST.get("once", "")
    return once(key=key, actor=request.actor, action=action, at=request.now, do=do)


# --- Papers and letters


@require_safe
def paper(request: ActorRequest, key: str, attachment_key: str) -> FileResponse:
    """One reference paper."""
    meeting = meetings.meeting_for(request.actor, key)
    return serve(documents.find((meetings.MEETING_TYPE, meeting.key), attachment_key))


@require_safe
def letter(request: ActorRequest, key: str, organ_key: str, ending: str) -> FileResponse:
    """The notice to one organ as Word or PDF."""
    if ending not in Ending.values:
        raise NotFound(ending)
    meeting = meetings.meeting_for(request.actor, key)
    home = _home(request, meeting)
    organ, made = present.notice_for(request.actor, meeting, organ_key, link=home)
    write, content_type = _MADE[Ending(ending)]
    name = f"{made.title}（{organ.name}）.{ending}"
    return serve_made(write(made), name=name, content_type=content_type)


@require_safe
def letters(request: ActorRequest, key: str) -> FileResponse:
    """The notices to all invited organs, in Word, in one file."""
    meeting = kept_by(request, key)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for organ, made in present.every_notice(meeting, link=_home(request, meeting)):
            archive.writestr(saved_as(f"{organ.name}.docx"), to_word(made))
    name = f"{meeting.title}（通知）.zip"
    return serve_made(packed.getvalue(), name=name, content_type=ZIP_TYPE)


def _home(request: ActorRequest, meeting: AssignmentMeeting) -> str:
    return request.build_absolute_uri(reverse("suggestions:meeting", args=[meeting.key]))
