"""Which deadlines concern a post, day by day: what the month view and the calendar feed show.

Each kind of deadline names the roles it is for and finds its days within what the actor may see.
Days that are columns are asked for; those the rules give are counted from the day they start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Congress, RuleChoice, Session
from huiyin.organisations.selectors import Rulebooks
from huiyin.rulebook import Period, Rulebook, WorkCalendar
from huiyin.rulebook.clocks import due
from huiyin.suggestions.duties import disputes
from huiyin.suggestions.duties.conditions import to_assign, to_share_out, unrated
from huiyin.suggestions.models import Assignment, Raised, RulesApplied, Suggestion
from huiyin.suggestions.selectors import given_to, visible_to
from huiyin.suggestions.stages import (
    ANSWERING,
    OPEN_ASSIGNMENT,
    AssignmentStage,
    HandlingRole,
    ReturnStanding,
    Stage,
)

# No period of any pack reaches further from its start; what began earlier is not looked for.
LONGEST = timedelta(days=366)
ORGAN = frozenset({Role.LIAISON.value, Role.HANDLER.value, Role.CHECKER.value, Role.HEAD.value})
OVERSEERS = frozenset(
    {
        Role.CLERK.value,
        Role.GOVERNMENT_CLERK.value,
        Role.COMMITTEE.value,
        Role.LEADER.value,
        Role.ELECTING_LIAISON.value,
    }
)
DEPUTY, CLERK = frozenset({Role.DEPUTY.value}), frozenset({Role.CLERK.value})
# A party office's liaison officer names organs too; to others of his role nothing is to be named.
ASSIGNERS = CLERK | {Role.GOVERNMENT_CLERK.value, Role.LIAISON.value}


Brought = tuple[RuleChoice | None, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days asked for, both included, and what they are counted with."""

    first: date
    last: date
    rulebooks: Rulebooks
    # The cases that a decision has brought under other rules: the last choice, and its day.
    brought: dict[int, Brought]
    calendar: WorkCalendar

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


Found = Iterable[tuple[int, date | None]]
Days = Callable[[Actor, Span], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of deadline. ``days`` gives the case's row id and the day."""

    name: str
    roles: frozenset[str]
    label: Words
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something is due on ``on`` in a case; ``case`` bears key, number and title alone."""

    on: date
    kind: Kind
    case: Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The deadlines of some days. ``counts`` has every day's number, ``shown`` the first few."""

    counts: dict[date, int]
    shown: dict[date, list[Deadline]]

    def on(self, day: date) -> list[Deadline]:
        return self.shown.get(day, [])


def between(actor: Actor, *, first: date, last: date, a_day: int, calendar: WorkCalendar) -> Agenda:
    """The actor's deadlines from ``first`` to ``last``, at most ``a_day`` of each day in full.

    A query for each kind of his role, and four more however many there are.
    """
    span = Span(
        first=first,
        last=last,
        rulebooks=Rulebooks.of(actor.congress),
        brought=_brought(actor.congress),
        calendar=calendar,
    )
    by_day: dict[date, list[tuple[Kind, int]]] = {}
    for kind in KINDS:
        if actor.role in kind.roles:
            for pk, on in kind.days(actor, span):
                if on:
                    by_day.setdefault(on, []).append((kind, pk))
    few = {day: found[:a_day] for day, found in by_day.items()}
    wanted = {pk for found in few.values() for _kind, pk in found}
    cases = visible_to(actor).select_related(None).only("key", "number", "title").in_bulk(wanted)
    return Agenda(
        counts={day: len(found) for day, found in by_day.items()},
        shown={
            day: [Deadline(on=day, kind=kind, case=cases[pk]) for kind, pk in found]
            for day, found in sorted(few.items())
        },
    )


# --- Days that are columns


def _replies(actor: Actor, span: Span) -> Found:
    """Of the cases he sees, when each reply is due."""
    rows = _seen(actor).filter(stage=Stage.IN_HANDLING, due_on__range=(span.first, span.last))
    return rows.order_by("number_order", "pk").values_list("pk", "due_on")


def _own(*roles: str) -> Days:
    def days(actor: Actor, span: Span) -> Found:
        rows = _open_parts(actor).filter(role__in=roles, due_on__range=(span.first, span.last))
        return rows.values_list("suggestion", "due_on")

    return days


# --- Days the rules give


def _receipts(actor: Actor, span: Span) -> Found:
    rows = _open_parts(actor).filter(stage=AssignmentStage.ISSUED)
    return _counted(
        rows,
        span,
        case="suggestion__",
        start="assigned_on",
        period=lambda rules: rules.acknowledge.limit,
    )


def _ratings(actor: Actor, span: Span) -> Found:
    rows = _seen(actor).filter(unrated())
    if actor.role == Role.DEPUTY:
        rows = rows.filter(lead=actor.post_id)
    return _counted(rows, span, start="replied_on", period=lambda rules: rules.feedback.limit)


def _registrations(actor: Actor, span: Span) -> Found:
    rows = _seen(actor).filter(stage=Stage.SUBMITTED)
    return _counted(rows, span, start="submitted_on", period=lambda rules: rules.acceptance.notice)


def _assignments(actor: Actor, span: Span) -> Found:
    """With the congress office those not handed on; with an office those it has to share out."""
    waiting = to_assign(actor) if actor.role == Role.CLERK else to_share_out(actor)
    rows = _seen(actor).filter(waiting, raised=Raised.BETWEEN_SESSIONS)
    return _counted(
        rows, span, start="submitted_on", period=lambda rules: rules.assign.intersession_limit
    )


def _disputes(actor: Actor, span: Span) -> Found:
    """Until when his office decides whose business it is; finally, after the second refusal."""
    began = disputes.settled_by(actor).filter(
        contested_since__range=(span.first - LONGEST, span.last)
    )
    columns = ("returning", "contested_since", "suggestion__session_id", "suggestion__submitted_on")
    for pk, standing, begun, session, submitted in began.values_list("suggestion", *columns):
        period = _settling_finally if standing == ReturnStanding.ESCALATED else _settling
        known = (begun, session, submitted or begun, span.brought.get(pk))
        if (end := _end(*known, span=span, period=period)) and span.holds(end):
            yield pk, end


def _settling(rules: Rulebook) -> Period | None:
    return rules.return_.reassign_limit


def _settling_finally(rules: Rulebook) -> Period | None:
    return rules.arbitration.limit


def _seen(actor: Actor) -> QuerySet[Suggestion]:
    return visible_to(actor).select_related(None)


def _open_parts(actor: Actor) -> QuerySet[Assignment]:
    """What the actor's organ owes in the running rounds; of a handler what was given to him."""
    parts = Assignment.objects.filter(
        Q(suggestion__in=_seen(actor).values("pk")),
        organ=actor.organ_id,
        stage__in=OPEN_ASSIGNMENT,
        round=F("suggestion__round"),
        suggestion__stage=Stage.IN_HANDLING,
    ).order_by("suggestion__number_order", "pk")
    return parts.filter(given_to(actor)) if actor.role == Role.HANDLER else parts


def _counted(
    rows: QuerySet[Suggestion] | QuerySet[Assignment],
    span: Span,
    *,
    start: str,
    period: Callable[[Rulebook], Period | None],
    case: str = "",
) -> Iterator[tuple[int, date]]:
    """The days on which a period ends that began in ``start``, by the rules of each case."""
    began = rows.filter(**{f"{start}__range": (span.first - LONGEST, span.last)})
    columns = (f"{case}pk", start, f"{case}session_id", f"{case}submitted_on")
    ends: dict[tuple[date, int, date, Brought | None], date | None] = {}
    for pk, begun, session, submitted in began.values_list(*columns):
        known = (begun, session, submitted or begun, span.brought.get(pk))
        if known not in ends:
            ends[known] = _end(*known, span=span, period=period)
        if (end := ends[known]) and span.holds(end):
            yield pk, end


def _end(
    begun: date,
    session: int,
    submitted: date,
    brought: Brought | None,
    *,
    span: Span,
    period: Callable[[Rulebook], Period | None],
) -> date | None:
    if brought:
        rules = span.rulebooks.under(brought[0], on=brought[1])
    else:
        rules = span.rulebooks.on(submitted, session=Session(pk=session))
    length = period(rules)
    if length is None:
        return None
    return due(begun, length, rules=rules, calendar=span.calendar).date


def _brought(congress: Congress | None) -> dict[int, Brought]:
    rows = RulesApplied.objects.filter(decision__congress=congress).defer("values")
    return {
        row.suggestion_id: (row.choice, row.decision.on)
        for row in rows.select_related("decision", "choice").order_by("pk")
    }


KINDS = (
    Kind(
        name="receipt",
        roles=frozenset({Role.LIAISON.value}),
        label=p_("deadline", "Acknowledge receipt"),
        days=_receipts,
    ),
    Kind(
        name="opinion",
        roles=ORGAN,
        label=p_("deadline", "Co-handling opinion"),
        days=_own(HandlingRole.CO),
    ),
    Kind(name="reply", roles=ORGAN, label=p_("deadline", "Reply"), days=_own(*ANSWERING)),
    Kind(
        name="awaited",
        roles=DEPUTY | OVERSEERS,
        label=p_("deadline", "Reply awaited"),
        days=_replies,
    ),
    Kind(name="rating", roles=DEPUTY | CLERK, label=p_("deadline", "Rating"), days=_ratings),
    Kind(
        name="registration",
        roles=CLERK,
        label=p_("deadline", "Registration"),
        days=_registrations,
    ),
    Kind(name="assignment", roles=ASSIGNERS, label=p_("deadline", "Assignment"), days=_assignments),
    Kind(
        name="dispute",
        roles=frozenset(disputes.SETTLERS),
        label=p_("deadline", "Decision on the organ"),
        days=_disputes,
    ),
)
