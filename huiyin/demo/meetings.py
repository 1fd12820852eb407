"""The assignment meeting of the year, held by video, and what lies with the offices."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.demo import quotas
from huiyin.demo.days import at as moment_of
from huiyin.demo.telling import Book, Tale
from huiyin.kernel.clock import ZONE
from huiyin.ledger import services as ledger
from huiyin.ledger.models import Fact
from huiyin.organisations.models import Organ
from huiyin.suggestions.meetings import MEETING_TYPE
from huiyin.suggestions.models import (
    AssignmentMeeting,
    HandingOver,
    MeetingOrgan,
    MeetingSpeech,
)
from huiyin.suggestions.models.meetings import SpeechKind

_AGENDA = "部署2020年省人大代表建议办理工作\n承办单位作表态发言\n省人大常委会有关负责同志讲话"
_SPEECHES = (
    (
        SpeechKind.STATEMENT,
        "省公安厅负责同志",
        "gat",
        "逐件明确责任领导和承办处室。",
    ),
    (SpeechKind.EXCHANGE, "省教育厅负责同志", "jyt", "介绍去年分类办理、逐条答复的做法。"),
    (
        SpeechKind.ADDRESS,
        "省人大常委会负责同志",
        "",
        "要求各承办单位按期逐条答复。",
    ),
)
# Whose office a proposal that still waits was handed to; the others wait with the congress.
_OFFICES = ("bgt", "szfb")


def hand_over(book: Book, tale: Tale, *, at: datetime) -> None:
    """Hand a registered proposal to the next office; the third and later ones stay."""
    known = sum(1 for told in book.history.told for _fact in told.facts(HandingOver))
    if known >= len(_OFFICES):
        return
    office = book.world.organs[_OFFICES[known]]
    handed = book.row(HandingOver, suggestion=tale.told.case, office=office, at=at)
    tale.take(
        "hand_over",
        by=book.clerk(tale.serial),
        at=at,
        data={"office": office.key, "name": office.name},
        facts=[handed],
    )


def hold(book: Book) -> None:
    """Write the meeting's record: the organs that came, the speeches, the end."""
    clerk, when = book.clerk(0), moment_of(quotas.ASSIGNED_ON, 9, 30)
    meeting = book.row(
        AssignmentMeeting,
        congress=book.world.congress,
        session=book.world.session,
        title="2020年省人大代表建议交办会",
        held_on=quotas.ASSIGNED_ON,
        place="视频会议，主会场设省人大常委会机关",
        chair="省人大常委会联络工作委员会主任",
        agenda=_AGENDA,
        made_at=when - timedelta(days=5),
        concluded_at=when + timedelta(days=1),
    )
    meeting.save()
    organs = sorted(_charged(book), key=lambda each: each.pk)
    MeetingOrgan.objects.bulk_create(
        [MeetingOrgan(meeting=meeting, organ=organ, attended=True) for organ in organs]
    )
    speeches = [_speech(book, meeting, said, clerk, when) for said in _SPEECHES]
    MeetingSpeech.objects.bulk_create(speeches)
    lines = [
        _line(meeting, clerk, "meeting.plan", meeting.made_at, after=meeting.title),
        _line(meeting, clerk, "meeting.invite", meeting.made_at, after=str(len(organs))),
        *(
            _line(meeting, clerk, "meeting.speech", each.at, after=each.kind, fact=each)
            for each in speeches
        ),
        _line(meeting, clerk, "meeting.conclude", when + timedelta(days=1), after="0/0"),
    ]
    ledger.record_many(chain=book.world.congress.key, lines=lines)


def _charged(book: Book) -> set[Organ]:
    """The organs that were charged on the day of the meeting."""
    return {
        part.organ
        for told in book.history.told
        for part in told.assignments
        if part.assigned_on == quotas.ASSIGNED_ON and told.case.session_id == book.world.session.pk
    }


def _speech(
    book: Book,
    meeting: AssignmentMeeting,
    said: tuple[SpeechKind, str, str, str],
    clerk: Post,
    when: datetime,
) -> MeetingSpeech:
    kind, speaker, code, gist = said
    return book.row(
        MeetingSpeech,
        meeting=meeting,
        kind=kind,
        speaker=speaker,
        organ=book.world.organs[code] if code else None,
        gist=gist,
        post=clerk,
        at=when.astimezone(ZONE) + timedelta(hours=2),
    )


def _line(
    meeting: AssignmentMeeting,
    clerk: Post,
    action: str,
    at: datetime,
    *,
    after: str,
    fact: Fact | None = None,
) -> ledger.Line:
    return ledger.Line(
        at=at,
        actor=Actor(person=clerk.person, post=clerk),
        action=action,
        subject=(MEETING_TYPE, meeting.key),
        after=after,
        facts=[fact] if fact else [],
        via="demo",
        back_dated=True,
    )
