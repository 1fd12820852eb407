"""Who may take which step of this room. Nothing here looks at rights by name."""

from __future__ import annotations

from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role

SUPERVISORS = (Role.CLERK, Role.COMMITTEE, Role.GOVERNMENT_CLERK)
# What an organ did not do is told to nobody else, save to itself.
OVERSEERS = frozenset({*SUPERVISORS, Role.LEADER})
ORGAN = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD)


def proposes_topics(actor: Actor) -> bool:
    """A committee of the congress, or the congress office."""
    return actor.role in (Role.CLERK, Role.COMMITTEE)


def is_office_of(actor: Actor, case: Any) -> bool:
    """The congress office of this congress."""
    return actor.role == Role.CLERK and actor.congress_id == case.congress_id


def is_asked_or_office(actor: Actor, case: Any) -> bool:
    """A committee or the government office of this congress, or the office for whoever answered."""
    asked = (Role.CLERK, Role.COMMITTEE, Role.GOVERNMENT_CLERK)
    return actor.role in asked and actor.congress_id == case.congress_id


def plans_topic(actor: Actor, case: Any) -> bool:
    """The liaison officer of an organ that answers one of its suggestions, or the office."""
    if is_office_of(actor, case):
        return True
    return actor.role == Role.LIAISON and actor.organ_id in case.answering_organs


def records_supervision(actor: Actor) -> bool:
    """The congress office, a committee, or the government office."""
    return actor.role in SUPERVISORS


def supervises_problem(actor: Actor, case: Any) -> bool:
    """The congress office or a committee of this congress."""
    return proposes_topics(actor) and actor.congress_id == case.congress_id


def answers_problem(actor: Actor, case: Any) -> bool:
    """The liaison officer of the organ that has to put it right."""
    return actor.role == Role.LIAISON and actor.organ_id == case.organ_id


def keeps_funds(actor: Actor) -> bool:
    """The congress office."""
    return actor.role == Role.CLERK


def keeps_fund_of(actor: Actor, case: Any) -> bool:
    """The congress office of the congress whose fund it is."""
    return keeps_funds(actor) and actor.congress_id == case.fund.congress_id


def asks_for_money(actor: Actor) -> bool:
    """The congress office, or the liaison officer of an organ for his own."""
    return actor.role in (Role.CLERK, Role.LIAISON)


def records_outcomes(actor: Actor) -> bool:
    """The offices and committees, or the liaison officer of a handling organ."""
    return records_supervision(actor) or actor.role == Role.LIAISON


def keeps_records(actor: Actor) -> bool:
    """The congress office or the government office."""
    return actor.role in (Role.CLERK, Role.GOVERNMENT_CLERK)
