"""What the lead organ makes of the others' opinions, and what its reply says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiyin.demo import material, places, wording
from huiyin.demo.chance import Chance
from huiyin.demo.organ_part import Part
from huiyin.suggestions.cohandlers import helping
from huiyin.suggestions.models import (
    Assignment,
    CoOpinion,
    CoStatement,
    OpinionMark,
    OpinionMarked,
    Reply,
    StatementKind,
)
from huiyin.suggestions.stages import HandlingRole

_SHARES = {OpinionMark.ADOPTED: 72, OpinionMark.PARTLY: 22, OpinionMark.NOT_ADOPTED: 6}


def judge(part: Part, at: datetime) -> None:
    """Say of each opinion that lies there and has not been judged what became of it."""
    for row, opinion in _given(part):
        if _last_mark(part, opinion) is not None:
            continue
        chance = Chance("mark", part.tale.fate.name, part.code, row.organ_id)
        mark = chance.weighed(list(_SHARES), list(_SHARES.values()))
        reason = ""
        if mark != OpinionMark.ADOPTED:
            shapes = material.texts("handling")["mark"][mark.value]
            slots = wording.slots_of(part.tale.fate, part.code)
            reason = places.filled(chance.pick(shapes), slots, chance)
        marked = part.book.row(OpinionMarked, opinion=opinion, mark=mark, reason=reason, at=at)
        said = {"mark": mark.value}
        part.tale.take(
            "mark_opinion", row, by=part.handler, at=at, why=reason, data=said, facts=[marked]
        )


def statements(part: Part, reply: Reply) -> list[CoStatement]:
    """What the text says of each organ that helps."""
    given = {row.pk: opinion for row, opinion in _given(part)}
    return [_statement(part, reply, row, given.get(row.pk)) for row in _beside(part)]


def _statement(part: Part, reply: Reply, row: Assignment, opinion: CoOpinion | None) -> CoStatement:
    return part.book.row(
        CoStatement,
        reply=reply,
        assignment=row,
        kind=StatementKind.GIVEN if opinion else StatementKind.PENDING,
        opinion=opinion,
        marked=_last_mark(part, opinion) if opinion else None,
    )


def _beside(part: Part) -> list[Assignment]:
    if part.row.role != HandlingRole.LEAD:
        return []
    return helping(part.tale.told.assignments, round_=part.round)


def _given(part: Part) -> Iterator[tuple[Assignment, CoOpinion]]:
    opinions: dict[int, CoOpinion] = {
        each.assignment.pk: each for each in part.tale.told.facts(CoOpinion)
    }
    for row in _beside(part):
        if row.pk in opinions:
            yield row, opinions[row.pk]


def _last_mark(part: Part, opinion: CoOpinion) -> OpinionMarked | None:
    marks = [each for each in part.tale.told.facts(OpinionMarked) if each.opinion is opinion]
    return marks[-1] if marks else None
