"""What an organ's liaison officer keeps: its system of responsibility, its leaders, their acts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Organ
from huiyin.suggestions.models import (
    LeaderAct,
    LeaderActCase,
    LeaderActStruck,
    OrganLeader,
    ResponsibilitySystem,
    Suggestion,
)
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.responsibility import LeaderActKind, ResponsibilityLevel
from huiyin.suggestions.responsibility import parts_for


def require_keeper(actor: Actor, organ: Organ) -> None:
    """Raise ``NotPermitted`` unless the actor is liaison officer of this very organ."""
    if actor.role != Role.LIAISON or actor.organ_id != organ.pk:
        raise NotPermitted(
            _("Only the liaison officer of %(organ)s keeps this.") % {"organ": organ.name}
        )


@transaction.atomic
def set_system(
    *,
    organ: Organ,
    actor: Actor,
    at: datetime,
    levels: Sequence[tuple[str, str]],
    six_fixed: bool,
    shares_out: bool,
    via: str = Via.PAGE,
) -> ResponsibilitySystem:
    """Say who answers for what at each level, and what else the organ asks of itself (责任制).

    Raises ``Invalid`` without a level or with a strange one.
    """
    require_as_read(actor)
    require_keeper(actor, organ)
    named = [(level, words.strip()) for level, words in levels]
    if not named or {level for level, _words in named} - set(ResponsibilityLevel.values):
        raise Invalid(_("Choose at least one level of responsibility."))
    system = ResponsibilitySystem(
        organ=organ,
        levels=named,
        six_fixed=six_fixed,
        shares_out=shares_out,
        post=actor.post,
        at=at,
    )
    system.save()
    _record(organ, actor, at, "responsibility.system", via=via, facts=[system])
    return system


@transaction.atomic
def add_leader(
    *,
    organ: Organ,
    actor: Actor,
    at: datetime,
    name: str,
    title: str,
    is_main: bool = False,
    post: Post | None = None,
    via: str = Via.PAGE,
) -> OrganLeader:
    """Enter a leader on the organ's list. A second main leader is refused."""
    require_as_read(actor)
    require_keeper(actor, organ)
    if not name.strip() or not title.strip():
        raise Invalid(_("A leader has a name and an office."))
    if post is not None and (post.organ_id != organ.pk or post.role != Role.HEAD):
        raise Invalid(_("This is not the post of a leader of your organ."))
    leader = OrganLeader(
        organ=organ,
        name=name.strip(),
        title=title.strip(),
        is_main=is_main,
        post=post,
        since=at.astimezone(ZONE).date(),
    )
    try:
        with transaction.atomic():
            leader.save()
    except IntegrityError as clash:
        raise Conflict(
            _("There is such a leader, or another main leader, on the list already."),
            remedy=_("Let the one who has left leave the list first."),
        ) from clash
    _record(organ, actor, at, "leader.add", via=via, after=str(leader))
    return leader


@transaction.atomic
def end_leader(
    *, leader: OrganLeader, actor: Actor, at: datetime, via: str = Via.PAGE
) -> OrganLeader:
    """Take a leader off the list: from today on he can no longer be chosen. His items stay his."""
    require_as_read(actor)
    row = OrganLeader.objects.select_for_update(of=("self",)).select_related("organ__congress")
    held = row.get(pk=leader.pk)
    require_keeper(actor, held.organ)
    if held.until is not None:
        raise Conflict(_("This leader has left the list already."))
    held.until = at.astimezone(ZONE).date()
    held.save(update_fields=["until"])
    _record(held.organ, actor, at, "leader.end", via=via, before=str(held))
    return held


@transaction.atomic
def record_leader_act(
    *,
    organ: Organ,
    actor: Actor,
    at: datetime,
    kind: str,
    held_on: date,
    leader: OrganLeader,
    gist: str,
    cases: Collection[Suggestion] = (),
    via: str = Via.PAGE,
) -> LeaderAct:
    """Record a leaders' meeting or visit; ``cases`` are those of the organ it was about.

    Raises ``Invalid`` for a day to come and for a case the organ is not charged with.
    """
    require_as_read(actor)
    require_keeper(actor, organ)
    if kind not in LeaderActKind.values or leader.organ_id != organ.pk or not gist.strip():
        raise Invalid(_("Say what it was, which leader, and what came of it."))
    if held_on > at.astimezone(ZONE).date():
        raise Invalid(
            _("This day has not come yet."), fields={"held_on": [_("This day has not come yet.")]}
        )
    chosen = {case.pk for case in cases}
    if chosen - set(parts_for(actor).values_list("suggestion", flat=True)):
        raise Invalid(_("Your organ is not charged with one of these suggestions."))
    act = LeaderAct(
        organ=organ,
        kind=kind,
        held_on=held_on,
        leader=leader,
        gist=gist.strip(),
        post=actor.post,
        at=at,
    )
    act.save()
    named = [LeaderActCase(act=act, suggestion_id=pk) for pk in sorted(chosen)]
    for each in named:
        each.save()
    _record(organ, actor, at, "leader_act.record", via=via, facts=[act, *named])
    return act


@transaction.atomic
def strike_leader_act(
    *, act: LeaderAct, actor: Actor, at: datetime, why: str, via: str = Via.PAGE
) -> LeaderActStruck:
    """Say that a record was entered wrongly. It stays to be read and counts no more."""
    require_as_read(actor)
    require_keeper(actor, act.organ)
    if not why.strip():
        raise Invalid(_("Say what is wrong."), fields={"reason": [_("Please give the reason.")]})
    struck = LeaderActStruck(act=act, why=why.strip(), post=actor.post, at=at)
    try:
        with transaction.atomic():
            struck.save()
    except IntegrityError as clash:
        raise Conflict(_("This record has been struck already.")) from clash
    _record(act.organ, actor, at, "leader_act.strike", via=via, why=struck.why, facts=[struck])
    return struck


def _record(organ: Organ, actor: Actor, at: datetime, action: str, **more: Any) -> None:
    ledger.record(
        chain=organ.congress.key,
        actor=actor,
        at=at,
        action=action,
        subject=("organ", organ.key),
        **more,
    )
