"""Where a promise can stand, and how rows standing somewhere are found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Role
from huiyin.rulebook import Promise as Kind


class PromiseStage(models.TextChoices):
    OPEN = "open", p_("promise stage", "Not fulfilled yet")
    CLAIMED = "claimed", p_("promise stage", "Said to be done, to be checked")
    CHECKED = "checked", p_("promise stage", "Checked, to be confirmed")
    CONFIRMED = "confirmed", p_("promise stage", "Struck off")
    RELEASED = "released", p_("promise stage", "Released, not fulfilled")


class PromiseKind(models.TextChoices):
    """What a class promises; the ends are the rulebook's (``rulebook.schemes.Promise``)."""

    THIS_YEAR = Kind.THIS_YEAR.value, p_("promise kind", "Within the year")
    NEAR_TERM = Kind.NEAR_TERM.value, p_("promise kind", "Within the years the rules give")
    PLANNED = Kind.PLANNED.value, p_("promise kind", "By the day of the plan")


RUNNING = frozenset({PromiseStage.OPEN, PromiseStage.CLAIMED, PromiseStage.CHECKED})
SAID_DONE = frozenset({PromiseStage.CLAIMED, PromiseStage.CHECKED})
ENDED = frozenset({PromiseStage.CONFIRMED, PromiseStage.RELEASED})
# Who alone ends a promise; a trigger of the database holds the acts to it.
OUTSIDERS = (Role.DEPUTY, Role.CLERK)
ORGAN = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD)

IS_RUNNING = Q(stage__in=sorted(RUNNING))
IS_OPEN = Q(stage=PromiseStage.OPEN)
IS_SAID_DONE = Q(stage__in=sorted(SAID_DONE))
IS_CLAIMED = Q(stage=PromiseStage.CLAIMED)
IS_CHECKED = Q(stage=PromiseStage.CHECKED)
IS_KEPT = Q(stage=PromiseStage.CONFIRMED)
IS_RELEASED = Q(stage=PromiseStage.RELEASED)
