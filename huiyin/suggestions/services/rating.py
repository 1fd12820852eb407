"""The deputy's judgement, and what follows from it in the same transaction."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.accounts.actor import Actor
from huiyin.suggestions.lifecycle import still_owes, where
from huiyin.suggestions.lifecycle.guards import calls_for_rehandling, rehandles_by_itself
from huiyin.suggestions.models import Act, Rating, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.assigning import Charge, issue
from huiyin.suggestions.services.turn import Turn, turn
from huiyin.suggestions.stages import ANSWERING, CHARGED


def rate(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    attitude: str,
    result: str,
    comment: str = "",
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Rate the handling of this round.

    Satisfied, it is closed. Not satisfied with what the rulebook names, the new round is opened
    here and now (``automatic``), or it stays with the congress body to order it (``by_body``).
    """
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        rating = Rating(
            suggestion=running.case,
            round=running.case.round,
            deputy=actor.post,
            attitude=attitude,
            result=result,
            comment=comment.strip(),
            via=via,
            at=at,
        )
        act = running.take(
            "rate", attitude=attitude, result=result, comment=comment, facts=[rating]
        )
        rules = running.ruling.rules
        if rehandles_by_itself(rating, rules=rules):
            running.follow("rehandle", data=_next_round(running))
            _reissue(running)
        elif not calls_for_rehandling(rating, rules=rules):
            running.follow("close")
            _finish_parts(running)
    return act


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
        act = running.take("order_rehandling", why=why, data=_next_round(running))
        _reissue(running)
    return act


def decline_rehandling(
    *, case: Suggestion, actor: Actor, at: datetime, why: str, revision: int | None = None
) -> Act:
    """The congress body finds that no further handling is needed (上海市规定第21条)."""
    with turn(case=case, actor=actor, at=at, revision=revision) as running:
        act = running.take("decline_rehandling", why=why)
        _finish_parts(running)
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
        _finish_parts(running)
    return act


def _next_round(running: Turn) -> dict[str, int]:
    return {"follows_round": running.case.round}


def _reissue(running: Turn) -> None:
    """Charge the organs that answered with a new round; the first one's rows stay as they are."""
    ended = running.case.round
    _finish_parts(running)
    running.case.round = ended + 1
    before = running.case.assignments.filter(CHARGED, round=ended, role__in=ANSWERING)
    charges = [
        Charge.again(part)
        for part in before.select_related("organ").prefetch_related("item_charges__request")
    ]
    issue(running, charges, wide=False)


def _finish_parts(running: Turn) -> None:
    for part in running.case.assignments.filter(CHARGED, round=running.case.round):
        if still_owes(part):
            running.follow("stop", part)
        elif not where.is_stopped(part):
            running.follow("finish", part)
