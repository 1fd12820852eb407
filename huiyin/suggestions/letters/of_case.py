"""Each document from the facts of one organ's part. Nobody is asked here who reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huiyin.documents.typesetting import Paper
from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import Congress, Organ, System
from huiyin.suggestions.letters.assigning import AssignmentLetter, Party
from huiyin.suggestions.letters.between_organs import CoOpinionLetter
from huiyin.suggestions.letters.kinds import LetterKind
from huiyin.suggestions.letters.matter import Matter
from huiyin.suggestions.letters.replying import (
    Answer,
    ConsultationForm,
    FaceToFaceRecord,
    ReplyLetter,
)
from huiyin.suggestions.models import Assignment, Kind, Reply, Signature
from huiyin.suggestions.ruling import Ruling, acknowledgement_due
from huiyin.suggestions.stages import ANSWERING, HandlingRole, Signing

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

    ``parties`` are all parts of the same round; ``reply`` is the text that may be shown, if any.
    """

    part: Assignment
    parties: Sequence[Assignment]
    signatures: Sequence[Signature]
    ruling: Ruling
    offices: Offices
    reply: Reply | None = None
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
        """The organ under the name it bore when it was charged."""
        return _named(self.part)


_SIGNED = (Signing.LEAD, Signing.CONFIRMED)


def paper_of(kind: LetterKind, source: Source) -> Paper | None:
    """The document, or None while the facts it is made from are not there."""
    return _MAKERS[kind](source)


def _assignment(source: Source) -> Paper:
    part = source.part
    copies = []
    if part.organ.system == System.GOVERNMENT and part.organ.name != source.offices.of_government:
        copies.append(source.offices.of_government)
    return AssignmentLetter(
        matter=source.matter,
        issuer=source.offices.of_congress,
        organ=source.organ,
        role=part.role,
        part=part.part,
        parties=tuple(Party(organ=_named(each), role=each.role) for each in source.parties),
        assigned_on=part.assigned_on,
        due_on=part.due_on,
        acknowledge_by=acknowledgement_due(part, ruling=source.ruling).date,
        round=part.round,
        copies=tuple(filter(None, copies)),
    ).paper()


def _co_opinion(source: Source) -> Paper | None:
    opinions = list(source.part.opinions.all())
    lead = next((each for each in source.parties if each.role == HandlingRole.LEAD), None)
    if not opinions or lead is None:
        return None
    given = opinions[-1]
    return CoOpinionLetter(
        matter=source.matter,
        organ=source.organ,
        lead_organ=_named(lead),
        text=given.text,
        signed_by=given.signed_by,
        on=given.at.astimezone(ZONE).date(),
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
        organ=source.organ,
        class_mark=reply.outcome_class,
        opening=reply.opening,
        answers=answers,
        closing=reply.closing,
        on=reply.letter_on,
        number=reply.document_no,
        contact_person=reply.contact_person,
        contact_phone=reply.contact_phone,
        copies=_copies_of_reply(source),
    ).paper()


def _copies_of_reply(source: Source) -> tuple[str, ...]:
    """The congress office, the government office for its own organs, the electing unit."""
    names = [source.offices.of_congress]
    if source.part.organ.system == System.GOVERNMENT:
        names.append(source.offices.of_government)
    elected_by = source.part.suggestion.lead.electing_unit
    names.append(elected_by.name if elected_by else "")
    return tuple(name for name in names if name and name != source.organ)


def _consultation(source: Source) -> Paper | None:
    if source.reply is None or source.part.role not in ANSWERING:
        return None
    feedback = source.ruling.rules.feedback
    co_organs = [_named(each) for each in source.parties if each.role == HandlingRole.CO]
    return ConsultationForm(
        matter=source.matter,
        organ=source.organ,
        co_organs=tuple(co_organs),
        grades=tuple(grade.label.zh for grade in feedback.scale.grades),
        dimensions=tuple(each.label.zh for each in feedback.dimensions),
        return_to=(source.offices.of_congress, source.organ),
    ).paper()


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


def _named(part: Assignment) -> str:
    return part.organ.name_on(part.assigned_on)


_MAKERS: dict[LetterKind, Callable[[Source], Paper | None]] = {
    LetterKind.ASSIGNMENT: _assignment,
    LetterKind.CO_OPINION: _co_opinion,
    LetterKind.REPLY: _reply,
    LetterKind.FACE_TO_FACE: _face_to_face,
    LetterKind.CONSULTATION: _consultation,
}
