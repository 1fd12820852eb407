"""An organ's work before the reply: acknowledge, plan, give an opinion."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Invalid
from huiyin.suggestions.models import Act, Assignment, CoOpinion, HandlingPlan
from huiyin.suggestions.models.acts import Via
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
    responsible_leader: str,
    division: str,
    handler: str,
    requirement: str,
    feedback_on: date,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Fix who leads, who handles, what is to be done and by when (五定)."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        fixed = HandlingPlan(
            assignment=part,
            responsible_leader=responsible_leader,
            division=division,
            handler=handler,
            requirement=requirement,
            feedback_on=feedback_on,
            at=at,
        )
        spoken = of_part(part, ruling=running.ruling, on=running.on)
        return running.take("plan", part, spoken=spoken, facts=[fixed])


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
