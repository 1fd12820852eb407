"""The record of an assignment meeting: planned, worked on, concluded. Each change on the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.rules import require_as_read
from huiyin.documents import services as documents
from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ, Session
from huiyin.outbox import services as outbox
from huiyin.suggestions import rules
from huiyin.suggestions.meetings import MEETING_TYPE
from huiyin.suggestions.models import AssignmentMeeting, MeetingOrgan, MeetingSpeech
from huiyin.suggestions.models.meetings import SpeechKind

# Under which part of a meeting its reference papers are kept (参考资料).
REFERENCE = "reference"
INVITED = "meeting.invite"


@transaction.atomic
def plan_meeting(
    *,
    actor: Actor,
    at: datetime,
    session: Session,
    title: str,
    held_on: date,
    place: str = "",
    chair: str = "",
    agenda: str = "",
) -> AssignmentMeeting:
    """Begin the record. The congress office's own, or that of the office the actor works in."""
    require_as_read(actor)
    if not rules.holds_meetings(actor):
        raise NotPermitted(_("Only an office that assigns holds assignment meetings."))
    _require_sound(session, actor, title=title)
    meeting = AssignmentMeeting.objects.create(
        congress=actor.congress,
        session=session,
        office=None if actor.role == Role.CLERK else actor.post.organ,
        title=title.strip(),
        held_on=held_on,
        place=place.strip(),
        chair=chair.strip(),
        agenda=agenda,
        made_at=at,
    )
    put_on_record(meeting, "meeting.plan", actor=actor, at=at, after=meeting.title)
    return meeting


def change_meeting(
    *,
    meeting: AssignmentMeeting,
    actor: Actor,
    at: datetime,
    title: str,
    held_on: date,
    place: str,
    chair: str,
    agenda: str,
) -> None:
    """Correct day, place, chair or agenda. No-op when nothing differs."""
    said = {
        "title": title.strip(),
        "held_on": held_on,
        "place": place.strip(),
        "chair": chair.strip(),
        "agenda": agenda,
    }
    with opened(meeting, actor=actor) as row:
        _require_sound(row.session, actor, title=title)
        changed = [name for name, value in said.items() if getattr(row, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(row, name, said[name])
        row.save(update_fields=changed)
        put_on_record(row, "meeting.change", actor=actor, at=at, after=" ".join(changed))


def invite_organs(
    *, meeting: AssignmentMeeting, actor: Actor, at: datetime, organs: Sequence[Organ]
) -> list[MeetingOrgan]:
    """Invite organs that are not invited yet; their liaison officers are told."""
    with opened(meeting, actor=actor) as row:
        known = set(row.organs.values_list("organ_id", flat=True))
        fresh = [organ for organ in dict.fromkeys(organs) if organ.pk not in known]
        for organ in fresh:
            if organ.congress_id != row.congress_id or not organ.exists_on(row.held_on):
                raise Conflict(_("%(organ)s cannot be invited.") % {"organ": organ.name})
        invited = MeetingOrgan.objects.bulk_create(
            [MeetingOrgan(meeting=row, organ=organ) for organ in fresh]
        )
        if invited:
            _tell_invited(row, fresh, actor=actor, at=at)
            names = "、".join(organ.name for organ in fresh)
            put_on_record(row, "meeting.invite", actor=actor, at=at, after=names)
    return invited


def _tell_invited(
    meeting: AssignmentMeeting, organs: Sequence[Organ], *, actor: Actor, at: datetime
) -> None:
    posts = Post.objects.filter(
        organ__in=organs, role=Role.LIAISON, standing=Standing.ACTIVE
    ).select_related("person")
    outbox.tell(
        posts=posts,
        event=INVITED,
        case=(MEETING_TYPE, meeting.key),
        title=meeting.title,
        params={"title": meeting.title, "day": meeting.held_on, "place": meeting.place},
        actor=actor,
        at=at,
    )


def note_attendance(
    *,
    meeting: AssignmentMeeting,
    actor: Actor,
    at: datetime,
    came: dict[int, str],
) -> None:
    """Say of every invited organ whether it came. ``came``: row → who came for it."""
    with opened(meeting, actor=actor) as row:
        organs = list(row.organs.all())
        for each in organs:
            each.attended, each.attendee = each.pk in came, came.get(each.pk, "")[:60]
        MeetingOrgan.objects.bulk_update(organs, ["attended", "attendee"])
        said = f"{len(came)}/{len(organs)}"
        put_on_record(row, "meeting.attendance", actor=actor, at=at, after=said)


def add_speech(
    *,
    meeting: AssignmentMeeting,
    actor: Actor,
    at: datetime,
    kind: str,
    speaker: str,
    organ: Organ | None = None,
    gist: str = "",
) -> MeetingSpeech:
    """Put a speech on the record: an address, a statement of commitment, an exchange."""
    if kind not in SpeechKind.values or not speaker.strip():
        raise Invalid(_("Say who spoke, and what kind of speech it was."))
    with opened(meeting, actor=actor) as row:
        if organ is not None and organ.congress_id != row.congress_id:
            raise Conflict(_("%(organ)s cannot be invited.") % {"organ": organ.name})
        speech = MeetingSpeech(
            meeting=row,
            kind=kind,
            speaker=speaker.strip()[:60],
            organ=organ,
            gist=gist.strip(),
            post=actor.post,
            at=at,
        )
        speech.save()
        put_on_record(row, "meeting.speech", actor=actor, at=at, after=kind, facts=[speech])
    return speech


def attach_paper(
    *, meeting: AssignmentMeeting, actor: Actor, at: datetime, file: BinaryIO, name: str
) -> Attachment:
    """Add reference material or the minutes as a file."""
    with opened(meeting, actor=actor) as row:
        kept = documents.keep(
            file=file, name=name, actor=actor, at=at, case=(MEETING_TYPE, row.key), part=REFERENCE
        )
        put_on_record(row, "meeting.attach", actor=actor, at=at, facts=[kept])
    return kept


def conclude_meeting(*, meeting: AssignmentMeeting, actor: Actor, at: datetime) -> None:
    """Close the record: from here on nothing in it changes. Cases left over wait as before."""
    with opened(meeting, actor=actor) as row:
        row.concluded_at = at
        row.save(update_fields=["concluded_at"])
        issued = row.cases.exclude(issued_at=None).count()
        said = f"{issued}/{row.cases.count()}"
        put_on_record(row, "meeting.conclude", actor=actor, at=at, after=said)


@contextmanager
def opened(meeting: AssignmentMeeting, *, actor: Actor) -> Iterator[AssignmentMeeting]:
    """Lock a meeting that is not concluded for whoever keeps it; everything or nothing is kept."""
    with transaction.atomic():
        rows = AssignmentMeeting.objects.select_for_update(of=("self",))
        row = rows.select_related("congress", "session", "office").get(pk=meeting.pk)
        require_as_read(actor)
        if not rules.keeps_meeting(actor, row):
            raise NotPermitted(_("Only the office that holds the meeting keeps its record."))
        if row.concluded_at is not None:
            raise Conflict(_("The record of this meeting has been concluded."))
        yield row


def put_on_record(
    meeting: AssignmentMeeting,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    after: str = "",
    facts: Sequence[Fact] = (),
) -> None:
    """One line of the record, in the transaction of the change."""
    ledger.record(
        chain=meeting.congress.key,
        actor=actor,
        at=at,
        action=action,
        subject=(MEETING_TYPE, meeting.key),
        after=after[:200],
        facts=facts,
        via="page",
    )


def _require_sound(session: Session, actor: Actor, *, title: str) -> None:
    if session.congress_id != actor.congress_id:
        raise Conflict(_("This session is not one of your congress."))
    if not title.strip():
        raise Invalid(_("Give the meeting a title."), fields={"title": [_("Give a title.")]})
