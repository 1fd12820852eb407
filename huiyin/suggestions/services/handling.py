"""An organ's work before the reply: acknowledge, plan, give an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Invalid
from huiyin.suggestions.models import (
    Act,
    Assignment,
    CoOpinion,
    HandlingPlan,
    Milestone,
    OrganLeader,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.responsibility import fixes_six
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.spoken import of_part


def part_in(running: Turn, assignment: Assignment) -> Assignment:
    """Return the organ's part as it is inside the turn."""
    part = running.case.assignments.select_related("organ").get(pk=assignment.pk)
    part.suggestion = running.case
    return part


def acknowledge(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The organ confirms that it has it (签收)."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        return running.take("acknowledge", part_in(running, assignment))


def plan(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    division: str,
    handler: str,
    requirement: str,
    feedback_on: date,
    responsible_leader: str = "",
    leader: OrganLeader | None = None,
    division_head: str = "",
    goal: str = "",
    milestones: Sequence[tuple[date, str]] = (),
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Fix who leads, who handles, what is to be done and by when (五定、六定).

    ``leader`` is one on the organ's list; another is named in ``responsible_leader``. Raises
    ``Conflict`` without goal and milestones where the organ has chosen to fix them.
    """
    named = _leader_named(assignment, leader, responsible_leader)
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        fixed = HandlingPlan(
            assignment=part,
            responsible_leader=named,
            leader=leader,
            division=division,
            division_head=division_head.strip() or None,
            handler=handler,
            requirement=requirement,
            goal=goal.strip() or None,
            feedback_on=feedback_on,
            at=at,
        )
        days = [Milestone(plan=fixed, due_on=day, what=what) for day, what in milestones]
        return running.take(
            "plan",
            part,
            six_fixed=fixes_six(part.organ_id),
            goal=fixed.goal,
            milestones=days,
            spoken=of_part(part, ruling=running.ruling, on=running.on),
            facts=[fixed, *days],
        )


def _leader_named(assignment: Assignment, leader: OrganLeader | None, typed: str) -> str:
    if leader is not None and leader.organ_id != assignment.organ_id:
        raise Invalid(_("This leader is not on your organ's list."))
    named = leader.name if leader else typed.strip()
    if not named:
        raise Invalid(
            _("Name the responsible leader."),
            fields={"responsible_leader": [_("Please fill this in.")]},
        )
    return named


def give_opinion(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    text: str,
    signed_by: str,
    will_do: str = "",
    advice: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """A co-handling organ gives the lead its opinion; it does not answer the deputy (X2)."""
    if not text.strip():
        raise Invalid(
            _("Write the opinion: an empty one would be sent back."),
            fields={"text": [_("Write the opinion.")]},
        )
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        opinion = CoOpinion(
            assignment=part,
            text=text,
            will_do=will_do.strip() or None,
            advice=advice.strip() or None,
            signed_by=signed_by,
            at=at,
        )
        return running.take("give_opinion", part, facts=[opinion])
