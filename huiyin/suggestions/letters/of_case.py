"""Each document from the facts of one organ's part. Nobody is asked here who reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from huiyin.documents.typesetting import Paper
from huiyin.documents.typesetting.blocks import day
from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import Congress, Organ, System
from huiyin.suggestions import held
from huiyin.suggestions.letters.assigning import AssignmentLetter, Party
from huiyin.suggestions.letters.between_organs import (
    CoOpinionLetter,
    ExtensionApplication,
    ReturnApplication,
)
from huiyin.suggestions.letters.code import link_of
from huiyin.suggestions.letters.following_up import UrgingSlip
from huiyin.suggestions.letters.kinds import LetterKind
from huiyin.suggestions.letters.matter import Matter, ungreeted
from huiyin.suggestions.letters.replying import (
    Answer,
    CoNote,
    ConsultationForm,
    FaceToFaceRecord,
    ReplyLetter,
)
from huiyin.suggestions.models import (
    Act,
    Assignment,
    CoStatement,
    Kind,
    Reply,
    ReturnBy,
    Rung,
    Signature,
)
from huiyin.suggestions.models.handling import ContactForm
from huiyin.suggestions.ruling import Ruling, acknowledgement_due, assignment_due
from huiyin.suggestions.stages import ANSWERING, DecidedBy, HandlingRole, Signing

# What the text calls the paper; motions are handled as suggestions (代表法第51条).
_NOUNS: dict[str, str] = {Kind.CPPCC_PROPOSAL: "提案", Kind.PARTY_PROPOSAL: "提案"}


@dataclass(frozen=True, slots=True)
class Offices:
    """Who sends and receives copies in a congress. Without such an organ the congress itself."""

    of_congress: str
    of_government: str

    @classmethod
    def of(cls, congress: Congress) -> Offices:
        found = Organ.objects.filter(congress=congress, until__isnull=True).order_by("pk")
        named = found.values_list("is_congress_office", "is_government_office", "name")
        of_congress = [name for congressional, _government, name in named if congressional]
        of_government = [name for _congressional, government, name in named if government]
        return cls(
            of_congress=of_congress[0] if of_congress else congress.name,
            of_government=of_government[0] if of_government else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One organ's part and what lies around it.

    ``parties`` are all parts of the same round; ``reply`` is the text that may be shown, if any;
    ``asked`` the acts by which the organ asked for more time, the first one first.
    """

    part: Assignment
    parties: Sequence[Assignment]
    signatures: Sequence[Signature]
    ruling: Ruling
    offices: Offices
    reply: Reply | None = None
    asked: Sequence[Act] = ()
    link: str = ""

    @property
    def matter(self) -> Matter:
        case = self.part.suggestion
        counted = [each for each in self.signatures if each.standing in _SIGNED]
        counted.sort(key=lambda each: each.standing != Signing.LEAD)
        return Matter(
            session=case.session.name,
            number=case.number or "",
            title=case.title,
            deputies=tuple(each.deputy.person.name for each in counted),
            noun=_NOUNS.get(case.kind, "建议"),
            link=self.link,
        )

    @property
    def organ(self) -> str:
        """The organ that was charged, under the name it bore then."""
        return _charged(self.part)


_SIGNED = (Signing.LEAD, Signing.CONFIRMED)


def paper_of(kind: LetterKind, source: Source) -> Paper | None:
    """The document, or None while the facts it is made from are not there."""
    code = link_of(source.link, paper=kind, round_=source.part.round)
    return _MAKERS[kind](replace(source, link=code))


def _assignment(source: Source) -> Paper:
    part = source.part
    issuer, copies = _issuer(source), []
    if issuer != source.offices.of_congress:
        copies.append(source.offices.of_congress)
    elif part.organ.system == System.GOVERNMENT and part.organ.name != source.offices.of_government:
        copies.append(source.offices.of_government)
    return AssignmentLetter(
        matter=source.matter,
        issuer=issuer,
        organ=source.organ,
        role=part.role,
        part=part.part,
        parties=tuple(Party(organ=_charged(each), role=each.role) for each in source.parties),
        items=_items(part),
        assigned_on=part.assigned_on,
        due_on=part.due_on,
        acknowledge_by=acknowledgement_due(part, ruling=source.ruling).date,
        round=part.round,
        copies=tuple(filter(None, copies)),
    ).paper()


def _issuer(source: Source) -> str:
    """Who charged the organ: the office it was handed to, else the congress office."""
    part = source.part
    office = part.suggestion.office
    return office.name_on(part.assigned_on) if office else source.offices.of_congress


def _items(part: Assignment) -> tuple[tuple[int, str], ...]:
    """The requests named in the organ's charge, by number."""
    named = sorted((each.request.ordinal, each.request.text) for each in part.item_charges.all())
    return tuple(named)


def _return(source: Source) -> Paper | None:
    """The organ's last application; the deputy's and the office's own rounds make no such paper."""
    asked = [each for each in source.part.return_requests.all() if each.by == ReturnBy.ORGAN]
    if not asked:
        return None
    last = asked[-1]
    on_day = last.named.name_on(last.on)
    given = getattr(last, "answer", None)
    duties = [last.mandate]
    if last.named_mandate:
        duties.append(f"{on_day}职责：\n{last.named_mandate}")
    answer = ""
    if given:
        answer = f"{on_day}{'同意承办' if given.accepts else '不同意承办'}。{given.why}".strip()
    return ReturnApplication(
        matter=source.matter,
        organ=source.organ,
        issuer=_issuer_of(source),
        received_on=source.part.assigned_on,
        ground=last.why,
        mandate="\n".join(filter(None, duties)),
        proposed_organ=on_day,
        asked_first=answer,
        on=last.on,
    ).paper()


def _issuer_of(source: Source) -> str:
    """Whom an organ applies to: the office that settles it."""
    if source.part.arbiter == DecidedBy.GOVERNMENT_OFFICE and source.offices.of_government:
        return source.offices.of_government
    return source.offices.of_congress


def _extension(source: Source) -> Paper | None:
    """The organ's last letter on more time; whoever charged it receives it."""
    due_on = _due_when_asked(source)
    if due_on is None:
        return None
    last, part = source.asked[-1], source.part
    plans = [each for each in part.plans.all() if each.at <= last.at]
    return ExtensionApplication(
        matter=source.matter,
        organ=held.name_on(part, last.on),
        issuer=source.offices.of_congress,
        due_on=due_on,
        asked_until=date.fromisoformat(last.data["until"]),
        reason=last.why,
        progress=f"已制定办理方案：{plans[-1].requirement}" if plans else "",
        deputys_consent=_contacts_before(part, last.on),
        needs_consent=source.ruling.rules.extension.needs_consent,
        on=last.on,
    ).paper()


def _due_when_asked(source: Source) -> date | None:
    """The day that held when more time was asked for, whatever has been given since."""
    if not source.asked:
        return None
    asked_on = source.asked[-1].on.isoformat()
    before = copy(source.part)
    before.extensions = [each for each in source.part.extensions if each["asked_on"] < asked_on]
    close = source.part.suggestion.session.closes_on
    found = assignment_due(before, ruling=source.ruling, session_close=close)
    return found.date if found else None


# Chinese whatever language the reader's pages are in.
_FORMS: dict[str, str] = {
    ContactForm.VISIT: "走访",
    ContactForm.MEETING: "座谈",
    ContactForm.ON_SITE: "现场调研",
    ContactForm.PHONE: "电话",
    ContactForm.VIDEO: "视频",
    ContactForm.LETTER: "书信",
}


def _contacts_before(part: Assignment, on: date) -> str:
    """What was said with the deputy until that day, a line for each time."""
    held_before = (each for each in part.contacts.all() if each.held_on <= on)
    return "\n".join(
        f"{day(each.held_on)}（{_FORMS[each.form]}）：{each.gist}" for each in held_before
    )


def _co_opinion(source: Source) -> Paper | None:
    opinions = list(source.part.opinions.all())
    lead = next((each for each in source.parties if each.role == HandlingRole.LEAD), None)
    if not opinions or lead is None:
        return None
    given = opinions[-1]
    on = given.at.astimezone(ZONE).date()
    return CoOpinionLetter(
        matter=source.matter,
        organ=held.name_on(source.part, on),
        lead_organ=held.name_on(lead, on),
        text=given.text,
        will_do=given.will_do or "",
        advice=given.advice or "",
        signed_by=given.signed_by,
        on=on,
        copies=(source.offices.of_congress,),
    ).paper()


def _reply(source: Source) -> Paper | None:
    reply = source.reply
    if reply is None:
        return None
    answers = tuple(
        Answer(ask=point.request.text, answer=point.answer) for point in reply.points.all()
    )
    return ReplyLetter(
        matter=source.matter,
        organ=held.name_on(source.part, reply.letter_on),
        class_mark=reply.outcome_class,
        opening=reply.opening,
        answers=answers,
        co_notes=tuple(_co_note(each, on=reply.letter_on) for each in reply.co_statements.all()),
        closing=reply.closing,
        on=reply.letter_on,
        number=reply.document_no,
        contact_person=reply.contact_person,
        contact_phone=reply.contact_phone,
        copies=_copies_of_reply(source),
    ).paper()


def _co_note(stated: CoStatement, *, on: date) -> CoNote:
    opinion, marked = stated.opinion, stated.marked
    words = (ungreeted(opinion.text)[1], opinion.will_do or "") if opinion else ()
    return CoNote(
        organ=held.name_on(stated.assignment, on),
        kind=stated.kind,
        text="\n".join(each.strip() for each in words if each.strip()),
        mark=marked.mark if marked else "",
        reason=marked.reason if marked else "",
        lapsed=bool(getattr(stated, "lapsed", False)),
        countersigned=bool(getattr(stated, "countersigned", False)),
    )


def _copies_of_reply(source: Source) -> tuple[str, ...]:
    """The congress office, the government office for its own organs, the electing unit."""
    names = [source.offices.of_congress]
    if source.part.organ.system == System.GOVERNMENT:
        names.append(source.offices.of_government)
    elected_by = source.part.suggestion.lead.electing_unit
    names.append(elected_by.name if elected_by else "")
    own = {source.organ, source.part.organ.name}
    return tuple(name for name in names if name and name not in own)


def _consultation(source: Source) -> Paper | None:
    if source.reply is None or source.part.role not in ANSWERING:
        return None
    feedback = source.ruling.rules.feedback
    on = source.reply.letter_on
    organ = held.name_on(source.part, on)
    co = [held.name_on(each, on) for each in source.parties if each.role == HandlingRole.CO]
    return ConsultationForm(
        matter=source.matter,
        organ=organ,
        co_organs=tuple(co),
        grades=tuple(grade.label.zh for grade in feedback.scale.grades),
        dimensions=tuple(each.label.zh for each in feedback.dimensions),
        return_to=(source.offices.of_congress, organ),
    ).paper()


def _charged(part: Assignment) -> str:
    return held.name_on(part, part.assigned_on)


def _face_to_face(source: Source) -> Paper | None:
    reply = source.reply
    record = getattr(reply, "face_to_face", None)
    if reply is None or record is None:
        return None
    present = [
        each.deputy.person.name
        for each in reply.deliveries.all()
        if each.deputy.key in record.present
    ]
    answers = [point.answer for point in reply.points.all()]
    return FaceToFaceRecord(
        matter=source.matter,
        organ=source.organ,
        held_on=record.held_on,
        place=record.place,
        from_the_organ=f"{record.answered_by}（{record.rank}）",
        deputies_present="、".join(present),
        answer="\n".join(f"{number}. {each}" for number, each in enumerate(answers, start=1)),
        deputys_opinion=record.said,
    ).paper()


def _urging(source: Source) -> Paper | None:
    """The last urging by hand; ``times`` counts those by the calendar too."""
    urged = [each for each in source.part.urgings.all() if each.rung != Rung.UNREAD]
    last = next((each for each in reversed(urged) if each.rung == Rung.BY_HAND), None)
    if last is None:
        return None
    return UrgingSlip(
        matter=source.matter,
        issuer=_issuer(source),
        organ=held.name_on(source.part, last.on),
        assigned_on=source.part.assigned_on,
        due_on=last.due_on or last.on,
        times=urged.index(last) + 1,
        demand=last.demand,
        answer_by=last.answer_by or last.on,
        on=last.on,
    ).paper()


_MAKERS: dict[LetterKind, Callable[[Source], Paper | None]] = {
    LetterKind.ASSIGNMENT: _assignment,
    LetterKind.RETURN: _return,
    LetterKind.EXTENSION: _extension,
    LetterKind.CO_OPINION: _co_opinion,
    LetterKind.REPLY: _reply,
    LetterKind.FACE_TO_FACE: _face_to_face,
    LetterKind.URGING: _urging,
    LetterKind.CONSULTATION: _consultation,
}
