"""What a dispute about responsibility lays before whom."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.rules import ARBITERS
from huiyin.suggestions.stages import CONTESTED, ReturnStanding, Stage

OFFICES = {role: office for office, role in ARBITERS.items()}


def disputed() -> QuerySet[Assignment]:
    """Charges whose owner waits for a decision, in the running rounds."""
    return Assignment.objects.filter(
        contested_since__isnull=False,
        returning__in=CONTESTED,
        round=F("suggestion__round"),
        suggestion__stage=Stage.IN_HANDLING,
    )


def settled_by(actor: Actor) -> QuerySet[Assignment]:
    """Those this actor's office has to settle: from the first day, whoever has answered."""
    mine = disputed().filter(arbiter=OFFICES.get(actor.role, ""))
    return mine.exclude(organ=actor.organ_id) if actor.organ_id else mine


def to_answer(actor: Actor) -> Q:
    """The actor's organ was named and has not answered."""
    asked = disputed().filter(asked_organ__isnull=False, asked_organ=actor.organ_id)
    return Q(pk__in=asked.values("suggestion"))


def to_settle(actor: Actor) -> Q:
    return Q(pk__in=settled_by(actor).values("suggestion"))


def final_awaited(actor: Actor) -> Q:
    """Refused twice: a final decision is awaited, and the leader has been told."""
    final = disputed().filter(returning=ReturnStanding.ESCALATED)
    return Q(pk__in=final.values("suggestion"))


def unowned(actor: Actor) -> Q:
    return Q(pk__in=disputed().values("suggestion"))


SETTLERS = frozenset(ARBITERS.values())
ANSWERERS = frozenset({Role.LIAISON.value})
ANSWER_VERB, ANSWER_ACT = p_("duty verb", "Say whether it is yours:"), p_("duty", "Answer")
SETTLE_VERB, SETTLE_ACT = p_("duty verb", "Decide whose business it is:"), p_("duty", "Decide")
