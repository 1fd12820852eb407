"""What waits for whom: each duty is one condition, counted on the workbench and listed by name.

A duty names the roles it is for, the rows that wait for *this* actor, and the column that holds
the day by which. The list filters by the same name, so that a number opens exactly its rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Rating,
    ReviewRequest,
    Signature,
    Suggestion,
    Verdict,
    Version,
    WordingProposal,
)
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.selectors import visible_to
from huiyin.suggestions.stages import (
    ANSWERING,
    OPEN_ASSIGNMENT,
    AssignmentStage,
    HandlingRole,
    ReplyStage,
    Signing,
    Stage,
)

Condition = Callable[[Actor], Q]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One kind of thing to do. ``verb`` begins its sentence, ``act`` is its button."""

    name: str
    roles: frozenset[str]
    verb: Words
    act: Words
    rows: Condition
    # The column, on the suggestion or on the organ's part, that holds the day by which.
    due: str = ""
    on_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many wait for the actor, and the earliest day by which."""

    duty: Duty
    count: int
    due_on: date | None


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return what waits for the actor, most pressing first; one query for each kind of duty."""
    found = []
    for duty in DUTIES.values():
        if actor.role not in duty.roles:
            continue
        count, due_on = _counted(actor, duty)
        if count:
            found.append(Waiting(duty=duty, count=count, due_on=due_on))
    return sorted(found, key=lambda each: (each.due_on or date.max, each.duty.name))


def rows_of(actor: Actor, name: str) -> QuerySet[Suggestion]:
    """Return what waits for the actor under a duty's name; nothing for a strange one."""
    duty = DUTIES.get(name)
    if duty is None or actor.role not in duty.roles:
        return Suggestion.objects.none()
    return visible_to(actor).filter(duty.rows(actor))


def _counted(actor: Actor, duty: Duty) -> tuple[int, date | None]:
    rows = rows_of(actor, duty.name).select_related(None).order_by()
    if not duty.due:
        return rows.count(), None
    if duty.on_part:
        parts = Assignment.objects.filter(
            suggestion__in=rows.values("pk"), organ=actor.organ_id, stage__in=OPEN_ASSIGNMENT
        )
        earliest = parts.aggregate(on=Min(duty.due))["on"]
        return rows.count(), earliest
    row = rows.aggregate(on=Min(duty.due), n=Count("pk"))
    return row["n"], row["on"]


# --- Deputies


def _asked_to_sign(actor: Actor) -> Q:
    asked = Signature.objects.filter(
        suggestion=OuterRef("pk"), deputy=actor.post_id, standing=Signing.INVITED
    )
    return Q(Exists(asked), stage__in=(Stage.DRAFT, Stage.RETURNED))


def _mine(*stages: str) -> Condition:
    return lambda actor: Q(lead=actor.post_id, stage__in=stages)


def _wording_waits(actor: Actor) -> Q:
    """The latest proposal is of the present version: an answer to it makes a newer act."""
    return Q(lead=actor.post_id) & _open_wording()


def _open_wording() -> Q:
    proposed = WordingProposal.objects.filter(suggestion=OuterRef("pk"))
    last = Act.objects.filter(
        suggestion=OuterRef("pk"),
        move__in=("propose_wording", "accept_wording", "refuse_wording"),
    ).order_by("-seq")
    return Q(Exists(proposed), stage=Stage.SUBMITTED) & Q(
        pk__in=Suggestion.objects.filter(stage=Stage.SUBMITTED)
        .annotate(last_word=last.values("move")[:1])
        .filter(last_word="propose_wording")
        .values("pk")
    )


def _to_rate(actor: Actor) -> Q:
    return Q(lead=actor.post_id) & _unrated()


def _unrated() -> Q:
    rated = Rating.objects.filter(suggestion=OuterRef("pk"), round=OuterRef("round"), counted=True)
    return Q(~Exists(rated), stage=Stage.REPLIED)


# --- The congress office


def _to_review(actor: Actor) -> Q:
    """Submitted, with no party's verdict and no deputy's answer outstanding."""
    return Q(stage=Stage.SUBMITTED) & ~_open_wording() & ~_verdict_awaited()


def _verdict_awaited() -> Q:
    given = Verdict.objects.filter(
        suggestion=OuterRef("suggestion"), part=OuterRef("part"), version=_last_version()
    ).filter(Q(organ=OuterRef("organ")) | Q(organ__isnull=True, part=ReviewPart.GOVERNMENT_OFFICE))
    asked = ReviewRequest.objects.filter(~Exists(given), suggestion=OuterRef("pk"))
    return Q(Exists(asked))


def _last_version() -> Subquery:
    versions = Version.objects.filter(suggestion=OuterRef("suggestion")).order_by("-ordinal")
    return Subquery(versions.values("pk")[:1])


def _to_order(actor: Actor) -> Q:
    """Rated as not satisfied where the congress body decides about a new round."""
    rated = Rating.objects.filter(suggestion=OuterRef("pk"), round=OuterRef("round"), counted=True)
    return Q(Exists(rated), stage=Stage.REPLIED)


# --- Those asked to review


def _verdict_of(actor: Actor) -> Q:
    by_government = actor.role == Role.GOVERNMENT_CLERK
    part = ReviewPart.GOVERNMENT_OFFICE if by_government else ReviewPart.COMMITTEE
    organ = {} if by_government else {"organ": actor.organ_id}
    given = Verdict.objects.filter(version=_last_version(), part=part, **organ).filter(
        suggestion=OuterRef("suggestion")
    )
    asked = ReviewRequest.objects.filter(
        ~Exists(given), suggestion=OuterRef("pk"), part=part, **organ
    )
    return Q(Exists(asked), stage=Stage.SUBMITTED)


# --- Organs


def _part(*stages: str, roles: tuple[str, ...] = (), reply: str | None = None) -> Condition:
    """The organ's part of the running round is in one of these stages."""

    def rows(actor: Actor) -> Q:
        parts = Assignment.objects.filter(
            suggestion=OuterRef("pk"),
            round=OuterRef("round"),
            organ=actor.organ_id,
            stage__in=stages,
        )
        if roles:
            parts = parts.filter(role__in=roles)
        if reply == ReplyStage.DRAFTING:
            parts = parts.filter(
                Q(reply_file__isnull=True) | Q(reply_file__stage=ReplyStage.DRAFTING)
            )
        elif reply:
            parts = parts.filter(reply_file__stage=reply)
        return Q(Exists(parts), stage=Stage.IN_HANDLING)

    return rows


_STARTED = (AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING)


def _checked(*, passed: bool) -> Condition:
    """A reply in clearance whose present text has, or has not, passed the checker."""

    def rows(actor: Actor) -> Q:
        last = Act.objects.filter(
            reply_file=OuterRef("reply_file"),
            move__in=("send_to_check", "pass_check"),
        ).order_by("-seq")
        parts = (
            Assignment.objects.filter(
                suggestion=OuterRef("pk"),
                round=OuterRef("round"),
                organ=actor.organ_id,
                reply_file__stage=ReplyStage.IN_CLEARANCE,
            )
            .annotate(last=last.values("move")[:1])
            .filter(last="pass_check" if passed else "send_to_check")
        )
        return Q(Exists(parts), stage=Stage.IN_HANDLING)

    return rows


_ALL = (
    Duty(
        name="confirm",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Confirm your signature on"),
        act=p_("duty", "Read and confirm"),
        rows=_asked_to_sign,
    ),
    Duty(
        name="revise",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Revise and submit again"),
        act=p_("duty", "Revise"),
        rows=_mine(Stage.RETURNED),
    ),
    Duty(
        name="wording",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Answer the proposed wording of"),
        act=p_("duty", "Compare and answer"),
        rows=_wording_waits,
    ),
    Duty(
        name="rate",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Read the reply and rate"),
        act=p_("duty", "Read the reply and rate"),
        rows=_to_rate,
    ),
    Duty(
        name="finish_draft",
        roles=frozenset({Role.DEPUTY}),
        verb=p_("duty verb", "Finish and submit"),
        act=p_("duty", "Go on writing"),
        rows=_mine(Stage.DRAFT),
    ),
    Duty(
        name="review",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Review and register"),
        act=p_("duty", "Review"),
        rows=_to_review,
    ),
    Duty(
        name="assign",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Assign"),
        act=p_("duty", "Assign"),
        rows=lambda actor: Q(stage=Stage.REGISTERED),
    ),
    Duty(
        name="order",
        roles=frozenset({Role.CLERK}),
        verb=p_("duty verb", "Decide on handling again"),
        act=p_("duty", "Decide"),
        rows=_to_order,
    ),
    Duty(
        name="verdict",
        roles=frozenset({Role.GOVERNMENT_CLERK, Role.COMMITTEE}),
        verb=p_("duty verb", "Give your verdict on"),
        act=p_("duty", "Give a verdict"),
        rows=_verdict_of,
    ),
    Duty(
        name="acknowledge",
        roles=frozenset({Role.LIAISON}),
        verb=p_("duty verb", "Acknowledge"),
        act=p_("duty", "Acknowledge"),
        rows=_part(AssignmentStage.ISSUED),
        due="due_on",
        on_part=True,
    ),
    Duty(
        name="plan",
        roles=frozenset({Role.LIAISON, Role.HANDLER}),
        verb=p_("duty verb", "Enter the handling plan of"),
        act=p_("duty", "Enter the plan"),
        rows=_part(AssignmentStage.ACKNOWLEDGED, roles=tuple(ANSWERING)),
        due="due_on",
        on_part=True,
    ),
    Duty(
        name="opinion",
        roles=frozenset({Role.LIAISON, Role.HANDLER}),
        verb=p_("duty verb", "Give your co-handling opinion on"),
        act=p_("duty", "Give the opinion"),
        rows=_part(*_STARTED, roles=(HandlingRole.CO,)),
        due="due_on",
        on_part=True,
    ),
    Duty(
        name="reply",
        roles=frozenset({Role.LIAISON, Role.HANDLER}),
        verb=p_("duty verb", "Reply to"),
        act=p_("duty", "Write the reply"),
        rows=_part(*_STARTED, roles=tuple(ANSWERING), reply=ReplyStage.DRAFTING),
        due="due_on",
    ),
    Duty(
        name="check",
        roles=frozenset({Role.CHECKER}),
        verb=p_("duty verb", "Check the reply to"),
        act=p_("duty", "Check"),
        rows=_checked(passed=False),
        due="due_on",
    ),
    Duty(
        name="sign",
        roles=frozenset({Role.HEAD}),
        verb=p_("duty verb", "Sign the reply to"),
        act=p_("duty", "Sign"),
        rows=_checked(passed=True),
        due="due_on",
    ),
    Duty(
        name="deliver",
        roles=frozenset({Role.LIAISON}),
        verb=p_("duty verb", "Deliver the signed reply to"),
        act=p_("duty", "Deliver"),
        rows=_part(*_STARTED, roles=tuple(ANSWERING), reply=ReplyStage.SIGNED),
        due="due_on",
    ),
)
DUTIES: dict[str, Duty] = {duty.name: duty for duty in _ALL}


# --- What waits for others, as those who oversee see it


WAITS_FOR_OTHERS: dict[str, tuple[frozenset[str], Words, Callable[[Actor], Q]]] = {
    "awaiting_verdict": (
        frozenset({Role.CLERK}),
        p_("waits", "Waiting for another's verdict:"),
        lambda actor: Q(stage=Stage.SUBMITTED) & _verdict_awaited(),
    ),
    "awaiting_deputy": (
        frozenset({Role.CLERK}),
        p_("waits", "Waiting for the deputy's answer to a wording:"),
        lambda actor: _open_wording(),
    ),
    "with_deputies": (
        frozenset({Role.CLERK, Role.LIAISON}),
        p_("waits", "Replied to, not rated yet:"),
        lambda actor: _unrated(),
    ),
    "with_organs": (
        frozenset({Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER, Role.COMMITTEE}),
        p_("waits", "In handling with the organs:"),
        lambda actor: Q(stage=Stage.IN_HANDLING),
    ),
    "mine_running": (
        frozenset({Role.DEPUTY, Role.ELECTING_LIAISON}),
        p_("waits", "In handling:"),
        lambda actor: Q(stage__in=(Stage.REGISTERED, Stage.IN_HANDLING)),
    ),
}


def others_owe(actor: Actor) -> list[tuple[str, Words, int]]:
    """Return what the actor waits for: name for the list, sentence and count."""
    found = []
    for name, (roles, verb, rows) in WAITS_FOR_OTHERS.items():
        if actor.role in roles:
            count = visible_to(actor).select_related(None).order_by().filter(rows(actor)).count()
            if count:
                found.append((name, verb, count))
    return found


def rows_awaited(actor: Actor, name: str) -> QuerySet[Suggestion]:
    """Return the rows behind a line of ``others_owe``; none for a name that is not the actor's."""
    if name not in WAITS_FOR_OTHERS or actor.role not in WAITS_FOR_OTHERS[name][0]:
        return Suggestion.objects.none()
    return visible_to(actor).filter(WAITS_FOR_OTHERS[name][2](actor))
