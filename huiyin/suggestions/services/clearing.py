"""What the steps of a reply bring to the table: levels, holders, findings, the claim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from huiyin.documents.models import Attachment
from huiyin.kernel.clock import ZONE
from huiyin.suggestions.claims import Ground
from huiyin.suggestions.clearance import Clearing, Holder, clearing_of, holders_in, levels_of
from huiyin.suggestions.models import Assignment, ReplyFile
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.services.turn import Turn

# From paper and from lists come replies that knew neither proofs nor checks.
TAKEN_OVER = (Via.PAPER, Via.IMPORT)


def ground_of(running: Turn, part: Assignment, files: Iterable[Attachment]) -> Ground:
    """What a claim is judged by in this turn."""
    return Ground.of(
        part,
        rules=running.ruling.rules,
        calendar=running.ruling.calendar,
        on=running.on,
        files=[each.key for each in files],
    )


def sending(part: Assignment, *, on: date, at: datetime) -> dict[str, Any]:
    """The levels a text is sent under now, and the first of them that somebody holds."""
    levels = levels_of(part.organ_id, on=on)
    clearing = Clearing(levels=levels, holders=_holders(part, at=at))
    written = [each.written() for each in levels]
    return {"levels": written, "next": clearing.due, "passed_over": _names(clearing)}


def clearing_now(file: ReplyFile, *, at: datetime) -> Clearing:
    """Where the text stands and who may clear it at that moment, whatever day is entered."""
    acts = file.acts.order_by("seq").select_related("post")
    return clearing_of(file, acts=acts, holders=_holders(file.assignment, at=at))


def _holders(part: Assignment, *, at: datetime) -> tuple[Holder, ...]:
    return holders_in(part.organ_id, on=at.astimezone(ZONE).date())


def passing(clearing: Clearing, running: Turn) -> dict[str, Any]:
    """What the act of passing a level keeps: which, over which, and whether for want of another."""
    level = clearing.level(clearing.due)
    return {
        "level": clearing.due,
        "of": clearing.last,
        "name": level.name,
        "role": level.role,
        "passed_over": _names(clearing),
        "alone": clearing.has_passed(running.actor),
    }


def _names(clearing: Clearing) -> list[dict[str, str]]:
    return [clearing.level(number).written() for number in clearing.passed_over]
