"""Disputes about responsibility on the page of a case: each round with what was asked and decided,
how long nobody owned the matter, and which steps are open to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.rulebook import WorkCalendar
from huiyin.suggestions.lifecycle import returning, where
from huiyin.suggestions.models import (
    Assignment,
    ReturnAnswer,
    ReturnBy,
    ReturnDecision,
    ReturnOutcome,
    ReturnRequest,
)
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.ruling import return_limit
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.selectors import cutoff_of
from huiyin.suggestions.stages import ANSWERING, DecidedBy

# Where one of these says no, the step is not for now and is left out.
LEFT_OUT = (
    returning.is_first_round,
    returning.none_is_open,
    returning.not_decided_finally,
    returning.asked_in_time,
    returning.deputy_may_object,
    returning.an_answer_is_awaited,
    returning.no_answer_is_awaited,
    returning.is_open,
    returning.is_final,
    returning.is_not_final,
    returning.another_person_asked,
)


def concerns(file: CaseFile, part: Assignment) -> bool:
    """Whether somebody besides its own organ may have a step to take on this charge."""
    return where.is_contested(part) or (file.sight.signs and part.role in ANSWERING)


def known(scene: Scene, file: CaseFile) -> dict[str, Any]:
    """What the guards of a dispute may ask for, as far as the page knows it."""
    part = scene.part
    if part is None:
        return {}
    opened = [
        act.post.person_id
        for act in file.acts
        if act.assignment_id == part.pk and act.move in ("ask_return", "object_to_organ")
    ]
    asks = scene.actor.role == Role.LIAISON and where.is_owed(part)
    return {
        "limit": limit_of(part, scene=scene) if asks else None,
        "disputed_by": opened[-1] if opened else None,
    }


def limit_of(part: Assignment, *, scene: Scene) -> date | None:
    """The last day the organ may ask on; the session's own day is looked up once that is past."""
    own = return_limit(part, ruling=scene.ruling, cutoff=None)
    if own is None or scene.on <= own:
        return own
    cutoff = cutoff_of(scene.case.session)
    return return_limit(part, ruling=scene.ruling, cutoff=cutoff.until if cutoff else None)


def waited_for(part: Assignment) -> str:
    """Who has to move in a dispute, for the sentence that says whom the case waits for."""
    words = {"organ": part.organ.name, "office": DecidedBy(part.arbiter).label}
    if part.asked_organ_id and not where.awaits_final_decision(part):
        return _("%(organ)s (disputed; another organ is asked, %(office)s decides)") % words
    if where.awaits_final_decision(part):
        return _("%(organ)s (refused twice; %(office)s decides finally)") % words
    return _("%(organ)s (disputed; %(office)s decides)") % words


# --- The rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round: who held whom right on what ground, what that organ said, what was decided."""

    number: int
    on: date
    opened: Words
    why: str = ""
    mandate: str = ""
    named: str = ""
    named_mandate: str = ""
    answer: Words = ""
    answer_why: str = ""
    decision: Words = ""
    decided_on: date | None = None
    decision_why: str = ""
    ground: str = ""
    consulted: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What a charge went through, and the working days nobody owned it undisputed."""

    standing: Words
    is_open: bool
    office: Words
    without_owner: Words
    rounds: Sequence[Round]


def dispute(file: CaseFile, part: Assignment) -> Dispute | None:
    """The disputes about one charge, for those they are open to; None where there were none."""
    if not (file.sight.disputes and part.contests):
        return None
    days = working_days(part.contests, on=file.scene.on, calendar=file.scene.ruling.calendar)
    said = ngettext(
        "%(n)s working day without an undisputed owner",
        "%(n)s working days without an undisputed owner",
        days,
    )
    return Dispute(
        standing=part.get_returning_display(),
        is_open=where.is_contested(part),
        office=DecidedBy(part.arbiter).label,
        without_owner=said % {"n": days},
        rounds=rounds(part),
    )


def working_days(
    contests: Iterable[Sequence[str | None]], *, on: date, calendar: WorkCalendar
) -> int:
    """How many working days a charge was in dispute, to ``on`` where it still is."""
    return sum(
        calendar.working_days_between(
            date.fromisoformat(str(begun)), date.fromisoformat(ended) if ended else on
        )
        for begun, ended in contests
    )


def rounds(part: Assignment) -> list[Round]:
    """Every round in order, a final decision as one of its own."""
    decided = {each.number: each for each in part.return_decisions.all()}
    asked = {each.number: each for each in part.return_requests.all()}
    return [
        _round(number, asked.get(number), decided.get(number))
        for number in sorted(asked.keys() | decided.keys())
    ]


def _round(number: int, asked: ReturnRequest | None, decided: ReturnDecision | None) -> Round:
    said: dict[str, Any] = {}
    if asked:
        said = {
            "on": asked.on,
            "opened": _opened(asked),
            "why": asked.why,
            "mandate": asked.mandate,
            "named": asked.named.name,
            "named_mandate": asked.named_mandate,
            **_answered(asked),
        }
    elif decided:
        said = {"on": decided.on, "opened": _("Final decision")}
    if decided:
        said |= {
            "decision": _decided(decided),
            "decided_on": decided.on,
            "decision_why": decided.why,
            "ground": decided.ground,
            "consulted": decided.consulted,
            "final": decided.final,
        }
    return Round(number=number, **said)


def _opened(asked: ReturnRequest) -> str:
    words = {"named": asked.named.name}
    return {
        ReturnBy.ORGAN.value: _("The organ asked to return it, naming %(named)s"),
        ReturnBy.DEPUTY.value: _("The lead deputy objected, naming %(named)s"),
        ReturnBy.ARBITER.value: _("The deciding office asked %(named)s"),
    }[asked.by] % words


def answer_of(asked: ReturnRequest) -> ReturnAnswer | None:
    """What the organ named has said, if it has. No query when it was joined."""
    return getattr(asked, "answer", None)


def _answered(asked: ReturnRequest) -> dict[str, Any]:
    given, words = answer_of(asked), {"organ": asked.named.name}
    if given is None:
        return {"answer": _("%(organ)s has not answered.") % words}
    if given.accepts:
        return {"answer": _("%(organ)s takes it on.") % words, "answer_why": given.why}
    return {"answer": _("%(organ)s does not take it on.") % words, "answer_why": given.why}


def _decided(decided: ReturnDecision) -> str:
    words = {"organ": decided.organ.name}
    return {
        ReturnOutcome.REASSIGNED.value: _("Given to %(organ)s"),
        ReturnOutcome.REFUSED.value: _("Refused: %(organ)s goes on"),
        ReturnOutcome.UPHELD.value: _("It stays with %(organ)s; binding"),
    }[decided.outcome] % words
