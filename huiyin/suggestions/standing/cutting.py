"""The facts of a case as they were known at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, takewhile
from typing import Any, TypeVar

from huiyin.ledger.models import Fact
from huiyin.suggestions.models import Act, Assignment, Carried
from huiyin.suggestions.stages import ReplyStage
from huiyin.suggestions.standing.columns import CaseFacts
from huiyin.suggestions.standing.effects import begins_round

_Dated = TypeVar("_Dated", bound=Fact)
# The act that charges an organ in another's place.
TAKE_OVER = "take_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was known before ``end``; ``unknown`` are keys of facts brought in back-dated since."""

    end: datetime
    unknown: frozenset[str] = frozenset()

    def knew(self, fact: Any) -> bool:
        return fact.at < self.end and fact.key not in self.unknown

    def follows(self, numbered: tuple[Act, int]) -> bool:
        """Whether the act was known and is the next one: none before it is missing."""
        act, seq = numbered
        return act.seq == seq and self.knew(act)


def cut(facts: CaseFacts, moment: Moment) -> CaseFacts | None:
    """Return the facts as they were at ``moment``; None where nothing had happened by then.

    Acts count up to the first that was not known: a later one rests on it, whatever its time.
    """
    acts = [act for act, _seq in takewhile(moment.follows, zip(facts.acts, count(1), strict=False))]
    if not acts:
        return None
    done = {act.seq for act in acts}
    carried = [each for each in facts.carried if each.seq in done]
    parts = _charged(facts, acts, [each for each in facts.carried if each.seq not in done])
    there = {part.pk for part in parts}
    delivered = {act.reply_file_id for act in acts if act.to_stage == ReplyStage.DELIVERED}
    return replace(
        facts,
        acts=acts,
        versions=_known(facts.versions, moment),
        assignments=parts,
        replies=[
            (reply, day)
            for reply, day in facts.replies
            if reply.file_id in delivered and moment.knew(reply)
        ],
        ratings=_known(facts.ratings, moment),
        carried=carried,
        handed=_known(facts.handed, moment),
        sub_assignments=[
            each for each in _known(facts.sub_assignments, moment) if each.assignment_id in there
        ],
    )


def _known(rows: Iterable[_Dated], moment: Moment) -> list[_Dated]:
    return [row for row in rows if moment.knew(row)]


def _charged(facts: CaseFacts, acts: Sequence[Act], later: Sequence[Carried]) -> list[Assignment]:
    """The parts there were: those of the rounds begun, and those taken over by then.

    A part that a reform carried on later is given back to the organ it was carried from.
    """
    opened = max((_opens(act) for act in acts), default=0)
    taken = {act.assignment_id for act in acts if act.move == TAKE_OVER}
    parts = [
        part
        for part in facts.assignments
        if (part.pk in taken if part.replaces_id else part.round <= opened)
    ]
    for part in parts:
        for each in reversed(later):
            if each.assignment_id == part.pk:
                part.organ_id = each.was_id
    return parts


def _opens(act: Act) -> int:
    """Which round an act begins; 0 when it begins none."""
    return int(act.data.get("follows_round", 0)) + 1 if begins_round(act) else 0
