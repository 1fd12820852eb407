"""What waits for whom about promises: one line on the workbench, the same rows as the tab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.organisations.selectors import rulebook_for
from huiyin.promises import selectors, stages
from huiyin.promises.models import Promise
from huiyin.rulebook import Light, light
from huiyin.suggestions.kept import kept

_VERBS: dict[str, Words] = {
    Role.DEPUTY: _("Confirm promises reported as done:"),
    Role.CLERK: _("Confirm promises reported as done:"),
    Role.CHECKER: _("Check promises reported as done:"),
    Role.HEAD: _("Check promises reported as done:"),
    Role.LIAISON: _("Fulfil promises:"),
    Role.HANDLER: _("Fulfil promises:"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many promises wait for the actor's step, and the earliest day by which."""

    verb: Words
    count: int
    due_on: date | None
    light: Light | None


def mine(actor: Actor) -> Q:
    """Those whose next step is this actor's."""
    if actor.role == Role.DEPUTY:
        return stages.IS_CHECKED & Q(suggestion__lead=actor.post_id)
    if actor.role == Role.CLERK:
        return stages.IS_CHECKED
    if actor.role in (Role.CHECKER, Role.HEAD):
        return stages.IS_CLAIMED
    return stages.IS_OPEN if actor.role in stages.ORGAN else Q(pk__in=())


def rows_of(actor: Actor) -> QuerySet[Promise]:
    return selectors.promises_for(actor).filter(mine(actor))


def waiting(actor: Actor, *, on: date) -> Waiting | None:
    """What waits for the actor; None when nothing does. One query, kept until anything happens."""
    if actor.role not in _VERBS:
        return None
    count, due_on = kept("promises", actor=actor, make=lambda: _counted(actor))
    if not count:
        return None
    threshold = rulebook_for(congress=actor.congress, on=on).lights.near_due_days
    shown = light(due_on, today=on, threshold=threshold) if due_on else None
    return Waiting(verb=_VERBS[actor.role], count=count, due_on=due_on, light=shown)


def _counted(actor: Actor) -> tuple[int, date | None]:
    found = rows_of(actor).order_by().aggregate(n=Count("pk"), first=Min("due_on"))
    return found["n"], found["first"]
