"""An assignment meeting as its page shows it, and the notice to each organ."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from huiyin.accounts.actor import Actor
from huiyin.documents import selectors as documents
from huiyin.documents.typesetting import Paper
from huiyin.kernel.errors import NotFound
from huiyin.organisations.models import Organ
from huiyin.suggestions.letters.meeting import ListedCase, MeetingNotice
from huiyin.suggestions.letters.of_case import Offices
from huiyin.suggestions.meetings import MEETING_TYPE, sees_batch
from huiyin.suggestions.models import AssignmentMeeting, MeetingOrgan, ProposedCharge
from huiyin.ui.parts import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the batch has come."""

    cases: int
    proposed: int
    issued: int
    refused: int

    @property
    def ready(self) -> int:
        """Cases with a proposal that have neither been assigned nor refused."""
        return self.proposed - self.issued - self.refused

    @property
    def without_proposal(self) -> int:
        return self.cases - self.proposed


def progress(meeting: AssignmentMeeting) -> Progress:
    rows = meeting.cases.all()
    proposed = ProposedCharge.objects.filter(row__meeting=meeting).values("row")
    return Progress(
        cases=rows.count(),
        proposed=rows.filter(pk__in=proposed).count(),
        issued=rows.exclude(issued_at=None).count(),
        refused=rows.exclude(refusal="").count(),
    )


def files(meeting: AssignmentMeeting) -> list[File]:
    """Reference papers and minutes."""
    return [
        File(
            name=each.original_name,
            url=reverse("suggestions:meeting_file", args=[meeting.key, each.key]),
            size=filesizeformat(each.size),
        )
        for each in documents.for_case((MEETING_TYPE, meeting.key))
    ]


def organs(meeting: AssignmentMeeting) -> list[MeetingOrgan]:
    """The invited organs in the order of a list of organs."""
    return list(meeting.organs.select_related("organ").order_by("organ__system", "organ__code"))


def notice_for(
    actor: Actor, meeting: AssignmentMeeting, organ_key: str, *, link: str
) -> tuple[Organ, Paper]:
    """The notice to one invited organ. ``NotFound`` for another's where it is not his to read."""
    invited = meeting.organs.filter(organ__key=organ_key).select_related("organ").first()
    if invited is None or not (sees_batch(actor, meeting) or actor.organ_id == invited.organ_id):
        raise NotFound(organ_key)
    listed = _listed(meeting, Q(organ=invited.organ_id))
    issuer = _issuer(meeting)
    return invited.organ, _notice(meeting, invited.organ, tuple(listed), issuer=issuer, link=link)


def every_notice(meeting: AssignmentMeeting, *, link: str) -> list[tuple[Organ, Paper]]:
    """The notices to all invited organs, in two queries however many they are."""
    by_organ: dict[int, list[ListedCase]] = {}
    for charge in _charges(meeting, Q()):
        by_organ.setdefault(charge.organ_id, []).append(_as_listed(charge))
    issuer, made = _issuer(meeting), []
    for each in meeting.organs.select_related("organ"):
        cases = tuple(by_organ.get(each.organ_id, ()))
        paper = _notice(meeting, each.organ, cases, issuer=issuer, link=link)
        made.append((each.organ, paper))
    return made


def _issuer(meeting: AssignmentMeeting) -> str:
    return meeting.office.name if meeting.office else Offices.of(meeting.congress).of_congress


def _listed(meeting: AssignmentMeeting, which: Q) -> list[ListedCase]:
    return [_as_listed(charge) for charge in _charges(meeting, which)]


def _charges(meeting: AssignmentMeeting, which: Q) -> list[ProposedCharge]:
    rows = ProposedCharge.objects.filter(which, row__meeting=meeting)
    return list(
        rows.select_related("row__suggestion").order_by("row__suggestion__number_order", "pk")
    )


def _as_listed(charge: ProposedCharge) -> ListedCase:
    case = charge.row.suggestion
    return ListedCase(number=case.number or "", title=case.title, role=charge.role)


def _notice(
    meeting: AssignmentMeeting,
    organ: Organ,
    cases: tuple[ListedCase, ...],
    *,
    issuer: str,
    link: str,
) -> Paper:
    return MeetingNotice(
        issuer=issuer,
        organ=organ.name,
        session=meeting.session.name,
        held_on=meeting.held_on,
        place=meeting.place,
        chair=meeting.chair,
        agenda=tuple(meeting.points),
        cases=cases,
        link=link,
    ).paper()
