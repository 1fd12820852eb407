"""More time for an organ: asked for before the due day, decided by whom the rules name (延期)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiyin.accounts.actor import Actor
from huiyin.suggestions.clocks import Given
from huiyin.suggestions.models import Act, Assignment
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.ruling import assignment_reckoning, length_until, longest_due
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.turn import Turn, turn


def ask_extension(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    until: date,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The answering organ asks to answer by ``until`` and says why.

    Where the rules ask for nobody's consent its word is enough: the new day holds at once, and
    the deputy is told the reason. Raises ``Conflict`` after the due day and beyond the longest
    time.
    """
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        close = running.case.session.closes_on
        act = running.take(
            "ask_extension",
            part,
            why=why,
            until=until,
            longest=longest_due(part, ruling=running.ruling, session_close=close),
            data={"until": until.isoformat()},
        )
        if not running.ruling.rules.extension.needs_consent:
            given = _given(running, part, until=until, asked_on=running.on)
            running.follow("extend", part, why=why, data=given)
    return act


def grant_extension(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The congress body agrees; the deputy and the organ are told the new day."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("grant_extension", part)
        asked = _asked(part)
        given: dict[str, Any] = {}
        if asked and part.extension_until:
            given = _given(running, part, until=part.extension_until, asked_on=asked.on)
        return running.take("grant_extension", part, asked_by=_person_of(asked), data=given)


def refuse_extension(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    why: str,
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """The congress body does not agree; the due day stays."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        running.permit("refuse_extension", part)
        return running.take("refuse_extension", part, why=why, asked_by=_person_of(_asked(part)))


def _asked(part: Assignment) -> Act | None:
    """The act by which more time was asked for last."""
    asked = part.acts.filter(move="ask_extension").select_related("post")
    return asked.order_by("-seq").first()


def _person_of(asked: Act | None) -> int | None:
    return asked.post.person_id if asked else None


def _given(running: Turn, part: Assignment, *, until: date, asked_on: date) -> dict[str, Any]:
    """What the act keeps of the extension it gives."""
    close = running.case.session.closes_on
    found = assignment_reckoning(part, ruling=running.ruling, session_close=close)
    if found is None:
        raise LookupError("only an organ that answers by a day gets more time")
    by = length_until(until, found, ruling=running.ruling)
    given = Given(by=by, asked_on=asked_on, on=running.on)
    return {"until": until.isoformat(), "extension": given.kept()}
