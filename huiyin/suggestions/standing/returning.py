"""What the acts of a dispute mean: whose answer is awaited, who decides, how long it is open."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.suggestions.lifecycle.returning import MOST_REFUSALS
from huiyin.suggestions.models import Act, Assignment
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.stages import ANSWERING, OPEN_ASSIGNMENT, ReturnStanding
from huiyin.suggestions.standing.columns import CaseFacts, PartStanding, ReplayError, Standing


def _part(standing: Standing, act: Act) -> PartStanding:
    if act.assignment_id is None:
        raise ReplayError("an act names no subject")
    return standing.parts[act.assignment_id]


def _open(part: PartStanding, act: Act) -> None:
    part.contests = [*part.contests, [act.on.isoformat(), None]]
    part.contested_since = act.on


def _close(part: PartStanding, act: Act, *, now: str) -> None:
    """End the span; the dispute stands at ``now`` and nobody is asked any more."""
    if not part.contested_since:
        raise ReplayError("nothing is disputed")
    *before, (begun, _end) = part.contests
    part.contests = [*before, [begun, act.on.isoformat()]]
    part.returning, part.contested_since, part.asked_organ_id = now, None, None


def _asked(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = _part(standing, act)
    _open(part, act)
    part.returning, part.arbiter = ReturnStanding.REQUESTED, act.data["arbiter"]
    _named(part, act, facts)


def _asked_another(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = _part(standing, act)
    if part.returning != ReturnStanding.ESCALATED:
        part.returning = ReturnStanding.REQUESTED
    _named(part, act, facts)


def _named(part: PartStanding, act: Act, facts: CaseFacts) -> None:
    part.return_round = act.data["round"]
    part.asked_organ_id = facts.organs[act.data["named"]]


def _answered(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = _part(standing, act)
    part.asked_organ_id = None
    if part.returning != ReturnStanding.ESCALATED:
        part.returning = ReturnStanding.COORDINATING


def _refused(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = _part(standing, act)
    _close(part, act, now=ReturnStanding.REFUSED)
    part.refusals += 1
    if part.refusals >= MOST_REFUSALS:
        _open(part, act)
        part.returning = ReturnStanding.ESCALATED


def _upheld(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = _part(standing, act)
    _close(part, act, now=ReturnStanding.DECIDED)
    part.return_round = act.data["round"]


def _reassigned(standing: Standing, act: Act, facts: CaseFacts) -> None:
    part = _part(standing, act)
    _close(part, act, now=ReturnStanding.REASSIGNED)
    part.return_round = act.data["round"]


def _taken_over(standing: Standing, act: Act, facts: CaseFacts) -> None:
    """The rounds go on counting with the organ that was charged instead."""
    new = _row(facts, act.assignment_id)
    old = _row(facts, new.replaces_id)
    before, after = standing.parts[old.pk], standing.parts[new.pk]
    after.return_round, after.refusals = before.return_round, before.refusals
    if act.data["final"]:
        after.returning = ReturnStanding.DECIDED
    if old.role in ANSWERING and standing.lead_organ_id == old.organ_id:
        standing.lead_organ_id = new.organ_id


def _row(facts: CaseFacts, pk: int | None) -> Assignment:
    for part in facts.assignments:
        if part.pk == pk:
            return part
    raise ReplayError("a part is charged in nobody's place")


def lapse(standing: Standing, act: Act) -> None:
    """What is done, or stopped, is disputed no longer."""
    if act.table != Table.ASSIGNMENT:
        return
    part = _part(standing, act)
    if part.contested_since and part.stage not in OPEN_ASSIGNMENT:
        _close(part, act, now=ReturnStanding.LAPSED)


EFFECTS: dict[tuple[str, str], Callable[[Standing, Act, CaseFacts], None]] = {
    (Table.ASSIGNMENT, "ask_return"): _asked,
    (Table.ASSIGNMENT, "object_to_organ"): _asked,
    (Table.ASSIGNMENT, "ask_another"): _asked_another,
    (Table.ASSIGNMENT, "take_it_on"): _answered,
    (Table.ASSIGNMENT, "decline_it"): _answered,
    (Table.ASSIGNMENT, "refuse_return"): _refused,
    (Table.ASSIGNMENT, "uphold"): _upheld,
    (Table.ASSIGNMENT, "reassign"): _reassigned,
    (Table.ASSIGNMENT, "take_over"): _taken_over,
}
