"""Counting running clocks anew, because a notice came or the rules were changed by a decision.

Only clocks that still run are touched: a case that has ended, and a clock that was stopped, keep
the date they had. Each date that changes is a fact of its own and a line on the record; each
person who holds such a case is told once, with the list of his cases behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.models import Standing as InOffice
from huiyin.kernel.clock import ZONE
from huiyin.ledger import services as ledger
from huiyin.organisations.models import Congress
from huiyin.outbox import services as outbox
from huiyin.suggestions import audience
from huiyin.suggestions.models import Act, Assignment, Redated, Redating, Suggestion
from huiyin.suggestions.ruling import Ruling, Rulings
from huiyin.suggestions.running import (
    RUNNING,
    Changed,
    Open,
    RulingOf,
    differences,
    read,
    standing_of,
    under,
)
from huiyin.suggestions.services.turn import CASE_TYPE
from huiyin.suggestions.stages import ENDED

REDATING_TYPE = "redating"
BATCH = 1000
# Those who work on an organ's part, and those for whom the deputy's own clock runs.
_HOLDERS = (Role.LIAISON, Role.HANDLER)
_DUES = ("due_on", "first_due_on", "ordinary_due_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What makes the clocks be counted anew.

    ``key`` is the recorded decision's (a notice, a choice of rules), ``said`` names it to those
    who are told. ``before`` gives the ruling each case was under until now; what it is under from
    now on is what ``Rulings.now()`` says once the decision is in the database.
    """

    grounds: str
    key: str
    said: str
    before: RulingOf


def rederive(
    cases: QuerySet[Suggestion],
    *,
    actor: Actor | None,
    at: datetime,
    why: str,
    cause: Cause,
    via: str = "web",
) -> list[Changed]:
    """Count every running clock of ``cases`` anew; return what changed and who was told.

    All or nothing. The decision itself (notice, choice of rules) must be in the database, in the
    same transaction, and ``lock_running`` have been called before it was written there.
    ``actor`` is None for the command line.
    """
    with transaction.atomic():
        chosen = lock_running(cases)
        redating = _decided(cause, actor=actor, at=at, why=why)
        after = under(Rulings.now())
        columns = _Columns()
        found: list[Changed] = []
        for each in read(chosen):
            found += differences(each, before=cause.before, after=after)
            columns.compare(each, ruling=after(each.case))
        columns.write()
        changed = _tell(found, redating=redating, actor=actor, at=at)
        _record(changed, redating=redating, actor=actor, at=at, via=via)
    return changed


def lock_running(cases: QuerySet[Suggestion]) -> list[int]:
    """Lock all of ``cases`` that have not ended; return those with a running clock.

    Those not assigned yet too: whoever is assigning one now has begun under the old ruling.
    """
    # An import writes its cases unseen until it ends, and holds its congress that long.
    held = Congress.objects.order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk", flat=True))
    open_ = Suggestion.objects.filter(pk__in=cases.values("pk")).exclude(stage__in=ENDED)
    locked = open_.order_by("pk").select_for_update().values_list("pk", "stage")
    return [pk for pk, stage in locked if stage in RUNNING]


def _decided(cause: Cause, *, actor: Actor | None, at: datetime, why: str) -> Redating:
    redating = Redating(
        grounds=cause.grounds,
        cause_key=cause.key,
        said=cause.said,
        why=why.strip(),
        last_act=Act.objects.aggregate(last=Max("pk"))["last"] or 0,
        post=actor.post if actor else None,
        at=at,
    )
    redating.save()
    return redating


@dataclass(slots=True)
class _Columns:
    """The derived columns to be written anew: rows that get the same values are written at once."""

    cases: dict[tuple[date | None, ...], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    parts: dict[date | None, list[int]] = field(default_factory=lambda: defaultdict(list))

    def compare(self, each: Open, *, ruling: Ruling) -> None:
        standing = standing_of(each, ruling=ruling)
        dues = tuple(getattr(standing, name) for name in _DUES)
        if dues != tuple(getattr(each.case, name) for name in _DUES):
            self.cases[dues].append(each.case.pk)
        for part in each.parts:
            due_on = standing.parts[part.pk].due_on
            if part.due_on != due_on:
                self.parts[due_on].append(part.pk)

    def write(self) -> None:
        """Every page that shows a changed case learns by its revision that it is not the latest."""
        for dues, cases in self.cases.items():
            for some in _in_batches(cases):
                rows = Suggestion.objects.filter(pk__in=some)
                rows.update(**dict(zip(_DUES, dues, strict=True)), revision=F("revision") + 1)
        for due_on, parts in self.parts.items():
            for some in _in_batches(parts):
                Assignment.objects.filter(pk__in=some).update(due_on=due_on)


def _tell(
    found: Sequence[Changed], *, redating: Redating, actor: Actor | None, at: datetime
) -> list[Changed]:
    """Tell everybody who holds a changed case once, with the number of his cases."""
    holders = _holders(found, actor=actor, on=at.astimezone(ZONE).date())
    changed = [replace(each, told=holders.get(_held_by(each), ())) for each in found]
    cases: dict[Post, set[int]] = defaultdict(set)
    for each in changed:
        for post in each.told:
            cases[post].add(each.case.pk)
    alike: dict[int, list[Post]] = defaultdict(list)
    for post, held in cases.items():
        alike[len(held)].append(post)
    for count, posts in alike.items():
        outbox.tell(
            posts=posts,
            event=f"redating.{redating.grounds}",
            case=(REDATING_TYPE, redating.key),
            title=redating.said,
            params={"count": count, "why": redating.why},
            actor=actor,
            at=at,
        )
    return changed


def _held_by(each: Changed) -> tuple[str, int]:
    """Whose clock it is: an organ's, or the lead deputy's."""
    return ("organ", each.part.organ_id) if each.part else ("deputy", each.case.lead_id)


def _holders(
    found: Sequence[Changed], *, actor: Actor | None, on: date
) -> dict[tuple[str, int], tuple[Post, ...]]:
    """Return the posts in office behind each clock, without the actor's own."""
    organs = {key for kind, key in map(_held_by, found) if kind == "organ"}
    deputies = {key for kind, key in map(_held_by, found) if kind == "deputy"}
    posts = (
        Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)
        .exclude(standing__in=(InOffice.SUSPENDED, InOffice.ENDED))
        .exclude(person=actor.person_id if actor else None)
        .select_related("person")
        .order_by("pk")
    )
    holders: dict[tuple[str, int], tuple[Post, ...]] = {}
    for post in posts.filter(organ__in=organs, role__in=_HOLDERS):
        holders["organ", post.organ_id or 0] = (
            *holders.get(("organ", post.organ_id or 0), ()),
            post,
        )
    for some in _in_batches(sorted(deputies)):
        told = audience.in_office(Post.objects.filter(pk__in=some), on=on)
        others = told.exclude(person=actor.person_id if actor else None)
        holders |= {("deputy", post.pk): (post,) for post in others}
    return holders


def _record(
    changed: Sequence[Changed],
    *,
    redating: Redating,
    actor: Actor | None,
    at: datetime,
    via: str,
) -> None:
    """Keep each change as a fact, and put the decision and then the changes on record."""
    facts = [
        Redated(
            redating=redating,
            suggestion=each.case,
            clock=each.clock,
            assignment=each.part,
            was=each.was,
            now=each.now,
            provisional=each.provisional,
            told=" ".join(post.key for post in each.told),
        )
        for each in changed
    ]
    Redated.objects.bulk_create(facts, batch_size=BATCH)
    by_case: dict[Suggestion, list[Redated]] = defaultdict(list)
    for fact in facts:
        by_case[fact.suggestion].append(fact)
    decision = ledger.Line(
        at=at,
        actor=actor,
        action="redating.decide",
        subject=(REDATING_TYPE, redating.key),
        after=redating.said,
        why=redating.why,
        facts=[redating],
        via=via,
    )
    lines: dict[str, list[ledger.Line]] = defaultdict(lambda: [decision])
    for case, moved in by_case.items():
        lines[case.congress.key].append(
            replace(
                decision,
                action="suggestion.redate",
                subject=(CASE_TYPE, case.key),
                before=_said([fact.was for fact in moved]),
                after=_said([fact.now for fact in moved]),
                facts=moved,
            )
        )
    for chain in sorted(lines) or [ledger.HOUSE]:
        ledger.record_many(chain=chain, lines=lines[chain])


def _said(days: Sequence[date | None]) -> str:
    return ", ".join(str(day or "—") for day in days)


def _in_batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(keys), BATCH):
        yield keys[begin : begin + BATCH]
