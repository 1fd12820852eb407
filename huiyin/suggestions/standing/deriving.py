"""The replay of a case's acts, and what its other facts add."""

from __future__ import annotations

from huiyin.kernel.workflow import Lifecycle
from huiyin.suggestions.lifecycle import ASSIGNMENT, REPLY, SUGGESTION
from huiyin.suggestions.models import Act
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.ruling import Ruling
from huiyin.suggestions.stages import OPEN_ASSIGNMENT, ReplyStage, Signing
from huiyin.suggestions.standing.columns import CaseFacts, PartStanding, ReplayError, Standing
from huiyin.suggestions.standing.dues import set_dues
from huiyin.suggestions.standing.effects import EFFECTS, known, nothing
from huiyin.suggestions.standing.reforming import first_organ
from huiyin.suggestions.standing.responsibility import read_responsibility
from huiyin.suggestions.standing.returning import lapse


def derive(facts: CaseFacts, *, ruling: Ruling) -> Standing:
    """Return where the case stands. Raises ``ReplayError`` for acts no table allows."""
    standing = Standing(
        title=facts.case.title,
        changed_at=facts.case.created_at,
        parts={
            part.pk: PartStanding(organ_id=first_organ(part, facts)) for part in facts.assignments
        },
        signatures={
            post: Signing.LEAD if post == facts.case.lead_id else Signing.INVITED
            for post in facts.signers.values()
        },
    )
    for act in facts.acts:
        _replay(standing, act)
        EFFECTS.get((act.table, act.move), nothing)(standing, act, facts)
        lapse(standing, act)
        standing.changed_at = act.at
    _read_texts(standing, facts)
    _read_replies(standing, facts)
    _read_ratings(standing, facts)
    read_responsibility(standing, facts)
    set_dues(standing, facts.assignments, ruling=ruling, session_close=facts.session_close)
    return standing


def _replay(standing: Standing, act: Act) -> None:
    """Move the subject of ``act`` along its table, refusing what the table does not hold."""
    lifecycle: Lifecycle
    if act.table == Table.SUGGESTION:
        lifecycle, here = SUGGESTION, standing.stage
    elif act.table == Table.ASSIGNMENT:
        lifecycle, here = ASSIGNMENT, standing.parts[known(act.assignment_id)].stage
    else:
        lifecycle, here = REPLY, standing.files.get(known(act.reply_file_id), ReplyStage.DRAFTING)
    row = lifecycle.find(act.move)
    there = row.target or here
    if here not in row.sources or (act.from_stage, act.to_stage) != (here, there):
        raise ReplayError(f"act {act.seq} {act.table}.{act.move}: {here} → {act.to_stage}")
    if act.table == Table.SUGGESTION:
        standing.stage = there
    elif act.table == Table.ASSIGNMENT:
        part = standing.parts[known(act.assignment_id)]
        if here in OPEN_ASSIGNMENT and there not in OPEN_ASSIGNMENT:
            part.stopped_by = act.pk
        part.stage = there
    else:
        standing.files[known(act.reply_file_id)] = there


def _read_texts(standing: Standing, facts: CaseFacts) -> None:
    if facts.versions:
        last = facts.versions[-1]
        standing.title, standing.wants_no_reply = last.title, last.wants_no_reply


def _read_replies(standing: Standing, facts: CaseFacts) -> None:
    """The class is that of the latest delivered reply of any round (source 004), as corrected."""
    if not facts.replies:
        return
    reply = facts.replies[-1][0]
    corrected = [
        act.data["outcome_class"]
        for act in facts.acts
        if act.move == "reclassify" and act.reply_file_id == reply.file_id
    ]
    standing.outcome_class = corrected[-1] if corrected else reply.outcome_class
    standing.letter_on = reply.letter_on


def _read_ratings(standing: Standing, facts: CaseFacts) -> None:
    """First round and last round side by side; a round still without a final rating has none."""
    open_round = standing.round if standing.rating_open_until else 0
    by_round = {
        rating.round: rating
        for rating in facts.ratings
        if rating.counted and rating.round != open_round
    }
    if first := by_round.get(1):
        standing.first_attitude, standing.first_result = first.attitude, first.result
        standing.first_rated_via = first.via
    if last := by_round.get(standing.round):
        standing.attitude, standing.result = last.attitude, last.result
        standing.rated_via = last.via
