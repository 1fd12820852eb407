"""The clocks that run now, of many cases at once, under one ruling or another. Nothing is written.

Reads the derived columns only: ``huiyin rebuild --check`` proves them, and replaying the acts of
every open case would take minutes where this takes seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, QuerySet

from huiyin.accounts.models import Post
from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import Congress, Organ, Session
from huiyin.rulebook import Clock
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Act, Assignment, ClockName, Suggestion
from huiyin.suggestions.ruling import (
    Ruling,
    Rulings,
    acknowledgement_due,
    assignment_due,
    feedback_due,
)
from huiyin.suggestions.stages import CLOCKS_RUN, OPEN_ASSIGNMENT, HandlingRole
from huiyin.suggestions.standing import PartStanding, Standing, set_dues

BATCH = 1000

RulingOf = Callable[[Suggestion], Ruling]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One clock of one case that ends on another day. ``part`` is None for the deputy's clock."""

    case: Suggestion
    clock: ClockName
    part: Assignment | None
    was: date | None
    now: date | None
    # Whether the new date rests on a year without a notice.
    provisional: bool
    told: tuple[Post, ...] = ()


@dataclass(slots=True, kw_only=True)
class Open:
    """One case with a running clock, as far as its days are concerned."""

    case: Suggestion
    parts: list[Assignment] = field(default_factory=list)
    # Part → the act that stopped its clock.
    stopped: dict[int, int] = field(default_factory=dict)


def under(rulings: Rulings) -> RulingOf:
    """The ruling of each case, by its own day."""

    def ruling_of(case: Suggestion) -> Ruling:
        return rulings.of(case, on=case.created_at.astimezone(ZONE).date())

    return ruling_of


def forecast(
    cases: QuerySet[Suggestion], *, before: RulingOf, after: RulingOf
) -> Iterator[Changed]:
    """Yield what would change under another ruling. Nobody is told."""
    running = cases.filter(stage__in=CLOCKS_RUN).order_by("pk")
    for each in read(list(running.values_list("pk", flat=True))):
        yield from differences(each, before=before, after=after)


def differences(each: Open, *, before: RulingOf, after: RulingOf) -> Iterator[Changed]:
    """Yield each running clock of a case that ends on another day under ``after``."""
    was = dict(_clocks(each, before(each.case)))
    now = dict(_clocks(each, after(each.case)))
    for clock, part in was | now:
        earlier, later = was.get((clock, part)), now.get((clock, part))
        days = (earlier.date if earlier else None, later.date if later else None)
        if days[0] != days[1]:
            yield Changed(
                case=each.case,
                clock=clock,
                part=part,
                was=days[0],
                now=days[1],
                provisional=later is not None and later.provisional,
            )


def standing_of(each: Open, *, ruling: Ruling) -> Standing:
    """Return where the case stands, with the dates it has under ``ruling``; the rest is bare."""
    standing = Standing(
        stage=each.case.stage,
        round=each.case.round,
        parts={
            part.pk: PartStanding(
                stage=part.stage,
                acknowledged_on=part.acknowledged_on,
                done_on=part.done_on,
                extension_until=part.extension_until,
                extensions=part.extensions,
                opinion_returned_on=part.opinion_returned_on,
                stopped_by=each.stopped.get(part.pk),
            )
            for part in each.parts
        },
    )
    close = each.case.session.closes_on
    set_dues(standing, each.parts, ruling=ruling, session_close=close)
    return standing


def _clocks(
    each: Open, ruling: Ruling
) -> Iterator[tuple[tuple[ClockName, Assignment | None], Clock]]:
    case = each.case
    for part in each.parts if where.is_handled(case) else ():
        if part.round != case.round or not where.is_owed(part):
            continue
        if where.is_unreceived(part):
            yield (ClockName.ACKNOWLEDGE, part), acknowledgement_due(part, ruling=ruling)
        due = assignment_due(part, ruling=ruling, session_close=case.session.closes_on)
        if due is not None:
            clock = ClockName.OPINION if part.role == HandlingRole.CO else ClockName.REPLY
            yield (clock, part), due
    if where.is_replied(case) and not (case.is_rated or case.rating_open_until):
        until = feedback_due(case, ruling=ruling)
        if until is not None:
            yield (ClockName.FEEDBACK, None), until


def read(chosen: Sequence[int]) -> Iterator[Open]:
    """Read the cases in batches; congresses, sessions and organs are read once."""
    congresses: dict[int, Congress] = {}
    sessions: dict[int, Session] = {}
    organs: dict[int, Organ] = {}
    for begin in range(0, len(chosen), BATCH):
        some = chosen[begin : begin + BATCH]
        cases = Suggestion.objects.filter(pk__in=some).order_by("pk")
        found = {case.pk: Open(case=case) for case in cases}
        _join(cases, congresses, sessions)
        parts = Assignment.objects.filter(suggestion__in=some).order_by("round", "pk")
        organs |= Organ.objects.in_bulk({part.organ_id for part in parts} - organs.keys())
        for part in parts:
            each = found[part.suggestion_id]
            part.suggestion, part.organ = each.case, organs[part.organ_id]
            each.parts.append(part)
        for part_id, case_id, act in _stops(parts):
            found[case_id].stopped[part_id] = act
        yield from found.values()


def _join(
    cases: Iterable[Suggestion], congresses: dict[int, Congress], sessions: dict[int, Session]
) -> None:
    """Give each case its congress and session without reading either again."""
    listed = list(cases)
    wanted = {case.congress_id for case in listed} - congresses.keys()
    congresses |= Congress.objects.in_bulk(wanted)
    sessions |= Session.objects.in_bulk({case.session_id for case in listed} - sessions.keys())
    for case in listed:
        case.congress, case.session = congresses[case.congress_id], sessions[case.session_id]


def _stops(parts: Iterable[Assignment]) -> Iterator[tuple[int, int, int]]:
    """Yield part, case and the act by which the organ ceased to owe anything.

    The last one: an opinion returned as empty is owed once more.
    """
    ended = [part.pk for part in parts if not where.is_owed(part)]
    acts = Act.objects.filter(assignment__in=ended, from_stage__in=OPEN_ASSIGNMENT).exclude(
        to_stage__in=OPEN_ASSIGNMENT
    )
    rows = acts.filter(table="assignment").values_list("assignment_id", "suggestion_id")
    yield from rows.annotate(last=Max("pk")).order_by()
