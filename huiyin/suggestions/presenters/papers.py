"""Documents as they are printed: the suggestion and the reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.suggestions import held
from huiyin.suggestions.forms.replying import ANSWER, day_of
from huiyin.suggestions.models import Assignment, Reply, RequestItem
from huiyin.suggestions.presenters.around import signers
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.opinions import Note, notes
from huiyin.suggestions.presenters.parts import file_of
from huiyin.suggestions.presenters.story import Text, class_label, text
from huiyin.suggestions.steps import Scene
from huiyin.ui.days import plain_day


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionPaper:
    """The suggestion on the congress's own paper."""

    head: str
    number: Words
    text: Text
    asks: Sequence[tuple[str, str]]
    signed: Sequence[str]
    delegation: str
    day: Words
    from_paper: bool


NUMERALS = "一二三四五六七八九"


def ordinal(number: int) -> str:
    """How a paper numbers its paragraphs: 一、 in Chinese, 1. in English."""
    if not (get_language() or "").startswith("zh"):
        return f"{number}. "
    tens, ones = divmod(number, 10)
    said = NUMERALS[ones - 1] if ones else ""
    if tens:
        said = f"{NUMERALS[tens - 1] if tens > 1 else ''}十{said}"
    return f"{said}、"


def suggestion(file: CaseFile) -> SuggestionPaper | None:
    """None while there is no text the reader may see."""
    shown = text(file)
    if shown is None:
        return None
    case = file.case
    counted = [each.name for each in signers(file) if each.counts]
    day = case.submitted_on or file.scene.on
    return SuggestionPaper(
        head=case.congress.name,
        number=_("No. %(number)s") % {"number": case.number} if case.number else "",
        text=shown,
        asks=[(ordinal(at), each.text) for at, each in enumerate(shown.asks, start=1)],
        signed=counted,
        delegation=case.delegation.name if case.delegation_id and case.delegation else "",
        day=plain_day(day),
        from_paper=case.entered_by_id is not None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One request and its answer in a letter."""

    number: int
    ask: str
    answer: str

    @property
    def ordinal(self) -> str:
        return ordinal(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """A reply as a letter; the class stands at the top right of its first page."""

    organ: str
    outcome: str
    outcome_label: Words
    document_no: str
    title: Words
    to: Words
    opening: str
    points: Sequence[Point]
    closing: str
    letter_on: date | None
    contact_person: str
    contact_phone: str
    copies: Words
    co_notes: Sequence[Note] = ()

    @property
    def co_ordinal(self) -> str:
        """The number of the paragraph on the co-handling organs, after the last answer."""
        return ordinal(len(self.points) + 1)


def letter(file: CaseFile, *, part: Assignment) -> LetterPaper | None:
    """The letter the reader may see."""
    reply = reply_shown(file, part)
    return _fixed(file, part=part, reply=reply) if reply else None


def fixed_letter(file: CaseFile, *, part: Assignment) -> LetterPaper | None:
    """The present text, for those who are asked to put their name under it."""
    own = file_of(part)
    fixed = list(own.replies.all()) if own else []
    return _fixed(file, part=part, reply=fixed[-1]) if fixed else None


def _fixed(file: CaseFile, *, part: Assignment, reply: Reply) -> LetterPaper:
    points = [
        Point(number=number, ask=each.request.text, answer=each.answer)
        for number, each in enumerate(reply.points.all(), start=1)
    ]
    return letter_of(file, part=part, reply=reply, points=points, co_notes=notes(reply))


def reply_shown(file: CaseFile, part: Assignment) -> Reply | None:
    """The text the reader may see as a letter: delivered, or his own organ's fixed text."""
    reply = file.delivered(part)
    own = file_of(part)
    if reply is None and own is not None and file.sight.writes_for(part.organ_id):
        fixed = list(own.replies.all())
        reply = fixed[-1] if fixed else None
    return reply


def letter_of(
    file: CaseFile,
    *,
    part: Assignment,
    reply: Reply,
    points: Sequence[Point],
    co_notes: Sequence[Note] = (),
) -> LetterPaper:
    """A reply, saved or not, as a letter."""
    case = file.case
    words = {"session": case.session.name, "number": case.number or ""}
    names = [each.name for each in signers(file) if each.counts]
    return LetterPaper(
        organ=held.name_on(part, reply.letter_on),
        outcome=reply.outcome_class,
        outcome_label=class_label(reply.outcome_class, rules=file.scene.ruling.rules),
        document_no=reply.document_no,
        title=_("Reply to suggestion No. %(number)s of %(session)s") % words,
        to=_salutation(names),
        opening=reply.opening,
        points=points,
        closing=reply.closing,
        letter_on=reply.letter_on,
        contact_person=reply.contact_person,
        contact_phone=reply.contact_phone,
        co_notes=co_notes,
        copies=_("Copy to: office of deputies' affairs of %(congress)s")
        % {"congress": case.congress.name},
    )


def _salutation(names: Sequence[str]) -> Words:
    if len(names) == 1:
        return _("Deputy %(name)s:") % {"name": names[0]}
    words = {"name": names[0] if names else "", "count": len(names)}
    return _("Deputy %(name)s and the other co-signers (%(count)s in all):") % words


def draft_letter(file: CaseFile, *, scene: Scene, asked: Sequence[RequestItem]) -> LetterPaper:
    """The reply as it is typed so far, as the letter it would make."""
    part, typed = scene.charge, scene.file.draft
    reply = Reply(
        outcome_class=typed.get("outcome_class", ""),
        document_no=typed.get("document_no", ""),
        letter_on=day_of(typed.get("letter_on")) or scene.on,
        opening=typed.get("opening", ""),
        closing=typed.get("closing", ""),
        contact_person=typed.get("contact_person", ""),
        contact_phone=typed.get("contact_phone", ""),
    )
    points = [
        Point(number=number, ask=item.text, answer=typed.get(ANSWER + item.key, ""))
        for number, item in enumerate(asked, start=1)
    ]
    return letter_of(file, part=part, reply=reply, points=points)
