"""Responsibility inside an organ as the page of a case tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.accounts.models import Post
from huiyin.kernel.errors import Words
from huiyin.organisations.models import InnerDivision
from huiyin.suggestions.lifecycle.responsibility import marks_of
from huiyin.suggestions.models import Act, Assignment, LeaderAct
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.models.responsibility import LeaderActKind, Mark
from huiyin.suggestions.presenters.file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderActLine:
    """A leaders' meeting or visit about the case. ``gist`` is for the organ and the offices."""

    held_on: date
    kind: Words
    leader: str
    gist: str


def given_to(part: Assignment) -> str:
    """Division and handler it was shared out to; nothing while it was not."""
    return _place(part.division, part.handler)


def _place(division: InnerDivision | None, handler: Post | None) -> str:
    names = (division.name if division else "", handler.person.name if handler else "")
    return "　".join(filter(None, names))


def mark_labels(part: Assignment) -> list[Words]:
    return [mark.label for mark in marks_of(part)]


def leader_acts(file: CaseFile, part: Assignment) -> list[LeaderActLine]:
    """Those of the part's organ, beside its part of the round that runs."""
    if part.round != file.case.round:
        return []
    inside = file.sight.looks_into(part.organ_id)
    return [_line(each, inside=inside) for each in file.leader_acts if _of(each, part)]


def _of(act: LeaderAct, part: Assignment) -> bool:
    return act.organ_id == part.organ_id


def _line(act: LeaderAct, *, inside: bool) -> LeaderActLine:
    return LeaderActLine(
        held_on=act.held_on,
        kind=LeaderActKind(act.kind).label,
        leader=f"{act.leader.name}　{act.leader.title}",
        gist=act.gist if inside else "",
    )


# --- The story of the case


def _organ(act: Act, file: CaseFile) -> str:
    part = file.by_part.get(act.assignment_id or 0)
    return part.organ.name if part else ""


def _shared_out(act: Act, file: CaseFile) -> Words:
    given = file.given.get(act.data.get("given", ""))
    words = {
        "organ": _organ(act, file),
        "to": _place(given.division, given.handler) if given else "",
    }
    return _("%(organ)s gave it inside to %(to)s") % words


def _marked(act: Act, file: CaseFile) -> Words:
    marks = [str(Mark(each).label) for each in act.data.get("marks", [])]
    if not marks:
        return _("%(organ)s took its marks away") % {"organ": _organ(act, file)}
    comma = pgettext("between marks", ", ")
    return _("%(organ)s marked it: %(marks)s") % {
        "organ": _organ(act, file),
        "marks": comma.join(marks),
    }


def note(act: Act, file: CaseFile) -> str:
    """What the liaison officer told the handler."""
    given = file.given.get(act.data.get("given", ""))
    return given.note if given else ""


WORDS: dict[tuple[str, str], Callable[[Act, CaseFile], Words]] = {
    (Table.ASSIGNMENT, "sub_assign"): _shared_out,
    (Table.ASSIGNMENT, "mark"): _marked,
}
