"""The parts of the list: what waits for whom, as conditions on the rows a reader may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.organisations.selectors import rulebook_for
from huiyin.rulebook import Light, Rulebook
from huiyin.suggestions.duties import DUTIES
from huiyin.suggestions.duties.conditions import to_be_rated
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.responsibility import Mark
from huiyin.suggestions.selectors import marked_for, of_light, overdue
from huiyin.suggestions.stages import ENDED, Stage
from huiyin.ui.lists import Context, Facet

Rows = QuerySet[Suggestion]


def rules_in_force(actor: Actor, context: Context) -> Rulebook:
    """The rules of the reader's congress today; read once a request."""
    request: Any = context.request
    if not hasattr(request, "rules_in_force"):
        request.rules_in_force = rulebook_for(congress=actor.congress, on=context.today)
    rules: Rulebook = request.rules_in_force
    return rules


def near_days(actor: Actor, context: Context) -> int:
    """How many days before the due day the light turns by the rules."""
    return rules_in_force(actor, context).lights.near_due_days


# --- What waits for the reader himself


def to_act_on(actor: Actor) -> Q:
    """Every duty the workbench counts for him, in one condition."""
    mine = Q(pk__in=())
    for duty in DUTIES.values():
        if actor.role in duty.roles:
            mine |= duty.rows(actor)
    return mine


# --- The tabs


def _mine(rows: Rows, context: Context) -> Rows:
    return rows.filter(to_act_on(context.actor)) if context.actor else rows.none()


def _near(rows: Rows, context: Context) -> Rows:
    if context.actor is None:
        return rows.none()
    near = near_days(context.actor, context)
    return rows.filter(of_light(Light.AMBER, on=context.today, near_days=near))


def _late(rows: Rows, context: Context) -> Rows:
    return rows.filter(overdue(on=context.today))


def _to_rate(rows: Rows, context: Context) -> Rows:
    return rows.filter(to_be_rated(context.actor)) if context.actor else rows.none()


def _again(rows: Rows, _context: Context) -> Rows:
    return rows.filter(stage=Stage.IN_HANDLING, round__gt=1)


def _marked(mark: Mark) -> Facet:
    """What the reader's organ has marked so."""
    flag = f"is_{mark.value}"
    return Facet(
        key=mark.value,
        label=mark.label,
        apply=lambda rows, context: (
            rows.filter(marked_for(context.actor, **{flag: True})) if context.actor else rows.none()
        ),
    )


OTHER_ENDS = tuple(stage for stage in ENDED if stage != Stage.CLOSED)

ALL = Facet(key="all", label=p_("tab", "All"))
MINE = Facet(key="mine", label=p_("tab", "Mine to act on"), apply=_mine)
WRITING = Facet(
    key="writing",
    label=p_("tab", "Being written"),
    apply=lambda rows, _context: rows.filter(stage__in=(Stage.DRAFT, Stage.RETURNED)),
)
REVIEW = Facet(
    key="review",
    label=p_("tab", "Under review"),
    apply=lambda rows, _context: rows.filter(stage=Stage.SUBMITTED),
)
TO_ASSIGN = Facet(
    key="to_assign",
    label=p_("tab", "To be assigned"),
    apply=lambda rows, _context: rows.filter(stage=Stage.REGISTERED),
)
HANDLING = Facet(
    key="handling",
    label=p_("tab", "In handling"),
    apply=lambda rows, _context: rows.filter(stage=Stage.IN_HANDLING),
)
NEAR = Facet(key="near", label=p_("tab", "Near due"), apply=_near)
OVERDUE = Facet(key="overdue", label=p_("tab", "Overdue"), apply=_late)
TO_RATE = Facet(key="to_rate", label=p_("tab", "Replied, to be rated"), apply=_to_rate)
AGAIN = Facet(key="again", label=p_("tab", "Handled again"), apply=_again)
CLOSED = Facet(
    key="closed",
    label=p_("tab", "Closed"),
    apply=lambda rows, _context: rows.filter(stage=Stage.CLOSED),
)
OTHER = Facet(
    key="other",
    label=p_("tab", "Other ends"),
    apply=lambda rows, _context: rows.filter(stage__in=OTHER_ENDS),
)

MARKED = tuple(_marked(mark) for mark in Mark)

FACETS = (
    ALL,
    MINE,
    WRITING,
    REVIEW,
    TO_ASSIGN,
    HANDLING,
    NEAR,
    OVERDUE,
    TO_RATE,
    AGAIN,
    CLOSED,
    OTHER,
    *MARKED,
)
_HANDLED = (HANDLING, NEAR, OVERDUE, TO_RATE, AGAIN, CLOSED)
# What can never hold a row for a role is not shown to it, though its address works.
SHOWN: dict[str, tuple[Facet, ...]] = {
    Role.DEPUTY.value: (ALL, MINE, WRITING, REVIEW, *_HANDLED, OTHER),
    Role.CLERK.value: (ALL, MINE, REVIEW, TO_ASSIGN, *_HANDLED, OTHER),
    Role.GOVERNMENT_CLERK.value: (ALL, MINE, REVIEW, TO_ASSIGN, *_HANDLED, OTHER),
    Role.COMMITTEE.value: (ALL, MINE, REVIEW, TO_ASSIGN, *_HANDLED),
    Role.LIAISON.value: (ALL, MINE, *_HANDLED, OTHER, *MARKED),
    Role.HANDLER.value: (ALL, MINE, *_HANDLED, OTHER, *MARKED),
    Role.CHECKER.value: (ALL, MINE, *_HANDLED, OTHER, *MARKED),
    Role.HEAD.value: (ALL, MINE, *_HANDLED, OTHER, *MARKED),
    Role.LEADER.value: (ALL, TO_ASSIGN, *_HANDLED),
    Role.ELECTING_LIAISON.value: (ALL, TO_ASSIGN, *_HANDLED),
}
