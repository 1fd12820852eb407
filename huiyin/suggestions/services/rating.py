"""The deputy's judgement, and what follows from it in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.accounts.whereabouts import NOWHERE, Whereabouts
from huiyin.kernel.clock import ZONE
from huiyin.rulebook import due
from huiyin.suggestions.flags import flags_of
from huiyin.suggestions.lifecycle.guards import calls_for_rehandling, rehandles_by_itself
from huiyin.suggestions.models import Act, NoteKind, OfficeNote, Rating, RatingFlag, Suggestion
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.rehandling import finish_parts, next_round, reissue
from huiyin.suggestions.services.scanning import RATING_SCAN, Scan, keep_scan
from huiyin.suggestions.services.turn import Turn, turn


def rate(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    attitude: str = "",
    result: str = "",
    comment: str = "",
    note: str = "",
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
    where: Whereabouts = NOWHERE,
) -> Act:
    """Rate the handling of this round. ``note`` is for the congress office alone.

    What calls for handling again is final here and now: the new round is opened (``automatic``),
    or it stays with the congress body to order it (``by_body``, and after every second reply).
    Any other rating may be changed as long as the rulebook says, and closes the case when final.
    """
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        rating = _rating(running, actor.post, attitude, result, comment)
        return _give(running, "rate", rating, note=note, where=where)


def change_rating(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    attitude: str = "",
    result: str = "",
    comment: str = "",
    note: str = "",
    revision: int | None = None,
    via: str = Via.PAGE,
    on: date | None = None,
    where: Whereabouts = NOWHERE,
) -> Act:
    """Replace the rating while it is open; the one before stays on record."""
    with turn(case=case, actor=actor, at=at, revision=revision, via=via, on=on) as running:
        running.permit("change_rating")
        rating = _rating(running, actor.post, attitude, result, comment)
        rating.replaces = present_rating(running.case)
        data = {"rating": rating.key}
        return _give(running, "change_rating", rating, note=note, data=data, where=where)


def enter_rating(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    on: date,
    scan: Scan | None,
    attitude: str = "",
    result: str = "",
    comment: str = "",
    revision: int | None = None,
) -> Act:
    """The congress office enters what the lead deputy has ticked and signed on paper."""
    with turn(
        case=case,
        actor=actor,
        at=at,
        revision=revision,
        via=Via.PAPER,
        on=on,
        on_behalf_of=case.lead,
    ) as running:
        running.permit("enter_rating")
        part = f"{RATING_SCAN}{running.case.round}"
        kept = keep_scan(running, scan, part=part)
        rating = _rating(running, running.case.lead, attitude, result, comment)
        rating.scan = kept.key if kept else None
        today = at.astimezone(ZONE).date()
        return _give(running, "enter_rating", rating, scan=kept, today=today)


def rate_beside(
    *,
    case: Suggestion,
    actor: Actor,
    at: datetime,
    attitude: str = "",
    result: str = "",
    comment: str = "",
    note: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """A co-signer's own rating, where the rules have each deputy rate. It is not counted."""
    with turn(case=case, actor=actor, at=at, via=via, on=on) as running:
        rating = _rating(running, actor.post, attitude, result, comment)
        rating.counted = False
        return _take(running, "rate_beside", rating, note=note)


def report_pressure(*, case: Suggestion, actor: Actor, at: datetime, text: str = "") -> Act:
    """Tell the congress office alone that somebody wants another rating (被满意)."""
    with turn(case=case, actor=actor, at=at) as running:
        return running.take(
            "report_pressure", facts=[_noted(running, NoteKind.PRESSED, text.strip())]
        )


def settle_ratings(*, at: datetime) -> int:
    """Make final every rating whose time for changing is over; return how many.

    Safe to run at every tick. What then follows is taken in the name of the deputy who rated, as
    it would have been had he had no time to change it.
    """
    today = at.astimezone(ZONE).date()
    over = Suggestion.objects.filter(rating_open_until__lt=today).order_by("pk")
    return sum(_settle(case, at=at, today=today) for case in over)


class _SettledMeanwhile(Exception):
    """Another runner was faster; nothing of this turn is written."""


def _settle(case: Suggestion, *, at: datetime, today: date) -> bool:
    """False when the rating was settled or changed meanwhile."""
    rating = present_rating(case)
    if rating is None:
        return False
    deputy = rating.deputy
    actor = Actor(person=deputy.person, post=deputy)
    try:
        with turn(case=case, actor=actor, at=at, via=Via.COMMAND, by_clock=True) as running:
            until = running.case.rating_open_until
            if until is None or until >= today:
                raise _SettledMeanwhile
            _conclude(running, present_rating(running.case) or rating, waited=True)
    except _SettledMeanwhile:
        return False
    return True


def present_rating(case: Suggestion) -> Rating | None:
    """The counted rating of the running round that no later one replaces."""
    return (
        case.ratings.filter(round=case.round, counted=True, replaced_by__isnull=True)
        .select_related("deputy__person", "deputy__congress")
        .first()
    )


def _rating(running: Turn, deputy: Post, attitude: str, result: str, comment: str) -> Rating:
    return Rating(
        suggestion=running.case,
        round=running.case.round,
        deputy=deputy,
        attitude=attitude,
        result=result,
        comment=comment.strip(),
        via=running.via,
        at=running.at,
    )


def _give(
    running: Turn,
    name: str,
    rating: Rating,
    *,
    note: str = "",
    data: dict[str, Any] | None = None,
    where: Whereabouts = NOWHERE,
    **brought: Any,
) -> Act:
    """Take the step; a rating that nobody may change any more has its consequences at once."""
    until = _open_until(running, rating)
    said = {"open_until": until.isoformat()} if until else {}
    flags = flags_of(rating, actor=running.actor, where=where)
    data = {**(data or {}), **said}
    act = _take(running, name, rating, note=note, data=data, flags=flags, **brought)
    if until is None:
        _conclude(running, rating)
    return act


def _take(
    running: Turn,
    name: str,
    rating: Rating,
    *,
    note: str = "",
    data: dict[str, Any] | None = None,
    flags: Sequence[RatingFlag] = (),
    **brought: Any,
) -> Act:
    text = note.strip()
    notes = [_noted(running, NoteKind.NOTE, text)] if text else []
    return running.take(
        name,
        attitude=rating.attitude,
        result=rating.result,
        comment=rating.comment,
        data=data,
        facts=[rating, *notes, *flags],
        **brought,
    )


def _open_until(running: Turn, rating: Rating) -> date | None:
    """The last day on which it may be changed, counted from the round's first rating."""
    rules = running.ruling.rules
    limit = rules.feedback.change_limit
    strange = {rating.attitude, rating.result} - {"", *rules.feedback.scale.codes}
    if limit is None or strange or calls_for_rehandling(rating, rules=rules):
        return None
    if running.case.rating_open_until:
        return running.case.rating_open_until
    return due(running.on, limit, rules=rules, calendar=running.ruling.calendar).date


def _conclude(running: Turn, rating: Rating, *, waited: bool = False) -> None:
    """The rating is final: the organs are told, and the case is closed or handled again."""
    rules = running.ruling.rules
    running.follow("settle", data={"waited": True} if waited else None)
    if rehandles_by_itself(rating, rules=rules):
        running.follow("rehandle", data=next_round(running))
        reissue(running)
    elif not calls_for_rehandling(rating, rules=rules):
        running.follow("close")
        finish_parts(running)


def _noted(running: Turn, kind: NoteKind, text: str) -> OfficeNote:
    return OfficeNote(
        suggestion=running.case,
        round=running.case.round,
        deputy=running.actor.post,
        kind=kind,
        text=text,
        at=running.at,
    )
