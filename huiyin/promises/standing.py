"""Where a promise stands: its statements and acts replayed through the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from huiyin.promises.lifecycle import PROMISE
from huiyin.promises.models import Promise, PromiseAct, PromiseStatement
from huiyin.promises.stages import ENDED, PromiseStage
from huiyin.suggestions.standing import ReplayError


@dataclass(slots=True, kw_only=True)
class Standing:
    """The derived columns of a promise, under the names they have there."""

    organ_id: int
    kind: str
    outcome_class: str
    sentence: str
    stage: str = PromiseStage.OPEN.value
    first_due_on: date | None = None
    due_on: date | None = None
    postponed: int = 0
    explained_on: date | None = None
    claimed_on: date | None = None
    claimed_by_id: int | None = None
    ended_on: date | None = None
    told_on: date | None = None
    rated_on: date | None = None
    grade: str = ""
    last_seq: int = 0


COLUMNS = tuple(each.name for each in fields(Standing))
SAVED = tuple(name.removesuffix("_id") for name in COLUMNS)


def derive(statements: Sequence[PromiseStatement], acts: Sequence[PromiseAct]) -> Standing:
    """Return where it stands. Raises ``ReplayError`` for acts no table allows."""
    made = statements[0]
    standing = Standing(
        organ_id=made.organ_id,
        kind=made.kind,
        outcome_class=made.outcome_class,
        sentence=made.sentence,
        first_due_on=made.due_on,
        due_on=made.due_on,
    )
    by_reply = {each.reply_id: each for each in statements}
    for act in acts:
        _replay(standing, act)
        _EFFECTS.get(act.move, _nothing)(standing, act, by_reply)
        standing.last_seq = act.seq
    return standing


def apply(promise: Promise, standing: Standing) -> list[str]:
    """Copy the derived columns to the row; return those that were another."""
    changed = [name for name in COLUMNS if getattr(promise, name) != getattr(standing, name)]
    for name in changed:
        setattr(promise, name, getattr(standing, name))
    return changed


def differing(promise: Promise, standing: Standing) -> Iterator[tuple[str, object, object]]:
    """Yield each column that is not what the facts say: name, stored, derived."""
    for name in COLUMNS:
        stored, derived = getattr(promise, name), getattr(standing, name)
        if stored != derived:
            yield name, stored, derived


def _replay(standing: Standing, act: PromiseAct) -> None:
    row = PROMISE.find(act.move)
    here = standing.stage
    there = row.target or here
    if here not in row.sources or (act.from_stage, act.to_stage) != (here, there):
        raise ReplayError(f"act {act.seq} promise.{act.move}: {here} → {act.to_stage}")
    standing.stage = str(there)
    if there != here:
        standing.ended_on = act.on if there in ENDED else None


_Statements = Mapping[int, PromiseStatement]
_Effect = Callable[[Standing, PromiseAct, _Statements], None]


def _nothing(_standing: Standing, _act: PromiseAct, _statements: _Statements) -> None:
    """Most steps leave nothing but the stage."""


def _postpone(standing: Standing, act: PromiseAct, _statements: _Statements) -> None:
    standing.due_on = act.due_on
    standing.postponed += 1


def _restate(standing: Standing, act: PromiseAct, statements: _Statements) -> None:
    said = statements[act.reply_id or 0]
    if standing.due_on and said.due_on and said.due_on > standing.due_on:
        standing.postponed += 1
    standing.kind, standing.outcome_class = said.kind, said.outcome_class
    standing.sentence, standing.due_on = said.sentence, said.due_on
    standing.organ_id = said.organ_id
    standing.claimed_on = standing.claimed_by_id = None


def _claim(standing: Standing, act: PromiseAct, _statements: _Statements) -> None:
    standing.claimed_on, standing.claimed_by_id = act.on, act.post_id


def _unclaim(standing: Standing, _act: PromiseAct, _statements: _Statements) -> None:
    standing.claimed_on = standing.claimed_by_id = None


def _explain(standing: Standing, act: PromiseAct, _statements: _Statements) -> None:
    standing.explained_on = act.on


def _told(standing: Standing, act: PromiseAct, _statements: _Statements) -> None:
    standing.told_on = act.on


def _reopen(standing: Standing, act: PromiseAct, statements: _Statements) -> None:
    _unclaim(standing, act, statements)
    # What was explained has been judged: another explanation is needed for another release.
    standing.explained_on = None


def _rate(standing: Standing, act: PromiseAct, _statements: _Statements) -> None:
    standing.rated_on, standing.grade = act.on, act.grade


def _carry(standing: Standing, act: PromiseAct, _statements: _Statements) -> None:
    standing.organ_id = act.organ_id or standing.organ_id


_EFFECTS: dict[str, _Effect] = {
    "postpone": _postpone,
    "restate": _restate,
    "claim_done": _claim,
    "send_back": _unclaim,
    "refuse": _unclaim,
    "reopen": _reopen,
    "explain": _explain,
    # Whoever confirms has been told that it is done.
    "pass_check": _told,
    "tell": _told,
    "rate": _rate,
    "carry": _carry,
}
