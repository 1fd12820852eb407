"""The deadlines of a case: which there are, who keeps them, where each is explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.suggestions import held
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment, ClockName, Redated
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.ruling import (
    Reckoning,
    acknowledgement_reckoning,
    assignment_reckoning,
    decision_reckoning,
    feedback_reckoning,
)
from huiyin.suggestions.stages import ANSWERING, DecidedBy, HandlingRole

# As addresses say it. The case's own reply is that of the organ which is due first.
RECEIPT, PART, REPLY, FEEDBACK = "receipt", "due", "reply", "feedback"
DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline. ``ended_on``: what was awaited came on that day.

    ``earlier``: the days it had before decisions that moved it.
    """

    title: Words
    reckoning: Reckoning
    url: str
    stopped: bool = False
    ended_on: date | None = None
    earlier: Sequence[Redated] = ()

    @property
    def on(self) -> date:
        return self.reckoning.due.date


def running(file: CaseFile) -> list[Deadline]:
    """Those that run now, the nearest first."""
    found = []
    for part in file.present_parts:
        if where.is_unreceived(part) and where.is_handled(file.case):
            found.append(of_receipt(file, part))
        if where.is_contested(part) and (decision := of_decision(file, part)):
            found.append(decision)
        if where.is_owed(part) and (owed := of_part(file, part)):
            found.append(owed)
    if (rating := of_feedback(file)) and not rating.stopped:
        found.append(rating)
    return sorted(found, key=lambda each: each.on)


def find(file: CaseFile, name: str) -> Deadline | None:
    """The deadline of the case that an address names."""
    if name == FEEDBACK:
        return of_feedback(file)
    if name != REPLY:
        return None
    answering = [part for part in file.present_parts if part.role in ANSWERING]
    found = [each for part in answering if (each := of_part(file, part))]
    return min(found, key=lambda each: (each.stopped, each.on), default=None)


def find_of_part(file: CaseFile, part: Assignment, name: str) -> Deadline | None:
    """The deadline of an organ's part that an address names."""
    if name == RECEIPT:
        return of_receipt(file, part)
    if name == DECISION:
        return of_decision(file, part)
    return of_part(file, part) if name == PART else None


def of_decision(file: CaseFile, part: Assignment) -> Deadline | None:
    """Until when it is decided whose business it is; None where the rules set no limit."""
    found = decision_reckoning(part, ruling=file.scene.ruling)
    if found is None or not file.sight.disputes:
        return None
    office = DecidedBy(part.arbiter).label
    return Deadline(
        title=_("%(office)s decides whose business it is") % {"office": office},
        reckoning=found,
        url=reverse("suggestions:part_deadline", args=[part.key, DECISION]),
    )


def of_receipt(file: CaseFile, part: Assignment) -> Deadline:
    return Deadline(
        title=_("%(organ)s acknowledges receipt") % {"organ": held.name_now(part)},
        reckoning=acknowledgement_reckoning(part, ruling=file.scene.ruling),
        url=reverse("suggestions:part_deadline", args=[part.key, RECEIPT]),
        stopped=not where.is_unreceived(part),
        ended_on=part.acknowledged_on,
        earlier=file.redated.get((ClockName.ACKNOWLEDGE, part.pk), ()),
    )


def of_part(file: CaseFile, part: Assignment) -> Deadline | None:
    """What an organ owes; None when it owes nothing by a day."""
    close = file.case.session.closes_on
    ruling = file.scene.ruling.known_by(file.stopped_by(part))
    found = assignment_reckoning(part, ruling=ruling, session_close=close)
    if found is None:
        return None
    words = {"organ": held.name_now(part)}
    if part.role == HandlingRole.CO:
        name, title = ClockName.OPINION, _("%(organ)s gives its opinion") % words
    else:
        name, title = ClockName.REPLY, _("%(organ)s answers the deputy") % words
    return Deadline(
        title=title,
        reckoning=found,
        url=reverse("suggestions:part_deadline", args=[part.key, PART]),
        stopped=not where.is_owed(part),
        ended_on=part.done_on,
        earlier=file.redated.get((name, part.pk), ()),
    )


def of_feedback(file: CaseFile) -> Deadline | None:
    """Until when the deputy rates the last reply."""
    case = file.case
    found = feedback_reckoning(case, ruling=file.scene.ruling)
    if found is None or where.is_handled(case):
        return None
    return Deadline(
        title=_("The deputy rates it"),
        reckoning=found,
        url=reverse("suggestions:deadline", args=[case.key, FEEDBACK]),
        stopped=not where.is_replied(case) or file.rates_this_round,
        ended_on=case.closed_on,
        earlier=file.redated.get((ClockName.FEEDBACK, None), ()),
    )
