"""Which official documents of an organ's part are open to one reader, and what is in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from huiyin.documents.typesetting import Paper
from huiyin.kernel.errors import Words
from huiyin.suggestions.letters.kinds import Ending, LetterKind
from huiyin.suggestions.letters.of_case import Offices, Source, paper_of
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Act, Assignment, ReturnBy
from huiyin.suggestions.presenters.file import CaseFile, face_to_face
from huiyin.suggestions.presenters.papers import reply_shown
from huiyin.suggestions.stages import ANSWERING, HandlingRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One document as both kinds of file."""

    label: Words
    word_url: str
    pdf_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLetter:
    """A document of an organ's part that a room above this one fills from its own record.

    ``kind`` is its name in addresses. ``is_open`` says whether the reader may have it and its
    facts are there, with no query for a part it cannot concern; ``paper`` then makes it, ``link``
    being where its code leads.
    """

    kind: str
    label: Words
    is_open: Callable[[CaseFile, Assignment], bool]
    paper: Callable[[CaseFile, Assignment, str], Paper | None]


_others: dict[str, OtherLetter] = {}


def register(letter: OtherLetter) -> None:
    """Offer such a document on the pages of cases; for ``ready()`` of the room that fills it."""
    if letter.kind in LetterKind.values:
        raise ValueError(letter.kind)
    _others[letter.kind] = letter


def downloads(file: CaseFile, part: Assignment) -> list[Download]:
    labels: dict[str, Words] = {kind.value: kind.label for kind in LetterKind}
    labels |= {letter.kind: letter.label for letter in _others.values()}
    return [
        Download(
            label=label,
            word_url=_url(part, kind, Ending.WORD),
            pdf_url=_url(part, kind, Ending.PDF),
        )
        for kind, label in labels.items()
        if is_open(kind, file, part)
    ]


def is_open(kind: str, file: CaseFile, part: Assignment) -> bool:
    """Whether there is such a document, the reader may have it, and its facts are there."""
    if kind in LetterKind.values:
        return _OPEN[LetterKind(kind)](file, part)
    return kind in _others and _others[kind].is_open(file, part)


def paper(kind: str, file: CaseFile, part: Assignment, *, link: str) -> Paper | None:
    """The document for this reader; None where it is not his to read or not there yet."""
    if not is_open(kind, file, part):
        return None
    if kind in _others:
        return _others[kind].paper(file, part, link)
    source = Source(
        part=part,
        parties=[each for each in file.parts if _is_party(each, part)],
        signatures=file.signatures,
        ruling=file.scene.ruling,
        offices=Offices.of(file.case.congress),
        reply=reply_shown(file, part),
        asked=_asked(file, part),
        link=link,
    )
    return paper_of(LetterKind(kind), source)


def _is_party(each: Assignment, part: Assignment) -> bool:
    """An organ of the same round: beside one that was relieved, not the one in its place."""
    beside = where.is_charged(each) and each.replaces_id != part.pk
    return each.round == part.round and (beside or each.pk == part.pk)


def _url(part: Assignment, kind: str, ending: Ending) -> str:
    return reverse("suggestions:document", args=[part.key, kind, ending])


def _assignment(file: CaseFile, part: Assignment) -> bool:
    """Between the offices that charge and the organ that is charged."""
    return file.sight.charges or file.sight.writes_for(part.organ_id)


def _return(file: CaseFile, part: Assignment) -> bool:
    """Between the organ, the offices that decide, and the organs that were asked."""
    if not part.return_round:
        return False
    asked = [each for each in part.return_requests.all() if each.by == ReturnBy.ORGAN]
    among = [part.organ_id, *(each.named_id for each in asked)]
    return bool(asked) and (file.sight.charges or any(map(file.sight.writes_for, among)))


def _extension(file: CaseFile, part: Assignment) -> bool:
    """Between the organ that asks for more time and the offices."""
    among = file.sight.charges or file.sight.writes_for(part.organ_id)
    return among and bool(_asked(file, part))


def _asked(file: CaseFile, part: Assignment) -> list[Act]:
    """The acts by which the organ asked for more time."""
    own = (act for act in file.acts if act.assignment_id == part.pk)
    return [act for act in own if act.move == "ask_extension"]


def _co_opinion(file: CaseFile, part: Assignment) -> bool:
    """Whoever is shown the opinion itself, where there is a lead organ it goes to."""
    if not (file.sight.opinions and part.opinions.all()):
        return False
    return any(each.round == part.round and _leads(each) for each in file.parts)


def _reply(file: CaseFile, part: Assignment) -> bool:
    """Whoever is shown the letter."""
    return reply_shown(file, part) is not None


def _consultation(file: CaseFile, part: Assignment) -> bool:
    """Those who send it, fill it in or receive it."""
    among = file.sight.signs or file.sight.charges or file.sight.writes_for(part.organ_id)
    return part.role in ANSWERING and among and _reply(file, part)


def _face_to_face(file: CaseFile, part: Assignment) -> bool:
    """Between the deputy, the organ and the offices, once it has been held."""
    among = file.sight.signs or file.sight.charges or file.sight.writes_for(part.organ_id)
    reply = file.delivered(part)
    return among and reply is not None and face_to_face(reply) is not None


def _urging(file: CaseFile, part: Assignment) -> bool:
    """Between the office that urged and the organ."""
    among = file.sight.charges or file.sight.writes_for(part.organ_id)
    return among and any(act.move == "urge" and act.assignment_id == part.pk for act in file.acts)


def _leads(part: Assignment) -> bool:
    return part.role == HandlingRole.LEAD


_OPEN: dict[LetterKind, Callable[[CaseFile, Assignment], bool]] = {
    LetterKind.ASSIGNMENT: _assignment,
    LetterKind.RETURN: _return,
    LetterKind.EXTENSION: _extension,
    LetterKind.CO_OPINION: _co_opinion,
    LetterKind.REPLY: _reply,
    LetterKind.FACE_TO_FACE: _face_to_face,
    LetterKind.URGING: _urging,
    LetterKind.CONSULTATION: _consultation,
}
