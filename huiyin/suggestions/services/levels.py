"""An organ decides through which levels its replies go (三级、四级核稿)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Invalid, NotPermitted
from huiyin.ledger import services as ledger
from huiyin.suggestions.clearance import Level, levels_of
from huiyin.suggestions.models import ClearanceLevel, ClearanceSetting
from huiyin.suggestions.models.clearance import CLEARING, FEWEST_LEVELS, MOST_LEVELS

ORGAN_TYPE = "organ"
# Who keeps the levels of his organ.
KEEPERS = (Role.LIAISON, Role.HEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLevel:
    """One level as it is to be: a name, and a post or a role that clears it."""

    name: str
    role: str
    holder: Post | None = None


@transaction.atomic
def set_levels(
    *, actor: Actor, at: datetime, levels: Sequence[NewLevel], valid_from: date
) -> ClearanceSetting:
    """Let the replies of the actor's organ go through ``levels`` from a day on.

    What is in clearance keeps the levels it was sent under. Raises ``Invalid`` for levels that no
    text could pass, and for a day that is over.
    """
    require_as_read(actor)
    if not keeps_levels(actor):
        raise NotPermitted(_("The liaison officer or the head of an organ keeps its levels."))
    on = at.astimezone(ZONE).date()
    _require_sound(actor, levels, valid_from=valid_from, on=on)
    _require_news(actor, levels, valid_from=valid_from)
    setting = ClearanceSetting(
        organ=actor.post.organ, valid_from=valid_from, post=actor.post, at=at
    )
    setting.save()
    rows = [
        ClearanceLevel(
            setting=setting,
            ordinal=ordinal,
            name=level.name.strip(),
            role=level.holder.role if level.holder else level.role,
            holder=level.holder,
        )
        for ordinal, level in enumerate(levels, start=1)
    ]
    for row in rows:
        row.save()
    ledger.record(
        chain=actor.congress.key,
        actor=actor,
        at=at,
        action="clearance.set_levels",
        subject=(ORGAN_TYPE, setting.organ.key),
        after=" → ".join(row.name for row in rows)[:200],
        facts=[setting, *rows],
    )
    return setting


def keeps_levels(actor: Actor) -> bool:
    return actor.role in KEEPERS and actor.organ_id is not None


def _require_sound(actor: Actor, levels: Sequence[NewLevel], *, valid_from: date, on: date) -> None:
    if valid_from < on:
        raise Invalid(_("The levels hold from today on or later, never for days that are over."))
    if not FEWEST_LEVELS <= len(levels) <= MOST_LEVELS:
        words = {"fewest": FEWEST_LEVELS, "most": MOST_LEVELS}
        raise Invalid(_("An organ has between %(fewest)s and %(most)s levels.") % words)
    if not all(level.name.strip() for level in levels):
        raise Invalid(_("Give every level its name."))
    for level in levels:
        _require_clears(actor, level)
    last = levels[-1]
    if (last.holder.role if last.holder else last.role) != Role.HEAD:
        raise Invalid(_("The last level signs: a head of the organ holds it."))
    named = [level.holder.pk for level in levels if level.holder]
    if len(named) != len(set(named)):
        raise Invalid(_("One person clears one level."))


def _require_news(actor: Actor, levels: Sequence[NewLevel], *, valid_from: date) -> None:
    """Setting what holds already would only lengthen the history."""
    wanted = tuple(
        Level(
            level.name.strip(),
            level.holder.role if level.holder else level.role,
            level.holder.key if level.holder else "",
        )
        for level in levels
    )
    if wanted == levels_of(actor.organ_id or 0, on=valid_from):
        raise Invalid(_("These levels hold on that day already."))


def _require_clears(actor: Actor, level: NewLevel) -> None:
    role = level.holder.role if level.holder else level.role
    strange = level.holder is not None and level.holder.organ_id != actor.organ_id
    if role not in CLEARING or strange:
        raise Invalid(_("A level is cleared by a checker or a head of your own organ."))
