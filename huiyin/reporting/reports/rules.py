"""Who writes which report, and who reads it. Nothing here looks at rights by name."""

from __future__ import annotations

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.reporting.models import Report

ORGAN = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD)
# To them a report of the congress is there once it has been issued.
READERS = (Role.GOVERNMENT_CLERK, Role.COMMITTEE, Role.LEADER)
CONCERNED = (Role.CLERK, *READERS, *ORGAN)


def begins(actor: Actor, makers: tuple[str, ...]) -> bool:
    """Whoever makes reports of that kind."""
    return actor.role in makers


def writes(actor: Actor, report: Report) -> bool:
    """The congress office its congress's reports, a liaison officer those of his own organ."""
    if report.congress_id != actor.congress_id:
        return False
    if report.organ_id is None:
        return actor.role == Role.CLERK
    return actor.role == Role.LIAISON and actor.organ_id == report.organ_id


def issues(actor: Actor, report: Report) -> bool:
    """The congress office its congress's reports, the head of an organ those of his own."""
    if report.organ_id is None:
        return writes(actor, report)
    own = actor.organ_id == report.organ_id and actor.congress_id == report.congress_id
    return own and actor.role == Role.HEAD


def keeps_earlier(actor: Actor) -> bool:
    """The congress office."""
    return actor.role == Role.CLERK
