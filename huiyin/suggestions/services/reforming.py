"""A reform of organs with everything they are handling: nothing is left behind (机构改革).

All in one transaction: the register, each live part, the texts whose clearance is void, the
posts, and those who are told. What is over keeps the name it was done under.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts import services as accounts
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.models.posts import ORGAN_ROLES
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Stale, Words
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, Organ, OrganReform
from huiyin.organisations.rules import require_keeper
from huiyin.outbox import services as outbox
from huiyin.suggestions import audience
from huiyin.suggestions.models import Carried, ReplyFile, Suggestion
from huiyin.suggestions.new_rules import open_cases
from huiyin.suggestions.reforms import Carrying, Chosen, Moving, ReformPlan, plan
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.rederiving import lock_running
from huiyin.suggestions.services.turn import Turn, turn

REFORM_TYPE = "organ_reform"
CARRIED, HANDED = "reform.carry", "reform.hand_over"


@transaction.atomic
def reform_organs(
    decision: organisations.Decision,
    chosen: Chosen,
    *,
    congress: Congress,
    mark: str,
    actor: Actor,
    at: datetime,
) -> OrganReform:
    """Carry out the reform as the plan with ``mark`` showed it.

    Raises ``Stale`` when the plan would now be another one, ``Conflict`` while it is not said of
    every live part where it goes, ``Invalid`` for a decision that cannot stand.
    """
    require_keeper(actor, congress)
    require_as_read(actor)
    # Whoever charges an organ holds the case: what he has begun is among the parts, and what he
    # begins after this finds the organ gone.
    lock_running(open_cases(congress))
    planned = plan(congress, decision, chosen, today=at.astimezone(ZONE).date())
    if planned.mark != mark:
        raise Stale(
            _("The cases or posts of these organs have changed since the list was made."),
            remedy=_("Look at the list as it is now, then confirm it; nothing was done."),
        )
    if said := planned.because or _unplaced(planned):
        raise Conflict(said)
    reform, heirs = organisations.reform_organs(decision, congress=congress, actor=actor, at=at)
    # Those who go along are there when their cases come. A clerk's own post last: he acts in it.
    _move([p for p in planned.posts if p.post.role in ORGAN_ROLES], reform, heirs, actor=actor)
    _carry(planned, reform, heirs, actor=actor, at=at)
    _move([p for p in planned.posts if p.post.role not in ORGAN_ROLES], reform, heirs, actor=actor)
    _tell(planned, reform, heirs, actor=actor, at=at)
    return reform


def _unplaced(planned: ReformPlan) -> Words:
    if not planned.unplaced:
        return ""
    case = planned.unplaced[0].part.suggestion
    words = {"number": case.number or "—", "title": case.title}
    return _("Choose the organ that goes on with No. %(number)s “%(title)s”.") % words


def _move(
    posts: Sequence[Moving], reform: OrganReform, heirs: dict[str, Organ], *, actor: Actor
) -> None:
    for each in posts:
        to = None if each.ends else heirs[each.to]
        if to is None or to.pk != each.post.organ_id:
            accounts.move_post(
                post=each.post,
                organ=to,
                on=reform.on,
                actor=actor,
                at=reform.at,
                why=reform.document_no,
            )


def _carry(
    planned: ReformPlan,
    reform: OrganReform,
    heirs: dict[str, Organ],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Take each case's turn once, whichever of its parts the reform reaches."""
    of_case: dict[Suggestion, list[Carrying]] = defaultdict(list)
    for each in planned.parts:
        if each.stops or not each.stays:
            of_case[each.part.suggestion].append(each)
    for case, parts in sorted(of_case.items(), key=lambda pair: pair[0].pk):
        with turn(case=case, actor=actor, at=at) as running:
            # What ends first makes room for what comes.
            for each in sorted(parts, key=lambda each: not each.stops):
                _carry_part(running, each, reform, heirs)


def _carry_part(
    running: Turn, each: Carrying, reform: OrganReform, heirs: dict[str, Organ]
) -> None:
    part = part_in(running, each.part)
    why = reform.document_no
    if each.stops:
        running.follow("stop", part, why=why)
        return
    now = heirs[each.to]
    carried = Carried(reform=reform, assignment=part, seq=running.next_seq, was=part.organ, now=now)
    said = {"was": part.organ.name, "now": now.name}
    running.follow("carry", part, why=why, data=said, facts=[carried])
    part.organ = now
    if each.void:
        file = ReplyFile.objects.get(assignment=part)
        file.assignment = part
        running.follow("void_clearance", file, why=why)


def _tell(
    planned: ReformPlan,
    reform: OrganReform,
    heirs: dict[str, Organ],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Tell the organs how many cases came to them, and each deputy who answers him now."""
    on = at.astimezone(ZONE).date()
    moved = [each for each in planned.parts if not (each.stays or each.stops)]
    came: dict[str, set[int]] = defaultdict(set)
    leads: dict[int, set[int]] = defaultdict(set)
    for each in moved:
        came[each.to].add(each.part.suggestion_id)
        leads[each.part.suggestion.lead_id].add(each.part.suggestion_id)
    for name, cases in came.items():
        liaisons = Post.objects.filter(organ=heirs[name], role=Role.LIAISON)
        said = _notice(reform, count=len(cases), actor=actor, at=at)
        outbox.tell(posts=audience.in_office(liaisons, on=on), event=CARRIED, **said)
    alike: dict[int, list[int]] = defaultdict(list)
    for lead, cases in leads.items():
        alike[len(cases)].append(lead)
    for count, posts in alike.items():
        deputies = audience.in_office(Post.objects.filter(pk__in=posts), on=on)
        said = _notice(reform, count=count, actor=actor, at=at)
        outbox.tell(posts=deputies, event=HANDED, **said)


def _notice(reform: OrganReform, *, count: int, actor: Actor, at: datetime) -> dict[str, Any]:
    return {
        "case": (REFORM_TYPE, reform.key),
        "title": reform.document_no,
        "params": {"count": count, "document": reform.document_no},
        "actor": actor,
        "at": at,
    }
