"""An organ's work before the reply: acknowledge, plan, speak with the deputy, give an opinion."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Invalid
from huiyin.suggestions.models import Act, Assignment, Contact, CoOpinion, HandlingPlan
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.handling import ContactForm, ContactPhase
from huiyin.suggestions.services.turn import Turn, turn


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
        return running.take("plan", part, facts=[fixed])


def record_contact(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    phase: str,
    form: str,
    held_on: date,
    gist: str,
    place: str = "",
    participants: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Record a talk with the deputy; he is shown it."""
    if phase not in ContactPhase.values or form not in ContactForm.values:
        raise Invalid(_("Choose when and how you spoke with the deputy."))
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        held = Contact(
            assignment=part,
            phase=phase,
            form=form,
            held_on=held_on,
            place=place,
            participants=participants,
            gist=gist,
            at=at,
        )
        return running.take("contact", part, held_on=held_on, facts=[held])


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
