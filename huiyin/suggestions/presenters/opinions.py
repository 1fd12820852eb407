"""Co-handling opinions as they are shown: in sections, with what the lead organ made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.suggestions.hollow import hints
from huiyin.suggestions.letters.matter import ungreeted
from huiyin.suggestions.models import (
    Act,
    Assignment,
    CoOpinion,
    CoStatement,
    OpinionMark,
    OpinionMarked,
    Reply,
    StatementKind,
)
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.ui.days import plain_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of an opinion; the heading is blank where there is but one."""

    heading: Words
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One opinion. ``returned_on`` and ``lacks``: the lead organ gave it back."""

    sections: Sequence[Section]
    signed_by: str
    at: datetime
    mark: Words = ""
    is_adopted: bool = False
    reason: str = ""
    returned_on: date | None = None
    lacks: str = ""
    hints: Sequence[Words] = ()


def opinions(file: CaseFile, part: Assignment) -> list[Opinion]:
    """All of one organ, the first one first; both when the first was returned as empty."""
    given = list(part.opinions.all())
    back = _returned(file, part)
    # What lay there when it was returned.
    place = sum(_is_given(act, part) and act.seq < back.seq for act in file.acts) if back else 0
    return [
        _opinion(each, back=back if at == place else None) for at, each in enumerate(given, start=1)
    ]


def _returned(file: CaseFile, part: Assignment) -> Act | None:
    acts = [act for act in file.acts if act.assignment_id == part.pk]
    return next((act for act in acts if act.move == "return_opinion"), None)


def _is_given(act: Act, part: Assignment) -> bool:
    return act.assignment_id == part.pk and act.move == "give_opinion"


def _opinion(given: CoOpinion, *, back: Act | None) -> Opinion:
    marks: list[OpinionMarked] = list(given.marks.all())
    marked = marks[-1] if marks else None
    return Opinion(
        sections=sections(given),
        signed_by=given.signed_by,
        at=given.at,
        mark=marked.get_mark_display() if marked else "",
        is_adopted=marked is not None and marked.mark == OpinionMark.ADOPTED,
        reason=marked.reason if marked else "",
        returned_on=back.on if back else None,
        lacks=back.why if back else "",
        hints=hints(given.text, given.will_do, given.advice),
    )


def sections(given: CoOpinion) -> list[Section]:
    if not (given.will_do or given.advice):
        return [Section(heading="", text=given.text)]
    named = (
        (_("What it has done"), given.text),
        (_("What it will do"), given.will_do),
        (_("Advice for the reply"), given.advice),
    )
    return [Section(heading=heading, text=text) for heading, text in named if text]


# --- What a reply says of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the reply says of one co-handling organ. ``said``: a sentence; ``text``: its words."""

    organ: str
    said: Words
    text: str = ""
    reason: str = ""
    is_absent: bool = False

    @property
    def paragraphs(self) -> list[str]:
        """Its words as a letter sets them."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


def notes(reply: Reply) -> list[Note]:
    """Of every co-handling organ the text states; none for replies of earlier years and paper."""
    return [_note(each) for each in reply.co_statements.all()]


def _note(stated: CoStatement) -> Note:
    organ = stated.assignment.organ.name
    opinion, marked = stated.opinion, stated.marked
    if opinion is None:
        return Note(
            organ=organ,
            said=_not_given(stated, organ),
            is_absent=stated.kind == StatementKind.ABSENT,
        )
    words = {"organ": organ, "mark": marked.get_mark_display() if marked else ""}
    said = _("Opinion of %(organ)s: %(mark)s") if marked else _("Opinion of %(organ)s")
    if getattr(stated, "lapsed", False):
        said = _("%(said)s; it did not countersign in its time") % {"said": said % words}
    else:
        said = said % words
    text = "\n".join(filter(None, (ungreeted(opinion.text)[1], opinion.will_do)))
    return Note(organ=organ, said=said, text=text, reason=marked.reason if marked else "")


def _not_given(stated: CoStatement, organ: str) -> Words:
    due = plain_day(stated.due_on) if stated.due_on else ""
    if stated.kind == StatementKind.ABSENT:
        return _("%(organ)s gave no opinion in its time (due %(date)s)") % {
            "organ": organ,
            "date": due,
        }
    return _("%(organ)s had not given its opinion yet when the reply was written") % {
        "organ": organ
    }
