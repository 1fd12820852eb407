"""What has passed between an organ and the deputy in one round: what gates and pages ask.

A contact is what the organ says; only the deputy's own answer makes it confirmed. Silence never
does: after the time the rules give, an unanswered contact stays unconfirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.kernel.clock import ZONE
from huiyin.rulebook import Rulebook
from huiyin.rulebook.clocks import due
from huiyin.suggestions.models import Assignment, Contact, ContactState
from huiyin.suggestions.models.handling import ContactPhase
from huiyin.suggestions.ruling import Ruling

BEFORE_THE_REPLY = (ContactPhase.BEFORE, ContactPhase.DURING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer of a deputy. ``name`` is filled where a page shows it."""

    deputy: int
    confirmed: bool
    word: str
    at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The contacts of one organ in one round, as far as they come before its reply.

    ``recorded`` leaves contested ones out. ``awaited_until``: the last day on which the deputy may
    still be waited for. ``waived`` by the deputy, ``exempted`` by the head of the organ.
    """

    recorded: int = 0
    confirmed: int = 0
    face_to_face: int = 0
    awaited_until: date | None = None
    waived: bool = False
    exempted: bool = False

    @property
    def is_released(self) -> bool:
        """Whether no contact is asked for in this round."""
        return self.waived or self.exempted

    def may_plan(self, rules: Rulebook) -> bool:
        """Whether the rules let the organ begin (先沟通后办理)."""
        return self.is_released or not rules.contact.before_handling or self.recorded > 0

    def may_reply(self, rules: Rulebook) -> bool:
        """Whether the rules let a reply go to be checked (先沟通后答复)."""
        met = self.confirmed > 0 or not rules.contact.before_reply
        return self.is_released or (met and self.face_to_face >= rules.contact.face_to_face)


def standing(said: Iterable[Said], *, until: date, on: date) -> ContactState:
    """Where a contact stands by each deputy's last answer: one who contests outweighs the others.

    ``until`` is the last day on which the deputy is waited for.
    """
    last = {each.deputy: each.confirmed for each in said}
    if not last:
        return ContactState.AWAITED if on <= until else ContactState.UNCONFIRMED
    return ContactState.CONFIRMED if all(last.values()) else ContactState.CONTESTED


def checked_until(contact: Contact, *, ruling: Ruling) -> date:
    """The last day on which the deputy is waited for, counted from the day of the record."""
    rules = ruling.rules
    recorded_on = contact.at.astimezone(ZONE).date()
    limit = rules.contact.confirm_limit
    return due(recorded_on, limit, rules=rules, calendar=ruling.calendar).date


def summed(
    contacts: Iterable[Contact],
    said: Mapping[str, Sequence[Said]],
    *,
    ruling: Ruling,
    on: date,
    waived: bool,
    exempted: bool,
) -> Spoken:
    """Sum up the contacts of one organ's part; ``said`` are the answers by the contact's key."""
    recorded = confirmed = face_to_face = 0
    awaited: list[date] = []
    for contact in contacts:
        if contact.phase not in BEFORE_THE_REPLY:
            continue
        until = checked_until(contact, ruling=ruling)
        state = standing(said.get(contact.key, ()), until=until, on=on)
        recorded += state != ContactState.CONTESTED
        if state == ContactState.CONFIRMED:
            confirmed += 1
            face_to_face += contact.is_face_to_face
        if state == ContactState.AWAITED:
            awaited.append(until)
    return Spoken(
        recorded=recorded,
        confirmed=confirmed,
        face_to_face=face_to_face,
        awaited_until=max(awaited, default=None),
        waived=waived,
        exempted=exempted,
    )


def of_part(part: Assignment, *, ruling: Ruling, on: date) -> Spoken:
    """Read what has passed between the organ and the deputy in the part's round."""
    contacts = list(part.contacts.prefetch_related("answers"))
    return summed(
        contacts,
        {each.key: answers_of(each) for each in contacts},
        ruling=ruling,
        on=on,
        waived=is_waived(part),
        exempted=part.acts.filter(move="exempt_contact").exists(),
    )


def answers_of(contact: Contact) -> list[Said]:
    """The deputies' answers, oldest first."""
    return [
        Said(deputy=each.deputy_id, confirmed=each.confirmed, word=each.word, at=each.at)
        for each in contact.answers.all()
    ]


def is_waived(part: Assignment) -> bool:
    """Whether the deputy has waived contact for the part's round.

    The wish he wrote down when he raised it reaches the first round only: not satisfied, he is
    spoken with again (source 004 “再次研究、再次沟通、再次答复”).
    """
    case = part.suggestion
    if case.acts.filter(move="waive_contact", round=part.round).exists():
        return True
    if part.round > 1:
        return False
    version = case.versions.order_by("-ordinal").first()
    return version is not None and version.waives_contact is True
