"""After the rating: what the congress body does, another round, or the end."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Invalid
from huiyin.suggestions.lifecycle import still_owes, where
from huiyin.suggestions.models import Act, BodyMeasure, MeasureKind, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.assigning import Charge, issue
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.stages import ANSWERING, CHARGED


def take_measure(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    kind: str,
    held_on: date,
    participants: str,
    minutes: str,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Record what the congress body did about a second “not satisfied”, with its minutes."""
    if kind not in MeasureKind.values:
        raise Invalid(_("Choose what was done."), fields={"kind": [_("Choose what was done.")]})
    if not minutes.strip():
        raise Invalid(_("Write the minutes."), fields={"minutes": [_("Write the minutes.")]})
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        measure = BodyMeasure(
            suggestion=running.case,
            round=running.case.round,
            kind=kind,
            held_on=held_on,
            participants=participants,
            minutes=minutes,
            at=at,
        )
        return running.take("take_measure", held_on=held_on, data={"kind": kind}, facts=[measure])


def order_rehandling(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    why: str,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The congress body orders a new round."""
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        act = running.take("order_rehandling", why=why, data=next_round(running))
        reissue(running)
    return act


def decline_rehandling(
    *, case: Suggestion, actor: Actor, at: datetime, why: str, revision: int | None = None
) -> Act:
    """The congress body finds that no further handling is needed (上海市规定第21条)."""
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        act = running.take("decline_rehandling", why=why)
        finish_parts(running)
    return act


def close_without_feedback(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Close it after the limit; it counts as no answer, never as satisfied."""
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        act = running.take("close_without_feedback")
        finish_parts(running)
    return act


def next_round(running: Turn) -> dict[str, int]:
    return {"follows_round": running.case.round}


def reissue(running: Turn) -> None:
    """Charge the organs that answered with a new round; the first one's rows stay as they are."""
    ended = running.case.round
    finish_parts(running)
    running.case.round = ended + 1
    before = running.case.assignments.filter(CHARGED, round=ended, role__in=ANSWERING)
    charges = [
        Charge.again(part)
        for part in before.select_related("organ").prefetch_related("item_charges__request")
    ]
    issue(running, charges, wide=False)


def finish_parts(running: Turn) -> None:
    """End every organ's part of the round; one that still owed something is stopped."""
    for part in running.case.assignments.filter(CHARGED, round=running.case.round):
        if still_owes(part):
            running.follow("stop", part)
        elif not where.is_stopped(part):
            running.follow("finish", part)
