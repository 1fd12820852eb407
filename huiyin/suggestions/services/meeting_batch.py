"""The batch of an assignment meeting: gathered, proposed organ by organ, issued."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.organisations.models import Organ
from huiyin.organisations.selectors import OrganIndex
from huiyin.suggestions.meetings import batch, free_cases
from huiyin.suggestions.models import (
    AssignmentMeeting,
    MeetingCase,
    ProposedCharge,
    Suggestion,
    Version,
)
from huiyin.suggestions.services.assigning import Charge, assign
from huiyin.suggestions.services.meeting import opened, put_on_record
from huiyin.suggestions.services.sitting import locked_in_order
from huiyin.suggestions.stages import HandlingRole

# So many are assigned in one transaction: a page answers within seconds, and what is left waits.
AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is meant for one case: who leads, who helps, whether it is broad and hard."""

    row: MeetingCase
    lead: Organ | None
    helpers: tuple[Organ, ...] = ()
    wide: bool = False

    @property
    def charges(self) -> list[tuple[Organ, str]]:
        if self.lead is None:
            return []
        helpers = [each for each in dict.fromkeys(self.helpers) if each != self.lead]
        first = HandlingRole.LEAD if helpers else HandlingRole.SOLE
        return [(self.lead, first), *((each, HandlingRole.CO) for each in helpers)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What one round of issuing came to, and how many with a proposal are still to come."""

    assigned: int
    refused: int
    left: int


def gather_cases(
    *,
    meeting: AssignmentMeeting,
    actor: Actor,
    at: datetime,
    raised: str = "",
    category: str = "",
    kind: str = "",
) -> int:
    """Take every waiting case that fits into the batch; return how many came in.

    An organ the deputy has named himself is proposed to begin with: assigning has to consider it
    (上海市规定第12条).
    """
    with opened(meeting, actor=actor) as record:
        asked = {"raised": raised, "category": category, "kind": kind}
        cases = free_cases(actor, record).filter(
            **{name: value for name, value in asked.items() if value}
        )
        chosen = list(cases.select_related(None).order_by("number_order", "pk"))
        rows = MeetingCase.objects.bulk_create(
            [MeetingCase(meeting=record, suggestion=case) for case in chosen]
        )
        if rows:
            _propose_as_wished(record, rows)
            said = str(len(rows))
            put_on_record(record, "meeting.gather", actor=actor, at=at, after=said)
    return len(rows)


def _propose_as_wished(meeting: AssignmentMeeting, rows: Sequence[MeetingCase]) -> None:
    """Propose the organ each deputy named, where his words mean one organ."""
    cases = [row.suggestion_id for row in rows]
    last = (
        Suggestion.objects.filter(pk__in=cases)
        .annotate(last=Max("versions__pk"))
        .values_list("last", flat=True)
    )
    hints = dict(
        Version.objects.filter(pk__in=list(last))
        .exclude(organ_hint="")
        .values_list("suggestion_id", "organ_hint")
    )
    if not hints:
        return
    index = OrganIndex.of(meeting.congress, on=meeting.held_on)
    wished = []
    for row in rows:
        match = index.find(hints.get(row.suggestion_id, "").strip())
        if match is not None:
            wished.append(ProposedCharge(row=row, organ=match.organ, role=HandlingRole.SOLE))
    ProposedCharge.objects.bulk_create(wished)


def drop_case(*, meeting: AssignmentMeeting, actor: Actor, at: datetime, row: MeetingCase) -> None:
    """Take a case out of the batch again; it waits as before."""
    with opened(meeting, actor=actor) as record:
        found = record.cases.select_related("suggestion").filter(pk=row.pk).first()
        if found is None or found.issued_at is not None:
            raise Conflict(_("It is not in the batch, or has been assigned already."))
        found.delete()
        said = str(found.suggestion)
        put_on_record(record, "meeting.drop", actor=actor, at=at, after=said)


def propose(
    *,
    meeting: AssignmentMeeting,
    actor: Actor,
    at: datetime,
    proposals: Sequence[Proposal],
) -> int:
    """Keep what is meant for each case; an issued one is left as it is. Return how many changed."""
    with opened(meeting, actor=actor) as record:
        wanted = [each.row.pk for each in proposals]
        held = record.cases.filter(issued_at=None).in_bulk(wanted)
        known = _known(held.values())
        changed = 0
        for each in proposals:
            row = held.get(each.row.pk)
            if row is None:
                continue
            meant = [(organ.pk, str(role)) for organ, role in each.charges]
            if known.get(row.pk, []) != meant or row.wide != each.wide:
                _write(row, each)
                changed += 1
        if changed:
            said = str(changed)
            put_on_record(record, "meeting.propose", actor=actor, at=at, after=said)
    return changed


def _known(rows: Iterable[MeetingCase]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    proposed = ProposedCharge.objects.filter(row__in=list(rows)).order_by("pk")
    for row, organ, role in proposed.values_list("row_id", "organ_id", "role"):
        found.setdefault(row, []).append((organ, role))
    return found


def _write(row: MeetingCase, proposal: Proposal) -> None:
    row.proposed.all().delete()
    ProposedCharge.objects.bulk_create(
        [ProposedCharge(row=row, organ=organ, role=role) for organ, role in proposal.charges]
    )
    row.wide, row.refusal = proposal.wide, ""
    row.save(update_fields=["wide", "refusal"])


def issue_batch(
    *, meeting: AssignmentMeeting, actor: Actor, at: datetime, at_once: int = AT_ONCE
) -> Issued:
    """Assign the next cases of the batch that have a proposal, each whole or not at all.

    A refused one is told its reason and does not hold up the others; it is tried again only after
    its proposal has changed.
    """
    with opened(meeting, actor=actor) as record:
        ready = (
            batch(actor, record)
            .filter(issued_at=None, refusal="", proposed__isnull=False)
            .distinct()
        )
        rows = list(ready.select_related("suggestion")[:at_once])
        locked_in_order([row.suggestion for row in rows])
        for row in rows:
            _issue(row, actor=actor, at=at)
        MeetingCase.objects.bulk_update(rows, ["issued_at", "refusal"])
        assigned = sum(row.issued_at is not None for row in rows)
        left = ready.count()
        if rows:
            said = f"{assigned}/{len(rows)}"
            put_on_record(record, "meeting.issue", actor=actor, at=at, after=said)
    return Issued(assigned=assigned, refused=len(rows) - assigned, left=left)


def _issue(row: MeetingCase, *, actor: Actor, at: datetime) -> None:
    charges = [Charge(organ=each.organ, role=each.role) for each in row.proposed.all()]
    try:
        assign(case=row.suggestion, actor=actor, at=at, organs=charges, wide=row.wide)
        row.issued_at = at
    except DomainError as refusal:
        row.refusal = str(refusal)
