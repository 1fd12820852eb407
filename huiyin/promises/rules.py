"""Who may do what with a promise: one sentence each, printed in the documentation.

Each is called ``rule(actor, promise)`` and first asks for the actor's congress. No rule that ends
a promise looks at an organ's post.
"""

from __future__ import annotations

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role, Standing
from huiyin.promises.models import LookBackItem, Promise


def is_clerk(actor: Actor, case: Promise) -> bool:
    """Staff of the congress body."""
    return actor.role == Role.CLERK and actor.congress_id == case.congress_id


def is_lead_deputy(actor: Actor, case: Promise) -> bool:
    """The deputy who signed first, in his own session, unless he is suspended."""
    mine = actor.role == Role.DEPUTY and actor.post_id == case.suggestion.lead_id
    return mine and actor.post.standing != Standing.SUSPENDED


def confirms_it(actor: Actor, case: Promise) -> bool:
    """The lead deputy or the congress office. Never an organ, not even another one."""
    return is_lead_deputy(actor, case) or is_clerk(actor, case)


def works_on_it(actor: Actor, case: Promise) -> bool:
    """The liaison officer or a handler of the organ that promised it."""
    return actor.role in (Role.LIAISON, Role.HANDLER) and _of_organ(actor, case)


def speaks_for_it(actor: Actor, case: Promise) -> bool:
    """The liaison officer or the head of the organ that promised it."""
    return actor.role in (Role.LIAISON, Role.HEAD) and _of_organ(actor, case)


def heads_it(actor: Actor, case: Promise) -> bool:
    """The head of the organ that promised it."""
    return actor.role == Role.HEAD and _of_organ(actor, case)


def checks_it(actor: Actor, case: Promise) -> bool:
    """A checker, the liaison officer or the head of the organ; not who said that it is done."""
    return actor.role in (Role.CHECKER, Role.LIAISON, Role.HEAD) and _of_organ(actor, case)


def tells_of_it(actor: Actor, case: Promise) -> bool:
    """The liaison officer of the organ, or the congress office."""
    return is_clerk(actor, case) or (actor.role == Role.LIAISON and _of_organ(actor, case))


def answers_look_back(actor: Actor, item: LookBackItem) -> bool:
    """The liaison officer or a handler of the organ that is asked again."""
    asked = actor.organ_id is not None and actor.organ_id == item.organ_id
    return asked and actor.role in (Role.LIAISON, Role.HANDLER)


def _of_organ(actor: Actor, case: Promise) -> bool:
    same = actor.organ_id is not None and actor.organ_id == case.organ_id
    return same and actor.congress_id == case.congress_id
