"""The rounds of handling: each organ's part, its reply, and the rating of the round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Words
from huiyin.suggestions import held
from huiyin.suggestions.forms.rating import grade_label
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import (
    Assignment,
    BodyMeasure,
    Delivery,
    FaceToFaceReply,
    HandlingPlan,
    OfficeNote,
    Rating,
    RatingFlag,
    Reply,
    ReplyFile,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.presenters import reforming
from huiyin.suggestions.presenters.clearing import ClassShown, classes
from huiyin.suggestions.presenters.clocks import part_clock
from huiyin.suggestions.presenters.contacting import (
    NoContact,
    ShownContact,
    no_contact,
    shown_contacts,
)
from huiyin.suggestions.presenters.disputes import Dispute, dispute
from huiyin.suggestions.presenters.documents import Download, downloads
from huiyin.suggestions.presenters.file import CaseFile, face_to_face, has_receipt
from huiyin.suggestions.presenters.opinions import Note, Opinion, notes, opinions
from huiyin.suggestions.presenters.panel import clearing_in
from huiyin.suggestions.presenters.parts import file_of
from huiyin.suggestions.presenters.responsibility import (
    LeaderActLine,
    given_to,
    leader_acts,
    mark_labels,
)
from huiyin.suggestions.stages import ANSWERING, AssignmentStage, HandlingRole
from huiyin.ui.parts import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One deputy the reply was sent to, and since when it is known that he has it."""

    name: str
    how: Words = ""
    on: date | None = None
    # Nobody knows yet whether he has it. Of what was carried in from a list nobody asks.
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A delivered reply."""

    outcome: str
    outcome_label: Words
    document_no: str
    letter_on: date
    opening: str
    closing: str
    contact: str
    on_paper: bool
    url: str
    delivered_on: date | None
    handed: Sequence[Handed]
    # Days the delivery was late, whatever date the letter bears.
    late: int = 0
    in_person: FaceToFaceReply | None = None
    there: Sequence[str] = ()
    co_notes: Sequence[Note] = ()
    classes: Sequence[ClassShown] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One organ's part of a round, as far as the reader may see it."""

    organ: str
    role: Words
    part: str
    stage: Words
    is_late: bool
    assigned_on: date
    acknowledged_on: date | None
    done_on: date | None
    clock: Clock | None
    plan: HandlingPlan | None = None
    contacts: Sequence[ShownContact] = ()
    no_contact: Sequence[NoContact] = ()
    opinions: Sequence[Opinion] = ()
    opinion_url: str = ""
    letter: Letter | None = None
    own_reply: Words = ""
    own_reply_url: str = ""
    documents: Sequence[Download] = ()
    taken_over: Sequence[Words] = ()
    dispute: Dispute | None = None
    instead_of: str = ""
    is_relieved: bool = False
    given_to: Words = ""
    marks: Sequence[Words] = ()
    leader_acts: Sequence[LeaderActLine] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """A rating in words; each grade with what was rated, as far as the rules had it rated."""

    grades: Sequence[tuple[Words, Words]]
    comment: str
    deputy: str
    came: Words
    # Until when it may be changed, for those who know of it before.
    open_until: date | None = None
    # What it replaces, and what co-signers gave beside it.
    earlier: Sequence[Grades] = ()
    beside: Sequence[Grades] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confided:
    """A deputy's word to the congress office alone."""

    kind: Words
    deputy: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    number: int
    charges: Sequence[Charge] = field(default_factory=list)
    rating: Grades | None = None
    confided: Sequence[Confided] = ()
    flags: Sequence[RatingFlag] = ()
    measures: Sequence[BodyMeasure] = ()


def rounds(file: CaseFile) -> list[Round]:
    """Every round with its organs and its rating, the latest first."""
    numbers = sorted({part.round for part in file.parts}, reverse=True)
    return [
        Round(
            number=number,
            charges=[_charge(file, part) for part in _in_order(file, number)],
            rating=_grades(file, number),
            confided=[_confided(each) for each in file.notes if each.round == number],
            flags=[each for each in file.flags if each.rating.round == number],
            measures=[each for each in file.measures if each.round == number],
        )
        for number in numbers
    ]


def _in_order(file: CaseFile, number: int) -> list[Assignment]:
    """The organs of a round, those relieved of it last."""
    parts = [part for part in file.parts if part.round == number]
    return sorted(parts, key=lambda part: not where.is_charged(part))


def _charge(file: CaseFile, part: Assignment) -> Charge:
    sight = file.sight
    plans = list(part.plans.all()) if sight.work else []
    own = file_of(part) if sight.writes_for(part.organ_id) else None
    writes = part.role in ANSWERING and own is not None and file.delivered(part) is None
    return Charge(
        organ=held.name_now(part),
        taken_over=reforming.taken_over(part),
        role=HandlingRole(part.role).label,
        part=part.part,
        stage=AssignmentStage(part.stage).label,
        is_late=part.days_late(file.scene.on) > 0 and where.is_owed(part),
        assigned_on=part.assigned_on,
        acknowledged_on=part.acknowledged_on,
        done_on=part.done_on,
        clock=part_clock(file, part) if not where.is_stopped(part) else None,
        plan=plans[-1] if plans else None,
        contacts=shown_contacts(file, part) if sight.work else [],
        no_contact=no_contact(file, part) if sight.work else [],
        opinions=opinions(file, part) if sight.opinions else [],
        opinion_url=_opinion_url(file, part),
        letter=_letter(file, part),
        own_reply=_own_stage(file, part, own) if own and writes else "",
        own_reply_url=reverse("suggestions:reply", args=[part.key]) if writes else "",
        documents=downloads(file, part),
        dispute=dispute(file, part),
        instead_of=file.by_part[part.replaces_id].organ.name if part.replaces_id else "",
        is_relieved=not where.is_charged(part),
        given_to=given_to(part) if sight.looks_into(part.organ_id) else "",
        marks=mark_labels(part) if sight.looks_into(part.organ_id) else (),
        leader_acts=leader_acts(file, part),
    )


def _opinion_url(file: CaseFile, part: Assignment) -> str:
    """Where the opinion is written and judged."""
    if part.role != HandlingRole.CO or not file.sight.opinions:
        return ""
    return reverse("suggestions:co_part", args=[part.key])


def _own_stage(file: CaseFile, part: Assignment, own: ReplyFile) -> Words:
    """Where the organ's text stands, for its own people: in clearance with level and names."""
    found = clearing_in(file, part)
    if found is None:
        return own.get_stage_display()
    names = {"level": found.said(found.due), "names": found.who(found.due)}
    return _("at %(level)s, with %(names)s") % names


def _letter(file: CaseFile, part: Assignment) -> Letter | None:
    reply = file.delivered(part)
    if reply is None:
        return None
    shown = classes(file, part, reply)
    record = face_to_face(reply)
    return Letter(
        outcome=shown[0].code,
        outcome_label=shown[0].label,
        document_no=reply.document_no,
        letter_on=reply.letter_on,
        opening=reply.opening,
        closing=reply.closing,
        contact="　".join(filter(None, (reply.contact_person, reply.contact_phone))),
        on_paper=reply.via != "page",
        url=reverse("suggestions:letter", args=[part.key]),
        delivered_on=part.done_on,
        late=part.days_late(part.done_on) if part.done_on else 0,
        handed=[_handed(each) for each in reply.deliveries.all()],
        in_person=record,
        there=_there(reply, record) if record else (),
        co_notes=notes(reply),
        classes=shown,
    )


def _handed(delivery: Delivery) -> Handed:
    name = delivery.deputy.person.name
    if not has_receipt(delivery):
        return Handed(name=name, waits=delivery.channel != Via.IMPORT)
    receipt = delivery.receipt
    return Handed(name=name, how=receipt.get_how_display(), on=receipt.on)


def _there(reply: Reply, record: FaceToFaceReply) -> list[str]:
    """The deputies the answer was given to in person."""
    return [
        each.deputy.person.name
        for each in reply.deliveries.all()
        if each.deputy.key in record.present
    ]


def _grades(file: CaseFile, number: int) -> Grades | None:
    """The rating of a round as the reader may know it."""
    given = [each for each in file.ratings if each.round == number and each.counted]
    beside = [each for each in file.ratings if each.round == number and not each.counted]
    if not given and not beside:
        return None
    if not given:
        return grades(beside[0])
    is_open = number == file.case.round and file.case.rating_open_until
    return replace(
        grades(given[-1]),
        open_until=is_open or None,
        earlier=[grades(each) for each in given[:-1]],
        beside=[grades(each) for each in beside],
    )


def grades(rating: Rating) -> Grades:
    asked: tuple[tuple[Words, str], ...] = (
        (_("Attitude of handling"), rating.attitude),
        (_("Result of handling"), rating.result),
    )
    return Grades(
        grades=[(label, grade_label(code)) for label, code in asked if code],
        comment=rating.comment,
        deputy=rating.deputy.person.name,
        came=_CAME.get(rating.via, ""),
    )


# How a rating came in, where it is not the deputy's own.
_CAME: dict[str, Words] = {
    Via.PAPER: p_("rating", "entered from paper by the congress office"),
    Via.IMPORT: p_("rating", "imported"),
}


def _confided(note: OfficeNote) -> Confided:
    return Confided(
        kind=note.get_kind_display(),
        deputy=note.deputy.person.name,
        text=note.text,
        at=note.at.astimezone(ZONE),
    )
