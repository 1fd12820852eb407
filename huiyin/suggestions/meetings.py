"""Assignment meetings as one reader may see them, and the cases a batch can still take in."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Organ
from huiyin.suggestions.duties.conditions import to_assign, to_share_out
from huiyin.suggestions.models import (
    AssignmentMeeting,
    MeetingCase,
    MeetingOrgan,
    ProposedCharge,
    Suggestion,
)
from huiyin.suggestions.rules import holds_meetings, keeps_meeting
from huiyin.suggestions.selectors import visible_to

MEETING_TYPE = "assignment_meeting"
OVERSEERS = (Role.CLERK, Role.LEADER, Role.COMMITTEE)
ORGAN = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD)


def meetings_for(actor: Actor) -> QuerySet[AssignmentMeeting]:
    """The meetings he may know of: overseers all, an office its own, an organ its invitations."""
    own = AssignmentMeeting.objects.filter(congress=actor.congress_id)
    if actor.role in OVERSEERS:
        seen = own
    elif actor.organ_id is not None and (holds_meetings(actor) or actor.role in ORGAN):
        invited = MeetingOrgan.objects.filter(organ=actor.organ_id)
        held = Q(office=actor.organ_id) if holds_meetings(actor) else Q(pk__in=())
        seen = own.filter(held | Q(pk__in=invited.values("meeting")))
    else:
        seen = own.none()
    return seen.select_related("session", "office", "congress")


def meeting_for(actor: Actor, key: str) -> AssignmentMeeting:
    """Return one meeting by key. ``NotFound`` alike for another's and for none at all."""
    found = meetings_for(actor).filter(key=key).first()
    if found is None:
        raise NotFound(key)
    return found


def counted(meetings: QuerySet[AssignmentMeeting]) -> QuerySet[AssignmentMeeting]:
    """With the number of cases of each, and of those issued; the latest first.

    A grouped query forgets the order of its model.
    """
    issued = Count("cases", filter=~Q(cases__issued_at=None))
    numbered = meetings.annotate(case_count=Count("cases"), issued_count=issued)
    return numbered.order_by("-held_on", "-pk")


def sees_batch(actor: Actor, meeting: AssignmentMeeting) -> bool:
    """Whether the whole batch is open to him, and not only what his organ is meant to handle."""
    return actor.role in OVERSEERS or keeps_meeting(actor, meeting)


def batch(actor: Actor, meeting: AssignmentMeeting) -> QuerySet[MeetingCase]:
    """The cases of the batch that he may see, with what is proposed for each."""
    rows = meeting.cases.select_related("suggestion__lead__person").order_by(
        "suggestion__number_order", "pk"
    )
    if not sees_batch(actor, meeting):
        rows = rows.filter(proposed__organ=actor.organ_id)
    proposed = ProposedCharge.objects.select_related("organ").order_by("pk")
    return rows.prefetch_related(Prefetch("proposed", proposed))


def named_organs(meeting: AssignmentMeeting) -> list[Organ]:
    """The organs that the proposals of the batch name."""
    named = ProposedCharge.objects.filter(row__meeting=meeting)
    return list(Organ.objects.filter(pk__in=named.values("organ")))


def free_cases(actor: Actor, meeting: AssignmentMeeting) -> QuerySet[Suggestion]:
    """Registered and unassigned ones that lie with the keeper and are in no open batch."""
    waiting = to_assign(actor) if meeting.office_id is None else to_share_out(actor)
    taken = MeetingCase.objects.filter(issued_at=None, meeting__concluded_at=None)
    return (
        visible_to(actor)
        .filter(waiting, session=meeting.session_id)
        .exclude(pk__in=taken.values("suggestion"))
    )
