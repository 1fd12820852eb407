"""Inside an organ: giving a part to a division or a handler, and marking it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post
from huiyin.organisations.models import InnerDivision
from huiyin.suggestions.models import Act, Assignment, SubAssignment
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.models.responsibility import Mark
from huiyin.suggestions.services.handling import part_in
from huiyin.suggestions.services.turn import turn


def sub_assign(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    division: InnerDivision | None = None,
    handler: Post | None = None,
    note: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Give the organ's part to a division, a handler, or both (内部分办).

    A handler's own division comes with him. It can be given again; what was before stays on record.
    """
    if division is None and handler is not None:
        division = handler.inner_division
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        given = SubAssignment(
            assignment=part, division=division, handler=handler, note=note.strip(), at=at
        )
        act = running.take(
            "sub_assign",
            part,
            division=division,
            handler=handler,
            data={"given": given.key},
            facts=[given],
        )
        # Those who are told are found by what the part says.
        part.division, part.handler = division, handler
    return act


def mark(
    *,
    assignment: Assignment,
    actor: Actor,
    at: datetime,
    marks: Collection[str],
    why: str = "",
    via: str = Via.PAGE,
    on: date | None = None,
) -> Act:
    """Let the organ's part bear exactly these marks (热点、难点、焦点); none takes them away."""
    with turn(case=assignment.suggestion, actor=actor, at=at, via=via, on=on) as running:
        part = part_in(running, assignment)
        named = [mark.value for mark in Mark if mark in marks]
        return running.take("mark", part, why=why, marks=named, data={"marks": named})
