"""Prove that every column of the ledger is what its facts say, and that no promise is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import transaction

from huiyin.accounts.actor import Actor
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import NotFound
from huiyin.ledger import services as ledger
from huiyin.promises import selectors, standing
from huiyin.promises.models import Promise, PromiseAct, PromiseStatement
from huiyin.promises.services import opening
from huiyin.suggestions.joining import Joined
from huiyin.suggestions.models import Reply
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.rebuild import Difference
from huiyin.suggestions.ruling import Ruling, Rulings
from huiyin.suggestions.standing import ReplayError

BATCH = 500


def differences(repair: bool) -> Iterator[Difference]:  # noqa: FBT001 - called by the rebuild
    """Yield every difference; with ``repair`` the derived columns are written anew."""
    yield from _missing(repair=repair)
    last = 0
    while batch := list(
        Promise.objects.filter(pk__gt=last).select_related("suggestion").order_by("pk")[:BATCH]
    ):
        last = batch[-1].pk
        yield from _of_batch(batch, repair=repair)


def _missing(*, repair: bool) -> Iterator[Difference]:
    """Delivered promises without an entry. Repairing enters them, from the act of delivery."""
    rulings = Rulings.now()
    for reply in selectors.without_entry():
        case = reply.file.assignment.suggestion
        ruling = rulings.of(case, on=case.created_at.astimezone(ZONE).date())
        if opening.kind_of(reply.outcome_class, ruling=ruling) is None:
            continue
        yield Difference(case_key=case.key, column="promise", stored="", derived=reply.key)
        if repair:
            _enter(reply, ruling=ruling)


@transaction.atomic
def _enter(reply: Reply, *, ruling: Ruling) -> None:
    acts = reply.file.acts.filter(move__in=("deliver", "deliver_in_person"))
    act = acts.select_related("post__person", "on_behalf_of").latest("seq")
    case = reply.file.assignment.suggestion
    joined = Joined(
        act=act,
        case=case,
        ruling=lambda: ruling,
        actor=Actor.of(act.post),
        via=Via.COMMAND,
        back_dated=True,
    )
    ledger.record_many(chain=case.congress.key, lines=opening.open_promises([joined]))


def _of_batch(batch: Sequence[Promise], *, repair: bool) -> Iterator[Difference]:
    statements: dict[int, list[PromiseStatement]] = defaultdict(list)
    for said in PromiseStatement.objects.filter(promise__in=batch).order_by("ordinal"):
        statements[said.promise_id].append(said)
    acts: dict[int, list[PromiseAct]] = defaultdict(list)
    for act in PromiseAct.objects.filter(promise__in=batch).order_by("seq"):
        acts[act.promise_id].append(act)
    for promise in batch:
        yield from _of_one(promise, statements[promise.pk], acts[promise.pk], repair=repair)


def _of_one(
    promise: Promise,
    statements: Sequence[PromiseStatement],
    acts: Sequence[PromiseAct],
    *,
    repair: bool,
) -> Iterator[Difference]:
    key = promise.suggestion.key
    if not statements:
        yield Difference(case_key=key, column="promise", stored=promise.key, derived="")
        return
    try:
        derived = standing.derive(statements, acts)
    except (ReplayError, NotFound, KeyError) as fault:
        yield Difference(case_key=key, column="promise", stored=str(fault), derived="")
        return
    found = list(standing.differing(promise, derived))
    for column, was, now in found:
        yield Difference(case_key=key, column=f"promise {column}", stored=was, derived=now)
    if repair and found:
        with transaction.atomic():
            locked = Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
            standing.apply(locked, derived)
            locked.save(update_fields=[*standing.SAVED])
