"""The organs that help the lead organ in a round: who is waited for, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.rulebook import due
from huiyin.rulebook.clocks import Due
from huiyin.suggestions.models import (
    Act,
    Assignment,
    CoStatement,
    Countersignature,
    CountersignLapse,
    Reply,
    ReplyFile,
)
from huiyin.suggestions.ruling import Ruling
from huiyin.suggestions.stages import AssignmentStage, HandlingRole

ASKED = "ask_countersignature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A co-handling organ asked to countersign a text, and until when it is waited for."""

    part: Assignment
    on: date
    until: Due

    def is_over(self, on: date) -> bool:
        return self.until.date < on


def stated() -> QuerySet[CoStatement]:
    """Return what replies say of co-handling organs.

    ``countersigned``: the organ's name stands under the text; ``lapsed``: its time ran out.
    """
    same = {"reply": OuterRef("reply"), "assignment": OuterRef("assignment")}
    rows = CoStatement.objects.annotate(
        countersigned=Exists(Countersignature.objects.filter(**same)),
        lapsed=Exists(CountersignLapse.objects.filter(**same)),
    )
    return rows.select_related("assignment__organ", "opinion", "marked")


def helping(parts: Iterable[Assignment], *, round_: int) -> list[Assignment]:
    """Return the co-handling organs' parts of one round."""
    return [part for part in parts if part.role == HandlingRole.CO and part.round == round_]


def beside(part: Assignment) -> list[Assignment]:
    """Return the co-handling organs' parts beside the lead organ's; none where it has none."""
    if part.role != HandlingRole.LEAD:
        return []
    rows = Assignment.objects.filter(suggestion=part.suggestion_id).select_related("organ")
    return helping(rows.order_by("pk"), round_=part.round)


def file_of_lead(part: Assignment) -> ReplyFile | None:
    """Return the reply file of the organ that leads beside a co-handling organ, once begun.

    What an organ had written that was relieved of it since is nobody's reply any more.
    """
    return (
        ReplyFile.objects.filter(
            assignment__suggestion=part.suggestion_id,
            assignment__round=part.round,
            assignment__role=HandlingRole.LEAD,
        )
        .exclude(assignment__stage=AssignmentStage.REASSIGNED)
        .select_related("assignment__organ")
        .first()
    )


def asked_for(
    reply: Reply, parts: Sequence[Assignment], acts: Iterable[Act], *, ruling: Ruling
) -> list[Asked]:
    """Return who was asked to countersign this text, with the day until which each is waited for.

    ``acts`` may be all of the case.
    """
    by_part = {part.pk: part for part in parts}
    return [
        Asked(part=by_part[act.assignment_id], on=act.on, until=until(act.on, ruling=ruling))
        for act in acts
        if act.move == ASKED and act.assignment_id in by_part and act.data.get("reply") == reply.key
    ]


def until(asked_on: date, *, ruling: Ruling) -> Due:
    """Return until when an organ asked on that day countersigns, and how it was counted."""
    limit = ruling.rules.cohandle.countersign_limit
    return due(asked_on, limit, rules=ruling.rules, calendar=ruling.calendar)
